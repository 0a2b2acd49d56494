package xmlscan_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"testing"
	"testing/iotest"

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

// tags gives the elements of a document with their attributes, and nothing of what is inside those named s, which are
// skipped; or says that it is refused. By bytes, each tag is at the end of what is known of the document; else all of
// it is known.
func tags(b []byte, byBytes bool) (string, bool) {
	s := scanner(b, true)
	if byBytes {
		s.Reset(iotest.OneByteReader(bytes.NewReader(b)), map[string]xmlscan.Space{"urn:a": 1})
	}
	var out []byte
	for {
		ev, err := s.Next()
		if err != nil {
			return "", false
		}
		switch ev {
		case xmlscan.EOF:
			return string(out), true
		case xmlscan.Start:
			out = fmt.Appendf(out, "<%d:%s", s.Space, s.Local)
			for _, a := range s.Attrs {
				v, ok := s.Value(a.Space, string(a.Local))
				out = fmt.Appendf(out, " %d:%s=%q %q %v", a.Space, a.Local, a.Value, v, ok)
			}
			if string(s.Local) == "s" {
				out = append(out, inside(s)...)
				if err := s.Skip(); err != nil {
					return "", false
				}
				out = fmt.Appendf(out, "/%d:%s>", s.Space, s.Local)
			}
		case xmlscan.End:
			out = fmt.Appendf(out, "</%d:%s>", s.Space, s.Local)
		}
	}
}

// inside is "" unless what Elements gives holds a text, which it says that it does not.
func inside(s *xmlscan.Scanner) string {
	b, _ := s.Elements(false)
	in, tag := "", false
	for _, c := range b {
		switch {
		case c == '<' || c == '>':
			tag = c == '<'
		case !tag && !bytes.ContainsRune([]byte(" \t\r\n"), rune(c)):
			in += string(c)
		case c == '"' || c == '\'':
			return "" // a value may hold what looks like the end of a tag
		}
	}
	return in
}

// FuzzScanner: what the scanner takes, the standard library takes too, with the same elements and texts; and
// taking cells, tags and what is skipped at once gives the same as taking them piece by piece.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{
		`<?xml version="1.0" encoding="UTF-8"?><a xmlns="urn:a"><c r="A1" t="s"><v>1</v></c><c/><c r="1"><f a="b">&lt;</f><v>2</v></c></a>`,
		`<a xmlns:x="urn:a"><x:c>text &amp; &#65; <![CDATA[<>]]></x:c><!-- c --><?p i?></a>`,
		"\xEF\xBB\xBF<a>\r\n</a>", "\xFF\xFE<\x00a\x00/\x00>\x00", `<a b='1' c="2>3"/>`, `<a xmlns="urn:a"><c><v>a]]></v></c></a>`, `<!DOCTYPE a><a/>`,
		`<a xmlns="urn:a" xmlns:x="urn:a" x:b="1"><s a="1" b="2" ab="3"><c d='4"'> <d/><d></d> </c></s><s>t<e a="&lt;"/></s><x:s x:a="1" a="2"/></a>`,
		`<a><s><b a="1" a="2"/></s></a>`, `<a><s><b></c></s></a>`, `<a><s><x:b/></s></a>`, `<a><s><b a="1"c="2"/></s></a>`, `<a><s>]]></s></a>`,
		`<a b="&no;"><c>12345678</c></a>`, `<a b="<"><c>12345678</c></a>`, `<a b="1"b="2"><c>12345678</c></a>`, `<a b="1" b="2"><c>12345678</c></a>`,
		`<a><s><b x="1"/></s><s><b x="1"/></s><s>t<b x="1"/></s><s><b x="1"/></a>`, `<a><t>&#34;&#34;&amp;&lt;&apos;&quot;&#39;&#x41;</t><t>&#34</t></a>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		whole, ok := walk(b, false)
		quick, ok2 := walk(b, true)
		if ok != ok2 || whole != quick {
			t.Fatalf("piece by piece %v %q, at once %v %q", ok, whole, ok2, quick)
		}
		if len(b) < 4096 { // by bytes takes long
			slow, ok := tags(b, true)
			fast, ok2 := tags(b, false)
			if ok != ok2 || slow != fast {
				t.Fatalf("by bytes %v %q, at once %v %q", ok, slow, ok2, fast)
			}
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
