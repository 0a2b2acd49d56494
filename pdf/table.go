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
	// beside stands smaller after the text, on its line where there is room, else below.
	beside string
	st     *style
	head   bool // a row heading
	fill   *tagpdf.Color
	lang   string
	// draw adds to the cell, within the box given.
	draw func(x, y, w, h float64)
}

// table is a table that may run over several pages.
type table struct {
	columns []column
	rows    [][]cell
	// tight and dense save space in the rows; grid separates cells by white lines, for heat maps.
	tight, dense, grid bool
	// flows lets a short table break too: its rows do not need each other to be understood.
	flows bool
	// st is how cells are set that do not say otherwise.
	st *style
}

const (
	cellPadX = 4.0
	cellPadY = 3.5
)

// laid is a table with its lines broken and its heights measured.
type laid struct {
	table
	pad     float64
	heads   [][]string
	head    float64 // height of the headings
	cells   [][]laidCell
	heights []float64
}

type laidCell struct {
	lines, small []string
	st           style
	beside       bool // what stands beside the text fits there
}

// lay breaks a table's lines and measures it.
func (f *flow) lay(t table) *laid {
	l := &laid{table: t, pad: cellPadY}
	if t.tight {
		l.pad = 1.6
	}
	if t.dense {
		l.pad = 0.45
	}
	l.heads, l.head = f.heads(t)
	l.heights = make([]float64, len(t.rows))
	l.cells = make([][]laidCell, len(t.rows))
	for r, row := range t.rows {
		cells := make([]laidCell, len(row))
		for i, c := range row {
			cells[i] = f.layCell(t, c, t.columns[i].width)
			h := float64(len(cells[i].lines))*cells[i].st.lead + float64(len(cells[i].small))*f.look.note.lead
			l.heights[r] = max(l.heights[r], h)
		}
		l.cells[r] = cells
		l.heights[r] += 2 * l.pad
	}
	return l
}

func (f *flow) layCell(t table, c cell, width float64) laidCell {
	x := laidCell{st: f.cellStyle(t, c)}
	inner := width - 2*cellPadX
	if c.text != "" {
		x.lines = wrap(c.text, x.st, inner)
	}
	if c.beside != "" {
		x.beside = x.st.width(c.text)+besideGap+f.look.note.width(c.beside) <= inner
		if !x.beside {
			x.small = wrap(c.beside, f.look.note, inner)
		}
	}
	if c.small != "" {
		x.small = wrap(c.small, f.look.note, inner)
	}
	if n := len(x.lines); n > 0 && x.small != nil {
		x.lines[n-1] += " "
	}
	return x
}

// keep is how much of a table should stay together at its start: all of a short one, else three rows.
func (f *flow) keep(l *laid) float64 {
	total := l.head
	for _, h := range l.heights {
		total += h
	}
	if total <= 0.4*(f.bottom-f.top) && !l.flows {
		return total
	}
	total = l.head
	for _, h := range l.heights[:min(3, len(l.heights))] {
		total += h
	}
	return min(total, 0.5*(f.bottom-f.top))
}

// titled draws a table under a heading and a note, which stay with its start.
func (f *flow) titled(title, note string, t table) { f.titledAs(tagpdf.H2, title, note, t) }

func (f *flow) titledAs(kind tagpdf.Kind, title, note string, t table) {
	l := f.lay(t)
	above := f.keep(l)
	if note != "" {
		above += float64(len(wrap(note, f.look.caption, f.width())))*f.look.caption.lead + 5
	}
	f.heading(kind, title, above)
	if note != "" {
		f.paragraph(note, f.look.caption)
		f.y += 5
	}
	f.draw(l)
}

// table draws a table.
func (f *flow) table(t table) { f.draw(f.lay(t)) }

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
