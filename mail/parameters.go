package mail

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// A header value has a handful of parameters, and RFC 2231 cuts a long one into pieces of a line each. What goes beyond
// these numbers is left out.
const (
	mostParameters = 100
	mostSegments   = 1000
)

// segment is a piece of a parameter (RFC 2231, 3 and 4.1).
type segment struct {
	number   int
	extended bool
	text     string
}

// parameters reads a header value such as text/plain; charset=utf-8, also with what the standard forbids:
// values with spaces that are not quoted, encoded words in quotes, a parameter twice (the first counts). It
// puts the pieces of RFC 2231 together. The value and the names are in lower case.
func parameters(s string) (value string, out map[string]string) {
	pieces := splitQuoted(s, mostSegments)
	out = map[string]string{}
	segments := map[string][]segment{}
	for _, p := range pieces[1:] {
		name, seg, ok := readSegment(p)
		list, known := segments[name]
		if !ok || !known && len(segments) == mostParameters {
			continue
		}
		switch {
		case seg.number > 0:
		case seg.extended && (len(list) == 0 || !list[0].extended):
			list = nil // the extended form counts more than the plain one
		case !seg.extended && len(list) > 0:
			continue
		}
		segments[name] = append(list, seg)
	}
	for name, list := range segments {
		out[name] = decodeWords(joinSegments(list))
	}
	return strings.ToLower(strings.TrimSpace(pieces[0])), out
}

func readSegment(s string) (name string, seg segment, ok bool) {
	name, text, ok := strings.Cut(s, "=")
	name = strings.ToLower(strings.TrimSpace(name))
	if !ok || name == "" {
		return "", seg, false
	}
	seg.text = unquote(strings.TrimSpace(text))
	name, seg.extended = strings.CutSuffix(name, "*")
	if base, number, ok := strings.Cut(name, "*"); ok {
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 {
			return "", seg, false
		}
		name, seg.number = base, n
	}
	return name, seg, true
}

// joinSegments puts a parameter together. The character set stands before the first piece.
func joinSegments(list []segment) string {
	slices.SortStableFunc(list, func(a, b segment) int { return cmp.Compare(a.number, b.number) })
	charset := ""
	var all strings.Builder
	for i, seg := range list {
		if !seg.extended {
			all.WriteString(seg.text)
			continue
		}
		if i == 0 {
			if pieces := strings.SplitN(seg.text, "'", 3); len(pieces) == 3 {
				charset, seg.text = pieces[0], pieces[2]
			}
		}
		if d, err := url.PathUnescape(seg.text); err == nil {
			seg.text = d
		}
		all.WriteString(seg.text)
	}
	if charset == "" || strings.EqualFold(charset, "utf-8") {
		return all.String()
	}
	if e, err := htmlindex.Get(charset); err == nil {
		if d, err := e.NewDecoder().String(all.String()); err == nil {
			return d
		}
	}
	return all.String()
}

// splitQuoted cuts at semicolons outside quotes, into so many pieces at most.
func splitQuoted(s string, most int) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted && len(out) == most:
			return out
		case s[i] == ';' && !quoted:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' {
		return strings.Trim(s, `"`)
	}
	s = strings.TrimSuffix(s[1:], `"`)
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		// Only what must be escaped is: Windows programs write paths with single backslashes.
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
