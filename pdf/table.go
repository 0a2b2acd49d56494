package pdf

import (
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

type align uint8

const (
	left align = iota
	right
	center
)

// column is a column of a table: its heading, width in points, and how its cells are set.
type column struct {
	head  string
	width float64
	align align
	// up sets the heading to run upwards.
	up bool
}

// cell is a cell of a table. The zero value is an empty cell.
type cell struct {
	text  string
	small string // a second, smaller line
	st    *style
	head  bool // a row heading
	fill  *tagpdf.Color
	lang  string
	// draw adds to the cell, within the box given.
	draw func(x, y, w, h float64)
}

// table is a table that may run over several pages.
type table struct {
	columns []column
	rows    [][]cell
	// tight saves space in the rows; grid separates cells by white lines, for heat maps.
	tight, grid bool
	// label sets the caption, which is also read out before the table.
	caption string
}

const (
	cellPadX = 4.0
	cellPadY = 3.5
)

// table draws a table; its heading is repeated on each page as an artifact.
func (f *flow) table(t table) {
	if len(t.rows) == 0 {
		return
	}
	pad := cellPadY
	if t.tight {
		pad = 1.6
	}
	heads, headHeight := f.heads(t)
	firstRow := f.rowHeight(t, t.rows[0], pad)
	captionHeight := 0.0
	var captionLines []string
	if t.caption != "" {
		captionLines = wrap(t.caption, f.look.caption, f.width())
		captionHeight = float64(len(captionLines))*f.look.caption.lead + 4
	}
	f.need(captionHeight + headHeight + min(firstRow, 120))
	f.d.Begin(tagpdf.Table)
	if captionLines != nil {
		f.d.Begin(tagpdf.Caption)
		for _, l := range captionLines {
			f.line(f.left, f.y, l, f.look.caption)
			f.y += f.look.caption.lead
		}
		f.d.End()
		f.y += 4
	}
	f.drawHeads(t, heads, headHeight)
	for i, row := range t.rows {
		h := f.rowHeight(t, row, pad)
		// The last two rows stay together.
		keep := h
		if i == len(t.rows)-2 {
			keep += f.rowHeight(t, t.rows[i+1], pad)
		}
		if f.y+keep > f.bottom && !f.fresh && (keep <= f.bottom-f.top-headHeight || f.y+60 > f.bottom) {
			f.page()
			f.d.BeginArtifact()
			f.drawHeads(t, heads, headHeight)
			f.d.EndArtifact()
		}
		f.row(t, row, h, pad, heads, headHeight)
	}
	f.d.End()
	f.fresh = false
}

// heads wraps the column headings and measures their height.
func (f *flow) heads(t table) (heads [][]string, height float64) {
	heads = make([][]string, len(t.columns))
	st := f.look.th
	any := false
	for i, c := range t.columns {
		if c.head == "" {
			continue
		}
		any = true
		if c.up {
			heads[i] = wrap(c.head, st, 118)
			if len(heads[i]) > int((c.width-2)/st.lead) {
				heads[i] = wrap(c.head, st, 230)
			}
			height = max(height, widest(heads[i], st)+8)
			continue
		}
		heads[i] = wrap(c.head, st, c.width-2*cellPadX)
		height = max(height, float64(len(heads[i]))*st.lead+6)
	}
	if !any {
		return heads, 0
	}
	return heads, height
}

func (f *flow) drawHeads(t table, heads [][]string, height float64) {
	if height == 0 {
		return
	}
	st := f.look.th
	f.d.Begin(tagpdf.Row)
	x := f.left
	for i, c := range t.columns {
		f.d.Begin(tagpdf.Head, tagpdf.Attr{Scope: "Column"})
		if c.up {
			n := float64(len(heads[i]))
			at := x + (c.width-n*st.lead)/2
			for _, l := range heads[i] {
				if f.watch != nil {
					f.watch(f.d.Page(), at, f.y+height-4-st.width(l), at+st.lead, f.y+height-4, l)
				}
				f.d.TextUp(at+st.baseline(), f.y+height-4, l, st.weight, st.size, st.color)
				at += st.lead
			}
		} else {
			y := f.y + height - 3 - float64(len(heads[i]))*st.lead
			for _, l := range heads[i] {
				f.line(place(c.align, x, c.width, st.width(l)), y, l, st)
				y += st.lead
			}
		}
		f.d.End()
		x += c.width
	}
	f.d.End()
	f.y += height
	f.d.Line(f.left, f.y, x, f.y, 0.9, f.look.ink)
	f.fresh = false
}

// place is where a line of the given width starts in a column.
func place(a align, x, column, width float64) float64 {
	switch a {
	case right:
		return x + column - cellPadX - width
	case center:
		return x + (column-width)/2
	}
	return x + cellPadX
}

func (f *flow) cellStyle(c cell) style {
	switch {
	case c.st != nil:
		return *c.st
	case c.head:
		return f.look.rowHead
	}
	return f.look.td
}

func (f *flow) cellLines(c cell, width float64) (lines, small []string) {
	if c.text != "" {
		lines = wrap(c.text, f.cellStyle(c), width-2*cellPadX)
	}
	if c.small != "" {
		small = wrap(c.small, f.look.note, width-2*cellPadX)
	}
	return lines, small
}

func (f *flow) rowHeight(t table, row []cell, pad float64) float64 {
	h := 0.0
	for i, c := range row {
		lines, small := f.cellLines(c, t.columns[i].width)
		h = max(h, float64(len(lines))*f.cellStyle(c).lead+float64(len(small))*f.look.note.lead)
	}
	return h + 2*pad
}

// row draws a row of the height given; one that is higher than a page continues on the next.
func (f *flow) row(t table, row []cell, h, pad float64, heads [][]string, headHeight float64) {
	f.d.Begin(tagpdf.Row)
	if f.y+h <= f.bottom {
		x := f.left
		for i, c := range row {
			f.cell(t, i, c, x, h, pad)
			x += t.columns[i].width
		}
		f.y += h
	} else {
		f.longRow(t, row, pad, heads, headHeight)
	}
	f.d.End()
	if !t.grid {
		f.d.Line(f.left, f.y, f.left+f.tableWidth(t), f.y, 0.4, f.look.rule)
	}
	f.fresh = false
}

func (f *flow) tableWidth(t table) float64 {
	w := 0.0
	for _, c := range t.columns {
		w += c.width
	}
	return w
}

func (f *flow) cell(t table, i int, c cell, x, h, pad float64) {
	col := t.columns[i]
	st := f.cellStyle(c)
	lines, small := f.cellLines(c, col.width)
	if c.fill != nil {
		gap := 0.0
		if t.grid {
			gap = 0.75
		}
		f.d.Rect(x+gap, f.y+gap, col.width-2*gap, h-2*gap, *c.fill)
	}
	kind, attr := tagpdf.Cell, tagpdf.Attr{Lang: c.lang}
	if c.head {
		kind, attr.Scope = tagpdf.Head, "Row"
	}
	f.d.Begin(kind, attr)
	y := f.y + pad
	if t.grid { // centred from top to bottom
		y = f.y + (h-float64(len(lines))*st.lead-float64(len(small))*f.look.note.lead)/2
	}
	for _, l := range lines {
		f.line(place(col.align, x, col.width, st.width(l)), y, l, st)
		y += st.lead
	}
	note := f.look.note
	if c.fill != nil {
		note.color = st.color
	}
	for _, l := range small {
		f.line(place(col.align, x, col.width, note.width(l)), y, l, note)
		y += note.lead
	}
	if c.draw != nil {
		c.draw(x, f.y, col.width, h)
	}
	f.d.End()
}

// longRow draws a row that does not fit on a page, each cell continuing where it left off.
func (f *flow) longRow(t table, row []cell, pad float64, heads [][]string, headHeight float64) {
	type rest struct {
		lines []string
		st    style
		elem  int
	}
	cells := make([]rest, len(row))
	tr := 0
	for i, c := range row {
		kind, attr := tagpdf.Cell, tagpdf.Attr{Lang: c.lang}
		if c.head {
			kind, attr.Scope = tagpdf.Head, "Row"
		}
		cells[i].elem = f.d.Begin(kind, attr)
		f.d.End()
		cells[i].st = f.cellStyle(c)
		lines, small := f.cellLines(c, t.columns[i].width)
		cells[i].lines = append(lines, small...)
	}
	tr = f.d.Set(cells[0].elem)
	for more := true; more; {
		more = false
		deepest := f.y
		x := f.left
		for i := range cells {
			c := &cells[i]
			f.d.Set(c.elem)
			y := f.y + pad
			for len(c.lines) > 0 && y+c.st.lead <= f.bottom {
				f.line(place(t.columns[i].align, x, t.columns[i].width, c.st.width(c.lines[0])), y, c.lines[0], c.st)
				y += c.st.lead
				c.lines = c.lines[1:]
			}
			deepest = max(deepest, y)
			more = more || len(c.lines) > 0
			x += t.columns[i].width
		}
		f.d.Set(tr)
		f.y = min(deepest+pad, f.bottom)
		if more {
			f.page()
			f.d.BeginArtifact()
			f.drawHeads(t, heads, headHeight)
			f.d.EndArtifact()
		}
	}
}
