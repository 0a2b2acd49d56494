package xlsx

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// look is how a cell presents itself, in terms of the palette; book turns it into a style of the workbook.
type look struct {
	size   float64 // 0 stands for fontSize
	bold   bool
	italic bool
	link   bool
	ink    string // 0 stands for the palette's ink
	fill   string
	// lines are drawn around the cell: none, all, or only below it.
	lines lines
	// across and down are the alignments; texts stand left and on top unless said otherwise.
	across string
	down   string
	indent int
	wrap   bool
	// open says that the cell may be filled in.
	open   bool
	format string
}

type lines int

const (
	noLines lines = iota
	allLines
	lineBelow
	fieldLines
	accentBelow
)

// palette is the colours of a workbook: one accent, and neutral tones of known contrast (WCAG 2.2, 1.4.3: at
// least 4.5 to 1 for text). Colours are written rrggbb.
type palette struct {
	// accent is for areas, onAccent for text on it, accentInk for text on white, tint for pale areas.
	accent, onAccent, accentInk, tint string
	ink, muted, line, field, pale     string
	input, done, needed, neededFill   string
}

// defaultAccent is a deep blue.
const defaultAccent = "#12436D"

func newPalette(accent string) palette {
	if accent == "" {
		accent = defaultAccent
	}
	a := parseColour(accent)
	p := palette{
		accent: a.String(), onAccent: "FFFFFF", tint: a.mix(white, 0.90).String(),
		ink: "0B0C0C", muted: "505A5F", line: "B1B4B6", field: "858C90", pale: "F3F2F1",
		input: "FFFCEB", done: "005A30", needed: "942514", neededFill: "FCEEEA",
	}
	if contrast(a, white) < 4.5 {
		p.onAccent = p.ink
	}
	dark := a
	for contrast(dark, parseColour(p.tint)) < 4.5 {
		dark = dark.mix(colour{}, 0.1)
	}
	p.accentInk = dark.String()
	return p
}

// colour is red, green and blue, 0 to 255.
type colour [3]float64

var white = colour{255, 255, 255}

func parseColour(s string) colour {
	var c colour
	s = strings.TrimPrefix(s, "#")
	for i := range c {
		if len(s) >= 2*i+2 {
			if n, err := strconv.ParseUint(s[2*i:2*i+2], 16, 8); err == nil {
				c[i] = float64(n)
			}
		}
	}
	return c
}

func (c colour) String() string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, x := range c {
		n := int(math.Round(x))
		b.WriteByte(hex[n>>4])
		b.WriteByte(hex[n&15])
	}
	return b.String()
}

// mix is the colour moved towards another by a share of the way.
func (c colour) mix(to colour, share float64) colour {
	for i := range c {
		c[i] += (to[i] - c[i]) * share
	}
	return c
}

// contrast is the contrast ratio of WCAG 2.2, 1 to 21.
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func (c colour) luminance() float64 {
	var l float64
	for i, share := range [3]float64{0.2126, 0.7152, 0.0722} {
		v := c[i] / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		l += share * v
	}
	return l
}

// style makes the excelize style for a look.
func (p palette) style(l look) *excelize.Style {
	if l.size == 0 {
		l.size = fontSize
	}
	if l.ink == "" {
		l.ink = p.ink
	}
	if l.down == "" {
		l.down = "top"
	}
	s := &excelize.Style{
		Font: &excelize.Font{Family: fontName, Size: l.size, Bold: l.bold, Italic: l.italic, Color: l.ink},
		Alignment: &excelize.Alignment{
			Horizontal: l.across, Vertical: l.down, WrapText: l.wrap, Indent: l.indent,
		},
	}
	if l.indent > 0 && l.across == "" {
		s.Alignment.Horizontal = "left"
	}
	if l.link {
		s.Font.Underline = "single"
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	if l.open { // locked is what cells are anyway
		s.Protection = &excelize.Protection{}
	}
	edge := func(colour string, style int, sides ...string) {
		for _, side := range sides {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: colour, Style: style})
		}
	}
	const thin, medium = 1, 2
	switch l.lines {
	case allLines:
		edge(p.line, thin, "left", "right", "top", "bottom")
	case lineBelow:
		edge(p.line, thin, "bottom")
	case fieldLines:
		edge(p.field, thin, "left", "right", "top", "bottom")
	case accentBelow:
		edge(p.accent, medium, "bottom")
	}
	return s
}
