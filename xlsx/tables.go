package xlsx

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/models"
)

// Table is a sheet as a plain table; see ReadTable for its rows.
type Table struct {
	Name string
	Rows [][]TableCell
}

// ReadTables reads all visible sheets of a workbook as tables, in their order. If the file cannot be read, the
// tables are nil and the findings say why.
func ReadTables(ctx context.Context, r io.ReaderAt, size int64, file string, limits Limits) ([]Table, []models.Finding) {
	tr, opened := openTables(ctx, r, size, file, limits)
	if !opened {
		return nil, tr.findings
	}
	tables := []Table{}
	for _, sh := range tr.book.Sheets {
		if !sh.Hidden {
			tables = append(tables, Table{sh.Name, tr.table(sh)})
		}
	}
	models.SortFindings(tr.findings)
	return tables, tr.findings
}
