package pdf

import (
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// draw draws a table; its headings are repeated on each page as an artifact.
func (f *flow) draw(l *laid) {
	if len(l.rows) == 0 {
		return
	}
	f.need(f.keep(l))
	f.d.Begin(tagpdf.Table)
	f.drawHeads(l)
	for i, h := range l.heights {
		keep := h
		if i == len(l.rows)-2 { // the last two rows stay together
			keep += l.heights[i+1]
		}
		if f.y+keep > f.bottom && !f.fresh && (keep <= f.bottom-f.top-l.head || f.y+60 > f.bottom) {
			f.page()
			f.d.BeginArtifact()
			f.drawHeads(l)
			f.d.EndArtifact()
		}
		f.row(l, i)
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
			for _, long := range []float64{118, 160, 230, 330, 480} {
				heads[i] = wrap(c.head, st, long)
				if len(heads[i]) <= int(c.width/st.lead) {
					break
				}
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

func (f *flow) drawHeads(l *laid) {
	t, heads, height := l.table, l.heads, l.head
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
					f.watch(placed{f.d.Page(), at, f.y + height - 4 - st.width(l), at + st.lead, f.y + height - 4, l, st, true})
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

func (f *flow) cellStyle(t table, c cell) style {
	switch {
	case c.st != nil:
		return *c.st
	case t.st != nil:
		return *t.st
	case c.head:
		return f.look.rowHead
	}
	return f.look.td
}

func (f *flow) cell(l *laid, r, i int, x float64) {
	col, c, laid, h := l.columns[i], l.rows[r][i], l.cells[r][i], l.heights[r]
	st := laid.st
	if c.fill != nil {
		gap := 0.0
		if l.grid {
			gap = 0.75
		}
		f.d.Rect(x+gap, f.y+gap, col.width-2*gap, h-2*gap, *c.fill)
	}
	f.d.Begin(c.kind())
	note := f.look.note
	if c.fill != nil {
		note.color = st.color
	}
	y := f.y + l.pad
	if l.grid { // centred from top to bottom
		y = f.y + (h-float64(len(laid.lines))*st.lead-float64(len(laid.small))*note.lead)/2
	}
	for _, s := range laid.lines {
		w := st.width(s)
		if laid.beside {
			at := place(col.align, x, col.width, w+besideGap+note.width(c.beside))
			f.line(at, y, s+" ", st)
			f.line(at+w+besideGap, y+(st.lead-note.lead)/2+0.4, c.beside, note)
		} else {
			f.line(place(col.align, x, col.width, w), y, s, st)
		}
		y += st.lead
	}
	for _, s := range laid.small {
		f.line(place(col.align, x, col.width, note.width(s)), y, s, note)
		y += note.lead
	}
	if c.draw != nil {
		c.draw(x, f.y, col.width, h)
	}
	f.d.End()
}

// kind is the structure element of a cell.
func (c cell) kind() (tagpdf.Kind, tagpdf.Attr) {
	if c.head {
		return tagpdf.Head, tagpdf.Attr{Lang: c.lang, Scope: "Row"}
	}
	return tagpdf.Cell, tagpdf.Attr{Lang: c.lang}
}
