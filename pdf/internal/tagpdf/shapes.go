package tagpdf

// Rect fills a rectangle whose top left corner is x, y.
func (d *Doc) Rect(x, y, w, h float64, fill Color) {
	p := d.enter(false)
	p.setFill(fill)
	p.rect(d, x, y, w, h)
	p.buf = append(p.buf, "f\n"...)
}

func (p *page) rect(d *Doc, x, y, w, h float64) {
	p.num(x)
	p.num(d.info.Height - y - h)
	p.num(w)
	p.num(h)
	p.buf = append(p.buf, "re "...)
}

// Line draws a straight line.
func (d *Doc) Line(x0, y0, x1, y1, width float64, stroke Color) {
	d.Lines([]Point{{x0, y0}, {x1, y1}}, false, width, stroke)
}

// Point is a place on the page.
type Point struct{ X, Y float64 }

// Lines draws a line through the points, back to the first if closed.
func (d *Doc) Lines(points []Point, closed bool, width float64, stroke Color) {
	p := d.enter(false)
	p.setStroke(stroke, width)
	p.path(d, points)
	if closed {
		p.buf = append(p.buf, "s\n"...)
	} else {
		p.buf = append(p.buf, "S\n"...)
	}
}

// Ring fills the polygon through the outer points, less the one through the inner.
func (d *Doc) Ring(outer, inner []Point, fill Color) {
	p := d.enter(false)
	p.setFill(fill)
	p.path(d, outer)
	p.buf = append(p.buf, "h\n"...)
	p.path(d, inner)
	p.buf = append(p.buf, "h f*\n"...)
}

func (p *page) path(d *Doc, points []Point) {
	for i, q := range points {
		p.num(q.X)
		p.num(d.info.Height - q.Y)
		if i == 0 {
			p.buf = append(p.buf, "m\n"...)
		} else {
			p.buf = append(p.buf, "l\n"...)
		}
	}
}

// Dot fills a circle.
func (d *Doc) Dot(x, y, r float64, fill Color) {
	p := d.enter(false)
	p.setFill(fill)
	p.circle(x, d.info.Height-y, r)
	p.buf = append(p.buf, "f\n"...)
}

// Circle draws the outline of a circle, filled with white.
func (d *Doc) Circle(x, y, r, width float64, stroke Color) {
	p := d.enter(false)
	p.setFill(Color{1, 1, 1})
	p.setStroke(stroke, width)
	p.circle(x, d.info.Height-y, r)
	p.buf = append(p.buf, "b\n"...)
}

func (p *page) circle(x, y, r float64) {
	const k = 0.5522847498 // of Bézier curves that come closest to a quarter circle
	p.num(x + r)
	p.num(y)
	p.buf = append(p.buf, "m\n"...)
	for _, c := range [4][6]float64{
		{1, k, k, 1, 0, 1}, {-k, 1, -1, k, -1, 0}, {-1, -k, -k, -1, 0, -1}, {k, -1, 1, -k, 1, 0},
	} {
		for i, v := range c {
			if i%2 == 0 {
				p.num(x + v*r)
			} else {
				p.num(y + v*r)
			}
		}
		p.buf = append(p.buf, "c\n"...)
	}
}

// Logo draws the document's logo as a figure.
func (d *Doc) Logo(x, y, w, h float64, alt string) {
	if d.logo == nil {
		return
	}
	d.BeginFigure(alt, x, y, w, h)
	p := d.enter(false)
	p.place(d, x, y, w, h)
	p.buf = append(p.buf, "/L Do Q\n"...)
	d.End()
}
