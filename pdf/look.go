package pdf

import (
	"math"

	colours "github.com/rubric-project/rubric/internal/look"
	"github.com/rubric-project/rubric/pdf/internal/face"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// look is the colours and text styles of a round's reports.
type look struct {
	// accent is the round's colour, darkened until text in it can be read on white (WCAG 2.1, 1.4.3); tint
	// a light shade of it. ink, gray and rule are for text, secondary text and lines.
	accent, tint, ink, gray, rule, band tagpdf.Color
	// half is between accent and white, so that dark, middle and hollow are told apart in grey.
	half tagpdf.Color

	title, lead, h2, h3, body, strong, label, note, caption style
	th, td, rowHead, number, running, marking, figure       style
	figureStrong                                            style
}

var white = tagpdf.Color{1, 1, 1}

func newLook(accent string) look {
	a := parseColor(accent)
	for contrast(a, white) < 5 {
		a = mix(a, tagpdf.Color{}, 0.08)
	}
	l := look{
		accent: a, tint: mix(a, white, 0.90), half: mix(a, white, 0.52), ink: tagpdf.Color{0.11, 0.12, 0.14}, gray: tagpdf.Color{0.36, 0.37, 0.39},
		rule: tagpdf.Color{0.78, 0.78, 0.78}, band: tagpdf.Color{0.84, 0.84, 0.84},
	}
	plain := func(size, lead float64) style { return style{face.Regular, size, lead, l.ink} }
	bold := func(size, lead float64) style { return style{face.SemiBold, size, lead, l.ink} }
	in := func(st style, c tagpdf.Color) style { st.color = c; return st }
	l.title = bold(25, 29)
	l.lead = plain(13, 17.5)
	l.h2 = in(bold(15, 19), l.accent)
	l.h3 = bold(10.5, 14)
	l.body = plain(9.5, 13)
	l.strong = bold(9.5, 13)
	l.label = in(plain(8, 11), l.gray)
	l.note = in(plain(7.5, 10), l.gray)
	l.caption = in(plain(8.5, 11.5), l.gray)
	l.th = in(bold(8, 10), l.ink)
	l.td = plain(8.5, 11)
	l.rowHead = plain(8.5, 11)
	l.number = bold(9, 11)
	l.running = in(plain(7.5, 10), l.gray)
	l.marking = bold(9, 11)
	l.figure = in(plain(7, 8.3), l.ink)
	l.figureStrong = bold(7, 8.3)
	return l
}

// parseColor reads #rrggbb; what is written in another way is the accent that all rounds have.
func parseColor(s string) tagpdf.Color {
	c, ok := colours.Parse(s)
	if !ok {
		c, _ = colours.Parse(colours.Accent)
	}
	return tagpdf.Color{float32(c[0]), float32(c[1]), float32(c[2])}
}

// mix is a colour between a (share 0) and b (share 1), in steps that the file's two decimals can hold.
func mix(a, b tagpdf.Color, share float32) tagpdf.Color {
	for i := range a {
		a[i] = float32(math.Round(float64(a[i]+(b[i]-a[i])*share)*100) / 100)
	}
	return a
}

// contrast is the contrast ratio of two colours.
func contrast(a, b tagpdf.Color) float64 {
	return colours.Contrast(colourOf(a), colourOf(b))
}

func colourOf(c tagpdf.Color) colours.Colour {
	return colours.Colour{float64(c[0]), float64(c[1]), float64(c[2])}
}

// shade is the colour of a heat map for a share from 0 to 1: one hue from light to dark, so that it reads
// the same in grey and with any colour vision. text is the colour that can be read on it.
func (l *look) shade(share float64) (fill, text tagpdf.Color) {
	share = min(max(share, 0), 1)
	fill = mix(mix(l.accent, white, 0.95), l.accent, float32(math.Pow(share, 1.35)))
	if black := (tagpdf.Color{}); contrast(fill, black) >= contrast(fill, white) {
		return fill, black
	}
	return fill, white
}
