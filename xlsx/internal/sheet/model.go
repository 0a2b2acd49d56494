// Package sheet reads workbooks in Office Open XML (ECMA-376 Part 1, SpreadsheetML, strict and transitional)
// into typed cells. It reads exactly the parts that hold cells, texts, number formats and properties, and
// refuses what it does not understand; see package opc for the package and xmlscan for the XML.
package sheet

import (
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/rubric-project/rubric/words"
)

// Limits bound what a workbook may hold.
type Limits struct {
	// Cells is the largest number of cells with content, over all sheets.
	Cells int
	// Text is the largest sum of the lengths of all texts, in bytes.
	Text int
}

// The largest numbers of sheets, and of merged cells on a sheet, that are read.
const (
	maxSheets = 255
	maxMerges = 20000
)

// Kind is what a cell holds.
type Kind uint8

// The kinds. A number is a Date if its number format shows it as a date or time.
const (
	Empty Kind = iota
	Text
	Number
	Date
	Bool
	Fault // an error value such as #N/A
)

// Cell is a cell with content. Its text is kept by the workbook; see Workbook.Text.
type Cell struct {
	Row, Col int32 // from 1
	Kind     Kind
	// Formula says that the content is the result of a formula, NoValue that the file does not hold the result.
	Formula, NoValue bool
	// Rich says that the cell has a value that only newer programs know, such as a picture placed in the cell; what it
	// holds besides is for others.
	Rich            bool
	ownShown        bool // the file itself holds what the cell shows
	format          uint32
	text, textEnd   uint32 // in Workbook.texts
	shown, shownEnd uint32 // in Workbook.texts, if ownShown
}

// Range is a rectangle of cells.
type Range struct{ Top, Left, Bottom, Right int32 }

// Has says whether the cell is in the range.
func (r Range) Has(row, col int32) bool {
	return row >= r.Top && row <= r.Bottom && col >= r.Left && col <= r.Right
}

// Sheet is a worksheet.
type Sheet struct {
	Name   string
	Hidden bool
	// Cells are in order of row and column, each at most once.
	Cells  []Cell
	Merges []Range
	Notes  []Note
	// Drawn are the texts of text boxes and shapes, each with the cell at which it begins.
	Drawn []Note
	// Objects are the pictures, embedded files and controls on the sheet.
	Objects []Object
	// links lead out of the workbook; special are the formulas that do, or that show a picture, by row and column.
	links   []Link
	special map[[2]int32]string
	// Conditional says that the sheet has conditional formats, of whatever kind.
	Conditional bool
	// restyled are the ranges whose number format depends on a condition.
	restyled []restyled
	// hiddenRows are rows with content that are hidden; hiddenCols are pairs of first and last column.
	hiddenRows []int32
	hiddenCols [][2]int32
	// found is the row that Find was asked about last, foundFrom and foundTo where it begins and ends in Cells.
	found, foundFrom, foundTo int
}

// Property is a custom document property.
type Property struct{ Name, Value string }

// Workbook is a workbook as read.
type Workbook struct {
	Format      string // xlsx, xlsm, xltx, xltm, ods
	Application string
	// Version is that of the program, as the document's properties give it; only .xlsx files have it.
	Version    string
	Modified   time.Time
	Sheets     []*Sheet
	Properties []Property
	Macros     bool
	// Notes lists what is not as the standard says and yet without doubt.
	Notes []words.Said

	// struck holds where texts begin in texts that are struck through, at least in part, in order.
	struck []uint32
	// faint holds the same of texts of which a part is hardly to be seen.
	faint   []uint32
	texts   []byte
	strings []uint32 // ends of the shared strings in texts; the first begins at 0
	formats []Format
	// conditional is what conditional formats do to what cells show, nil for those that do nothing to it.
	conditional []*Format
	date1904    bool
	cells       int
	// properties is the length of the texts of all Properties.
	properties int
	// notes is the length of the texts of all notes.
	notes  int
	room   *room // memory to use again
	limits Limits
	// byPiece says that the scanner reads everything, piece by piece; tests hold the quick way against it.
	byPiece bool
	// take is given the rows of the sheet at hand, if they are not kept.
	take TakeRow
}

// Text is the content of a cell: the text, the number as it is written in the file, 1 or 0 for Bool, the error
// value. For a Date that the file holds as text (ISO 8601) it is that text.
func (w *Workbook) Text(c *Cell) string { return string(w.texts[c.text:c.textEnd]) }

// Bytes is Text without a copy: it must not be changed.
func (w *Workbook) Bytes(c *Cell) []byte { return w.texts[c.text:c.textEnd] }

// Find finds a cell, or returns nil where there is no content. It is quickest when one row is asked about after the
// other, and not for several goroutines at once.
func (s *Sheet) Find(row, col int32) *Cell {
	if s.found != int(row) {
		if next := s.foundTo; s.found == 0 || next >= len(s.Cells) || s.Cells[next].Row != row {
			s.foundTo = s.from(row, 0)
		}
		s.found, s.foundFrom = int(row), s.foundTo
		for s.foundTo < len(s.Cells) && s.Cells[s.foundTo].Row == row {
			s.foundTo++
		}
	}
	cells := s.Cells[s.foundFrom:s.foundTo]
	if len(cells) == 0 {
		return nil
	}
	// Between a cell and the first one of its row there are at most as many as columns.
	i := int(col - cells[0].Col)
	if i < 0 {
		return nil
	}
	if i = min(i, len(cells)-1); cells[i].Col > col {
		i = sort.Search(i, func(i int) bool { return cells[i].Col >= col })
	}
	if cells[i].Col != col {
		return nil
	}
	return &cells[i]
}

// from is the index of the first cell that is not before the given one.
func (s *Sheet) from(row, col int32) int {
	at := int64(row)<<32 | int64(col)
	i, j := 0, len(s.Cells)
	for i < j {
		m := int(uint(i+j) / 2)
		if c := &s.Cells[m]; int64(c.Row)<<32|int64(c.Col) < at {
			i = m + 1
		} else {
			j = m
		}
	}
	return i
}

// Row is the cells of a row.
func (s *Sheet) Row(row int32) []Cell {
	return s.Cells[s.from(row, 0):s.from(row+1, 0)]
}

// RowHidden says whether a row with content is hidden.
func (s *Sheet) RowHidden(row int32) bool {
	_, ok := slices.BinarySearch(s.hiddenRows, row)
	return ok
}

// ColHidden says whether a column is hidden.
func (s *Sheet) ColHidden(col int32) bool {
	return slices.ContainsFunc(s.hiddenCols, func(p [2]int32) bool { return col >= p[0] && col <= p[1] })
}

// Merge is the merged range that a cell belongs to.
func (s *Sheet) Merge(row, col int32) (Range, bool) {
	for _, m := range s.Merges {
		if m.Has(row, col) {
			return m, true
		}
	}
	return Range{}, false
}

// sameName says whether two sheets have one name: case does not matter.
func sameName(a, b string) bool { return strings.EqualFold(a, b) }
