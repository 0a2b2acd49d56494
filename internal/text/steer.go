package text

import (
	"strings"
	"unicode"
)

// Turns says whether a character is an invisible mark that turns the direction of the text beside it (Unicode Standard
// Annex 9, 2.1 to 2.6): an embedding, an override, an isolate, their ends, or a single mark.
func Turns(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u200E' || r == '\u200F' || r == '\u061C'
}

// Steers says whether a character can steer a terminal or make a text look like another: a control character, line
// breaks and tabs included, or a mark that turns the direction of text.
//
// Some places leave more out, each for a reason of its own: the recipients list refuses all that cannot be seen
// (package round), the PDF drops what its typesetting has no use for, and an answer's own text is kept as it is.
func Steers(r rune) bool { return unicode.IsControl(r) || Turns(r) }

// OneLine is a text for one line of a terminal: line breaks and tabs become spaces, and what else can steer it is left
// out.
func OneLine(s string) string {
	if !strings.ContainsFunc(s, Steers) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case Steers(r):
			return -1
		}
		return r
	}, s)
}
