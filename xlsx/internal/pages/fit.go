package pages

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// HeadHeight makes the columns from one on so wide that no word of their headings is broken, and is the height of the
// row of headings, at least least.
func (p *Page) HeadHeight(least float64, from int, headings ...string) float64 {
	lines := 1
	for i, h := range headings {
		p.widen(from+i, h)
		lines = max(lines, headingLines(h, p.widths[from+i]))
	}
	return max(least, float64(lines)*LinePoints+2)
}

// widen makes a column wide enough for the longest word of its heading; see HeadingWidth.
func (p *Page) widen(col int, heading string) {
	w, ok := p.widths[col]
	if wanted := HeadingWidth(w, heading); ok && wanted > w {
		p.Widths(col, wanted)
	}
}

// fitCanvas does for the headings on a canvas what HeadHeight does for those of a row.
func (p *Page) fitCanvas(c *Canvas) {
	for _, row := range slices.Sorted(maps.Keys(c.rows)) {
		for _, col := range slices.Sorted(maps.Keys(c.rows[row])) {
			if x := c.rows[row][col]; p.Frame.heads[x.Style] && x.Kind != emptyCell {
				p.widen(col, x.Value.String())
			}
		}
	}
	for row, cells := range c.rows {
		lines := 1
		for col, x := range cells {
			if p.Frame.heads[x.Style] && x.Kind != emptyCell {
				lines = max(lines, headingLines(x.Value.String(), p.widths[col]))
			}
		}
		if lines > 1 {
			c.heights[row] = max(c.heights[row], float64(lines)*LinePoints+2)
		}
	}
}

// headingLines is how many lines a heading takes in a column that wide. It is bold, and broken between words; programs
// without the workbook's face take one that is wider.
func headingLines(text string, width float64) int {
	if width <= 0 {
		return 1
	}
	room, n := int(width*0.9), 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		at := 0
		for word := range strings.FieldsSeq(line) {
			size := utf8.RuneCountInString(word)
			if at > 0 && at+1+size > room {
				n, at = n+1, 0
			}
			if at > 0 {
				at++
			}
			at += size
		}
	}
	return n
}
