package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is a text with a capital at its beginning and a full stop at its end; an empty one stays empty.
func Sentence(s string) string {
	if s == "" {
		return s
	}
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}
