package xlsx

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// openODS reads an OpenDocument spreadsheet.
func (rd *reading) openODS(p *opc.Package) (*sheet.Workbook, error) {
	return nil, refuse.New(models.FileNotWorkbook, "the file is an OpenDocument file")
}
