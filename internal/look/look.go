// Package look has what the looks of workbooks, PDFs and pages share: the accent colour of a round that names none, and
// how well one colour can be read on another.
package look

import (
	"math"
	"strconv"
)

// Accent is the colour of headings and bars in a round that names none: a deep blue, on which white has a contrast of
// more than 10. It is that of the assessment workbooks, which most readers have seen first.
const Accent = "#12436d"

// Colour is red, green and blue in sRGB, each from 0 to 1.
type Colour [3]float64

// White is what most things stand on.
var White = Colour{1, 1, 1}

// Parse reads #rrggbb. It says false where s is written in another way.
func Parse(s string) (Colour, bool) {
	if len(s) != 7 || s[0] != '#' {
		return Colour{}, false
	}
	v, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return Colour{}, false
	}
	return Colour{float64(v>>16) / 255, float64(v>>8&255) / 255, float64(v&255) / 255}, true
}

// Contrast is the contrast ratio of two colours, from 1 for none to 21 (WCAG 2.2, definition of contrast ratio).
func Contrast(a, b Colour) float64 {
	x, y := a.Luminance(), b.Luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Luminance is the relative luminance, from 0 for black to 1 for white (WCAG 2.2, definition of relative luminance).
func (c Colour) Luminance() float64 {
	var sum float64
	for i, share := range [3]float64{0.2126, 0.7152, 0.0722} {
		v := c[i]
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += share * v
	}
	return sum
}
