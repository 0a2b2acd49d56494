package mail

import (
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

var wordDecoder = mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(r), nil
}}

// decodeWords decodes the encoded words of RFC 2047. Bytes that are neither are taken for Windows-1252.
//
// It goes through the text once: mime.WordDecoder.DecodeHeader looks for the end of a word from each place where one
// might begin, which is not linear where none ends.
func decodeWords(s string) string {
	if strings.Contains(s, "=?") {
		var out strings.Builder
		afterWord := false
		for s != "" {
			at := strings.Index(s, "=?")
			if at < 0 {
				break
			}
			n := encodedWord(s[at:])
			word, err := "", error(nil)
			if n > 0 {
				word, err = wordDecoder.Decode(s[at : at+n])
			}
			if n == 0 || err != nil {
				out.WriteString(s[:at+2])
				s, afterWord = s[at+2:], false
				continue
			}
			// White space between two words is not part of the text (RFC 2047, 6.2).
			if between := s[:at]; !afterWord || strings.Trim(between, " \t\r\n") != "" {
				out.WriteString(between)
			}
			out.WriteString(word)
			s, afterWord = s[at+n:], true
		}
		out.WriteString(s)
		s = out.String()
	}
	if !utf8.ValidString(s) {
		s, _ = charmap.Windows1252.NewDecoder().String(s)
	}
	return s
}

// encodedWord is the length of the word =?charset?encoding?text?= that s begins with, or 0. None of the three holds a
// question mark (RFC 2047, 2), so that no byte is looked at by more than three tries.
func encodedWord(s string) int {
	n := 2
	for range 2 {
		i := strings.IndexByte(s[n:], '?')
		if i < 0 {
			return 0
		}
		n += i + 1
	}
	i := strings.IndexByte(s[n:], '?')
	if i < 0 || !strings.HasPrefix(s[n+i:], "?=") {
		return 0
	}
	return n + i + 2
}
