package consolidated

import (
	"maps"
	"slices"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// canvas is a small sheet that is laid out in any order and written when it is done.
type canvas struct {
	rows    map[int]map[int]cell
	heights map[int]float64
	last    int // column
}

type cell struct {
	style   int
	formula string
	array   bool
	value   sheetdata.Value
	kind    cellKind
}

type cellKind uint8

const (
	emptyCell cellKind = iota
	valueCell
	formulaCell
)

func newCanvas() *canvas {
	return &canvas{rows: map[int]map[int]cell{}, heights: map[int]float64{}}
}

func (c *canvas) put(col, row int, x cell) {
	if c.rows[row] == nil {
		c.rows[row] = map[int]cell{}
	}
	c.rows[row][col] = x
	c.last = max(c.last, col)
}

func (c *canvas) text(col, row, style int, s string) {
	c.put(col, row, cell{style: style, value: sheetdata.Str(s), kind: valueCell})
}

func (c *canvas) texts(col, row, style int, list ...string) {
	for i, s := range list {
		c.text(col+i, row, style, s)
	}
}

func (c *canvas) number(col, row, style int, n float64) {
	c.put(col, row, cell{style: style, value: sheetdata.Num(n), kind: valueCell})
}

func (c *canvas) formula(col, row, style int, formula string, v sheetdata.Value) {
	c.put(col, row, cell{style: style, formula: formula, value: v, kind: formulaCell})
}

func (c *canvas) array(col, row, style int, formula string, v sheetdata.Value) {
	c.put(col, row, cell{style: style, formula: formula, value: v, kind: formulaCell, array: true})
}

// fill gives empty cells a style.
func (c *canvas) fill(col1, row1, col2, row2, style int) {
	for r := row1; r <= row2; r++ {
		for k := col1; k <= col2; k++ {
			if _, ok := c.rows[r][k]; !ok {
				c.put(k, r, cell{style: style})
			}
		}
	}
}

func (c *canvas) height(row int, points float64) { c.heights[row] = points }

func (c *canvas) value(col, row int) sheetdata.Value { return c.rows[row][col].value }

func (c *canvas) lastRow() int {
	last := 1
	for r := range c.rows {
		last = max(last, r)
	}
	return last
}

func (c *canvas) write(x *sheetdata.Writer) {
	for _, r := range slices.Sorted(maps.Keys(c.rows)) {
		x.Row(r, c.heights[r])
		for _, k := range slices.Sorted(maps.Keys(c.rows[r])) {
			x.Skip(k - x.Column())
			v := c.rows[r][k]
			n, isNumber := v.value.Number()
			switch {
			case v.kind == formulaCell && v.array:
				x.Array(v.style, v.formula, v.value)
			case v.kind == formulaCell:
				x.Formula(v.style, v.formula, v.value)
			case v.kind == valueCell && isNumber:
				x.Number(v.style, n)
			case v.kind == valueCell:
				x.Text(v.style, v.value.String())
			default:
				x.Empty(v.style)
			}
		}
	}
}
