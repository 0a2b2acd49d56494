package pdf

import "github.com/rubric-project/rubric/pdf/internal/face"

// Placed is a line of text as it was set, for tests that look at positions and for benchmarks that have
// others set the same lines.
type Placed struct {
	Page           int     `json:"page"`
	X0, Y0, X1, Y1 float64 `json:"-"`
	X              float64 `json:"x"` // of the baseline's start, from the lower left corner
	Y              float64 `json:"y"`
	Text           string  `json:"text"`
	Bold           bool    `json:"bold"`
	Size           float64 `json:"size"`
	Up             bool    `json:"up"`
}

// Watch has a printer tell of every line it sets.
func (p *Printer) Watch(see func(Placed)) {
	p.watch = func(q placed) {
		x := Placed{q.page, q.x0, q.y0, q.x1, q.y1, q.x0, p.paper[1] - q.y0 - q.st.baseline(), q.text, q.st.weight == face.SemiBold, q.st.size, q.up}
		if q.up {
			x.X, x.Y = q.x0+q.st.baseline(), p.paper[1]-q.y1
		}
		see(x)
	}
}

// Paper is the page's width and height in points.
func (p *Printer) Paper() (w, h float64) { return p.paper[0], p.paper[1] }

// Printable is a text as it can be set, and the characters that the typeface lacks.
func Printable(s string) (string, []rune) { return printable(s) }

// Signs are the pictures that become signs.
func Signs() (out []rune) {
	for r := range signs {
		out = append(out, r)
	}
	return out
}
