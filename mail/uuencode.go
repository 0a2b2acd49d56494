package mail

import (
	"bytes"
	"iter"
)

// uuFile is a uuencoded file in a text. whole is false where it ends before its end.
type uuFile struct {
	name    string
	content []byte
	whole   bool
}

// uuFiles finds the uuencoded files in a text, as old mail programs send attachments: a line "begin 644 name", lines of
// data, and a line "end". A sentence that begins like this has no line of data below it.
func uuFiles(text []byte) iter.Seq[uuFile] {
	return func(yield func(uuFile) bool) {
		var f uuFile
		inside := false
		for line := range bytes.Lines(text) {
			line = bytes.TrimRight(line, "\r\n")
			if name, ok := uuBegin(line); ok {
				if inside && len(f.content) > 0 && !yield(f) {
					return
				}
				f, inside = uuFile{name: name}, true
				continue
			}
			if !inside {
				continue
			}
			if string(line) == "end" {
				f.whole, inside = true, false
				if !yield(f) {
					return
				}
				continue
			}
			content, ok := uuLine(f.content, line)
			if f.content = content; !ok {
				inside = false
				if len(f.content) > 0 && !yield(f) {
					return
				}
			}
		}
		if inside && len(f.content) > 0 {
			yield(f)
		}
	}
}

func uuBegin(line []byte) (name string, ok bool) {
	rest, found := bytes.CutPrefix(line, []byte("begin "))
	mode, file, named := bytes.Cut(rest, []byte(" "))
	if !found || !named || len(mode) != 3 && len(mode) != 4 || len(bytes.Trim(mode, "01234567")) > 0 {
		return "", false
	}
	return string(file), true
}

// uuLine decodes one line onto out: its length, then four characters for three bytes. Trailing blanks, which stand for
// zeros, may have been cut. A line that is much longer than it says is none.
func uuLine(out, line []byte) ([]byte, bool) {
	if len(line) == 0 || line[0] < ' ' || line[0] > '`' {
		return out, false
	}
	n := int(line[0]-' ') & 63
	data := line[1:]
	if len(data) > (n+2)/3*4+4 || bytes.ContainsFunc(data, func(r rune) bool { return r < ' ' || r > '`' }) {
		return out, false
	}
	at := func(i int) byte {
		if i < len(data) {
			return (data[i] - ' ') & 63
		}
		return 0
	}
	for i := 0; n > 0; i += 4 {
		three := [3]byte{at(i)<<2 | at(i+1)>>4, at(i+1)<<4 | at(i+2)>>2, at(i+2)<<6 | at(i+3)}
		out = append(out, three[:min(n, 3)]...)
		n -= 3
	}
	return out, true
}
