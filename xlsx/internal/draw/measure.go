package draw

import (
	"math"
	"strings"
)

// Row heights are computed from the texts, since a spreadsheet program does not fit the rows of merged cells,
// nor any row when it opens a file. The font is Arial, whose widths every program has: Liberation Sans and
// Helvetica are metrically the same.
const (
	FontName = "Arial"
	FontSize = 10.0
	// CharWidth is the width in points of one unit of column width: the widest digit of Arial 10 takes
	// 7 pixels at 96 dpi (ECMA-376 part 1, 18.3.1.13).
	CharWidth = 5.25
	// LineHeight is the height of a line in shares of the font size.
	LineHeight = 1.275
	// CellPadding is what a program keeps free at the left and right of a cell, in points.
	CellPadding = 4.0
	// slack allows for programs that set text wider than its metrics, and for hinting.
	slack = 1.01
	// HighestRow is the greatest row height there is (ECMA-376 part 1, 18.3.1.73), in points.
	HighestRow = 409.0
)

// The advance widths of the printable ASCII characters, from the space on, in thousandths of the font size.
var arial = [2][95]int16{
	{278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584},
	{278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584},
}

// TextWidth is the width of a text on one line, in points.
func TextWidth(s string, size float64, bold bool) float64 {
	face := &arial[0]
	if bold {
		face = &arial[1]
	}
	sum := 0
	for _, r := range s {
		switch {
		case r >= ' ' && r <= '~':
			sum += int(face[r-' '])
		case r < 0x2000:
			sum += 611 // accented Latin, Greek, Cyrillic: about as wide as the letters without accents
		case r < 0x2e80:
			sum += 556 // dashes and quotation marks
		default:
			sum += 1000 // ideographs and the like
		}
	}
	return float64(sum) * size / 1000 * slack
}

// countLines says on how many lines a text stands when it is wrapped at words in a column of the given width
// (in units of column width).
func countLines(s string, size float64, bold bool, width float64) int {
	room := width*CharWidth - CellPadding
	if room < size {
		room = size
	}
	space := TextWidth(" ", size, bold)
	n := 0
	for paragraph := range strings.SplitSeq(s, "\n") {
		n++
		at := 0.0
		for word := range strings.FieldsSeq(paragraph) {
			w := TextWidth(word, size, bold)
			if at > 0 && at+space+w > room {
				n++
				at = 0
			}
			if at > 0 {
				at += space
			}
			// A word wider than the column is broken inside.
			if w > room {
				more := math.Floor((at + w) / room)
				n += int(more)
				w -= more * room
			}
			at += w
		}
	}
	return n
}

// TextHeight is the height of a wrapped text, in points.
func TextHeight(s string, size float64, bold bool, width float64) float64 {
	return float64(countLines(s, size, bold, width)) * size * LineHeight
}

// RowHeight is the height of a row for content of the given height, with room above and below.
func RowHeight(content, padding float64) float64 {
	return min(HighestRow, math.Ceil(content+padding))
}
