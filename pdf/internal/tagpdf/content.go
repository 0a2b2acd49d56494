package tagpdf

import (
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/pdf/internal/face"
)

// page is a page's content stream and what is set in it.
type page struct {
	buf    []byte
	owners []int // the element of each marked content, by MCID
	text   lines
	open   int // the element whose content is open, artifactOpen or nothingOpen
	font   fontKey
	size   float64
	fill   Color
	stroke Color
	width  float64
}

type fontKey struct {
	weight  face.Weight
	face    uint8
	foreign int // from 1; 0 for the reports' own typeface
	set     bool
}

const (
	nothingOpen  = -1
	artifactOpen = -2
)

func (d *Doc) leave() {
	if d.at >= 0 {
		d.pages[d.at].close()
		d.pages[d.at].endText()
	}
}

func (p *page) close() {
	if p.open != nothingOpen {
		p.buf = append(p.buf, "EMC\n"...)
		p.open = nothingOpen
	}
}

// enter sees to it that what is drawn next belongs to the element that is open, or is an artifact.
func (d *Doc) enter(text bool) *page {
	p := d.pages[d.at]
	want := d.tree.now
	if d.artifact > 0 || !text && !d.inFigure() {
		want = artifactOpen
	}
	if p.open == want {
		return p
	}
	p.close()
	if text && want != artifactOpen && !d.inFigure() {
		p.beginText()
	} else {
		p.endText()
	}
	if want == artifactOpen {
		p.buf = append(p.buf, "/Artifact BMC\n"...)
	} else {
		n := len(p.owners)
		p.owners = append(p.owners, want)
		d.tree.add(want, kid{elem: -1, page: int32(d.at), mcid: int32(n)})
		p.buf = append(p.buf, '/')
		p.buf = append(p.buf, d.tree.elems[want].kind...)
		p.buf = append(p.buf, " <</MCID "...)
		p.buf = strconv.AppendInt(p.buf, int64(n), 10)
		p.buf = append(p.buf, ">> BDC\n"...)
	}
	p.open = want
	return p
}

func (d *Doc) inFigure() bool { return d.tree.elems[d.tree.now].kind == Figure }

// Text sets a line with its baseline starting at x, y. Characters that the typeface lacks must have been
// taken out.
func (d *Doc) Text(x, y float64, s string, w face.Weight, size float64, c Color) {
	d.line(x, y, s, w, size, c, false)
}

// TextUp sets a line that runs upwards.
func (d *Doc) TextUp(x, y float64, s string, w face.Weight, size float64, c Color) {
	d.line(x, y, s, w, size, c, true)
}

func (d *Doc) line(x, y float64, s string, w face.Weight, size float64, c Color, up bool) {
	if strings.IndexFunc(s, foreign) >= 0 {
		d.mixed(x, y, s, w, size, c, up)
		return
	}
	d.text(x, y, s, w, size, c, up)
}

func (d *Doc) text(x0, y float64, s string, w face.Weight, size float64, c Color, up bool) {
	if s == "" {
		return
	}
	p := d.enter(true)
	p.setFill(c)
	font := face.Of(w)
	alone := !p.text.open
	p.beginText()
	open := false
	placed := false
	for _, r := range s {
		if x := face.WordOf(r); x != nil {
			if open {
				p.buf = append(p.buf, ") Tj\n"...)
				open = false
			}
			if !placed {
				placed = true
				p.startLine(x0, d.info.Height-y, up)
			}
			p.word(d, x, size)
			continue
		}
		slot, ok := font.Slot(r)
		if !ok {
			continue
		}
		if key := (fontKey{weight: w, face: slot.Face, set: true}); !open || key != p.font || p.size != size {
			if open {
				p.buf = append(p.buf, ") Tj\n"...)
			}
			if key != p.font || p.size != size {
				d.font(w, slot.Face)
				p.font, p.size = key, size
				p.buf = append(p.buf, "/F"...)
				p.buf = strconv.AppendInt(p.buf, int64(resource(w, slot.Face)), 10)
				p.buf = append(p.buf, ' ')
				p.num(size)
				p.buf = append(p.buf, "Tf\n"...)
			}
			if !placed {
				placed = true
				p.startLine(x0, d.info.Height-y, up)
			}
			p.buf = append(p.buf, '(')
			open = true
		}
		if slot.Code == '(' || slot.Code == ')' || slot.Code == '\\' {
			p.buf = append(p.buf, '\\')
		}
		p.buf = append(p.buf, slot.Code)
	}
	if open {
		p.buf = append(p.buf, ") Tj\n"...)
	}
	if alone {
		p.endText()
	}
}

// foreign says whether a rune may stand for a word; see face.Word.
func foreign(r rune) bool { return r > 0xFFFF }

// resource is the number of a face's font resource.
func resource(w face.Weight, i uint8) int { return int(w)*100 + int(i) + 1 }

func (p *page) setFill(c Color) {
	if p.fill != c {
		p.fill = c
		p.color(c, "g ", "rg ")
	}
}

func (p *page) setStroke(c Color, width float64) {
	if p.stroke != c {
		p.stroke = c
		p.color(c, "G ", "RG ")
	}
	if p.width != width {
		p.width = width
		p.num(width)
		p.buf = append(p.buf, "w "...)
	}
}

func (p *page) color(c Color, gray, rgb string) {
	if c[0] == c[1] && c[1] == c[2] {
		p.num(float64(c[0]))
		p.buf = append(p.buf, gray...)
		return
	}
	for _, v := range c {
		p.num(float64(v))
	}
	p.buf = append(p.buf, rgb...)
}

// num writes a number with at most two decimals (three would be a thousandth of a point) and a space.
func (p *page) num(v float64) { p.buf = appendNumber(p.buf, v) }

func appendNumber(b []byte, v float64) []byte { return appendHundredths(b, hundredths(v)) }

func hundredths(v float64) int64 {
	if v < 0 {
		return -int64(-v*100 + 0.5)
	}
	return int64(v*100 + 0.5)
}

func appendHundredths(b []byte, n int64) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, n/100, 10)
	if f := n % 100; f != 0 {
		b = append(b, '.', byte('0'+f/10))
		if f%10 != 0 {
			b = append(b, byte('0'+f%10))
		}
	}
	return append(b, ' ')
}
