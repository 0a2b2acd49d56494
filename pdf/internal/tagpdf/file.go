package tagpdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"
	"sync"
	"unicode/utf16"

	"github.com/klauspost/compress/zlib"
)

// perStream is how many objects an object stream holds (ISO 32000-1, 7.5.7).
const perStream = 400

// deflater is a compressor that is used again: making one costs more than a page.
type deflater struct {
	w   *zlib.Writer
	buf bytes.Buffer
}

var deflaters = sync.Pool{New: func() any {
	d := &deflater{}
	d.w, _ = zlib.NewWriterLevel(nil, 3)
	return d
}}

// deflate appends the compressed form of b to out.
func deflate(out, b []byte) []byte {
	d := deflaters.Get().(*deflater)
	d.buf.Reset()
	d.w.Reset(&d.buf)
	_, _ = d.w.Write(b) // a bytes.Buffer takes everything
	_ = d.w.Close()
	out = append(out, d.buf.Bytes()...)
	deflaters.Put(d)
	return out
}

// entry is a line of the cross-reference stream: an offset, or an object stream and the place in it.
type entry struct {
	kind  byte
	a     int
	place int
}

// writeFile writes a PDF 1.7 file. Streams stand alone, compressed unless they are already or are metadata;
// everything else goes into object streams.
func writeFile(w io.Writer, objects []object, catalog, info int) error {
	size := 64 << 10
	for _, o := range objects {
		size += len(o.stream) / 2
	}
	out := make([]byte, 0, size)
	out = append(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"...)
	entries := make([]entry, len(objects), len(objects)+len(objects)/perStream+2)
	var packed []int
	for n := 1; n < len(objects); n++ {
		o := objects[n]
		if o.stream == nil {
			packed = append(packed, n)
			continue
		}
		entries[n] = entry{1, len(out), 0}
		out = appendStream(out, n, o)
	}
	for len(packed) > 0 {
		chunk := packed[:min(perStream, len(packed))]
		packed = packed[len(chunk):]
		number := len(entries)
		head, body := make([]byte, 0, 8<<10), make([]byte, 0, 40<<10)
		for i, n := range chunk {
			entries[n] = entry{2, number, i}
			head = strconv.AppendInt(head, int64(n), 10)
			head = append(head, ' ')
			head = strconv.AppendInt(head, int64(len(body)), 10)
			head = append(head, ' ')
			body = append(body, objects[n].body...)
			body = append(body, '\n')
		}
		entries = append(entries, entry{1, len(out), 0})
		out = appendStream(out, number, object{
			fmt.Appendf(nil, "<</Type/ObjStm/N %d/First %d", len(chunk), len(head)), append(head, body...)})
	}
	start := len(out)
	number := len(entries)
	entries = append(entries, entry{1, start, 0})
	table := make([]byte, 0, 7*len(entries))
	for i, e := range entries {
		if i == 0 {
			table = append(table, 0, 0, 0, 0, 0, 0xFF, 0xFF)
			continue
		}
		table = append(table, e.kind, byte(e.a>>24), byte(e.a>>16), byte(e.a>>8), byte(e.a), byte(e.place>>8), byte(e.place))
	}
	sum := sha256.Sum256(append(table[:len(table):len(table)], out[len(out)-min(len(out), 8<<10):]...)) // offsets and the end: enough to tell files apart
	out = appendStream(out, number, object{
		fmt.Appendf(nil, "<</Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]", len(entries), catalog, info, sum[:16], sum[:16]), table})
	out = fmt.Appendf(out, "startxref\n%d\n%%%%EOF\n", start)
	_, err := w.Write(out)
	return err
}

func appendStream(out []byte, n int, o object) []byte {
	dict, data := o.body, o.stream
	complete := bytes.HasSuffix(dict, []byte(">>")) // gofpdf's own, with length and filter
	plain := bytes.Contains(dict, []byte("/Type/Metadata"))
	out = strconv.AppendInt(out, int64(n), 10)
	out = append(out, " 0 obj\n"...)
	out = append(out, dict...)
	if !complete {
		if !plain && !bytes.Contains(dict, []byte("/FlateDecode")) {
			data = deflate(nil, data)
			out = append(out, "/Filter/FlateDecode"...)
		}
		out = fmt.Appendf(out, "/Length %d>>", len(data))
	}
	out = append(out, "\nstream\n"...)
	out = append(out, data...)
	return append(out, "\nendstream\nendobj\n"...)
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
		s = utf16BE(s)
	}
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
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}
