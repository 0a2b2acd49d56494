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
	limits = limits.orDefault()
	ctx, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	rd := &reading{ctx: ctx, limits: limits, opt: ReadOptions{}, ret: models.Return{File: file, Size: size}}
	rd.guarded(r, size)
	var tables []Table
	if rd.book != nil {
		tables = []Table{}
		for _, sh := range rd.book.Sheets {
			if !sh.Hidden {
				tables = append(tables, Table{sh.Name, rd.table(sh)})
			}
		}
	}
	models.SortFindings(rd.ret.Findings)
	return tables, rd.ret.Findings
}
