package xlsx

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/models"
)

// Table is a sheet as a plain table; see ReadTable for its rows.
type Table struct {
	Name string
	// Hidden says that the sheet is hidden; only ReadAllTables returns such.
	Hidden bool
	Rows   [][]TableCell
}

// ReadTables reads all visible sheets of a workbook as tables, in their order. If the file cannot be read, the
// tables are nil and the findings say why.
func ReadTables(ctx context.Context, r io.ReaderAt, size int64, file string, limits Limits) ([]Table, []models.Finding) {
	return readTables(ctx, r, size, file, limits, false)
}

// ReadAllTables is ReadTables with the hidden sheets, where a workbook keeps its lists.
func ReadAllTables(ctx context.Context, r io.ReaderAt, size int64, file string, limits Limits) ([]Table, []models.Finding) {
	return readTables(ctx, r, size, file, limits, true)
}

func readTables(ctx context.Context, r io.ReaderAt, size int64, file string, limits Limits, hidden bool) ([]Table, []models.Finding) {
	tr, opened := openTables(ctx, r, size, file, limits)
	if !opened {
		return nil, tr.findings
	}
	tables := []Table{}
	for _, sh := range tr.book.Sheets {
		if hidden || !sh.Hidden {
			tables = append(tables, Table{Name: sh.Name, Hidden: sh.Hidden, Rows: tr.table(sh)})
		}
	}
	models.SortFindings(tr.findings)
	return tables, tr.findings
}
