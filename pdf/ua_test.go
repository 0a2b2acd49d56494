package pdf_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"io"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
)

// documents are the documents that the rules of accessibility are checked on.
func documents(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		c := castOf(t, builtin(t, id), "a4", 24, 0.9)
		c.round.Look.Header, c.round.Look.Marking = "Example header", "OFFICIAL"
		c.members[1].Return.Answers()[2].Comment = text(lorem(5000))
		p := printer(t, c, pdf.WithLogo(logo(t, 300, 80)))
		draw := func(name string, f func(w io.Writer) error) {
			var b bytes.Buffer
			if err := f(&b); err != nil {
				t.Fatal(err)
			}
			out[id+" "+name] = b.Bytes()
		}
		draw("summary", func(w io.Writer) error { _, err := p.Summary(w, c.input(0)); return err })
		full := c.input(1)
		full.Full = true
		draw("full", func(w io.Writer) error { _, err := p.Summary(w, full); return err })
		draw("overview", func(w io.Writer) error {
			_, err := p.Overview(w, pdf.OverviewInput{Results: c.results()})
			return err
		})
		draw("merged", func(w io.Writer) error {
			_, err := p.Merge(w, []pdf.SummaryInput{c.input(0), c.input(1), c.input(2)})
			return err
		})
		es := printer(t, c, pdf.WithLanguage("es"))
		draw("spanish", func(w io.Writer) error { _, err := es.Summary(w, c.input(0)); return err })
	}
	var b bytes.Buffer
	if err := pdf.Guide(&b, &models.Round{Title: "A guide", Organiser: "The office", Language: "en-GB", Paper: "a4"}, guide()); err != nil {
		t.Fatal(err)
	}
	out["guide"] = b.Bytes()
	return out
}

// guide has a block of each kind, and two pictures.
func guide() []pdf.Block {
	red, blue := image.NewPaletted(image.Rect(0, 0, 4, 3), color.Palette{color.White, color.RGBA{200, 0, 0, 255}}), image.NewPaletted(image.Rect(0, 0, 3, 4), color.Palette{color.RGBA{0, 0, 200, 255}})
	red.Pix[5] = 1
	return []pdf.Block{
		{Kind: pdf.Heading, Level: 1, Text: "A guide"}, {Text: strings.Repeat("A long paragraph. ", 30)},
		{Kind: pdf.Heading, Level: 2, Text: "Lists"}, {Kind: pdf.Bullets, Rows: [][]string{{"one"}, {"two"}}}, {Kind: pdf.Numbers, Rows: [][]string{{"one"}, {"two"}}},
		{Kind: pdf.Heading, Level: 3, Text: "A table"}, {Kind: pdf.Table, Rows: [][]string{{"what", "do"}, {"a", "b"}, {"c", strings.Repeat("long ", 80)}}},
		{Kind: pdf.Code, Rows: [][]string{{"rubric demo demo-round"}, {"rubric status"}}},
		{Kind: pdf.Picture, Text: "Something red", Picture: red}, {Kind: pdf.Picture, Text: "Something blue", Picture: blue},
	}
}

// A guide is the same bytes each time, and a text that cannot be set is refused.
func TestGuide(t *testing.T) {
	rd := &models.Round{Title: "A guide", Language: "en-GB", Paper: "a4"}
	var one, two bytes.Buffer
	if err := errors.Join(pdf.Guide(&one, rd, guide()), pdf.Guide(&two, rd, guide())); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Errorf("%d and %d bytes, %v", one.Len(), two.Len(), err)
	}
	if err := pdf.Guide(io.Discard, rd, []pdf.Block{{Text: "ᚠ"}}); err == nil || !strings.Contains(err.Error(), "16A0") {
		t.Errorf("a rune: %v", err)
	}
}

// TestUA checks the rules of PDF/UA-1 (ISO 14289-1) that a program can check, on the file as written.
func TestUA(t *testing.T) {
	for name, b := range documents(t) {
		t.Run(name, func(t *testing.T) {
			f := readPDF(t, b)
			t.Run("5 identification, 7.1 title and language", func(t *testing.T) { checkMetadata(t, f) })
			t.Run("7.1 all content is tagged or an artifact, 7.1 and 7.18.3 order", func(t *testing.T) { checkContent(t, f) })
			t.Run("7.4 headings, 7.5 tables, 7.6 lists, 7.3 figures, 7.2 language", func(t *testing.T) { checkStructure(t, f) })
			t.Run("7.21 fonts", func(t *testing.T) { checkFonts(t, f) })
		})
	}
}

func checkMetadata(t *testing.T, f *file) {
	root := f.root()
	if v, _ := root["Lang"].(string); len(v) < 2 {
		t.Errorf("the catalogue has no language: %v", root["Lang"])
	}
	if f.dict(root["MarkInfo"])["Marked"] != keyword("true") {
		t.Error("the catalogue does not say that the document is tagged")
	}
	if f.dict(root["ViewerPreferences"])["DisplayDocTitle"] != keyword("true") {
		t.Error("the title is not to be displayed")
	}
	if f.dict(root["Outlines"]) == nil {
		t.Error("there are no bookmarks")
	}
	meta, ok := f.get(root["Metadata"]).(stream)
	if !ok {
		t.Fatal("there is no metadata stream")
	}
	if meta.dict["Filter"] != nil {
		t.Error("the metadata stream is compressed")
	}
	x := string(meta.data)
	if err := wellFormed(x); err != nil {
		t.Error("the metadata is not well-formed:", err)
	}
	title := decode(f.dict(f.trailer["Info"])["Title"].(string))
	for _, want := range []string{"<pdfuaid:part>1</pdfuaid:part>", title, "<dc:title>"} {
		if !strings.Contains(x, want) {
			t.Errorf("the metadata lacks %q", want)
		}
	}
}

func wellFormed(s string) error {
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// checkContent follows each marked content of each page to its element and back.
func checkContent(t *testing.T, f *file) {
	tree := f.dict(f.root()["StructTreeRoot"])
	nums := f.dict(tree["ParentTree"])["Nums"].([]any)
	owners := map[int][]any{}
	for i := 0; i+1 < len(nums); i += 2 {
		owners[nums[i].(int)] = nums[i+1].([]any)
	}
	claimed := map[[2]int]bool{} // page object, MCID
	var walk func(v any)
	walk = func(v any) {
		e := f.dict(v)
		kids, _ := e["K"].([]any)
		for _, k := range kids {
			switch x := k.(type) {
			case int:
				claimed[[2]int{int(e["Pg"].(ref)), x}] = true
			case dict:
				claimed[[2]int{int(x["Pg"].(ref)), x["MCID"].(int)}] = true
			case ref:
				if f.dict(x)["P"] != v {
					t.Fatalf("element %v does not name its parent %v", x, v)
				}
				walk(x)
			}
		}
	}
	walk(tree["K"])
	kids := f.dict(f.root()["Pages"])["Kids"].([]any)
	for i, page := range f.pages() {
		runs, unmarked := f.runs(t, i, page)
		if unmarked > 0 {
			t.Errorf("page %d draws %d times outside marked content", i+1, unmarked)
		}
		if len(runs) == 0 {
			t.Errorf("page %d has no text", i+1)
		}
		if page["Tabs"] != name("S") {
			t.Errorf("page %d does not follow the structure", i+1)
		}
		list := owners[page["StructParents"].(int)]
		seen := 0
		for _, r := range runs {
			if r.mcid < 0 {
				continue
			}
			seen = max(seen, r.mcid+1)
			if r.mcid >= len(list) || !claimed[[2]int{int(kids[i].(ref)), r.mcid}] {
				t.Fatalf("page %d: %q belongs to no element", i+1, r.text)
			}
		}
		if seen > len(list) {
			t.Errorf("page %d: the parent tree has %d entries for %d marked contents", i+1, len(list), seen)
		}
	}
}

// checkStructure looks at headings, tables, lists and figures.
func checkStructure(t *testing.T, f *file) {
	level := 0
	h1 := 0
	var walk func(v any, parent name)
	walk = func(v any, parent name) {
		e := f.dict(v)
		kind, _ := e["S"].(name)
		allowed := map[name]string{"TR": "Table", "TH": "TR", "TD": "TR", "LI": "L", "Lbl": "LI", "LBody": "LI"}
		if want := allowed[kind]; want != "" && want != string(parent) {
			t.Errorf("%s stands in %s", kind, parent)
		}
		switch kind {
		case "Document", "Part", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TD", "Span":
			if kind == "Part" {
				level = 0
			}
		case "H1", "H2", "H3":
			n := int(kind[1] - '0')
			if n > level+1 {
				t.Errorf("a heading of level %d follows one of level %d", n, level)
			}
			if n == 1 {
				h1++
			}
			level = n
		case "TH":
			if a := f.dict(e["A"]); a["O"] != name("Table") || a["Scope"] == nil {
				t.Errorf("a header cell has no scope: %v", e)
			}
			if k, _ := e["K"].([]any); len(k) == 0 {
				t.Errorf("a header cell of a table is empty: %v", e)
			}
		case "Figure":
			if alt, _ := e["Alt"].(string); len(decode(alt)) < 8 {
				t.Errorf("a figure has no alternative text: %v", e)
			}
			if box, _ := f.dict(e["A"])["BBox"].([]any); len(box) != 4 {
				t.Errorf("a figure has no bounding box: %v", e)
			}
		default:
			t.Errorf("%q is no standard structure type", kind)
		}
		kids, _ := e["K"].([]any)
		columns := -1
		for i, k := range kids {
			r, ok := k.(ref)
			if !ok {
				continue
			}
			walk(r, kind)
			if kind == "Table" {
				cells, _ := f.dict(r)["K"].([]any)
				if columns >= 0 && len(cells) != columns {
					t.Errorf("row %d of a table has %d cells, the first %d", i+1, len(cells), columns)
				}
				columns = len(cells)
				if i == 0 {
					for _, c := range cells {
						if f.dict(c)["S"] != name("TH") {
							t.Error("the first row of a table is not of header cells")
						}
					}
				}
			}
		}
	}
	walk(f.dict(f.root()["StructTreeRoot"])["K"], "")
	if h1 == 0 {
		t.Error("there is no heading of level 1")
	}
}

// checkFonts: embedded, symbolic without an encoding of another kind, each code with its Unicode.
func checkFonts(t *testing.T, f *file) {
	fonts := 0
	for _, o := range f.objects {
		d, ok := o.(dict)
		if !ok || d["Type"] != name("Font") {
			continue
		}
		fonts++
		desc := f.dict(d["FontDescriptor"])
		if _, ok := f.get(desc["FontFile2"]).(stream); !ok {
			t.Errorf("%v is not embedded", d["BaseFont"])
		}
		if desc["Flags"] != 4 || d["Encoding"] != nil {
			t.Errorf("%v is not a symbolic font with its own codes", d["BaseFont"])
		}
		if m, ok := f.get(d["ToUnicode"]).(stream); !ok || len(readCMap(m.data)) == 0 {
			t.Errorf("%v has no map to Unicode", d["BaseFont"])
		}
		file := f.get(desc["FontFile2"]).(stream)
		if len(file.data) != file.dict["Length1"].(int) {
			t.Errorf("%v is not as long as it says", d["BaseFont"])
		}
	}
	if fonts == 0 {
		t.Error("there is no font")
	}
}
