package dataset

import (
	"strings"
	"unicode/utf8"
)

// risky are the characters with which a spreadsheet program takes a field for a formula (OWASP, CSV
// Injection), with their full-width forms.
const risky = "=+-@＝＋－＠"

// breaks are the characters after which a program that reads the file with other separators than commas may
// see a new field begin.
const breaks = "\t\r\n;"

// Guard protects a text against being run as a formula when the CSV file is opened in a spreadsheet program:
// an apostrophe is put before one of = + - @ (also full-width) at the start of the text, of a line, or after a
// tab or semicolon, spaces before it and further apostrophes aside, and before a tab or line break that starts
// the text. Unguard takes the apostrophes away again.
func Guard(s string) string { return guard(s, true) }

// Unguard returns the text that Guard was given.
func Unguard(s string) string { return guard(s, false) }

func guard(s string, put bool) string {
	if !strings.ContainsAny(s, risky) && !strings.ContainsAny(s, breaks) {
		return s
	}
	var b strings.Builder
	for at, start := 0, true; at < len(s); {
		if start {
			spaces := at
			for spaces < len(s) && s[spaces] == ' ' {
				spaces++
			}
			marks := spaces
			for marks < len(s) && s[marks] == '\'' {
				marks++
			}
			r, _ := utf8.DecodeRuneInString(s[marks:])
			if marks < len(s) && (strings.ContainsRune(risky, r) || at == 0 && strings.ContainsRune("\t\r\n", r)) {
				b.WriteString(s[at:spaces])
				at = spaces
				if put {
					b.WriteByte('\'')
				} else if marks > spaces {
					at++
				}
			}
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		start = strings.Contains(breaks, s[at:at+size])
		b.WriteString(s[at : at+size])
		at += size
	}
	return b.String()
}
