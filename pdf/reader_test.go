package pdf_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// A small reader of PDF files, written from ISO 32000-1 and apart from the writer, so that tests look at
// what is in the file and not at what was meant.

type (
	name string
	dict map[name]any
	ref  int
	// stream is a stream's dictionary and its content, inflated.
	stream struct {
		dict
		data []byte
	}
)

// file is a PDF file: its objects by number, and the trailer.
type file struct {
	objects map[int]any
	trailer dict
}

func readPDF(t testing.TB, b []byte) *file {
	t.Helper()
	f := &file{objects: map[int]any{}}
	at := bytes.LastIndex(b, []byte("startxref\n"))
	start, err := strconv.Atoi(strings.TrimSpace(strings.Split(string(b[at+10:]), "\n")[0]))
	if err != nil {
		t.Fatal(err)
	}
	table := objectAt(t, b, start)
	f.trailer = table.dict
	size := table.dict["Size"].(int)
	if len(table.data) != 7*size {
		t.Fatalf("the cross-reference stream has %d bytes for %d objects", len(table.data), size)
	}
	packed := map[int]stream{}
	for i := 1; i < size; i++ {
		e := table.data[7*i:]
		a := int(e[1])<<24 | int(e[2])<<16 | int(e[3])<<8 | int(e[4])
		place := int(e[5])<<8 | int(e[6])
		switch e[0] {
		case 1:
			if !bytes.HasPrefix(b[a:], fmt.Appendf(nil, "%d 0 obj", i)) {
				t.Fatalf("object %d is not where the cross-reference says", i)
			}
			f.objects[i] = objectAt(t, b, a)
		case 2:
			s, ok := packed[a]
			if !ok {
				o := table.data[7*a:]
				s = objectAt(t, b, int(o[1])<<24|int(o[2])<<16|int(o[3])<<8|int(o[4]))
				packed[a] = s
			}
			head := &lexer{b: s.data}
			for k := 0; ; k++ {
				number, offset := head.value().(int), head.value().(int)
				if k == place {
					if number != i {
						t.Fatalf("object %d is not at its place in its object stream", i)
					}
					f.objects[i] = (&lexer{b: s.data[s.dict["First"].(int)+offset:]}).value()
					break
				}
			}
		}
	}
	return f
}

func objectAt(t testing.TB, b []byte, at int) stream {
	t.Helper()
	l := &lexer{b: b[at:]}
	l.value()
	l.value()
	l.value() // number, generation, obj
	d, ok := l.value().(dict)
	if !ok || l.value() != keyword("stream") {
		t.Fatalf("no stream at %d", at)
	}
	l.i++
	data := l.b[l.i : l.i+d["Length"].(int)]
	if !bytes.HasPrefix(l.b[l.i+len(data):], []byte("\nendstream")) {
		t.Fatalf("the stream at %d is not as long as it says", at)
	}
	if d["Filter"] == name("FlateDecode") {
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if d["Type"] != name("XObject") { // predictors are not read
			if data, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
	}
	return stream{d, data}
}

// get follows references.
func (f *file) get(v any) any {
	for {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		v = f.objects[int(r)]
	}
}

func (f *file) dict(v any) dict {
	switch x := f.get(v).(type) {
	case dict:
		return x
	case stream:
		return x.dict
	}
	return nil
}

func (f *file) root() dict { return f.dict(f.trailer["Root"]) }

// pages lists the page dictionaries.
func (f *file) pages() []dict {
	var out []dict
	for _, k := range f.dict(f.root()["Pages"])["Kids"].([]any) {
		out = append(out, f.dict(k))
	}
	return out
}

type keyword string

// lexer reads values: int, float64, name, string (raw bytes), []any, dict, ref, keyword.
type lexer struct {
	b []byte
	i int
}

func (l *lexer) value() any {
	for l.i < len(l.b) && strings.IndexByte(" \n\r\t", l.b[l.i]) >= 0 {
		l.i++
	}
	if l.i >= len(l.b) {
		return nil
	}
	switch c := l.b[l.i]; {
	case c == '%':
		for l.i < len(l.b) && l.b[l.i] != '\n' {
			l.i++
		}
		return l.value()
	case c == '/':
		l.i++
		return name(l.word())
	case c == '(':
		return l.text()
	case c == '<' && l.b[l.i+1] == '<':
		l.i += 2
		d := dict{}
		for {
			k := l.value()
			if k == keyword(">>") {
				return d
			}
			d[k.(name)] = l.value()
		}
	case c == '<':
		end := bytes.IndexByte(l.b[l.i:], '>')
		s := string(l.b[l.i+1 : l.i+end])
		l.i += end + 1
		return s
	case c == '>':
		l.i += 2
		return keyword(">>")
	case c == '[':
		l.i++
		list := []any{}
		for {
			v := l.value()
			if v == keyword("]") {
				return list
			}
			list = append(list, v)
		}
	case c == ']':
		l.i++
		return keyword("]")
	}
	w := l.word()
	if n, err := strconv.Atoi(w); err == nil {
		// number generation R
		rest := l.b[l.i:]
		if bytes.HasPrefix(rest, []byte(" 0 R")) {
			l.i += 4
			return ref(n)
		}
		return n
	}
	if x, err := strconv.ParseFloat(w, 64); err == nil {
		return x
	}
	return keyword(w)
}

func (l *lexer) word() string {
	start := l.i
	for l.i < len(l.b) && strings.IndexByte(" \n\r\t/()<>[]%", l.b[l.i]) < 0 {
		l.i++
	}
	return string(l.b[start:l.i])
}

func (l *lexer) text() string {
	var b []byte
	for l.i++; l.b[l.i] != ')'; l.i++ {
		if l.b[l.i] == '\\' {
			l.i++
			if l.b[l.i] == 'r' {
				b = append(b, '\r')
				continue
			}
		}
		b = append(b, l.b[l.i])
	}
	l.i++
	return string(b)
}

// decode reads a text string.
func decode(s string) string {
	if !strings.HasPrefix(s, "\xFE\xFF") {
		return s
	}
	var u []uint16
	for i := 2; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}

// run is a piece of text as it stands on a page: where, how wide, and under which marked content.
type run struct {
	page, mcid int // mcid -1 for an artifact, -2 outside any marked content
	x, y       float64
	width      float64
	size       float64
	up         bool
	text       string
}

// font is what is needed to measure and read text.
type font struct {
	widths  []any
	unicode map[byte]string
}

// runs reads all text of a page from its content stream; drawn counts what is painted outside marked content.
func (f *file) runs(t testing.TB, page int, d dict) (runs []run, unmarked int) {
	t.Helper()
	fonts := map[name]font{}
	for k, v := range f.dict(f.dict(d["Resources"])["Font"]) {
		fd := f.dict(v)
		fonts[k] = font{f.get(fd["Widths"]).([]any), readCMap(f.get(fd["ToUnicode"]).(stream).data)}
	}
	l := &lexer{b: f.get(d["Contents"]).(stream).data}
	var stack []any
	var now font
	var size, x, y, lineX, lineY float64 // where the text goes on, and where its line began
	up := false
	mcid := -2
	num := func(i int) float64 {
		switch v := stack[len(stack)-i].(type) {
		case int:
			return float64(v)
		case float64:
			return v
		}
		t.Fatalf("page %d: %v is no number", page, stack[len(stack)-i])
		return 0
	}
	for v := l.value(); v != nil; v = l.value() {
		op, ok := v.(keyword)
		if !ok {
			stack = append(stack, v)
			continue
		}
		switch op {
		case "BMC":
			mcid = -1
		case "BDC":
			mcid = stack[len(stack)-1].(dict)["MCID"].(int)
		case "EMC":
			mcid = -2
		case "BT":
			x, y, lineX, lineY, up = 0, 0, 0, 0, false
		case "Tf":
			now, size = fonts[stack[len(stack)-2].(name)], num(1)
		case "Td":
			lineX, lineY = lineX+num(2), lineY+num(1)
			x, y = lineX, lineY
		case "Tm":
			x, y, up = num(2), num(1), num(5) == 1
			lineX, lineY = x, y
		case "Tj":
			s := stack[len(stack)-1].(string)
			r := run{page: page, mcid: mcid, x: x, y: y, size: size, up: up}
			for i := range len(s) {
				r.width += float64(now.widths[s[i]-32].(int)) * size / 1000
				r.text += now.unicode[s[i]]
			}
			runs = append(runs, r)
			if up {
				y += r.width
			} else {
				x += r.width
			}
			if mcid == -2 {
				unmarked++
			}
		case "f", "f*", "S", "s", "b", "Do":
			if mcid == -2 {
				unmarked++
			}
		}
		stack = stack[:0]
	}
	return runs, unmarked
}

func readCMap(b []byte) map[byte]string {
	m := map[byte]string{}
	for line := range strings.SplitSeq(string(b), "\n") {
		var from, to uint32
		if n, _ := fmt.Sscanf(line, "<%02X> <%X>", &from, &to); n == 2 {
			m[byte(from)] = string(rune(to))
		}
	}
	return m
}
