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

// Guard keeps a spreadsheet program from running a text of a CSV file as a formula. It puts an apostrophe before each
// of = + - @ (also full-width) that stands at the start of the text or of a line, or after a tab or a semicolon, and
// before a tab or line break that starts the text. Spaces and apostrophes before such a character do not hide it.
// Unguard takes the apostrophes away again.
func Guard(s string) string { return guard(s, true) }

// Unguard returns the text that Guard was given. It is for programs that read the CSV files back; rubric itself does not.
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
