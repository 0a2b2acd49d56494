package xmledit_test

import (
	"fmt"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// TestChanges makes one change at each element of a name, and expects every other byte as it was.
func TestChanges(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"an element with content", `<a><!-- <b> --><b  x='1>2' >t</b ></a>`, `<a><!-- <b> --><b x="9" >t<n/></b ></a>`},
		{"an empty element", `<a><b/><b y="1" /></a>`, `<a><b x="9"><n/></b><b x="9" y="1"><n/></b></a>`},
		{"a prefix", `<p:a xmlns:p="u"><p:b/></p:a>`, `<p:a xmlns:p="u"><p:b x="9"><n/></p:b></p:a>`},
		{"elements in elements", `<a><b><c/></b></a>`, `<a><b x="9"><c/><n/></b></a>`},
		{"a byte order mark", "\xEF\xBB\xBF<a><b/></a>", `<a><b x="9"><n/></b></a>`},
		{"UTF-16", "\xFF\xFE<\x00a\x00>\x00\xE9\x00<\x00b\x00/\x00>\x00<\x00/\x00a\x00>\x00", `<a>é<b x="9"><n/></b></a>`},
	} {
		d := xmledit.Open([]byte(c.in))
		err := d.Walk(nil, func(s *xmlscan.Scanner, tag xmledit.Tag) error {
			if string(s.Local) != "b" {
				return nil
			}
			start := d.Bytes(tag.From, tag.To)
			switch {
			case tag.Empty:
				d.Replace(tag.From, tag.To, xmledit.Fill(xmledit.SetAttribute(start, "x", "9"), []byte("<n/>")))
			case !tag.End:
				d.Replace(tag.From, tag.To, xmledit.SetAttribute(start, "x", "9"))
			case tag.From < tag.To:
				d.Append(tag, []byte("<n/>"))
			}
			return nil
		})
		got, err2 := d.Changed()
		if err != nil || err2 != nil || string(got) != c.want {
			t.Errorf("%s: %s, %v, %v; want %s", c.name, got, err, err2, c.want)
		}
	}
}

func TestAttributes(t *testing.T) {
	for _, c := range []struct {
		tag, without string
		number       int
	}{
		{`<c r="A1" s="12" t="s">`, `<c r="A1" t="s">`, 12},
		{"<c\n s = '7'/>", "<c/>", 7},
		{`<c xs="5" t="s='3'">`, `<c xs="5" t="s='3'">`, 0},
		{`<c/>`, `<c/>`, 0},
	} {
		if got := string(xmledit.WithoutAttribute([]byte(c.tag), "s")); got != c.without {
			t.Errorf("%s without s is %s", c.tag, got)
		}
		if got := xmledit.Number([]byte(c.tag), "s"); got != c.number {
			t.Errorf("s of %s is %d", c.tag, got)
		}
	}
}

func TestOverlapIsAnError(t *testing.T) {
	d := xmledit.Open([]byte("<abc/>"))
	d.Replace(0, 3, nil)
	d.Replace(2, 4, nil)
	if got, err := d.Changed(); err == nil {
		t.Errorf("two changes of one place make %s", got)
	}
}

func ExampleDoc() {
	d := xmledit.Open([]byte(`<row r="3"><c r="A3"/></row>`))
	err := d.Walk(nil, func(s *xmlscan.Scanner, t xmledit.Tag) error {
		if t.Empty {
			d.Replace(t.From, t.To, xmledit.SetAttribute(d.Bytes(t.From, t.To), "s", "4"))
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
	out, err := d.Changed()
	fmt.Println(string(out), err)
	// Output: <row r="3"><c s="4" r="A3"/></row> <nil>
}
