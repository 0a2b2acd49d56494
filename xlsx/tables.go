package xlsx

import (
	"context"
	"io"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
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
	tables := make([]Table, len(tr.book.Sheets))
	for _, now := range []bool{false, true} { // what shows comes first: hidden sheets are not to take its room
		for i, sh := range tr.book.Sheets {
			if sh.Hidden == now && (hidden || !sh.Hidden) {
				tables[i] = tr.whole(sh)
			}
		}
	}
	if !hidden {
		tables = slices.DeleteFunc(tables, func(t Table) bool { return t.Name == "" })
	}
	models.SortFindings(tr.findings)
	return tables, tr.findings
}

// whole is a sheet as a table, with what is hidden and merged in it.
func (rd *tableReading) whole(sh *sheet.Sheet) Table {
	t := Table{Name: sh.Name, HiddenSheet: sh.Hidden, Rows: rd.table(sh)}
	for i := range t.Rows {
		if sh.RowHidden(int32(i + 1)) {
			t.Hidden = append(t.Hidden, i+1)
		}
	}
	for _, m := range sh.Merges {
		t.Merged = append(t.Merged, Merged{int(m.Top), int(m.Left), int(m.Bottom), int(m.Right)})
	}
	return t
}
