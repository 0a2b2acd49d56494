package pdf

import (
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

const besideGap = 3.5

// row draws a row; one that is higher than the page continues on the next.
func (f *flow) row(l *laid, r int) {
	h := l.heights[r]
	f.d.Begin(tagpdf.Row)
	if f.y+h <= f.bottom {
		x := f.left
		for i := range l.rows[r] {
			f.cell(l, r, i, x)
			x += l.columns[i].width
		}
		f.y += h
	} else {
		f.longRow(l, r)
	}
	f.d.End()
	if !l.grid {
		f.d.Line(f.left, f.y, f.left+f.tableWidth(l.table), f.y, 0.4, f.look.rule)
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

// longRow draws a row that does not fit on a page, each cell continuing where it left off.
func (f *flow) longRow(l *laid, r int) {
	cells := l.cells[r]
	elems := make([]int, len(cells))
	for i, c := range l.rows[r] {
		elems[i] = f.d.Begin(c.kind())
		f.d.End()
		cells[i].lines = append(cells[i].lines, cells[i].small...)
	}
	row := f.d.Set(elems[0])
	for more := true; more; {
		more = false
		deepest, x := f.y, f.left
		for i := range cells {
			c := &cells[i]
			f.d.Set(elems[i])
			y := f.y + l.pad
			for len(c.lines) > 0 && y+c.st.lead <= f.bottom {
				f.line(place(l.columns[i].align, x, l.columns[i].width, c.st.width(c.lines[0])), y, c.lines[0], c.st)
				y += c.st.lead
				c.lines = c.lines[1:]
			}
			deepest = max(deepest, y)
			more = more || len(c.lines) > 0
			x += l.columns[i].width
		}
		f.d.Set(row)
		f.y = min(deepest+l.pad, f.bottom)
		if more {
			f.page()
			f.d.BeginArtifact()
			f.drawHeads(l)
			f.d.EndArtifact()
		}
	}
}
