package xlsx

import (
	"bytes"
	"context"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// CellKind is what a cell of a plain table holds.
type CellKind string

// The kinds of cells.
const (
	CellEmpty   CellKind = "empty"
	CellText    CellKind = "text"
	CellNumber  CellKind = "number"
	CellDate    CellKind = "date"
	CellBool    CellKind = "boolean"
	CellError   CellKind = "error"
	CellNoValue CellKind = "formula without result"
)

// TableCell is a cell of a plain table.
type TableCell struct {
	Kind CellKind
	// Formula says that the content is the result of a formula.
	Formula bool
	// Text is the content: a text as it is, a number in plain decimal notation (with an exponent, 1.5E+16, where it
	// has more than the 15 digits that a spreadsheet program keeps), a date as 2026-11-22 (and a time after a space),
	// TRUE or FALSE, an error value such as #N/A.
	Text string
	// Shown is what the cell shows, where its number format makes that something else than Text: 0123 for the
	// number 123 in the format 0000. It is "" where it is the same or not known.
	Shown string
	// Struck says that the text is struck through, at least in part.
	Struck bool
	Origin models.Origin
}

// ReadTable reads the first visible sheet of a workbook as a table, for a list of recipients. The rows go down
// to the last one with content and each is as long as the last cell with content in it; rows without content
// are empty. If the file cannot be read, the table is nil and the findings say why.
func ReadTable(ctx context.Context, r io.ReaderAt, size int64, file string, limits Limits) ([][]TableCell, []models.Finding) {
	tr, opened := openTables(ctx, r, size, file, limits)
	if !opened {
		return nil, tr.findings
	}
	table := [][]TableCell{}
	for _, sh := range tr.book.Sheets {
		if !sh.Hidden {
			table = tr.table(sh)
			break
		}
	}
	models.SortFindings(tr.findings)
	return table, tr.findings
}

// tableReading is the state of reading the tables of one file.
type tableReading struct {
	file     string
	book     *sheet.Workbook
	findings []models.Finding
	// cells counts those of all tables so far, empty ones among others too.
	cells int
}

func openTables(ctx context.Context, r io.ReaderAt, size int64, name string, limits Limits) (*tableReading, bool) {
	f, findings := Open(ctx, r, size, name, OpenOptions{Limits: limits})
	models.SortFindings(findings)
	return &tableReading{file: name, book: f.Book, findings: findings}, f.Book != nil
}

func (rd *tableReading) cellAt(sh *sheet.Sheet, row, col int32) models.Origin {
	return models.Origin{File: rd.file, Sheet: sh.Name, Cell: sheet.Ref(row, col)}
}

func (rd *tableReading) find(code models.Code, at models.Origin, message string) {
	if len(rd.findings) < mostTableFindings {
		rd.findings = append(rd.findings, models.NewFinding(code, at, message))
	}
}

// The largest numbers of rows and columns of a plain table.
const (
	maxTableRows    = 100_000
	maxTableColumns = 1000
	// maxTableCells is the largest number of cells of all tables of a workbook, with the empty ones that stand before others.
	maxTableCells = 1_000_000
	// mostTableFindings is how many findings about one table are given.
	mostTableFindings = 1000
)

func (rd *tableReading) table(sh *sheet.Sheet) [][]TableCell {
	rows := [][]TableCell{}
	for i := range sh.Cells {
		c := &sh.Cells[i]
		if c.Row > maxTableRows {
			rd.find(models.FileOverLimit, rd.cellAt(sh, c.Row, c.Col), "The cell lies below the last row that is read, which is 100,000.")
			return nil
		}
		if c.Col > maxTableColumns {
			rd.find(models.StrayText, rd.cellAt(sh, c.Row, c.Col), "The cell is too far away from the table to belong to it.")
			continue
		}
		for len(rows) < int(c.Row) {
			rows = append(rows, nil)
		}
		row := rows[c.Row-1]
		if int(c.Col) > len(row) {
			if rd.cells += int(c.Col) - len(row); rd.cells > maxTableCells {
				rd.find(models.FileOverLimit, rd.cellAt(sh, c.Row, c.Col), "The tables up to this cell have more than 1,000,000 cells, the empty ones between others counted.")
				return nil
			}
		}
		for len(row) < int(c.Col) {
			row = append(row, TableCell{Kind: CellEmpty, Origin: rd.cellAt(sh, c.Row, int32(len(row)+1))})
		}
		row[c.Col-1] = rd.tableCell(sh, c)
		rows[c.Row-1] = row
	}
	return rows
}

func (rd *tableReading) tableCell(sh *sheet.Sheet, c *sheet.Cell) TableCell {
	t := TableCell{Formula: c.Formula, Text: rd.book.Text(c), Origin: rd.cellAt(sh, c.Row, c.Col)}
	switch {
	case c.NoValue:
		t.Kind, t.Text = CellNoValue, ""
		return t
	case c.Kind == sheet.Text:
		t.Kind = CellText
	case c.Kind == sheet.Number:
		t.Kind, t.Text = CellNumber, numberText(t.Text)
	case c.Kind == sheet.Date:
		if t.Kind = CellDate; rd.book.NoDate(c) {
			t.Kind = CellError
		}
		if d, ok := rd.book.Time(c); ok {
			if t.Text = d.Format("2006-01-02 15:04:05"); d.Equal(d.Truncate(24 * time.Hour)) {
				t.Text = d.Format(time.DateOnly)
			}
		}
	case c.Kind == sheet.Bool:
		if t.Kind, t.Text = CellBool, "FALSE"; bytes.Equal(rd.book.Bytes(c), []byte("1")) {
			t.Text = "TRUE"
		}
	case c.Kind == sheet.Fault:
		t.Kind = CellError
	}
	t.Struck = rd.book.Struck(c)
	if s, ok := rd.book.Shown(c); ok && s != t.Text {
		t.Shown = s
	}
	return t
}

// numberText is a number of a file, where it may be written as 1.6E+12 or 107.0, in the notation of TableCell.Text.
func numberText(s string) string {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	if a := math.Abs(x); x != 0 && (a >= 1e15 || a < 1e-15) {
		return strconv.FormatFloat(x, 'E', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
