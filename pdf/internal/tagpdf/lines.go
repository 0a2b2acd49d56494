package tagpdf

// lines says where the next line of a text object is counted from (ISO 32000-1, 9.4.2).
//
// Lines that follow one another share a text object, and each says how far it lies from the one before: shorter by a third than
// a text object for each, and a page is mostly that. The marked content of elements lies inside the text object then; that of
// figures and artifacts, which hold lines and areas too, lies around it.
type lines struct {
	open   bool
	x, y   int64 // in hundredths of a point
	turned bool  // the lines run upwards
}

func (p *page) beginText() {
	if !p.text.open {
		p.buf = append(p.buf, "BT\n"...)
		p.text = lines{open: true}
	}
}

func (p *page) endText() {
	if p.text.open {
		p.buf = append(p.buf, "ET\n"...)
		p.text.open = false
	}
}

// startLine moves to the start of a line, in points from the bottom left corner.
func (p *page) startLine(x, y float64, up bool) {
	t := &p.text
	atX, atY := hundredths(x), hundredths(y)
	operator := "Td\n"
	switch {
	case up:
		p.buf = append(p.buf, "0 1 -1 0 "...)
		operator = "Tm\n"
		p.place2(atX, atY)
	case t.turned:
		p.buf = append(p.buf, "1 0 0 1 "...)
		operator = "Tm\n"
		p.place2(atX, atY)
	default:
		p.place2(atX-t.x, atY-t.y)
	}
	p.buf = append(p.buf, operator...)
	t.x, t.y, t.turned = atX, atY, up
}

func (p *page) place2(x, y int64) {
	p.buf = appendHundredths(p.buf, x)
	p.buf = appendHundredths(p.buf, y)
}
