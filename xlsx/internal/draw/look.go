package draw

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/internal/look"
)

// Look is how a cell presents itself, in terms of the palette; book turns it into a style of the workbook.
type Look struct {
	Size   float64 // 0 stands for FontSize
	Bold   bool
	Italic bool
	Link   bool
	Ink    string // 0 stands for the palette's ink
	Fill   string
	// Lines are drawn around the cell: none, all, or only below it.
	Lines lines
	// Across and down are the alignments; texts stand left and on top unless said otherwise.
	Across string
	Down   string
	Indent int
	Wrap   bool
	// Shrink sets a text smaller that is wider than its cell.
	Shrink bool
	// Open says that the cell may be filled in.
	Open   bool
	Format string
}

type lines int

const (
	noLines lines = iota
	AllLines
	LineBelow
	FieldLines
	AccentBelow
)

// Palette is the colours of a workbook: one accent, and neutral tones of known contrast (WCAG 2.2, 1.4.3: at
// least 4.5 to 1 for text). Colours are written rrggbb.
type Palette struct {
	// Accent is for areas, onAccent for text on it, accentInk for text on white, tint for pale areas.
	Accent, OnAccent, AccentInk, Tint string
	Ink, Muted, Line, Field, Pale     string
	Input, Done, Needed, NeededFill   string
}

// NewPalette makes the colours that go with an accent, written #rrggbb; "" for the default.
func NewPalette(accent string) Palette {
	if accent == "" {
		accent = look.Accent
	}
	a := ParseColour(accent)
	p := Palette{
		Accent: a.String(), OnAccent: "FFFFFF", Tint: a.Mix(White, 0.90).String(),
		Ink: "0B0C0C", Muted: "505A5F", Line: "B1B4B6", Field: "858C90", Pale: "F3F2F1",
		Input: "FFFCEB", Done: "005A30", Needed: "942514", NeededFill: "FCEEEA",
	}
	if Contrast(a, White) < 4.5 {
		p.OnAccent = p.Ink
	}
	dark := a
	for Contrast(dark, ParseColour(p.Tint)) < 4.5 {
		dark = dark.Mix(colour{}, 0.1)
	}
	p.AccentInk = dark.String()
	return p
}

// colour is red, green and blue, 0 to 255.
type colour [3]float64

// White is the colour of paper.
var White = colour{255, 255, 255}

// ParseColour reads rrggbb, with # before it or without.
func ParseColour(s string) colour {
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

// String writes rrggbb.
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

// Mix is the colour moved towards another by a share of the way.
func (c colour) Mix(to colour, share float64) colour {
	for i := range c {
		c[i] += (to[i] - c[i]) * share
	}
	return c
}

// Contrast is the contrast ratio of WCAG 2.2, 1 to 21.
func Contrast(a, b colour) float64 {
	return look.Contrast(a.shared(), b.shared())
}

func (c colour) shared() look.Colour { return look.Colour{c[0] / 255, c[1] / 255, c[2] / 255} }

// style makes the excelize style for a look.
func (p Palette) style(l Look) *excelize.Style {
	if l.Size == 0 {
		l.Size = FontSize
	}
	if l.Ink == "" {
		l.Ink = p.Ink
	}
	if l.Down == "" {
		l.Down = "top"
	}
	s := &excelize.Style{
		Font: &excelize.Font{Family: FontName, Size: l.Size, Bold: l.Bold, Italic: l.Italic, Color: l.Ink},
		Alignment: &excelize.Alignment{
			Horizontal: l.Across, Vertical: l.Down, WrapText: l.Wrap, ShrinkToFit: l.Shrink, Indent: l.Indent,
		},
	}
	if l.Indent > 0 && l.Across == "" {
		s.Alignment.Horizontal = "left"
	}
	if l.Link {
		s.Font.Underline = "single"
	}
	if l.Fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.Fill}}
	}
	if l.Format != "" {
		s.CustomNumFmt = &l.Format
	}
	if l.Open { // locked is what cells are anyway
		s.Protection = &excelize.Protection{}
	}
	edge := func(colour string, style int, sides ...string) {
		for _, side := range sides {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: colour, Style: style})
		}
	}
	const thin, medium = 1, 2
	switch l.Lines {
	case AllLines:
		edge(p.Line, thin, "left", "right", "top", "bottom")
	case LineBelow:
		edge(p.Line, thin, "bottom")
	case FieldLines:
		edge(p.Field, thin, "left", "right", "top", "bottom")
	case AccentBelow:
		edge(p.Accent, medium, "bottom")
	}
	return s
}
