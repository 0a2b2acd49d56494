package assessment_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/xuri/excelize/v2"
)

// variants are the workbooks that most tests look at: both templates, A4 with a short name and Letter with a long one.
func variants(t *testing.T, visit func(t *testing.T, tm *models.Template, rd *models.Round, rc models.Recipient, workbook []byte)) {
	long := models.Recipient{ID: "0042", Name: strings.TrimSpace(strings.Repeat("Example & Sons <Unified> District of the North ", 3))[:120]}
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tm := trybook.Template(t, id)
		for _, paper := range []string{"a4", "letter"} {
			rd := trybook.Round(id, paper)
			a, err := assessment.New(tm, rd)
			if err != nil {
				t.Fatal(err)
			}
			rc := map[string]models.Recipient{"a4": trybook.Example, "letter": long}[paper]
			t.Run(id+" "+paper, func(t *testing.T) { visit(t, tm, rd, rc, trybook.CopyOf(t, a, rd, tm, rc)) })
		}
	}
}

func TestAssessmentSaysWhatItIs(t *testing.T) {
	variants(t, func(t *testing.T, tm *models.Template, rd *models.Round, rc models.Recipient, workbook []byte) {
		f := trybook.Open(t, workbook)
		start, err := f.GetRows("Start")
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprint(start)
		for _, want := range []string{rd.Title, tm.In(tm.Language).Words().Get("organisation"), rc.Name, "Reference", "29 January 2027", "data@example.org",
			"Completed by", "Role", "Date completed", "Signed off by", tm.About, tm.Licence, tm.Title} {
			if !strings.Contains(text, want) {
				t.Errorf("Start does not say %q", want)
			}
		}
		manifest, err := f.GetRows("rubric")
		if err != nil {
			t.Fatal(err)
		}
		custom, err := f.GetCustomProps()
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, row := range manifest {
			got[row[0]] = row[1]
		}
		for _, p := range custom {
			if key := strings.TrimPrefix(p.Name, "rubric."); got[key] != p.Value {
				t.Errorf("property %s is %q, and in the hidden sheet %q", p.Name, p.Value, got[key])
			}
		}
		m := models.Manifest{
			Round: got["round"], Template: got["template"], TemplateVersion: got["template_version"],
			TemplateDigest: got["template_digest"], Recipient: got["recipient"], Name: got["name"], Seal: got["seal"],
		}
		if m.Recipient != rc.ID || m.Name != rc.Name || !m.SealFits([]byte("the round's key")) {
			t.Errorf("the manifest is %+v", m)
		}
		if ref := m.Reference([]byte("the round's key")); got["reference"] != ref || !strings.Contains(text, ref) {
			t.Errorf("the reference is not %s", ref)
		}
		for sheet, hidden := range map[string]bool{"Start": false, "Assessment": false, "Results": false, "Lists": true, "rubric": true} {
			if visible, err := f.GetSheetVisible(sheet); err != nil || visible == hidden {
				t.Errorf("sheet %s: visible %v (%v)", sheet, visible, err)
			}
		}
		if !strings.Contains(trybook.PartOf(t, workbook, "xl/workbook.xml"), `state="veryHidden"`) {
			t.Error("the sheet rubric is not very hidden")
		}
		if core := trybook.PartOf(t, workbook, "docProps/core.xml"); !strings.Contains(core, "<dc:language>en-GB<") || !strings.Contains(core, "<dc:title>Data maturity 2026<") {
			t.Errorf("the document properties are %s", core)
		}
	})
}

func TestAssessmentShowsEveryCriterion(t *testing.T) {
	variants(t, func(t *testing.T, tm *models.Template, rd *models.Round, rc models.Recipient, workbook []byte) {
		rows, err := trybook.Open(t, workbook).GetRows("Assessment")
		if err != nil {
			t.Fatal(err)
		}
		byRef := map[string][]string{}
		for _, row := range rows {
			if len(row) > 0 {
				byRef[row[0]] = row
			}
		}
		levels := map[string][]string{}
		if len(tm.Criteria[0].Descriptors) > 0 {
			list, err := trybook.Open(t, workbook).GetRows("Levels")
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range list {
				if len(row) > 3 {
					levels[row[0]] = row[3:]
				}
				if len(row) > 0 && tm.Criterion(row[0]) != nil && rows[i][0] != row[0] {
					t.Errorf("%s stands in row %d of Levels, and not in that of Assessment", row[0], i+1)
				}
			}
		}
		for i := range tm.Criteria {
			c := &tm.Criteria[i]
			want := []string{c.Subject, "Answer needed"}
			if c.Statement != "" {
				want = append(want, c.Statement)
			}
			for _, s := range want {
				if !slices.Contains(byRef[c.Ref], s) {
					t.Errorf("the row of %s lacks %q", c.Ref, s)
				}
			}
			for k, l := range tm.Levels {
				if d := c.Descriptors[l.Number]; d != "" && levels[c.Ref][k] != d {
					t.Errorf("%s at level %d looks like %q", c.Ref, l.Number, levels[c.Ref][k])
				}
			}
		}
		for _, topic := range tm.Topics {
			if !strings.Contains(fmt.Sprint(rows), topic.Name) || !strings.Contains(fmt.Sprint(rows), topic.Summary) {
				t.Errorf("topic %s is not there", topic.ID)
			}
		}
	})
}

func TestOnlyInputCellsAreOpen(t *testing.T) {
	variants(t, func(t *testing.T, tm *models.Template, rd *models.Round, rc models.Recipient, workbook []byte) {
		f := trybook.Open(t, workbook)
		inputs := 3 * len(tm.Criteria)
		if tm.Answers.Targets {
			inputs = 4 * len(tm.Criteria)
		}
		found, openStyles := 0, map[int]bool{}
		for _, sheet := range f.GetSheetList() {
			protection, err := f.GetSheetProtection(sheet)
			if err != nil || !strings.Contains(trybook.PartOf(t, workbook, fmt.Sprintf("xl/worksheets/sheet%d.xml", slices.Index(f.GetSheetList(), sheet)+1)), `<sheetProtection `) {
				t.Fatalf("%s is not protected (%v)", sheet, err)
			}
			if protection.Password != "" || !protection.FormatColumns || !protection.FormatRows || !protection.AutoFilter {
				t.Errorf("%s: the protection is %+v", sheet, protection)
			}
			for row := 1; row < 260; row++ {
				for col := 1; col < 16; col++ {
					at, _ := excelize.CoordinatesToCellName(col, row)
					id, err := f.GetCellStyle(sheet, at)
					if err != nil {
						t.Fatal(err)
					}
					isOpen, known := openStyles[id]
					if !known {
						style, err := f.GetStyle(id)
						if err != nil {
							t.Fatal(err)
						}
						isOpen = style.Protection != nil && !style.Protection.Locked
						openStyles[id] = isOpen
					}
					if !isOpen {
						continue
					}
					found++
					if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
						t.Errorf("%s!%s is open and holds a formula", sheet, at)
					}
					if v, _ := f.GetCellValue(sheet, at); v != "" && sheet != "Start" {
						t.Errorf("%s!%s is open and says %q", sheet, at, v)
					}
				}
			}
		}
		// Each of the four fields on Start is merged of five cells, and each question's of four.
		if want := inputs + 4*5 + 4*len(tm.Questions); found != want {
			t.Errorf("%d cells are open, not %d", found, want)
		}
	})
}

func TestDropdownsAreWhatExcelTakes(t *testing.T) {
	variants(t, func(t *testing.T, tm *models.Template, rd *models.Round, rc models.Recipient, workbook []byte) {
		f := trybook.Open(t, workbook)
		names := map[string]bool{}
		for _, d := range f.GetDefinedName() {
			names[d.Name] = true
		}
		list, err := f.GetDataValidations("Assessment")
		if err != nil || len(list) == 0 {
			t.Fatalf("%d validations (%v)", len(list), err)
		}
		covered := 0
		for _, v := range list {
			if !names[v.Formula1] {
				t.Errorf("no defined name %q", v.Formula1)
			}
			for _, s := range []struct {
				text string
				most int
			}{{*v.PromptTitle, 32}, {*v.ErrorTitle, 32}, {*v.Prompt, 255}, {*v.Error, 255}} {
				if n := len(utf16.Encode([]rune(s.text))); n == 0 || n > s.most {
					t.Errorf("%q has %d characters", s.text, n)
				}
			}
			for _, ref := range strings.Fields(v.Sqref) {
				from, to, _ := strings.Cut(ref, ":")
				_, a, _ := excelize.CellNameToCoordinates(from)
				_, b, err := excelize.CellNameToCoordinates(to)
				if err != nil {
					t.Fatal(err)
				}
				covered += b - a + 1
			}
		}
		want := len(tm.Criteria)
		if tm.Answers.Targets {
			want *= 2
		}
		if covered != want {
			t.Errorf("%d cells have a dropdown, not %d", covered, want)
		}
	})
}

func TestSameInputSameBytes(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tm, rd := trybook.Template(t, id), trybook.Round(id, "a4")
		first := trybook.Workbook(t, tm, rd, trybook.Example)
		a, err := assessment.New(tm, rd)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				if !bytes.Equal(trybook.CopyOf(t, a, rd, tm, trybook.Example), first) {
					t.Errorf("%s: copy %d differs", id, i)
				}
				other := trybook.CopyOf(t, a, rd, tm, models.Recipient{ID: "x", Name: "Another example"})
				if bytes.Equal(other, first) || bytes.Contains(other, []byte(trybook.Example.Name)) {
					t.Errorf("%s: another recipient's copy has something of the first", id)
				}
			})
		}
		wg.Wait()
	}
}

// TestSheetsSayHowLargeTheyAre looks for the dimension of each sheet: programs that read row by row, such as
// openpyxl in its read-only mode, believe it.
func TestSheetsSayHowLargeTheyAre(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		book := trybook.Workbook(t, trybook.Template(t, id), trybook.Round(id, "a4"), trybook.Example)
		z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
		if err != nil {
			t.Fatal(err)
		}
		sheets := 0
		for _, f := range z.File {
			if !strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
				continue
			}
			sheets++
			part, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(part)
			if err != nil {
				t.Fatal(err)
			}
			_, after, _ := strings.Cut(string(b), `<dimension ref="`)
			if ref, _, _ := strings.Cut(after, `"`); !strings.HasPrefix(ref, "A1:") {
				t.Errorf("%s: %s says that it is %q", id, f.Name, ref)
			}
		}
		if want := map[string]int{"uk-dmm": 7, "csis-cdm3": 6}[id]; sheets != want {
			t.Errorf("%s: %d sheets", id, sheets)
		}
	}
}

// TestCheckWorkbook holds workbooks against the schemas and against what Excel insists on, where the program for it
// is there.
func TestCheckWorkbook(t *testing.T) {
	check := trybook.Checker(t)
	dir := t.TempDir()
	var files []string
	variants(t, func(t *testing.T, tm *models.Template, rd *models.Round, rc models.Recipient, workbook []byte) {
		files = append(files, trybook.WriteFile(t, dir, fmt.Sprintf("%d.xlsx", len(files)), workbook))
	})
	for i, tm := range []*models.Template{weightedFromZero(), mixedKinds()} {
		rd := trybook.Round(tm.ID, "a4")
		files = append(files, trybook.WriteFile(t, dir, fmt.Sprintf("small%d.xlsx", i), trybook.Workbook(t, tm, rd, trybook.Example)))
	}
	check(t, files...)
}

// BenchmarkWrite compares a recipient's copy with building the workbook anew with excelize, in turns, so that both
// meet the same machine: the metric "times" is how many copies are written in the time of one build.
func BenchmarkWrite(b *testing.B) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		b.Run(id, func(b *testing.B) {
			tm, rd := trybook.Template(b, id), trybook.Round(id, "a4")
			a, err := assessment.New(tm, rd)
			if err != nil {
				b.Fatal(err)
			}
			m := models.Manifest{Round: rd.ID, Recipient: trybook.Example.ID, Name: trybook.Example.Name}.Sealed([]byte("key"))
			var build, copies time.Duration
			const each = 100
			for b.Loop() {
				start := time.Now()
				if _, err := assessment.New(tm, rd); err != nil {
					b.Fatal(err)
				}
				build += time.Since(start)
				start = time.Now()
				for range each {
					if err := a.Write(io.Discard, trybook.Example, m, "7K2M-9QXT-04BD"); err != nil {
						b.Fatal(err)
					}
				}
				copies += time.Since(start)
			}
			b.ReportMetric(float64(build.Microseconds())/float64(b.N), "µs/build")
			b.ReportMetric(float64(copies.Microseconds())/float64(b.N*each), "µs/copy")
			b.ReportMetric(each*build.Seconds()/copies.Seconds(), "times")
			b.ReportMetric(0, "ns/op")
		})
	}
}
