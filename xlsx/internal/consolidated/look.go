package consolidated

import (
	"fmt"
	"math"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// The colours. Low and high are told apart by an orange and a blue that people with any of the common colour
// vision deficiencies tell apart too, and every coloured cell shows its figure. Ink on any of the pale ones has
// a contrast of 7 or more, white on the default accent 8.6.
const (
	ink       = "1F2933"
	muted     = "52606D"
	line      = "D9E0E7"
	band      = "F1F5F9"
	lowPale   = "F6C592"
	midPale   = "FFFFFF"
	highPale  = "9CC4E4"
	inputFill = "FFF8DC"
	blue      = "2F6DA8"
	orange    = "C8641B"
	grey      = "A8B3BF"
	thenGrey  = "7D8B99" // of bars beside blue ones: 3.5 on white, where WCAG 2.2 (1.4.11) asks for 3
)

const defaultAccent = "1B4965"

// ramp is the colours of the steps of a scale, lowest first, interpolated between five that run from orange
// over grey to blue.
func ramp(n int) []string {
	stops := [][3]float64{{184, 82, 18}, {240, 173, 107}, {214, 220, 227}, {122, 170, 214}, {29, 86, 146}}
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

// readableOn is white or ink, whichever has more contrast with the colour (WCAG 2.2, contrast ratio).
func readableOn(colour string) string {
	l, ok := luminance(colour)
	if !ok {
		return ink
	}
	dark, _ := luminance(ink)
	if (l+0.05)/(dark+0.05) > 1.05/(l+0.05) {
		return ink
	}
	return "FFFFFF"
}

// luminance is the relative luminance of a colour (WCAG 2.2), from 0 for black to 1 for white.
func luminance(colour string) (float64, bool) {
	v, err := strconv.ParseUint(colour, 16, 32)
	if err != nil {
		return 0, false
	}
	part := func(shift uint) float64 {
		x := float64(v>>shift&255) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0), true
}

// Number formats.
const (
	formatWhole   = "0"
	formatDecimal = "0.0"
	formatTwo     = "0.00"
	formatPercent = "0%"
	formatDay     = "yyyy-mm-dd"
	formatSigned  = "+0.0;-0.0;0.0"
)

// look is how a cell looks. Its zero value is plain text.
type look struct {
	format  string
	size    float64
	colour  string
	fill    string
	bold    bool
	wrap    bool
	lined   bool // a hairline below
	head    bool // a column heading
	upright bool // turned by 90 degrees
	centred bool
	right   bool
	left    bool
	hatched bool // nothing to show here
	input   bool
	top     bool
	rule    bool // a strong line below, in the accent
}

// style gives the number by which cells refer to a look.
func (fr *frame) style(l look) int {
	if id, ok := fr.styles[l]; ok {
		return id
	}
	s := excelize.Style{
		Font:      &excelize.Font{Family: "Calibri", Size: 11, Color: ink, Bold: l.bold},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: l.wrap},
	}
	if l.size > 0 {
		s.Font.Size = l.size
	}
	if l.colour != "" {
		s.Font.Color = l.colour
	}
	if l.head {
		s.Font.Bold, s.Font.Color = true, readableOn(fr.accent)
		s.Alignment.WrapText = true
		l.fill = fr.accent
	}
	switch {
	case l.centred:
		s.Alignment.Horizontal = "center"
	case l.right:
		s.Alignment.Horizontal = "right"
	case l.format == "" || l.left:
		s.Alignment.Horizontal = "left"
	}
	if l.upright {
		s.Alignment.TextRotation, s.Alignment.Vertical, s.Alignment.Horizontal = 90, "bottom", "center"
	}
	if l.top {
		s.Alignment.Vertical = "top"
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.hatched {
		// Pattern 14 is lightUp of ST_PatternType (ECMA-376 part 1, 18.18.55): thin diagonal lines.
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 14, Color: []string{grey}}
	}
	if l.input {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{inputFill}}
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: fr.accent, Style: 2})
		}
	}
	if l.lined {
		s.Border = append(s.Border, excelize.Border{Type: "bottom", Color: line, Style: 1})
	}
	if l.rule {
		s.Border = append(s.Border, excelize.Border{Type: "bottom", Color: fr.accent, Style: 2})
	}
	switch l.format {
	case "":
	case formatWhole:
		s.NumFmt = 1
	case formatPercent:
		s.NumFmt = 9
	case formatTwo:
		s.NumFmt = 2
	default:
		s.CustomNumFmt = &l.format
	}
	id, err := fr.f.NewStyle(&s)
	fr.note(err)
	fr.styles[l] = id
	return id
}

// The looks that most sheets use.
func (fr *frame) title() int    { return fr.style(look{size: 20, bold: true, colour: fr.strong}) }
func (fr *frame) subtitle() int { return fr.style(look{colour: muted}) }
func (fr *frame) heading() int {
	return fr.style(look{size: 13, bold: true, colour: fr.strong, rule: true})
}
func (fr *frame) head() int { return fr.style(look{head: true}) }
func (fr *frame) headCentre() int {
	return fr.style(look{head: true, centred: true})
}
func (fr *frame) text() int    { return fr.style(look{lined: true}) }
func (fr *frame) wrapped() int { return fr.style(look{lined: true, wrap: true, top: true}) }
func (fr *frame) num(format string) int {
	return fr.style(look{lined: true, format: format, centred: true})
}
func (fr *frame) strongNum(format string) int {
	return fr.style(look{lined: true, format: format, centred: true, bold: true})
}

// markStyle is for what needs a look: bold on orange, so not by colour alone.
var markStyle = excelize.Style{
	Font: &excelize.Font{Bold: true, Color: ink},
	Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{lowPale}},
}
