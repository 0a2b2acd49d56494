package xmlscan

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// AppendText appends the text of the last Text event, decoded: references resolved, line ends as "\n".
func (s *Scanner) AppendText(dst []byte) []byte {
	if s.cdata {
		return append(dst, lines(s.text)...)
	}
	return AppendText(dst, s.text)
}

// AppendText appends a text that is known to be well-formed, decoded: references resolved, line ends as "\n".
func AppendText(dst, text []byte) []byte {
	dst, _ = appendReferences(dst, lines(text))
	return dst
}

// lines brings line ends into one form (XML 1.0, 2.11).
func lines(t []byte) []byte {
	if bytes.IndexByte(t, '\r') >= 0 {
		t = bytes.ReplaceAll(t, []byte("\r\n"), []byte("\n"))
		t = bytes.ReplaceAll(t, []byte("\r"), []byte("\n"))
	}
	return t
}

// Blank says whether the last Text event is white space only.
func (s *Scanner) Blank() bool {
	for _, c := range s.text {
		if !isSpace(c) {
			return false
		}
	}
	return true
}

// checkText checks character data between tags.
func checkText(b []byte) error {
	if len(b) > MaxText {
		return refuse.New(models.FileOverLimit, "a text in it is longer than a cell can hold")
	}
	if bytes.IndexByte(b, '>') >= 0 && bytes.Contains(b, []byte("]]>")) {
		return refuse.Damaged("its XML has ]]> in a text")
	}
	if bytes.IndexByte(b, '&') >= 0 {
		return checkReferences(b)
	}
	return nil
}

// checkReferences checks what appendReferences resolves.
func checkReferences(b []byte) error {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return nil
		}
		if _, n := usualReference(b[i:]); n > 0 {
			b = b[i+n:]
			continue
		}
		b = b[i+1:]
		n := bytes.IndexByte(b[:min(len(b), 16)], ';')
		if n < 0 {
			return refuse.Damaged("its XML has an & that begins no reference")
		}
		if _, ok := reference(b[:n]); !ok {
			return refuse.Damaged("its XML has a reference that stands for no character")
		}
		b = b[n+1:]
	}
}

// appendReferences appends b with its references resolved.
func appendReferences(dst, b []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(dst, b...), nil
		}
		dst = append(dst, b[:i]...)
		if c, n := usualReference(b[i:]); n > 0 {
			dst, b = append(dst, c), b[i+n:]
			continue
		}
		b = b[i+1:]
		n := bytes.IndexByte(b[:min(len(b), 16)], ';')
		if n < 0 {
			return dst, refuse.Damaged("its XML has an & that begins no reference")
		}
		r, ok := reference(b[:n])
		if !ok {
			return dst, refuse.Damaged("its XML has a reference that stands for no character")
		}
		dst = utf8.AppendRune(dst, r)
		b = b[n+1:]
	}
}

// reference is the character that a reference stands for.
func reference(b []byte) (rune, bool) {
	switch string(b) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(b) < 2 || b[0] != '#' {
		return 0, false
	}
	base, digits := 10, b[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	if len(digits) == 0 || digits[0] == '+' || digits[0] == '-' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	r := rune(n)
	return r, err == nil && n <= utf8.MaxRune && IsChar(r)
}

// IsChar says whether XML 1.0 allows the character (production 2, Char).
func IsChar(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r >= 0xD800 && r <= 0xDFFF, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return r <= utf8.MaxRune
}
