package text

import "unicode/utf8"

// Head is the first characters of s, up to most.
func Head(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i]
		}
		n++
	}
	return s
}

// HeadBytes is the beginning of s up to most bytes, without a part of a character at its end.
func HeadBytes(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// Cut is s where it has at most most characters, and else its beginning and the mark, which together have as many.
func Cut(s string, most int, mark string) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return Head(s, most-utf8.RuneCountInString(mark)) + mark
}
