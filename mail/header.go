package mail

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/internal/text"
)

// foldAt is the line length that headers keep to where they can (RFC 5322, 2.1.1).
const foldAt = 76

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// printable turns line breaks, other control characters and the marks that reorder text into spaces, and runs
// of white space into one, so that a value can neither end its header nor show something else than it is.
func printable(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if text.Steers(r) || r == '\uFEFF' { // the byte order mark is no character of a text
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// shorten cuts a text to some characters, the last of which says so.
func shorten(s string, most int) string { return text.Cut(s, most, "…") }

// unstructured encodes a header value of free text (RFC 2047) where it needs it.
func unstructured(s string) string {
	s = printable(s)
	if isASCII(s) && !strings.Contains(s, "=?") {
		return s
	}
	return encodedWords(s)
}

// encodedWords writes s as encoded words of at most 75 characters, none of which cuts a character in two.
func encodedWords(s string) string {
	var words []string
	for s != "" {
		n := 0
		for n < len(s) {
			_, w := utf8.DecodeRuneInString(s[n:])
			if n+w > 42 { // 42 bytes are 56 in base64; with =?utf-8?B? and ?= 68
				break
			}
			n += w
		}
		words = append(words, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(words, " ")
}

// fold writes a header, broken before a space where a line grows too long. A single word longer than a line
// stays whole.
func fold(name, value string) string {
	var b strings.Builder
	b.WriteString(name + ":")
	line := len(name) + 1
	for _, word := range strings.Split(value, " ") {
		if line+1+len(word) > foldAt && line > len(name)+1 {
			b.WriteString("\r\n")
			line = 0
		}
		b.WriteString(" " + word)
		line += 1 + len(word)
	}
	b.WriteString("\r\n")
	return b.String()
}

func addressHeader(list []Address) string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = a.header()
	}
	return strings.Join(out, ", ")
}

// typeName is the file name as a parameter of Content-Type, in plain ASCII: programs that read RFC 2231 look at
// Content-Disposition first, and this is for the others.
func typeName(name string) string { return ";\r\n name=\"" + asciiName(name) + "\"" }

// dispositionName is the file name as a parameter of Content-Disposition (RFC 2183), encoded as RFC 2231 has it.
// Giving it in plain ASCII beside that would not help: some parsers then take the first and some the second.
func dispositionName(name string) string {
	encoded := percentEncoded(name)
	if isASCII(name) || len(encoded) > 900 { // a line has at most 998 characters
		return ";\r\n filename=\"" + asciiName(name) + "\""
	}
	return ";\r\n filename*=utf-8''" + encoded
}

// percentEncoded keeps the attribute characters of RFC 2231, section 7.
func percentEncoded(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}
