package pages

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/internal/look"
)

// The colours. Low and high are told apart by an orange and a blue that people with any of the common colour
// vision deficiencies tell apart too, and every coloured cell shows its figure. Ink on any of the pale ones has
// a contrast of 7 or more.
const (
	Ink      = "1F2933"
	Muted    = "52606D"
	line     = "D9E0E7"
	Band     = "F1F5F9"
	LowPale  = "F6C592"
	HighPale = "9CC4E4"
	// The colours of a scale get darker from the lowest on, so that it reads in grey too.
	HeatLow   = "FDEBD8"
	HeatMid   = "BCD5EC"
	HeatHigh  = "6FA8DA"
	inputFill = "FFF8DC"
	Blue      = "2F6DA8"
	Orange    = "C8641B"
	grey      = "A8B3BF"
	ThenGrey  = "7D8B99" // of bars beside blue ones: 3.5 on white, where WCAG 2.2 (1.4.11) asks for 3
)

// Ramp is the colours of the steps of a scale, lowest first, interpolated between five that run from orange
// over grey to blue.
func Ramp(n int) []string {
	// Each stop is darker than the one before, so that the parts are told apart in grey.
	stops := [][3]float64{{248, 222, 192}, {233, 178, 122}, {122, 170, 214}, {62, 120, 178}, {20, 58, 108}}
	out := make([]string, n)
	for i := range out {
		at := 0.0
		if n > 1 {
			at = float64(i) / float64(n-1) * float64(len(stops)-1)
		}
		k := min(int(at), len(stops)-2)
		f := at - float64(k)
		var rgb [3]int
		for c := range rgb {
			rgb[c] = int(stops[k][c]*(1-f) + stops[k+1][c]*f + 0.5)
		}
		out[i] = fmt.Sprintf("%02X%02X%02X", rgb[0], rgb[1], rgb[2])
	}
	return out
}

// ReadableOn is white or ink, whichever has more contrast with the colour (WCAG 2.2, contrast ratio).
func ReadableOn(colour string) string {
	c, ok := look.Parse("#" + colour)
	ink, _ := look.Parse("#" + Ink)
	if !ok || look.Contrast(c, ink) > look.Contrast(c, look.White) {
		return Ink
	}
	return "FFFFFF"
}

// Number formats.
const (
	FormatWhole   = "0"
	FormatDecimal = "0.0"
	FormatTwo     = "0.00"
	FormatPercent = "0%"
	FormatDay     = "yyyy-mm-dd"
	FormatSigned  = "+0.0;-0.0;0.0"
)

// Look is how a cell looks. Its zero value is plain text.
type Look struct {
	Format  string
	Size    float64
	Colour  string
	Fill    string
	Bold    bool
	Wrap    bool
	Lined   bool // a hairline below
	Head    bool // a column heading
	Upright bool // turned by 90 degrees
	Centred bool
	Right   bool
	Left    bool
	Hatched bool // nothing to show here
	Input   bool
	Top     bool
	Link    bool // leads elsewhere
	rule    bool // a strong line below, in the accent
}

// Style gives the number by which cells refer to a look.
func (fr *Frame) Style(l Look) int {
	if id, ok := fr.styles[l]; ok {
		return id
	}
	s := excelize.Style{
		Font:      &excelize.Font{Family: "Calibri", Size: 11, Color: Ink, Bold: l.Bold},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: l.Wrap},
	}
	if l.Size > 0 {
		s.Font.Size = l.Size
	}
	if l.Colour != "" {
		s.Font.Color = l.Colour
	}
	if l.Link {
		s.Font.Color, s.Font.Underline = Blue, "single"
	}
	if l.Head {
		s.Font.Bold, s.Font.Color = true, ReadableOn(fr.accent)
		s.Alignment.WrapText = true
		l.Fill = fr.accent
	}
	switch {
	case l.Centred:
		s.Alignment.Horizontal = "center"
	case l.Right:
		s.Alignment.Horizontal = "right"
	case l.Format == "" || l.Left:
		s.Alignment.Horizontal = "left"
	}
	if l.Upright {
		s.Alignment.TextRotation, s.Alignment.Vertical, s.Alignment.Horizontal = 90, "bottom", "center"
	}
	if l.Top {
		s.Alignment.Vertical = "top"
	}
	if l.Fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.Fill}}
	}
	if l.Hatched {
		// Pattern 14 is lightUp of ST_PatternType (ECMA-376 part 1, 18.18.55): thin diagonal lines.
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 14, Color: []string{grey}}
	}
	if l.Input {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{inputFill}}
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: fr.accent, Style: 2})
		}
	}
	if l.Lined {
		s.Border = append(s.Border, excelize.Border{Type: "bottom", Color: line, Style: 1})
	}
	if l.rule {
		s.Border = append(s.Border, excelize.Border{Type: "bottom", Color: fr.accent, Style: 2})
	}
	switch l.Format {
	case "":
	case FormatWhole:
		s.NumFmt = 1
	case FormatPercent:
		s.NumFmt = 9
	case FormatTwo:
		s.NumFmt = 2
	default:
		s.CustomNumFmt = &l.Format
	}
	id, err := fr.File.NewStyle(&s)
	fr.Note(err)
	fr.styles[l] = id
	if l.Head && !l.Upright {
		fr.heads[id] = true
	}
	return id
}

// Title is the look of a sheet's title.
func (fr *Frame) Title() int { return fr.Style(Look{Size: 20, Bold: true, Colour: fr.Strong}) }

// Subtitle is that of the line below it, which says what the sheet shows.
func (fr *Frame) Subtitle() int { return fr.Style(Look{Colour: Muted}) }

// Heading is that of a heading inside a sheet, with a line below it.
func (fr *Frame) Heading() int {
	return fr.Style(Look{Size: 13, Bold: true, Colour: fr.Strong, rule: true})
}

// Head is that of a table's column heading.
func (fr *Frame) Head() int { return fr.Style(Look{Head: true}) }

// HeadCentre is that of the heading of a column of figures.
func (fr *Frame) HeadCentre() int {
	return fr.Style(Look{Head: true, Centred: true})
}

// Text is the look of a cell of text in one line.
func (fr *Frame) Text() int { return fr.Style(Look{Lined: true}) }

// Wrapped is that of a cell of text in several lines.
func (fr *Frame) Wrapped() int { return fr.Style(Look{Lined: true, Wrap: true, Top: true}) }

// Num is that of a figure in a number format.
func (fr *Frame) Num(format string) int {
	return fr.Style(Look{Lined: true, Format: format, Centred: true})
}

// StrongNum is that of a figure that matters more than those beside it.
func (fr *Frame) StrongNum(format string) int {
	return fr.Style(Look{Lined: true, Format: format, Centred: true, Bold: true})
}

// MarkStyle is for what needs a look: bold on orange, so not by colour alone.
var MarkStyle = excelize.Style{
	Font: &excelize.Font{Bold: true, Color: Ink},
	Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{LowPale}},
}
