package mail

import (
	"bytes"
	"net/mail"
	"strings"
	"time"
)

// fields is a message's or a part's header, read leniently: what mail programs show, this finds.
type fields []field

type field struct{ name, value string }

// splitHeader cuts an entity into header and body. Lines that are no header fields are skipped. Each byte is copied
// once, however often a field is folded.
func splitHeader(raw []byte, limit int) (fields, []byte) {
	var out fields
	var value []byte // of the last field
	end := func() {
		if len(out) > 0 {
			out[len(out)-1].value = string(value)
		}
		value = value[:0]
	}
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
			value = append(append(value, ' '), bytes.TrimSpace(line)...)
			continue
		}
		name, text, ok := bytes.Cut(line, []byte(":"))
		if !ok || bytes.ContainsAny(bytes.TrimRight(name, " \t"), " \t") {
			continue
		}
		end()
		out = append(out, field{name: strings.ToLower(string(bytes.TrimRight(name, " \t")))})
		value = append(value, bytes.TrimSpace(text)...)
	}
	end()
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
	date := f.get("date")
	if t, err := mail.ParseDate(date[:min(len(date), longestDate)]); err == nil {
		l.Date = dateOf(t)
	}
	return l
}

func messageID(s string) string {
	s = strings.TrimSpace(s[:min(len(s), longestAddress)])
	if i := strings.IndexByte(s, '<'); i >= 0 {
		s, _, _ = strings.Cut(s[i+1:], ">")
	}
	return shorten(printable(s), 250)
}

// Longer ones are no address list of a person and no date; the parsers of the standard library are not linear in them.
const longestAddress, longestDate = 4 << 10, 200

// readAddress reads the first address of a header, however it is written; the address is "" where there is none.
func readAddress(s string) (name, address string) {
	s = s[:min(len(s), longestAddress)]
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

// dateOf is a plausible time in UTC, or zero.
func dateOf(t time.Time) time.Time {
	if t.Year() < 1971 || t.Year() > 9998 {
		return time.Time{}
	}
	return t.UTC()
}
