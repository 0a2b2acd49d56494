package pages

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Fitting is the width of a column whose longest text has that many characters.
func Fitting(longest, least, most int) float64 { return float64(min(max(longest+2, least), most)) }

// HeadingWidth is a width in which no word of the headings is broken, at least least. The headings are bold, and
// a word longer than the bound is broken after all.
func HeadingWidth(least float64, headings ...string) float64 {
	const most = 20
	longest := 0
	for _, h := range headings {
		for _, word := range strings.Fields(h) {
			longest = max(longest, utf8.RuneCountInString(word))
		}
	}
	return max(least, math.Min(float64(longest)+1.5, most))
}

// LinePoints is the height of a line of text.
const LinePoints = 15.5

// LinesIn is how many lines a text takes in a column that wide. A width counts digits, which are a little wider than
// letters; what that gains goes where lines are broken between words.
func LinesIn(text string, width float64) int {
	usable := max(1, int(width))
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += 1 + max(0, utf8.RuneCountInString(line)-1)/usable
	}
	return n
}

// HeightOf is the height of a row with that many lines, 0 for the usual one of a single line. 409 points is the
// highest that a row may be.
func HeightOf(lines int) float64 {
	if lines <= 1 {
		return 0
	}
	return min(409, float64(lines)*LinePoints)
}

// mostOnPage is how many characters a page in landscape may be wide: about 150 fit in full size, so that these are
// printed in 60 % of it, some 6.5 points high.
const mostOnPage = 240.0

// PagesFor is over how many pages side by side columns of these widths are printed, where the first so many are
// repeated on each.
func PagesFor(repeated int, widths ...float64) int {
	total, again := 0.0, 0.0
	for i, w := range widths {
		total += w
		if i < repeated {
			again += w
		}
	}
	return max(1, int(math.Ceil((total-again)/(mostOnPage-again))))
}

// The bounds in characters of a column with the names of recipients, which is as wide as the longest of them.
const (
	LeastName = 24
	MostName  = 60 // a longer name is wrapped
)
