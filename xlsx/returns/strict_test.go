package returns_test

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// strictNames are the namespaces and relationships of transitional files and what they are in strict ones (ECMA-376 Part 4
// and Part 1, annex A).
var strictNames = strings.NewReplacer(
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties", "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties", "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
	"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties", "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
	"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", "http://purl.oclc.org/ooxml/officeDocument/customProperties",
	"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
	"http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main",
	"http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart",
	"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
)

var (
	workbookTag = regexp.MustCompile(`<workbook `)
	serialDate  = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)" s="([0-9]+)"(?: t="n")?><v>46357</v></c>`) // 1 December 2026
)

// strict is the workbook as Excel saves it as a Strict Open XML Spreadsheet: other names, and dates and times as texts of
// the type d.
func strict(t testing.TB, workbook []byte) []byte {
	parts := trybook.Unpack(t, workbook)
	for i, p := range parts {
		if !strings.HasSuffix(p.Name, ".xml") && !strings.HasSuffix(p.Name, ".rels") {
			continue
		}
		s := strictNames.Replace(string(p.Body))
		if p.Name == "xl/workbook.xml" {
			s = workbookTag.ReplaceAllString(s, `<workbook conformance="strict" `)
		}
		parts[i].Body = []byte(serialDate.ReplaceAllString(s, `<c r="$1" s="$2" t="d"><v>2026-12-01</v></c>`))
	}
	return trybook.Pack(parts, trybook.Packing{})
}

// TestStrict reads strict workbooks as the transitional ones out of which they were made, with times and durations of the
// type d where somebody put them; and what LibreOffice prints of each answer and text is what was read.
func TestStrict(t *testing.T) {
	t.Parallel()
	tm := trybook.SmallTemplate()
	filled, _ := trybook.SmallFilled(t)
	plain := read(t, tm, filled)
	at := plain.Answers()
	out := strict(t, filled)
	ret := read(t, tm, out)
	noFindings(t, "strict", ret)
	_, want := trybook.ChoicesOf(tm)
	checkAnswers(t, "strict", tm, ret, want)
	if len(ret.Claims) != 3 || ret.Respondent.Date.Value != plain.Respondent.Date.Value {
		t.Errorf("claims %+v, respondent %+v; transitional: %+v", ret.Claims, ret.Respondent, plain.Respondent)
	}
	if start := trybook.PartOf(t, out, "xl/worksheets/sheet1.xml"); !strings.Contains(start, ` t="d"`) {
		t.Error("no date was converted")
	}
	printed(t, "strict", out, ret)

	parts := trybook.Unpack(t, out)
	typed := func(cell, value string) {
		i := trybook.Find(parts, sheet2)
		re := regexp.MustCompile(`<c r="` + cell + `"( s="[0-9]+")?[^>]*>.*?</c>`)
		parts[i].Body = re.ReplaceAll(parts[i].Body, []byte(`<c r="`+cell+`"$1 t="d"><v>`+value+`</v></c>`))
	}
	typed(at[0].Comment.Origin.Cell, "10:59:59.9999999999984025")
	typed(at[1].Comment.Origin.Cell, "2026-12-01T10:30:00")
	typed(at[2].Level.Origin.Cell, "2026-04-03")
	odd := read(t, tm, trybook.Pack(parts, trybook.Packing{}))
	for _, a := range odd.Answers() {
		switch b := plain.Answer(a.Ref); {
		case a.Ref == at[2].Ref:
			if !a.Level.Value.IsBlank() || !trybook.HasCode(odd, models.AnswerIsDate) {
				t.Errorf("the date is read as %v: %v", a.Level.Value, trybook.FindingList(odd))
			}
		case a.Level.Value != b.Level.Value:
			t.Errorf("%s is %v, was %v", a.Ref, a.Level.Value, b.Level.Value)
		}
	}
}

// printed holds what LibreOffice shows of the sheet with the answers against what was read.
func printed(t *testing.T, name string, book []byte, ret models.Return) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	office := trybook.Program(t, "soffice", "libreoffice")
	dir := t.TempDir()
	must(os.WriteFile(filepath.Join(dir, "return.xlsx"), book, 0o600))
	// Separator and quote, UTF-8, from the first line; as shown; the second sheet (0 would be the first alone).
	cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2`, "return.xlsx")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.csv"))
	if len(files) != 1 {
		t.Fatalf("%s: LibreOffice wrote %v", name, files)
	}
	data, err := os.ReadFile(files[0])
	must(err)
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	must(err)
	shown := func(cell string) string {
		col, row := 0, 0
		for _, r := range cell {
			if r >= 'A' {
				col = 26*col + int(r-'A') + 1
			} else {
				row = 10*row + int(r-'0')
			}
		}
		if row > len(rows) || col > len(rows[row-1]) {
			return ""
		}
		return rows[row-1][col-1]
	}
	compared := 0
	for _, a := range ret.Answers() {
		level := ""
		if !a.Level.Value.IsBlank() {
			level = trybook.SmallTemplate().Scale(trybook.SmallTemplate().Criterion(a.Ref)).Label(a.Level.Value)
		}
		for _, x := range [][2]string{{a.Level.Origin.Cell, level}, {a.Evidence.Origin.Cell, a.Evidence.Value}, {a.Comment.Origin.Cell, a.Comment.Value}} {
			if x[0] == "" {
				continue
			}
			if compared++; shown(x[0]) != x[1] {
				t.Errorf("%s: %s: LibreOffice shows %q in %s, read was %q", name, a.Ref, shown(x[0]), x[0], x[1])
			}
		}
	}
	if compared < 10 {
		t.Errorf("%s: %d cells were compared", name, compared)
	}
}
