// Package sheetdata writes the rows of worksheets and the table of shared strings as bytes, without a tree of
// cells in between. It is made for sheets of a million rows, and for formulas that carry the value which a
// spreadsheet program would compute.
//
// Rows come from top to bottom and cells from left to right; the rest of a worksheet part (columns, panes,
// conditional formats, print set-up) comes from elsewhere.
package sheetdata

import (
	"fmt"
	"io"
	"math"
	"strconv"
)

// Limits of a worksheet in Excel.
const (
	LastRow    = 1048576
	LastColumn = 16384
)

// Writer writes the content of one sheetData element (ECMA-376 part 1, 18.3.1.80). The first error sticks and
// is returned by Close.
type Writer struct {
	w       io.Writer
	strings *Strings
	buf     []byte
	letters *letters
	row     int
	// digits is the row's number as text, with the quotation mark after it.
	digits []byte
	// patterns are the formulas of whole columns, by column.
	patterns []pattern
	col      int
	open     bool
	err      error
}

// NewWriter begins a sheetData element. Texts go to the table of shared strings.
func NewWriter(w io.Writer, s *Strings) *Writer {
	return &Writer{w: w, strings: s, buf: make([]byte, 0, 1<<16), letters: &letters{}}
}

// Row begins row number row, counted from 1. height is in points; 0 leaves it to the program.
func (x *Writer) Row(row int, height float64) {
	x.closeRow()
	if row <= x.row || row > LastRow {
		x.fail(fmt.Errorf("row %d after row %d, of %d at most", row, x.row, LastRow))
	}
	x.row, x.col, x.open = row, 0, true
	x.digits = append(strconv.AppendInt(x.digits[:0], int64(row), 10), '"')
	x.buf = append(x.buf, `<row r="`...)
	x.buf = append(x.buf, x.digits...)
	if height > 0 {
		x.buf = append(x.buf, ` ht="`...)
		x.buf = strconv.AppendFloat(x.buf, height, 'f', -1, 64)
		x.buf = append(x.buf, `" customHeight="1"`...)
	}
	x.buf = append(x.buf, '>')
}

// Skip leaves out n cells, which stay without content and style.
func (x *Writer) Skip(n int) { x.col += n }

// Column is the number of the column that the next cell goes to, counted from 1.
func (x *Writer) Column() int { return x.col + 1 }

// Empty writes a cell that has a style and nothing else.
func (x *Writer) Empty(style int) {
	x.cell(style)
	x.buf = append(x.buf, `/>`...)
}

// Text writes a text that is likely to come again. An empty text is an empty cell.
func (x *Writer) Text(style int, s string) {
	if s == "" {
		x.blank(style)
		return
	}
	x.shared(style, x.strings.Repeated(s))
}

// Long writes a text that is not likely to come again, and returns its index among the shared strings (-1 for
// an empty text), by which Shared can show it elsewhere.
func (x *Writer) Long(style int, s string) int {
	if s == "" {
		x.blank(style)
		return -1
	}
	i := x.strings.Once(s)
	x.shared(style, i)
	return i
}

// Index is the number by which Shared writes a text that stands in many cells: to ask for it once is cheaper than
// to have Text look it up for each. It is -1 for an empty text.
func (x *Writer) Index(s string) int {
	if s == "" {
		return -1
	}
	return x.strings.Repeated(s)
}

// Shared writes the text with the given index among the shared strings; -1 is an empty cell.
func (x *Writer) Shared(style, index int) {
	if index < 0 {
		x.blank(style)
		return
	}
	x.shared(style, index)
}

// Cell is a text that stands in many cells, as bytes after the style. "" is an empty text.
type Cell string

// Made makes a text a Cell, for Again: to do this once is cheaper than to have Text look it up for each.
func (x *Writer) Made(s string) Cell {
	if s == "" {
		return ""
	}
	return Cell(fmt.Sprintf(` t="s"><v>%d</v></c>`, x.strings.Repeated(s)))
}

// Again writes a Cell.
func (x *Writer) Again(style int, c Cell) {
	if c == "" {
		x.blank(style)
		return
	}
	x.cell(style)
	x.buf = append(x.buf, c...)
}

func (x *Writer) shared(style, index int) {
	x.cell(style)
	x.buf = append(x.buf, ` t="s"><v>`...)
	x.buf = strconv.AppendInt(x.buf, int64(index), 10)
	x.buf = append(x.buf, `</v></c>`...)
}

// Number writes a number. One that is not finite is an error: no cell can hold it.
func (x *Writer) Number(style int, n float64) {
	x.cell(style)
	x.buf = append(x.buf, `><v>`...)
	x.number(n)
	x.buf = append(x.buf, `</v></c>`...)
}

// Int writes a whole number.
func (x *Writer) Int(style int, n int) {
	x.cell(style)
	x.buf = append(x.buf, `><v>`...)
	x.buf = strconv.AppendInt(x.buf, int64(n), 10)
	x.buf = append(x.buf, `</v></c>`...)
}

// Formula writes a formula, without its equals sign, and the value that it has.
func (x *Writer) Formula(style int, formula string, v Value) { x.formula(style, formula, v, false) }

// Array writes a formula that is to be computed as an array and gives a single value.
func (x *Writer) Array(style int, formula string, v Value) { x.formula(style, formula, v, true) }

func (x *Writer) formula(style int, formula string, v Value, array bool) {
	x.cell(style)
	if v.text {
		x.buf = append(x.buf, ` t="str"`...)
	}
	x.buf = append(x.buf, `><f`...)
	if array {
		x.buf = append(x.buf, ` t="array" ref="`...)
		x.buf = appendLetters(x.buf, x.col)
		x.buf = strconv.AppendInt(x.buf, int64(x.row), 10)
		x.buf = append(x.buf, '"')
	}
	x.buf = append(x.buf, '>')
	x.buf = appendMarkup(x.buf, formula)
	x.formulaValue(v)
}

// formulaValue ends a formula with the value that it has.
func (x *Writer) formulaValue(v Value) {
	x.buf = append(x.buf, `</f><v>`...)
	if v.text {
		s, _ := Clean(v.s)
		x.buf = appendText(x.buf, s)
	} else {
		x.number(v.n)
	}
	x.buf = append(x.buf, `</v></c>`...)
}

// Close ends the element and returns the first error.
func (x *Writer) Close() error {
	x.closeRow()
	x.flush()
	return x.err
}

func (x *Writer) blank(style int) {
	if style == 0 {
		x.col++
		return
	}
	x.Empty(style)
}

func (x *Writer) cell(style int) {
	x.col++
	if x.col > LastColumn || !x.open {
		x.fail(fmt.Errorf("no cell can stand in column %d of row %d", x.col, x.row))
	}
	x.buf = x.letters.begin(x.buf, x.col)
	x.buf = append(x.buf, x.digits...)
	if style != 0 {
		x.buf = append(x.buf, ` s="`...)
		x.buf = strconv.AppendInt(x.buf, int64(style), 10)
		x.buf = append(x.buf, '"')
	}
}

func (x *Writer) number(n float64) {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		x.fail(fmt.Errorf("%v in row %d, column %d is no number that a cell can hold", n, x.row, x.col))
		n = 0
	}
	if n == math.Trunc(n) && math.Abs(n) < 1<<53 {
		x.buf = strconv.AppendInt(x.buf, int64(n), 10)
		return
	}
	x.buf = strconv.AppendFloat(x.buf, n, 'g', -1, 64)
}

func (x *Writer) closeRow() {
	if !x.open {
		return
	}
	x.buf = append(x.buf, `</row>`...)
	x.open = false
	if len(x.buf) > 1<<15 {
		x.flush()
	}
}

func (x *Writer) flush() {
	if x.err == nil {
		_, err := x.w.Write(x.buf)
		x.fail(err)
	}
	x.buf = x.buf[:0]
}

func (x *Writer) fail(err error) {
	if x.err == nil {
		x.err = err
	}
}

// Fail makes Close return the error, unless there is one already: what the rows come from could not be read.
func (x *Writer) Fail(err error) { x.fail(err) }
