package sheetdata

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// LongestText is the number of UTF-16 units that a cell holds at most in Excel.
const LongestText = 32767

// Clean makes a text fit for a cell: control characters that XML 1.0 does not allow and broken UTF-8 go, line
// ends become \n, and what a cell cannot hold is cut at a character's end. The second result says that it was
// cut.
func Clean(s string) (string, bool) {
	if plain(s) && len(s) <= LongestText {
		return s, false
	}
	var b strings.Builder
	b.Grow(len(s))
	units := 0
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				continue
			}
		case r == '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				continue
			}
			r = '\n'
		case !allowed(r):
			continue
		}
		n := utf16.RuneLen(r)
		if units+n > LongestText {
			return b.String(), true
		}
		units += n
		b.WriteRune(r)
	}
	return b.String(), false
}

// allowed says whether a character may stand in an XML 1.0 document (section 2.2).
func allowed(r rune) bool {
	return r >= ' ' && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n'
}

// plain says that a text is printable ASCII with at most tabs and line feeds: nothing to clean.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// Escape is a text as content of an element of type ST_Xstring, such as the text of a cell: cleaned, with what XML
// and what such an element would take for something else escaped.
func Escape(s string) string {
	s, _ = Clean(s)
	return string(appendText(nil, s))
}

// Underscores escapes what a reader would take for the escape of a character (ECMA-376 part 1, 22.9.2.19, type
// ST_Xstring): excelize writes shared strings as they are.
func Underscores(s string) string {
	if !strings.Contains(s, "_x") && !strings.Contains(s, "_X") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '_' && looksEscaped(s[i:]) {
			b.WriteString("_x005F")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// appendText appends a text as content of an element of type ST_Xstring (ECMA-376 part 1, 22.9.2.19): what
// looks like an escape of the form _xHHHH_ has its underscore escaped, or readers would decode it.
func appendText(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		var esc string
		switch s[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '_':
			if !looksEscaped(s[i:]) {
				continue
			}
			esc = "_x005F_"
		default:
			continue
		}
		b = append(append(b, s[from:i]...), esc...)
		from = i + 1
	}
	return append(b, s[from:]...)
}

func looksEscaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' && s[1] != 'X' || s[6] != '_' {
		return false
	}
	for _, c := range []byte(s[2:6]) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}

// keepsSpace says that a text needs xml:space="preserve".
func keepsSpace(s string) bool {
	if s == "" {
		return false
	}
	first, last := s[0], s[len(s)-1]
	return first <= ' ' || last <= ' ' || strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ")
}
