package mail

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// fields is a message's or a part's header, read leniently: what mail programs show, this finds.
type fields []field

type field struct{ name, value string }

// splitHeader cuts an entity into header and body. Lines that are no header fields are skipped.
func splitHeader(raw []byte, limit int) (fields, []byte) {
	var out fields
	rest := raw
	for len(rest) > 0 && len(raw)-len(rest) < limit {
		line := rest
		next := len(rest)
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line, next = rest[:i], i+1
		}
		rest = rest[next:]
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(line) == 0 {
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && len(out) > 0 {
			out[len(out)-1].value += " " + string(bytes.TrimSpace(line))
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if !ok || bytes.ContainsAny(bytes.TrimRight(name, " \t"), " \t") {
			continue
		}
		out = append(out, field{strings.ToLower(string(bytes.TrimRight(name, " \t"))), string(bytes.TrimSpace(value))})
	}
	return out, rest
}

// get is the first field of the name, as it stands.
func (f fields) get(name string) string {
	for _, x := range f {
		if x.name == name {
			return x.value
		}
	}
	return ""
}

// text is a field of free text, decoded.
func (f fields) text(name string) string { return printable(decodeWords(f.get(name))) }

// letterhead is what the header says about the message.
func (f fields) letterhead() Letterhead {
	l := Letterhead{Subject: shorten(f.text("subject"), 300), ID: messageID(f.get("message-id"))}
	from := f.get("from")
	if from == "" {
		from = f.get("sender")
	}
	l.FromName, l.From = readAddress(from)
	if t, err := mail.ParseDate(f.get("date")); err == nil {
		l.Date = dateOf(t)
	}
	return l
}

func messageID(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '<'); i >= 0 {
		s, _, _ = strings.Cut(s[i+1:], ">")
	}
	return shorten(printable(s), 250)
}

var wordDecoder = mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(r), nil
}}

// readAddress reads the first address of a header, however it is written; the address is "" where there is none.
func readAddress(s string) (name, address string) {
	parser := mail.AddressParser{WordDecoder: &wordDecoder}
	if list, err := parser.ParseList(s); err == nil && len(list) > 0 {
		return printable(list[0].Name), printable(list[0].Address)
	}
	s = printable(decodeWords(s))
	if i := strings.LastIndexByte(s, '<'); i >= 0 {
		in, _, _ := strings.Cut(s[i+1:], ">")
		if strings.Contains(in, "@") && !strings.Contains(in, " ") {
			return strings.Trim(s[:i], `" `), in
		}
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;<>()\"", r) }) {
		if at := strings.IndexByte(word, '@'); at > 0 && at < len(word)-1 {
			return "", word
		}
	}
	return s, ""
}

// decodeWords decodes the encoded words of RFC 2047. Bytes that are neither are taken for Windows-1252.
func decodeWords(s string) string {
	if strings.Contains(s, "=?") {
		if d, err := wordDecoder.DecodeHeader(s); err == nil {
			s = d
		}
	}
	if !utf8.ValidString(s) {
		s, _ = charmap.Windows1252.NewDecoder().String(s)
	}
	return s
}

// parameters reads a header value such as text/plain; charset=utf-8, also with what the standard forbids:
// values with spaces that are not quoted, encoded words in quotes, a parameter twice (the first counts). It
// puts the pieces of RFC 2231 together. The value and the names are in lower case.
func parameters(s string) (value string, out map[string]string) {
	pieces := splitQuoted(s)
	out = map[string]string{}
	type segment struct {
		number   int
		extended bool
		text     string
	}
	segments := map[string][]segment{}
	for _, p := range pieces[1:] {
		name, text, ok := strings.Cut(p, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" || len(segments) > 100 {
			continue
		}
		text = unquote(strings.TrimSpace(text))
		seg := segment{text: text}
		if n, ok := strings.CutSuffix(name, "*"); ok {
			name, seg.extended = n, true
		}
		if base, number, ok := strings.Cut(name, "*"); ok {
			n, err := strconv.Atoi(number)
			if err != nil {
				continue
			}
			name, seg.number = base, n
		}
		if seg.extended && (len(segments[name]) == 0 || !segments[name][0].extended) && seg.number == 0 {
			segments[name] = nil // the extended form counts more than the plain one
		}
		if !seg.extended && seg.number == 0 && len(segments[name]) > 0 {
			continue
		}
		segments[name] = append(segments[name], seg)
	}
	for name, list := range segments {
		sort.SliceStable(list, func(i, j int) bool { return list[i].number < list[j].number })
		charset, all := "", ""
		for i, seg := range list {
			if !seg.extended {
				all += seg.text
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
			all += seg.text
		}
		if charset != "" && !strings.EqualFold(charset, "utf-8") {
			if e, err := htmlindex.Get(charset); err == nil {
				if d, err := e.NewDecoder().String(all); err == nil {
					all = d
				}
			}
		}
		out[name] = decodeWords(all)
	}
	return strings.ToLower(strings.TrimSpace(pieces[0])), out
}

// splitQuoted cuts at semicolons outside quotes.
func splitQuoted(s string) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
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

// dateOf is a plausible time in UTC, or zero.
func dateOf(t time.Time) time.Time {
	if t.Year() < 1971 || t.Year() > 9998 {
		return time.Time{}
	}
	return t.UTC()
}
