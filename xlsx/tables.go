package xlsx

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/models"
)

// Table is a sheet as a plain table; see ReadTable for its rows.
type Table struct {
	Name string
	// HiddenSheet says that the sheet itself is hidden; only ReadAllTables returns such.
	HiddenSheet bool
	Rows        [][]TableCell
	// Hidden are the numbers of rows with content that are not shown, be it by a filter or by hand, in order.
	Hidden []int
	// Merged are the ranges that show the content of their first cell in all.
	Merged []Merged
}

// Merged is a range of cells that were made one, by the numbers of its rows and columns from 1. It may reach far beyond
// the rows that there are.
type Merged struct{ Top, Left, Bottom, Right int }

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
			t := Table{Name: sh.Name, HiddenSheet: sh.Hidden, Rows: tr.table(sh)}
			for i := range t.Rows {
				if sh.RowHidden(int32(i + 1)) {
					t.Hidden = append(t.Hidden, i+1)
				}
			}
			for _, m := range sh.Merges {
				t.Merged = append(t.Merged, Merged{int(m.Top), int(m.Left), int(m.Bottom), int(m.Right)})
			}
			tables = append(tables, t)
		}
	}
	models.SortFindings(tr.findings)
	return tables, tr.findings
}
