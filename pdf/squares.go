package pdf

import (
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// mark is what one square shows. All of them are told apart in grey: dark, middle, hollow, and triangles.
type mark int

const (
	full mark = iota
	middle
	hollow
	up
	upOpen
	down
	downOpen
)

// run is several squares alike.
type run struct {
	mark mark
	n    int
}

const (
	squarePitch = 8.8 // from one square to the next, where there is room
	leastPitch  = 4.0 // below it, squares run together into a bar
)

// square draws one square with its top left corner at x, y.
func (f *flow) square(x, y, size float64, m mark) {
	dark, light := f.look.accent, f.look.half
	box := func(c tagpdf.Color) { f.d.Rect(x, y, size, size, c) }
	edge := func() {
		f.d.Rect(x, y, size, size, white)
		f.d.Lines([]tagpdf.Point{{X: x + 0.5, Y: y + 0.5}, {X: x + size - 0.5, Y: y + 0.5}, {X: x + size - 0.5, Y: y + size - 0.5}, {X: x + 0.5, Y: y + size - 0.5}}, true, 0.9, dark)
	}
	triangle := func(c tagpdf.Color, up bool) {
		top, foot := y+size*0.22, y+size*0.78
		if !up {
			top, foot = foot, top
		}
		outline := []tagpdf.Point{{X: x + size*0.18, Y: foot}, {X: x + size*0.82, Y: foot}, {X: x + size/2, Y: top}}
		f.d.Ring(outline, outline[:1], c)
	}
	switch m {
	case full:
		box(dark)
	case middle:
		box(light)
	case hollow:
		edge()
	case up, down:
		box(dark)
		triangle(white, m == up)
	case upOpen, downOpen:
		edge()
		triangle(dark, m == upOpen)
	}
}

// squares draws runs of squares, with a label behind them. most is the longest row of the chart, and labels are those of its
// other rows, so that a square is as large in each: where it has no room as squares, the runs become lengths of a bar.
func (f *flow) squares(runs []run, most int, label string, st style, labels ...string) func(x, y, w, h float64) {
	widest := st.width(label)
	for _, l := range labels {
		widest = max(widest, f.look.strong.width(l))
	}
	return func(x, y, w, h float64) {
		x += cellPadX
		pitch := min(squarePitch, (w-2*cellPadX-widest-8)/float64(max(most, 1)))
		size := pitch - 1.7
		top := y + (h-size)/2
		for _, r := range runs {
			if pitch < leastPitch {
				if r.n > 0 {
					f.length(x, y+h/2-4, pitch*float64(r.n), r.mark)
					x += pitch * float64(r.n)
				}
				continue
			}
			for range r.n {
				f.square(x, top, size, r.mark)
				x += pitch
			}
		}
		f.line(x+4, y+(h-st.lead)/2, label+" ", st)
	}
}

// length draws a run as a part of a bar.
func (f *flow) length(x, y, w float64, m mark) {
	switch m {
	case middle:
		f.d.Rect(x, y, w, 8, f.look.half)
	case hollow, upOpen, downOpen:
		f.d.Rect(x, y, w, 8, f.look.accent)
		f.d.Rect(x+0.6, y+0.6, max(w-1.2, 0), 6.8, white)
	default:
		f.d.Rect(x, y, w, 8, f.look.accent)
	}
}

// key explains marks in a line below a chart.
type key struct {
	mark mark
	text string
}

// keyRoom is the height of a line of keys.
const keyRoom = 16.0

// keys sets the explanations of marks from x on, over as many lines as they need.
func (f *flow) keys(x float64, list []key) {
	st := f.look.note
	f.need(st.lead + 4)
	f.y += 2
	f.d.Begin(tagpdf.P)
	at := x
	for _, k := range list {
		w := 11 + st.width(k.text) + 12
		if at+w > f.right && at > x {
			at = x
			f.y += st.lead
			f.need(st.lead)
		}
		f.square(at, f.y+1.6, 7, k.mark)
		f.line(at+11, f.y, k.text+" ", st)
		at += w
	}
	f.d.End()
	f.y += st.lead
	f.fresh = false
}

// stack draws n squares in as many lines as they need.
func (f *flow) stack(n int, m mark) func(x, y, w, h float64) {
	return func(x, y, w, h float64) {
		const size = 4.6
		x += cellPadX
		across := max(int((w-2*cellPadX)/(size+1.2)), 1)
		lines := (n + across - 1) / across
		pitch := min(size+1.2, (h-2)/float64(max(lines, 1)))
		top := y + (h-pitch*float64(lines))/2
		for i := range n {
			f.square(x+float64(i%across)*(size+1.2), top+float64(i/across)*pitch, min(size, pitch-0.6), m)
		}
	}
}
