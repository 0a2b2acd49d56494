package xmlscan_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// scanner is one of a document that comes piece by piece, or lies in memory.
func scanner(b []byte, inMemory bool) *xmlscan.Scanner {
	s := xmlscan.New(bytes.NewReader(b), map[string]xmlscan.Space{"urn:a": 1})
	if inMemory {
		s.ResetBytes(b, map[string]xmlscan.Space{"urn:a": 1})
	}
	return s
}

// walk gives the elements and texts of a document as one line, or says that it is refused.
func walk(b []byte, flat bool) (string, bool) {
	s := scanner(b, flat)
	var out []byte
	for {
		if flat {
			for {
				children, ok := s.Flat("c", 1)
				if !ok {
					break
				}
				out = append(out, "<c>"...)
				for i := range children {
					out = append(append(append(out, '<'), children[i].Local...), '>')
					out = append(children[i].AppendText(out), "</>"...)
				}
				out = append(out, "</>"...)
			}
		}
		ev, err := s.Next()
		if err != nil {
			return "", false
		}
		switch ev {
		case xmlscan.EOF:
			return string(out), true
		case xmlscan.Start:
			out = append(append(append(out, '<'), s.Local...), '>')
		case xmlscan.End:
			out = append(out, "</>"...)
		case xmlscan.Text:
			out = s.AppendText(out)
		}
	}
}

// FuzzScanner: what the scanner takes, the standard library takes too, with the same elements and texts; and
// taking cells at once gives the same as taking them piece by piece.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{
		`<?xml version="1.0" encoding="UTF-8"?><a xmlns="urn:a"><c r="A1" t="s"><v>1</v></c><c/><c r="1"><f a="b">&lt;</f><v>2</v></c></a>`,
		`<a xmlns:x="urn:a"><x:c>text &amp; &#65; <![CDATA[<>]]></x:c><!-- c --><?p i?></a>`,
		"\xEF\xBB\xBF<a>\r\n</a>", "\xFF\xFE<\x00a\x00/\x00>\x00", `<a b='1' c="2>3"/>`, `<a xmlns="urn:a"><c><v>a]]></v></c></a>`, `<!DOCTYPE a><a/>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		whole, ok := walk(b, false)
		quick, ok2 := walk(b, true)
		if ok != ok2 || whole != quick {
			t.Fatalf("piece by piece %v %q, at once %v %q", ok, whole, ok2, quick)
		}
		if !ok || bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))))
		var out []byte
		depth := 0
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("taken, and the standard library says: %v", err)
			}
			switch x := tok.(type) {
			case xml.StartElement:
				depth++
				out = append(append(append(out, '<'), x.Name.Local...), '>')
			case xml.EndElement:
				depth--
				out = append(out, "</>"...)
			case xml.CharData:
				if depth > 0 {
					out = append(out, x...)
				}
			}
		}
		if string(out) != whole {
			t.Fatalf("the standard library reads %q, the scanner %q", out, whole)
		}
	})
}
