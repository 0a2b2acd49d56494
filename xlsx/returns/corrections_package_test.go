package returns_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
	"github.com/xuri/excelize/v2"
)

// missingAt is a finding about a cell of the answers.
func missingAt(cell string) models.Finding {
	return models.NewFinding(models.AnswerMissing, models.Origin{File: "a return.xlsx", Sheet: "Assessment", Cell: cell}, "There is no answer.")
}

// isMarked says whether a cell has the fill of something to mend, and keeps the number format, font and alignment it had.
func isMarked(t *testing.T, out, in []byte, cell string) bool {
	t.Helper()
	styleOf := func(b []byte) *excelize.Style {
		f := trybook.Open(t, b)
		id, err := f.GetCellStyle("Assessment", cell)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	is, was := styleOf(out), styleOf(in)
	same := fmt.Sprint(is.Font, is.Alignment, is.NumFmt, is.Protection) == fmt.Sprint(was.Font, was.Alignment, was.NumFmt, was.Protection)
	return len(is.Fill.Color) == 1 && is.Fill.Color[0] == "FCEEEA" && len(is.Border) == 4 && same || t.Failed()
}

// TestCorrectionsOfPrefixedParts: the Open XML SDK of Microsoft and others write each element with a prefix.
func TestCorrectionsOfPrefixedParts(t *testing.T) {
	in, _ := trybook.SmallFilled(t)
	parts := trybook.Unpack(t, in)
	tag := regexp.MustCompile(`<(/?)([a-zA-Z]+)([ />])`)
	for i, p := range parts {
		if p.Name == "xl/workbook.xml" || p.Name == "xl/styles.xml" || p.Name == "xl/worksheets/sheet2.xml" {
			b := tag.ReplaceAll(p.Body, []byte("<${1}p:$2$3"))
			parts[i].Body = bytes.Replace(b, []byte(`xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`), []byte(`xmlns:p="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`), 1)
		}
	}
	tm := trybook.SmallTemplate()
	out := corrections(t, tm, trybook.Pack(parts, trybook.Packing{}), []models.Finding{missingAt("I6"), missingAt("XFD3"), missingAt("C300")})
	sheet := trybook.PartOf(t, out, "xl/worksheets/sheet2.xml")
	for _, want := range []string{`<p:c r="XFD3" s="`, `<p:row r="300"><p:c r="C300" s="`, `<p:legacyDrawing `} {
		if strings.Count(sheet, want) != 1 {
			t.Errorf("the sheet has %d of %s", strings.Count(sheet, want), want)
		}
	}
	if book := trybook.PartOf(t, out, "xl/workbook.xml"); !strings.Contains(book, `<p:sheet name="Corrections"`) || !strings.Contains(book, `</p:definedName></p:definedNames>`) {
		t.Errorf("the workbook is %s", book)
	}
}

// TestCorrectionsMark: a cell keeps all of its style but fill and frame; one that is not there is added in its order.
func TestCorrectionsMark(t *testing.T) {
	in, _ := trybook.SmallFilled(t)
	out := corrections(t, trybook.SmallTemplate(), in, []models.Finding{missingAt("F6"), missingAt("G7"), missingAt("XFD3"), missingAt("C300")})
	for _, cell := range []string{"F6", "G7"} {
		if !isMarked(t, out, in, cell) {
			t.Errorf("%s is not marked, or has lost something", cell)
		}
	}
	var refs []string
	for _, m := range regexp.MustCompile(`<c r="([A-Z]+)3"`).FindAllStringSubmatch(trybook.PartOf(t, out, "xl/worksheets/sheet2.xml"), -1) {
		refs = append(refs, m[1])
	}
	if refs[len(refs)-1] != "XFD" {
		t.Errorf("the cells of row 3 are %v", refs)
	}
	selected := 0
	for _, p := range trybook.Unpack(t, out) {
		selected += bytes.Count(p.Body, []byte("tabSelected="))
	}
	if selected != 1 {
		t.Errorf("%d sheets are selected", selected)
	}
	styles := trybook.PartOf(t, out, "xl/styles.xml")
	for list, entry := range map[string]string{"fonts": "<font>", "fills": "<fill>", "borders": "<border>|<border/>|<border ", "cellXfs": "<xf "} {
		whole := regexp.MustCompile(`(?s)<` + list + ` count="(\d+)".*?</` + list + `>`).FindStringSubmatch(styles)
		if n := len(regexp.MustCompile(entry).FindAllString(whole[0], -1)); fmt.Sprint(n) != whole[1] {
			t.Errorf("%s has %d entries and says %s", list, n, whole[1])
		}
	}
}

// withNote puts a note of the sender's on a cell.
func withNote(t *testing.T, in []byte, cell, text string) []byte {
	t.Helper()
	f := trybook.Open(t, in)
	if err := f.AddComment("Assessment", excelize.Comment{Cell: cell, Author: "A. Sender", Paragraph: []excelize.RichTextRun{{Text: text}}}); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// notesOf are the notes on the sheet with the answers, by cell.
func notesOf(t *testing.T, b []byte) map[string]string {
	t.Helper()
	list, err := trybook.Open(t, b).GetComments("Assessment")
	if err != nil {
		t.Fatal(err)
	}
	notes := map[string]string{}
	for _, n := range list {
		if notes[n.Cell] != "" {
			t.Errorf("there are two notes on %s", n.Cell)
		}
		for _, run := range n.Paragraph {
			notes[n.Cell] += run.Text
		}
	}
	return notes
}

// TestCorrectionsKeepNotes: the sender's notes stay, below ours, when corrections are made once and when they are made
// again; and each note has one shape.
func TestCorrectionsKeepNotes(t *testing.T) {
	tm := trybook.SmallTemplate()
	filled, _ := trybook.SmallFilled(t)
	in := withNote(t, withNote(t, filled, "F6", "ask <Eve> & co"), "F9", "another")
	want := "There is no answer.\nChoose one entry from the list in this cell.\n\nask <Eve> & co"
	out := corrections(t, tm, corrections(t, tm, in, []models.Finding{missingAt("F6")}), []models.Finding{missingAt("F6"), missingAt("F7")})
	for range 3 {
		notes := notesOf(t, out)
		if len(notes) != 3 || notes["F6"] != want || notes["F9"] != "another" {
			t.Errorf("the notes are %q", notes)
		}
		for _, p := range trybook.Unpack(t, out) {
			if strings.HasSuffix(p.Name, ".vml") && bytes.Count(p.Body, []byte("<x:Row>")) != 3 {
				t.Errorf("the shapes are %s", p.Body)
			}
		}
		// As LibreOffice saves it: nobody's, and with other escapes.
		parts := trybook.Unpack(t, out)
		for i, p := range parts {
			if strings.HasPrefix(p.Name, "xl/comments") {
				b := regexp.MustCompile(`<author>[^<]*</author>`).ReplaceAll(p.Body, []byte("<author> </author>"))
				head := bytes.Index(b, []byte("<comments"))
				parts[i].Body = append(b[:head:head], bytes.ReplaceAll(b[head:], []byte("\n"), []byte("&#10;"))...)
			}
		}
		out = corrections(t, tm, trybook.Pack(parts, trybook.Packing{}), []models.Finding{missingAt("F6"), missingAt("F7")})
	}
	if list := trybook.Open(t, out).GetSheetList(); len(list) != 8 || list[0] != returns.SheetCorrections {
		t.Errorf("the sheets are %v", list)
	}
}

// TestCorrectionsTitles: the titles of the sheets in the document's properties are those of the workbook.
func TestCorrectionsTitles(t *testing.T) {
	filled, _ := trybook.SmallFilled(t)
	parts := trybook.Unpack(t, filled)
	app := trybook.Find(parts, "docProps/app.xml")
	head := `<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Application>Microsoft Excel</Application>`
	pairs := `<HeadingPairs><vt:vector size="2" baseType="variant"><vt:variant><vt:lpstr>Worksheets</vt:lpstr></vt:variant><vt:variant><vt:i4>7</vt:i4></vt:variant></vt:vector></HeadingPairs>`
	titles := `<TitlesOfParts><vt:vector size="7" baseType="lpstr"><vt:lpstr>Start</vt:lpstr><vt:lpstr>Assessment</vt:lpstr><vt:lpstr>Levels</vt:lpstr><vt:lpstr>Results</vt:lpstr><vt:lpstr>Texts</vt:lpstr><vt:lpstr>Lists</vt:lpstr><vt:lpstr>rubric</vt:lpstr></vt:vector></TitlesOfParts>`
	for name, x := range map[string]struct{ is, want string }{
		"as the sheets": {head + pairs + titles + "</Properties>", head + strings.Replace(pairs, "<vt:i4>7", "<vt:i4>8", 1) + strings.Replace(strings.Replace(titles, `size="7"`, `size="8"`, 1), "<vt:lpstr>Start", "<vt:lpstr>Corrections</vt:lpstr><vt:lpstr>Start", 1) + "</Properties>"},
		"of others":     {head + pairs + strings.Replace(titles, "Lists", "List", 1) + "</Properties>", head + "</Properties>"},
	} {
		parts[app].Body = []byte(x.is)
		out := corrections(t, trybook.SmallTemplate(), trybook.Pack(parts, trybook.Packing{}), []models.Finding{missingAt("F6")})
		if got := trybook.PartOf(t, out, "docProps/app.xml"); got != x.want {
			t.Errorf("%s: the properties are\n%s, not\n%s", name, got, x.want)
		}
	}
}

// TestCorrectionsOfOtherForms: strict packages (ECMA-376 Part 1) get parts in their own namespaces, and a part in UTF-16 is
// changed like any other.
func TestCorrectionsOfOtherForms(t *testing.T) {
	filled, _ := trybook.SmallFilled(t)
	for name, change := range map[string]func(part string, b []byte) []byte{
		"strict": func(_ string, b []byte) []byte { return []byte(strictNames.Replace(string(b))) },
		"UTF-16": func(part string, b []byte) []byte {
			if part != "xl/worksheets/sheet2.xml" && part != "xl/workbook.xml" {
				return b
			}
			text := strings.Replace(string(b), `encoding="UTF-8"`, `encoding="UTF-16"`, 1)
			out := []byte{0xFF, 0xFE}
			for _, u := range utf16.Encode([]rune(text)) {
				out = append(out, byte(u), byte(u>>8))
			}
			return out
		},
	} {
		parts := trybook.Unpack(t, filled)
		for i, p := range parts {
			if strings.HasSuffix(p.Name, ".xml") || strings.HasSuffix(p.Name, ".rels") {
				parts[i].Body = change(p.Name, p.Body)
			}
		}
		out := corrections(t, trybook.SmallTemplate(), trybook.Pack(parts, trybook.Packing{}), []models.Finding{missingAt("F6"), missingAt("C300")})
		after := trybook.Unpack(t, out)
		sheet := trybook.PartOf(t, out, "xl/worksheets/sheet2.xml")
		if !strings.Contains(sheet, `<c r="C300" s="`) || !strings.Contains(sheet, "<legacyDrawing ") {
			t.Errorf("%s: the sheet is %.300s", name, sheet)
		}
		for _, p := range after {
			if name == "strict" && p.Name != "xl/theme/theme1.xml" && bytes.Contains(p.Body, []byte("http://schemas.openxmlformats.org/spreadsheetml/2006/main")) {
				t.Errorf("%s is not strict", p.Name)
			}
		}
	}
}
