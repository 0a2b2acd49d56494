package tagpdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"

	"github.com/rubric-project/rubric/pdf/internal/face"
)

// perStream is how many objects an object stream holds (ISO 32000-1, 7.5.7).
const perStream = 400

// level is how hard streams are compressed. Level 3 makes files smaller by a twenty-fifth and takes a third longer.
const level = 1

// entry is a line of the cross-reference stream: an offset, or an object stream and the place in it.
type entry struct {
	kind  byte
	a     int
	place int
}

// writeFile writes a PDF 1.7 file. Streams stand alone, compressed unless they are already or are metadata;
// everything else goes into object streams.
func (s *scratch) writeFile(w io.Writer, objects []object, catalog, info int) error {
	s.out = append(s.out[:0], "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"...)
	s.entries = append(s.entries[:0], make([]entry, len(objects))...)
	for n := 1; n < len(objects); n++ {
		if objects[n].stream != nil {
			s.entries[n] = entry{1, len(s.out), 0}
			s.stream(n, objects[n])
		}
	}
	for n := 1; n < len(objects); {
		n = s.objectStream(objects, n)
	}
	start := len(s.out)
	number := len(s.entries)
	s.entries = append(s.entries, entry{1, start, 0})
	s.table = append(s.table[:0], 0, 0, 0, 0, 0, 0xFF, 0xFF)
	for _, e := range s.entries[1:] {
		s.table = append(s.table, e.kind, byte(e.a>>24), byte(e.a>>16), byte(e.a>>8), byte(e.a), byte(e.place>>8), byte(e.place))
	}
	rows := len(s.table)
	s.table = append(s.table, s.out[len(s.out)-min(len(s.out), 8<<10):]...)
	sum := sha256.Sum256(s.table) // offsets and the end: enough to tell files apart
	s.stream(number, object{
		fmt.Appendf(nil, "<</Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]", len(s.entries), catalog, info, sum[:16], sum[:16]), s.table[:rows]})
	s.out = fmt.Appendf(s.out, "startxref\n%d\n%%%%EOF\n", start)
	_, err := w.Write(s.out)
	return err
}

// objectStream puts the objects without a stream, from number n on, into an object stream, and returns the number after the last.
func (s *scratch) objectStream(objects []object, n int) int {
	number, count := len(s.entries), 0
	s.head, s.packed = s.head[:0], s.packed[:0]
	for ; n < len(objects) && count < perStream; n++ {
		if objects[n].stream != nil {
			continue
		}
		s.entries[n] = entry{2, number, count}
		count++
		s.head = strconv.AppendInt(s.head, int64(n), 10)
		s.head = append(s.head, ' ')
		s.head = strconv.AppendInt(s.head, int64(len(s.packed)), 10)
		s.head = append(s.head, ' ')
		s.packed = append(s.packed, objects[n].body...)
		s.packed = append(s.packed, '\n')
	}
	if count == 0 {
		return n
	}
	s.entries = append(s.entries, entry{1, len(s.out), 0})
	first := len(s.head)
	s.head = append(s.head, s.packed...)
	s.stream(number, object{fmt.Appendf(nil, "<</Type/ObjStm/N %d/First %d", count, first), s.head})
	return n
}

// stream appends a stream to the file.
func (s *scratch) stream(n int, o object) {
	dict, data := o.body, o.stream
	complete := bytes.HasSuffix(dict, []byte(">>")) // gofpdf's own, with length and filter
	plain := bytes.Contains(dict, []byte("/Type/Metadata"))
	s.out = strconv.AppendInt(s.out, int64(n), 10)
	s.out = append(s.out, " 0 obj\n"...)
	s.out = append(s.out, dict...)
	if !complete {
		if !plain && !bytes.Contains(dict, []byte("/FlateDecode")) {
			data = s.deflate(data)
			s.out = append(s.out, "/Filter/FlateDecode"...)
		}
		s.out = append(s.out, "/Length "...)
		s.out = strconv.AppendInt(s.out, int64(len(data)), 10)
		s.out = append(s.out, ">>"...)
	}
	s.out = append(s.out, "\nstream\n"...)
	s.out = append(s.out, data...)
	s.out = append(s.out, "\nendstream\nendobj\n"...)
}

// literal is a text string (ISO 32000-1, 7.9.2.2): plain for ASCII, else UTF-16BE.
func literal(s string) []byte {
	ascii := true
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			ascii = false
		}
	}
	if !ascii {
		return literal16(s)
	}
	return escaped(s)
}

// literal16 is a text string in UTF-16BE.
func literal16(s string) []byte { return escaped(utf16BE(s)) }

func escaped(s string) []byte {
	b := make([]byte, 0, len(s)+2)
	b = append(b, '(')
	for i := range len(s) {
		switch s[i] {
		case '(', ')', '\\':
			b = append(b, '\\', s[i])
		case '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, s[i])
		}
	}
	return append(b, ')')
}

func utf16BE(s string) string {
	s = face.Plain(s)
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}
