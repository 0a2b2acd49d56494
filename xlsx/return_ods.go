package xlsx

import (
	"github.com/rubric-project/rubric/xlsx/internal/ods"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// openODS reads an OpenDocument spreadsheet.
func (rd *reading) openODS(p *opc.Package) (*sheet.Workbook, error) {
	return ods.Read(p, rd.limits.content())
}
