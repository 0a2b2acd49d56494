package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// packageOf is a package with a sheet and its texts.
func packageOf(tb testing.TB, sheet, shared []byte) *opc.Package {
	tb.Helper()
	return packed(tb, map[string][]byte{"sheet.xml": sheet, "strings.xml": shared})
}

// packed is a package with the parts.
func packed(tb testing.TB, parts map[string][]byte) *opc.Package {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, part := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write(part); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	p, err := opc.Open(context.Background(), opc.Bytes(b.Bytes()), int64(b.Len()), opc.Limits{Parts: 2, Unpacked: 1 << 20})
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// contentOf is what a sheet and the shared texts hold, or the code with which they are refused.
func contentOf(p *opc.Package, byPiece bool) string {
	w := &Workbook{limits: Limits{Cells: 1000, Text: 1 << 16}, room: &room{}, byPiece: byPiece}
	w.formats = []Format{NewFormat("General"), NewFormat("d/m/yy"), NewFormat("0.0")}
	sh := &Sheet{Name: "Sheet"}
	err := w.readStrings(p, "strings.xml")
	out := fmt.Sprintf("%d texts", len(w.strings))
	if err == nil {
		err = w.readSheet(p, "sheet.xml", sh)
	}
	if err != nil {
		var e *refuse.Error
		if errors.As(err, &e) {
			return string(e.Code) + " " + e.Cell
		}
		return err.Error()
	}
	from := uint32(0)
	for _, end := range w.strings {
		out += fmt.Sprintf(" %q", w.texts[from:end])
		from = end
	}
	for i := range sh.Cells {
		c := &sh.Cells[i]
		out += fmt.Sprintf("\n%s kind %d, format %d, formula %v, no value %v: %q", Ref(c.Row, c.Col), c.Kind, c.format, c.Formula, c.NoValue, w.Text(c))
	}
	return out + fmt.Sprint("\nhidden ", sh.hiddenRows, w.Notes, " struck ", w.struck)
}

const (
	rowsStart   = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	rowsEnd     = `</sheetData></worksheet>`
	stringStart = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
)

// quickCases are rows in forms that the quick way takes, and in forms that it has to leave alone.
var quickCases = []string{
	`<row r="1" ht="34" customHeight="true"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"></c><c r="C1" s="1"/><c r="D1"><v>1.5</v></c></row><row r="3"><c r="AA3" t="str"><f>A1&amp;&#34;x&#34;</f><v>x y</v></c></row>`,
	`<row r="2" hidden="1"><c r="A2"><f aca="false">1&lt;2</f></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c></row>`,
	`<row hidden="true" r="2"><c r="B2" s="1"><v>45000</v></c><c r="A2"><v>1</v></c></row>`,
	`<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`,
	`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`,
	`<row r="1"><c r="A2"><v>1</v></c></row>`, `<row r="1"><c><v>1</v></c><c><v>2</v></c></row>`,
	`<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>2</v></c></row><row><c r="A2"><v>1</v></c></row>`,
	`<row r="1"><c r="A1"><v> 1 </v></c><c r="B1"><v></v></c><c r="C1" t="s"><v>9</v></c></row>`,
	`<row r="1"><c r="A1"><v>]]></v></c></row>`, `<row r="1"><c r="A1"><f>]]&gt;</f><v>1e5</v></c></row>`,
	`<row r="1"><c r="A1" s="9"><v>1</v></c></row>`, `<row r="1"><c r="A1"><v>1E999</v></c></row>`, `<row r="1"><c r="A1" t="str"><v>_x0041_</v></c></row>`,
	`<row r="1"><c r="XFE1"><v>1</v></c></row>`, `<row r="1048577"><c r="A1048577"><v>1</v></c></row>`, `<row r="01"><c r="A1"><v>1</v></c></row>`,
	`<row r="1" r="2"><c r="A1"><v>1</v></c></row>`, `<row r="1" x:y="2"><c r="A1"><v>1</v></c></row>`, `<row r="1"/><row r="2"><extLst/></row>`,
	`<row r="1"><c r="A1" t="str"><v>&#13;a` + "\r\n" + `b</v></c><c r="B1" t="d"><v>2026-01-02</v></c></row>`,
	`<row r="1" ht="12" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" ht="12" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" ht="12"><c r="A3"><v>1</v></c></row>`,
	`<row r="1" ht="12"><c r="A1"><v>1</v></c></row><row r="2" ht="12"><c r="A2"><v>1</v></c></row><row r="2" ht="12"><c r="A2"><v>1</v></c></row>`,
	`<row r="1" ht="12"><c r="A1"><v>1</v></c></row><row r="02" ht="12"><c r="A2"><v>1</v></c></row>`, `<row r="1" ht="12"><c r="A1"><v>1</v></c></row><row r="9" ht="12" hidden="1"><c r="A9"><v>1</v></c></row><row r="10" ht="12"><c r="A10"><v>1</v></c></row>`,
	`<row r="1"><c r="A1"><v>1</v></c></row><row r="1048577"><c r="A1048577"><v>1</v></c></row>`, `<row r="1"><c r="A1"><v>1</v></c></row><row r=""><c r="A2"><v>1</v></c></row>`,
	`<row r="1"><c r="A1" t="str"><v>–</v></c><c r="B1" t="str"><v></v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="str"><f>""</f><v> a </v></c><c r="E1" t="str"><v>` + "\u00a0" + `</v></c><c r="F1" t="e"><v></v></c></row>`,
	`<row r="1234567"><c r="A1234567"><v>1</v></c></row>`, `<row r="999999"><c r="A999999"><v>1</v></c><c r="B9999999"><v>1</v></c></row>`, `<row r="12"><c r="A12"><v>1</v></c><c r="B123"><v>1</v></c></row>`, `<row r="12"><c r="A12"><v>1</v></c><c r="B1"><v>1</v></c></row>`,
	`<row r="1" ht="1" st="2" ht="1"><c r="A1"><v>1</v></c></row>`, `<row r="1" ht="1" hb="2" st="3" hu="4"><c r="A1"><v>1</v></c></row>`, `<row r="1" hb="2" ht="1" hb="3"><c r="A1"><v>1</v></c></row>`,
	`<row r="1" xmlns="urn:other"><c r="A1"><v>1</v></c></row>`, `<row r="1"><c r="A1"><v>1</v></c>`, `<row r="1"><c r="A1"><v>1</c></v></row>`,
}

var quickTexts = []string{
	`<si><t>a</t></si><si><t xml:space="preserve"> b &amp; &#65; &lt;</t></si>`, `<si><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></si><si><t>d</t></si>`,
	`<si><t>_x0041_</t></si>`, "<si><t>a\r\nb\rc</t></si>", `<si/><si><t/></si>`, `<si><t>&no;</t></si>`, `<si><t>]]></t></si>`, `<si><t>a</si></t>`,
	`<si><t xml:space="default">a</t></si><si><t>` + "\u200b😀" + `</t></si>`,
	`<si><r><rPr><sz val="10"/><rFont val="A &amp; B"/></rPr><t xml:space="preserve">a &lt;</t></r><r><rPr><sz val="10"/></rPr><t>_x0041_</t></r></si><si><t>b</t></si>`,
	`<si><r><rPr><b/><sz val="10"/></rPr><t>a</t></r><r><rPr><b/><sz val="10"/></rPr><t>b</t></r></si><si><r><rPr><b/><sz val="10"/></rPr><t>c</t></r></si>`,
	`<si><r><rPr><strike/></rPr><t>a</t></r></si><si><r><rPr><strike val="0"/></rPr><t>b</t></r><r><t>c</t></r></si>`,
	`<si><r><rPr><sz val="1" val="2"/></rPr><t>a</t></r></si>`, `<si><r><rPr><sz></rPr></sz><t>a</t></r></si>`, `<si><r><rPr><x:b/></rPr><t>a</t></r></si>`,
	`<si><r><rPr>text</rPr><t>a</t></r></si>`, `<si><r><rPr/><t>a</t></r></si>`, `<si><r><t>a</t></r></si><si><r><t>a</t><t>b</t></r></si>`, `<si><r></r></si>`,
}

// TestQuick and FuzzQuick: what the quick way reads is what the scanner reads piece by piece.
func TestQuick(t *testing.T) {
	same := func(what, rows, texts string) {
		p := packageOf(t, []byte(rowsStart+rows+rowsEnd), []byte(stringStart+texts+`</sst>`))
		if quick, piece := contentOf(p, false), contentOf(p, true); quick != piece {
			t.Errorf("%s:\nquick: %s\nby piece: %s", what, quick, piece)
		}
	}
	for _, rows := range quickCases {
		same(rows, rows, quickTexts[0])
	}
	for _, texts := range quickTexts {
		same(texts, "", texts)
	}
	p := packageOf(t, []byte(rowsStart+quickCases[0]+rowsEnd), []byte(stringStart+quickTexts[0]+`</sst>`))
	want := `2 texts "a" " b & A <"` + `
A1 kind 1, format 1, formula false, no value false: "a"
D1 kind 2, format 0, formula false, no value false: "1.5"
AA3 kind 1, format 0, formula true, no value false: "x y"
hidden [] [] struck []`
	if got := contentOf(p, false); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func FuzzQuick(f *testing.F) {
	for i, rows := range quickCases {
		f.Add([]byte(rowsStart+rows+rowsEnd), []byte(stringStart+quickTexts[i%len(quickTexts)]+`</sst>`))
	}
	f.Fuzz(func(t *testing.T, sheet, shared []byte) {
		if len(sheet)+len(shared) > 1<<19 {
			return
		}
		p := packageOf(t, sheet, shared)
		if quick, piece := contentOf(p, false), contentOf(p, true); quick != piece {
			t.Fatalf("quick: %s\nby piece: %s", quick, piece)
		}
	})
}
