package returns_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// secondReading is what another reader finds in a workbook: the rows of its sheets as texts.
type secondReading func(t *testing.T, name string, data []byte, password string) map[string][][]string

// byExcelize is excelize as a reader: on intact files it and ours must agree.
func byExcelize(t *testing.T, name string, data []byte, password string) map[string][][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{Password: password, RawCellValue: true})
	if err != nil {
		t.Fatalf("%s: excelize: %v", name, err)
	}
	defer f.Close()
	sheets := map[string][][]string{}
	for _, s := range f.GetSheetList() {
		if sheets[s], err = f.GetRows(s); err != nil {
			t.Fatalf("%s: excelize: %v", name, err)
		}
	}
	return sheets
}

// byXML reads OpenDocument files, which excelize does not, with the standard library's XML alone.
func byXML(t *testing.T, name string, data []byte, _ string) map[string][][]string {
	t.Helper()
	o, err := oracleOfODS(data)
	if err != nil || o.doubt != "" {
		t.Fatalf("%s: %v %s", name, err, o.doubt)
	}
	sheets := map[string][][]string{}
	for s, cells := range o.sheets {
		sheets[s] = gridRows(cells)
	}
	return sheets
}

// bySheetJS reads with SheetJS, where Node has it.
func bySheetJS(t *testing.T, name string, data []byte, _ string) map[string][][]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file"+filepath.Ext(name))
	must(os.WriteFile(file, data, 0o600))
	out, err := exec.Command("node", "-e", `
const X=require('xlsx'),w=X.readFile(process.argv[1]),o={};
for(const n of w.SheetNames){const s=w.Sheets[n];o[n]={};for(const k in s)if(k[0]!='!'&&s[k].v!==undefined)o[n][k]=String(s[k].v)}
console.log(JSON.stringify(o))`, file).Output()
	if err != nil {
		t.Fatalf("%s: SheetJS: %v", name, err)
	}
	var cells map[string]map[string]string
	must(json.Unmarshal(out, &cells))
	sheets := map[string][][]string{}
	for s, c := range cells {
		sheets[s] = gridRows(c)
	}
	return sheets
}

func gridRows(cells map[string]string) (rows [][]string) {
	for ref, text := range cells {
		col, row, err := excelize.CellNameToCoordinates(ref)
		must(err)
		for len(rows) < row {
			rows = append(rows, nil)
		}
		for len(rows[row-1]) < col {
			rows[row-1] = append(rows[row-1], "")
		}
		rows[row-1][col-1] = text
	}
	return rows
}

// agree holds every answer, target, evidence and comment that we read, and what the hidden sheet says, against a second
// reading of the same file.
func agree(t *testing.T, name string, tm *models.Template, ret models.Return, data []byte, password string, second secondReading) {
	t.Helper()
	sheets := second(t, name, data, password)
	columns := map[string]int{}
	found := 0
	for _, row := range sheets["Assessment"] {
		at := func(heading string) string {
			if k := columns[heading] - 1; k < len(row) {
				return strings.ReplaceAll(row[k], "\r\n", "\n")
			}
			return ""
		}
		if len(columns) == 0 {
			if slices.Contains(row, "Ref") && slices.Contains(row, "Current level") {
				for k, h := range row {
					columns[h] = k + 1
				}
			}
			continue
		}
		c := tm.Criterion(at("Ref"))
		if c == nil {
			continue
		}
		found++
		a := ret.Answer(c.Ref)
		if a == nil {
			t.Errorf("%s: %s was not read", name, c.Ref)
			continue
		}
		s := tm.Scale(c)
		for _, x := range []struct{ heading, ours string }{{"Current level", s.Label(a.Level.Value)}, {"Target level", s.Label(a.Target.Value)}, {"Evidence", a.Evidence.Value}, {"Comment", a.Comment.Value}} {
			theirs := at(x.heading)
			if strings.HasPrefix(name, "sheetjs.xlsx") {
				theirs = oracleEscapes(theirs) // excelize leaves escapes in inline texts as they are; ST_Xstring has them there too
			}
			if x.ours != theirs {
				t.Errorf("%s: %s: %s is %s, the second reader has %s", name, c.Ref, x.heading, short(x.ours), short(theirs))
			}
		}
	}
	if found != len(tm.Criteria) || len(ret.Answers()) != found {
		t.Errorf("%s: the second reader found %d criteria, ours %d of %d", name, found, len(ret.Answers()), len(tm.Criteria))
	}
	for _, row := range sheets["rubric"] {
		if len(row) > 1 && row[0] == "recipient" {
			for _, c := range ret.Claims {
				if c.Place == models.HiddenSheet && c.Manifest.Recipient != row[1] {
					t.Errorf("%s: the recipient is %q, the second reader has %q", name, c.Manifest.Recipient, row[1])
				}
			}
		}
	}
}

// short is a text as a message of a test shows it.
func short(s string) string {
	if len(s) > 60 {
		return string([]rune(s)[:20]) + "…" + " (" + itoa(len(s)) + " bytes)"
	}
	return strings.ReplaceAll(s, "\n", `\n`) + " (" + itoa(len(s)) + " bytes)"
}

// oddTexts are texts that programs are known to change.
var oddTexts = []string{
	"one\ntwo\n\nfour", "👩‍👩‍👧‍👦 🇬🇧 😀", "مرحبا \u200fשלום\u200e 123 (أ)", strings.Repeat("0123456789 ab\n", 2340) + "0123456",
	"  spaces before and  inside and after  ", "_x000A_ and _x005F_ as they are typed", "=1+1", "+44 1632 960001", "-1", "@home", "\ttabs\tin it\t",
	"<b>&amp;</b> ]]> \" '", "e\u0301 ﬁ ｶﾞ Ⅳ \u00a0 \u180e", "'quoted'", "007", strings.Repeat("😀", 16383) + "!", "TRUE", "3-4", "#N/A", "1.10", "http://example.org/?a=b&c=d", "\nline break before", "line break after\n", "4 – Developing",
}

// oddTemplate is the small template with as many criteria as there are odd texts for.
func oddTemplate() *models.Template {
	t := trybook.SmallTemplate()
	for i := range 5 {
		c := t.Criteria[8]
		c.Ref, c.Subject = "2."+itoa(5+i), "Further subject "+itoa(i)
		t.Criteria = append(t.Criteria, c)
	}
	return t
}

// oddFilled is a workbook with the odd texts for evidence and comments.
func oddFilled(t testing.TB) []byte {
	t.Helper()
	tm := oddTemplate()
	cells, _ := trybook.ChoicesOf(tm)
	if 2*len(cells) != len(oddTexts) {
		t.Fatalf("%d texts for %d answers", len(oddTexts), len(cells))
	}
	for i := range cells {
		cells[i].Evidence, cells[i].Comment = oddTexts[2*i], oddTexts[2*i+1]
	}
	b, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round(tm.ID, "a4"), trybook.Example), assessment.Filling{
		Respondent: assessment.FillRespondent{Name: "=A. Respondent", Role: "_x000A_", Date: "2026-12-01", SignedBy: "B. Head"},
		Cells:      cells, Saved: time.Date(2026, 12, 1, 15, 4, 5, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// checkOdd holds a copy with odd texts against the second reader and against what was filled in.
func checkOdd(t *testing.T, name string, data []byte) {
	t.Helper()
	tm := oddTemplate()
	ret := read(t, tm, data)
	agree(t, name, tm, ret, data, "", secondFor(name))
	cells, choices := trybook.ChoicesOf(tm)
	checkAnswers(t, name, tm, ret, choices)
	for i, c := range cells {
		a := ret.Answer(c.Ref)
		if a == nil {
			continue
		}
		for k, got := range []string{a.Evidence.Value, a.Comment.Value} {
			want := oddTexts[2*i+k]
			switch {
			case strings.HasPrefix(name, "openpyxl"), strings.HasPrefix(name, "sheetjs.xls"), strings.HasPrefix(name, "exceljs"):
				want = oracleEscapes(want) // they do not escape what looks like an escape, so that it is one in their files
			}
			if strings.HasPrefix(name, "exceljs") && len(want) > 60_000 { // it spoils a character at the end of each piece it reads
				got = strings.ReplaceAll(got, "\ufffd", "")
				got, want = got[:min(len(got), 60_000)], want[:60_000]
			}
			if got != want {
				t.Errorf("%s: %s: read %s, filled in was %s", name, c.Ref, short(got), short(want))
			}
		}
	}
	for _, f := range ret.Findings {
		spoiled := f.Code == models.TextSpoiled && strings.HasPrefix(name, "exceljs")
		if f.Code != models.TextAtLimit && !spoiled && !(f.Code == models.ContentDropped && dropsContent(name)) {
			t.Errorf("%s: finding %s at %s: %s", name, f.Code, f.Origin, f.Message)
		}
	}
}

// TestOddTexts has the texts as excelize saves them; the tests of copies that other programs save have them too.
func TestOddTexts(t *testing.T) { checkOdd(t, "excelize.xlsx", oddFilled(t)) }

// checkOddFile is checkOdd of what became of them in a file; name is that of the program with the ending.
func checkOddFile(t *testing.T, file, name string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	checkOdd(t, name, data)
}

// secondFor is the reader that a file's kind is held against.
func secondFor(name string) secondReading {
	if strings.HasSuffix(name, ".ods") {
		return byXML
	}
	return byExcelize
}
