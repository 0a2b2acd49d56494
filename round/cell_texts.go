package round

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isExcelError(s string) bool {
	switch s {
	case "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return len(s) > 2 && strings.Trim(s, "#") == ""
}

// unseen recognises characters that a person cannot see in a list and that would make two ids differ, or a
// name turn around on the page. The joiners are left: some scripts and emoji need them.
func unseen(r rune) bool {
	if r == '\u200c' || r == '\u200d' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError
}

// tidy trims a text and makes one space of any white space inside it, line breaks and non-breaking spaces too.
func tidy(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	if isTidy(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isTidy says that a text of ASCII is as tidy makes it.
func isTidy(s string) bool {
	space := true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf || c < ' ' || c == ' ' && space:
			return false
		default:
			space = c == ' '
		}
	}
	return s == "" || !space
}

func blankRow(row []Cell) bool {
	for _, c := range row {
		if !c.isBlank() {
			return false
		}
	}
	return true
}
