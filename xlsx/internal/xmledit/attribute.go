package xmledit

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
)

// attribute finds an attribute of a well-formed start tag by its name as written: where it begins, the white space
// before it included, and where it ends.
func attribute(tag []byte, name string) (from, to int, ok bool) {
	i := len(nameOf(tag)) + 1
	for i < len(tag) {
		from = i
		for i < len(tag) && isSpace(tag[i]) {
			i++
		}
		start := i
		for i < len(tag) && tag[i] != '=' && !isSpace(tag[i]) && tag[i] != '>' {
			i++
		}
		found := string(tag[start:i]) == name
		open := bytes.IndexAny(tag[i:], `"'`)
		if open < 0 {
			return 0, 0, false
		}
		i += open + 1
		i += bytes.IndexByte(tag[i:], tag[i-1]) + 1
		if found {
			return from, i, true
		}
	}
	return 0, 0, false
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// SetAttribute gives a start tag with an attribute of that value, which needs no escapes.
func SetAttribute(tag []byte, name, value string) []byte {
	text := fmt.Appendf(nil, ` %s="%s"`, name, value)
	if from, to, ok := attribute(tag, name); ok {
		return slices.Concat(tag[:from], text, tag[to:])
	}
	at := 1 + len(nameOf(tag))
	return slices.Concat(tag[:at], text, tag[at:])
}

// WithoutAttribute gives a start tag without an attribute.
func WithoutAttribute(tag []byte, name string) []byte {
	if from, to, ok := attribute(tag, name); ok {
		return slices.Concat(tag[:from], tag[to:])
	}
	return tag
}

// Number is an attribute of the first tag of some XML that is a number, 0 where there is none.
func Number(element []byte, name string) int {
	tag := element[:bytes.IndexByte(element, '>')+1]
	from, to, ok := attribute(tag, name)
	if !ok {
		return 0
	}
	value := tag[from:to]
	n, err := strconv.Atoi(string(value[bytes.IndexAny(value, `"'`)+1 : len(value)-1]))
	if err != nil {
		return 0
	}
	return n
}
