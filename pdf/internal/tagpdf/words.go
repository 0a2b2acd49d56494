package tagpdf

import (
	"slices"
	"strconv"
	"unicode"

	"github.com/rubric-project/rubric/pdf/internal/face"
)

// foreignFace is an 8-bit face in the making, of glyphs of a face that the round brings. A document has as many as its glyphs need.
type foreignFace struct {
	font   *face.Foreign
	codes  map[glyphKey]byte
	glyphs []uint16
	texts  []string
	made   *face.Face
}

// glyphKey is a glyph and what it says: one that says several things has a code for each, so that text is extracted as it was.
type glyphKey struct {
	id   uint16
	text string
}

// foreignResource is the number of the first such face's font resource.
const (
	foreignResource = 1000
	glyphsPerFace   = 224
	firstGlyph      = 32
)

// foreignGlyph finds the face and the code of a glyph.
func (d *Doc) foreignGlyph(font *face.Foreign, g face.Glyph) (n int, code byte) {
	for i := range d.foreign {
		if x := &d.foreign[i]; x.font == font {
			if code, ok := x.codes[glyphKey{g.ID, g.Text}]; ok {
				return i, code
			}
		}
	}
	n = slices.IndexFunc(d.foreign, func(x foreignFace) bool { return x.font == font && len(x.glyphs) < glyphsPerFace })
	if n < 0 {
		n = len(d.foreign)
		d.foreign = append(d.foreign, foreignFace{font: font, codes: map[glyphKey]byte{}})
	}
	x := &d.foreign[n]
	code = byte(firstGlyph + len(x.glyphs))
	x.codes[glyphKey{g.ID, g.Text}] = code
	x.glyphs, x.texts = append(x.glyphs, g.ID), append(x.texts, g.Text)
	return n, code
}

// word sets a word in a foreign script, inside a text object: its glyphs in the order in which they are read, which is from the
// right where the script runs from the right.
func (p *page) word(d *Doc, w *face.Word, size float64) {
	if !w.RightToLeft { // readers turn the others around, and this with them
		p.buf = append(append(p.buf, "/Span <</ActualText"...), literal(w.Text)...)
		p.buf = append(p.buf, ">> BDC\n"...)
		defer func() { p.buf = append(p.buf, "EMC\n"...) }()
	}
	open := false
	rise, at := 0, 0
	for _, g := range w.Glyphs {
		n, code := d.foreignGlyph(w.Font, g)
		if key := (fontKey{foreign: n + 1, set: true}); p.font != key || p.size != size {
			open = p.endShow(open)
			p.font, p.size = key, size
			p.buf = append(p.buf, "/F"...)
			p.buf = strconv.AppendInt(p.buf, int64(foreignResource+n), 10)
			p.buf = append(p.buf, ' ')
			p.num(size)
			p.buf = append(p.buf, "Tf\n"...)
		}
		if g.Y != rise {
			open = p.endShow(open)
			rise = g.Y
			p.num(float64(rise) * size / 1000)
			p.buf = append(p.buf, "Ts\n"...)
		}
		if !open {
			p.buf = append(p.buf, '[')
			open = true
		}
		p.shift(g.X - at)
		p.buf = append(p.buf, '<', "0123456789ABCDEF"[code>>4], "0123456789ABCDEF"[code&15], '>')
		at = g.X + w.Font.Advance(g.ID)
	}
	if at != w.Width {
		if !open {
			p.buf = append(p.buf, '[')
			open = true
		}
		p.shift(w.Width - at)
	}
	p.endShow(open)
	if rise != 0 {
		p.buf = append(p.buf, "0 Ts\n"...)
	}
}

// shift moves what follows in a TJ operator to the right.
func (p *page) shift(thousandths int) {
	if thousandths != 0 {
		p.buf = strconv.AppendInt(p.buf, int64(-thousandths), 10)
	}
}

func (p *page) endShow(open bool) bool {
	if open {
		p.buf = append(p.buf, "]TJ\n"...)
	}
	return false
}

// visual is the order in which the runes of a line of a text that runs from left to right stand on the page, by their numbers
// in the line, and the line with brackets turned where it runs from right to left (Unicode Standard Annex 9, for words, numbers
// and what stands between them).
func visual(line []rune) (order []int, turned []rune) {
	levels := make([]int, len(line))
	rtl := false // the last letter was of a word that runs from right to left
	for i, r := range line {
		switch w := face.WordOf(r); {
		case w != nil && w.RightToLeft:
			levels[i], rtl = 1, true
		case w != nil || unicode.IsLetter(r):
			rtl = false
		case unicode.IsDigit(r) && rtl:
			levels[i] = 2
		case unicode.IsDigit(r):
		default:
			levels[i] = -1 // as what stands on both sides
		}
	}
	for i := 0; i < len(line); i++ {
		if levels[i] >= 0 {
			continue
		}
		end := i
		for end < len(line) && levels[end] < 0 {
			end++
		}
		level := 0
		if i > 0 && end < len(line) && levels[i-1] > 0 && levels[end] > 0 {
			level = 1
			if end == i+1 && levels[i-1] == 2 && levels[end] == 2 && (line[i] == '.' || line[i] == ',' || line[i] == ':' || line[i] == '/') {
				level = 2 // a number's own sign
			}
		}
		for ; i < end; i++ {
			levels[i] = level
		}
		i--
	}
	order, turned = make([]int, len(line)), slices.Clone(line)
	for i, r := range line {
		order[i] = i
		if m, ok := mirrored[r]; ok && levels[i] == 1 {
			turned[i] = m
		}
	}
	for least := 2; least > 0; least-- {
		for i := 0; i < len(order); i++ {
			end := i
			for end < len(order) && levels[order[end]] >= least {
				end++
			}
			if end > i+1 {
				slices.Reverse(order[i:end])
			}
			i = max(i, end)
		}
	}
	return order, turned
}

// mixed sets a line with words in foreign scripts: each piece where it stands, in the order in which they are read.
func (d *Doc) mixed(x, y float64, s string, w face.Weight, size float64, c Color, up bool) {
	line := []rune(s)
	order, line := visual(line)
	font := face.Of(w)
	at := make([]int, len(line)) // where each rune stands
	next := 0
	for _, i := range order {
		at[i] = next
		next += font.Advance(line[i])
	}
	for from := 0; from < len(line); {
		to := from + 1
		for to < len(line) && at[to] == at[to-1]+font.Advance(line[to-1]) {
			to++
		}
		dx, dy := float64(at[from])*size/1000, 0.0
		if up {
			dx, dy = 0, -dx
		}
		d.text(x+dx, y+dy, string(line[from:to]), w, size, c, up)
		from = to
	}
}

var mirrored = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«'}
