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
	// below is the height of what stands below the table and belongs to it.
	below float64
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

// keep is how much of a table should stay together at its start: all of a short one, else three rows, of one that flows a
// single row; never less than the headings and a row.
func (f *flow) keep(l *laid) float64 {
	total := l.head
	for _, h := range l.heights {
		total += h
	}
	if total <= 0.4*(f.bottom-f.top) && !l.flows {
		return total
	}
	first := 3
	if l.flows {
		first = 1
	}
	total = l.head
	for _, h := range l.heights[:min(first, len(l.heights))] {
		total += h
	}
	least := l.head
	if len(l.heights) > 0 {
		least += l.heights[0]
	}
	return max(min(total, 0.5*(f.bottom-f.top)), least)
}

// titled draws a table under a heading and a note, which stay with its start.
func (f *flow) titled(title, note string, t table) { f.titledAs(tagpdf.H2, title, note, t) }

func (f *flow) titledAs(kind tagpdf.Kind, title, note string, t table) {
	f.titledLaid(kind, title, note, f.lay(t))
}

func (f *flow) titledLaid(kind tagpdf.Kind, title, note string, l *laid) {
	above := f.keep(l) + l.below
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
