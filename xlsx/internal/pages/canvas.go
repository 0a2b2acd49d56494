package pages

import (
	"maps"
	"slices"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// Canvas is a small sheet that is laid out in any order and written when it is done.
type Canvas struct {
	rows    map[int]map[int]Cell
	heights map[int]float64
	last    int // column
}

// Cell is what a cell of a canvas holds.
type Cell struct {
	Style   int
	formula string
	array   bool
	Value   sheetdata.Value
	Kind    cellKind
}

type cellKind uint8

const (
	emptyCell cellKind = iota
	ValueCell
	formulaCell
)

// NewCanvas is a canvas with nothing on it.
func NewCanvas() *Canvas {
	return &Canvas{rows: map[int]map[int]Cell{}, heights: map[int]float64{}}
}

// Put sets a cell. Columns and rows count from 1.
func (c *Canvas) Put(col, row int, x Cell) {
	if c.rows[row] == nil {
		c.rows[row] = map[int]Cell{}
	}
	c.rows[row][col] = x
	c.last = max(c.last, col)
}

// Text sets a text.
func (c *Canvas) Text(col, row, style int, s string) {
	c.Put(col, row, Cell{Style: style, Value: sheetdata.Str(s), Kind: ValueCell})
}

// Texts sets texts beside one another.
func (c *Canvas) Texts(col, row, style int, list ...string) {
	for i, s := range list {
		c.Text(col+i, row, style, s)
	}
}

// Number sets a number.
func (c *Canvas) Number(col, row, style int, n float64) {
	c.Put(col, row, Cell{Style: style, Value: sheetdata.Num(n), Kind: ValueCell})
}

// Formula sets a formula with the value that it comes to.
func (c *Canvas) Formula(col, row, style int, formula string, v sheetdata.Value) {
	c.Put(col, row, Cell{Style: style, formula: formula, Value: v, Kind: formulaCell})
}

// Array sets an array formula with the value that it comes to.
func (c *Canvas) Array(col, row, style int, formula string, v sheetdata.Value) {
	c.Put(col, row, Cell{Style: style, formula: formula, Value: v, Kind: formulaCell, array: true})
}

// Fill gives empty cells a style.
func (c *Canvas) Fill(col1, row1, col2, row2, style int) {
	for r := row1; r <= row2; r++ {
		for k := col1; k <= col2; k++ {
			if _, ok := c.rows[r][k]; !ok {
				c.Put(k, r, Cell{Style: style})
			}
		}
	}
}

// Height sets the height of a row in points.
func (c *Canvas) Height(row int, points float64) { c.heights[row] = points }

func (c *Canvas) value(col, row int) sheetdata.Value { return c.rows[row][col].Value }

// LastRow is the last row with a cell, at least 1.
func (c *Canvas) LastRow() int {
	last := 1
	for r := range c.rows {
		last = max(last, r)
	}
	return last
}

// Write writes the rows in order.
func (c *Canvas) Write(x *sheetdata.Writer) {
	for _, r := range slices.Sorted(maps.Keys(c.rows)) {
		x.Row(r, c.heights[r])
		for _, k := range slices.Sorted(maps.Keys(c.rows[r])) {
			x.Skip(k - x.Column())
			v := c.rows[r][k]
			n, isNumber := v.Value.Number()
			switch {
			case v.Kind == formulaCell && v.array:
				x.Array(v.Style, v.formula, v.Value)
			case v.Kind == formulaCell:
				x.Formula(v.Style, v.formula, v.Value)
			case v.Kind == ValueCell && isNumber:
				x.Number(v.Style, n)
			case v.Kind == ValueCell:
				x.Text(v.Style, v.Value.String())
			default:
				x.Empty(v.Style)
			}
		}
	}
}
