package consolidated_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
)

// Texts of the criteria, topics, recipients and findings are shown whole: on one line of their column, or on as many
// as their row is high. A column width counts digits, so a letter more than it says still fits.
func TestConsolidatedCutsNoText(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		t.Run(id, func(t *testing.T) {
			in := exampleRound(t, id, 12)
			in.Members[2].Recipient.Name = strings.Repeat("The Example Joint Board for Very Long Names ", 2) + "and Others"
			in.Template.Criteria[1].Subject = "A criterion whose subject is so long that it can be shown only on several lines of its column, whatever its width"
			f := openWorkbook(t, consolidatedBytes(t, in))
			for sheet, columns := range map[string]string{
				"Criteria": "ABCD", "Distribution by group": "ABCDE", "Comments": "ABCDEF", "Findings": "ABCEF", "Priorities": "BCHI",
				"Template": "BCDEFGHI", "Heat map": "ABCD", "Register": "ABCD",
			} {
				rows, err := f.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				checked := 0
				for r, row := range rows {
					if r < 4 {
						continue // titles and notes run on into the empty cells beside them
					}
					for _, col := range columns {
						k := int(col - 'A')
						if k >= len(row) || row[k] == "" || strings.Trim(row[k], "0123456789.%") == "" {
							continue
						}
						checked++
						if why := cut(t, f, sheet, k+1, r+1, row[k]); why != "" {
							t.Errorf("%s!%c%d: %s: %q", sheet, col, r+1, why, row[k])
						}
					}
				}
				if checked == 0 {
					t.Errorf("%s: no text was found", sheet)
				}
			}
		})
	}
}

// cut says why a cell does not show all of its text, or "".
func cut(t *testing.T, f *excelize.File, sheet string, col, row int, text string) string {
	t.Helper()
	name, _ := excelize.ColumnNumberToName(col)
	cell := fmt.Sprintf("%s%d", name, row)
	width, err := f.GetColWidth(sheet, name)
	if err != nil {
		t.Fatal(err)
	}
	height, err := f.GetRowHeight(sheet, row)
	if err != nil {
		t.Fatal(err)
	}
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	lines, longest := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		n := utf8.RuneCountInString(line)
		longest = max(longest, n)
		lines += max(1, (n+int(width)-1)/int(width))
	}
	switch wraps := style.Alignment != nil && style.Alignment.WrapText; {
	case !wraps && float64(longest) > width+1:
		return fmt.Sprintf("%d characters in a column of %.0f", longest, width)
	case wraps && float64(lines)*15 > max(height, 15)+1:
		return fmt.Sprintf("%d lines in a row of %.0f points", lines, height)
	}
	return ""
}

// A bar is as long as its share: in the extension, by which later programs go, its ends are given too.
func TestConsolidatedBarsEndAtOne(t *testing.T) {
	in := exampleRound(t, "uk-dmm", 12)
	bars := 0
	for name, part := range partsOf(t, consolidatedBytes(t, in)) {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") {
			continue
		}
		for _, end := range []string{"autoMin", "autoMax"} {
			if strings.Contains(part, end) {
				t.Errorf("%s: a bar ends at %s", name, end)
			}
		}
		n := strings.Count(part, "<x14:dataBar ")
		bars += n
		if got := strings.Count(part, `<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>1</xm:f></x14:cfvo>`); got != n {
			t.Errorf("%s: %d of %d bars go from 0 to 1", name, got, n)
		}
	}
	if bars < 5 {
		t.Errorf("%d bars, there should be some on several sheets", bars)
	}
}

// The chart of the sheet Compare names what is shown by the cell in which it is chosen, and the steps that only the
// chart needs are out of sight.
func TestCompareChartNamesWhatIsShown(t *testing.T) {
	b := consolidatedBytes(t, exampleRound(t, "uk-dmm", 12))
	f := openWorkbook(t, b)
	chosen, err := f.GetCellValue("Compare", "A5")
	if err != nil || chosen == "" {
		t.Fatalf("Compare!A5 is %q, %v", chosen, err)
	}
	want := "<c:tx><c:strRef><c:f>&#39;Compare&#39;!$A$5</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>" + chosen + "</c:v></c:pt></c:strCache></c:strRef></c:tx>"
	found := 0
	for name, part := range partsOf(t, b) {
		if strings.HasPrefix(name, "xl/charts/chart") && strings.Contains(part, want) {
			found++
		}
	}
	if found != 1 {
		t.Errorf("%d charts are named by the cell, want 1", found)
	}
	// A window of 1,900 pixels shows columns of some 270 characters.
	width := 0.0
	for k := 1; k <= 40; k++ {
		name, _ := excelize.ColumnNumberToName(k)
		if visible, err := f.GetColVisible("Compare", name); err != nil || !visible {
			t.Errorf("column %s is hidden, %v: what the chart rests on cannot be looked up", name, err)
		}
		for row := 1; row <= 12; row++ {
			v, err := f.GetCellValue("Compare", fmt.Sprintf("%s%d", name, row))
			if err != nil {
				t.Fatal(err)
			}
			if v != "" && k > 10 && width < 270 {
				t.Errorf("%s%d holds %q, which only the chart needs, %.0f characters from the left", name, row, v, width)
			}
		}
		w, err := f.GetColWidth("Compare", name)
		if err != nil {
			t.Fatal(err)
		}
		width += w
	}
}

func openWorkbook(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// partsOf unpacks a workbook.
func partsOf(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(part)
	}
	return out
}

// The sheet Method lists every file that was read with its whole digest, also one that does not count.
func TestMethodHasDigestOfEachFile(t *testing.T) {
	in := exampleRound(t, "uk-dmm", 3)
	in.TemplateSource = []byte("abc")
	digest := strings.Repeat("0123456789abcdef", 4)
	in.Register.Files = []models.FileLine{
		{File: "a.xlsx", Digest: digest, Status: models.Counted},
		{File: "sub/b.xlsx", Digest: strings.Repeat("f", 64), Status: models.Superseded},
	}
	rows, err := openWorkbook(t, consolidatedBytes(t, in)).GetRows("Method")
	if err != nil {
		t.Fatal(err)
	}
	var files [][]string
	template := ""
	for _, row := range rows {
		if len(row) == 3 {
			files = append(files, row)
		}
		if len(row) > 1 && row[0] == "Template file" {
			template = row[1]
		}
	}
	want := [][]string{
		{"What became of it", "File", "SHA-256"},
		{"Counts", "a.xlsx", digest},
		{"Superseded by another return", "sub/b.xlsx", strings.Repeat("f", 64)},
	}
	if fmt.Sprint(files) != fmt.Sprint(want) {
		t.Errorf("files read:\n%q, want\n%q", files, want)
	}
	// The digest of "abc" is the example of FIPS 180-4.
	if !strings.Contains(template, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") {
		t.Errorf("the template's digest is missing: %q", template)
	}
}

// The date on which a return was received is a date, by which the sheet can be sorted and filtered.
func TestRegisterHasDates(t *testing.T) {
	f := openWorkbook(t, consolidatedBytes(t, exampleRound(t, "uk-dmm", 3)))
	rows, err := f.GetRows("Register", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	col := slices.Index(rows[3], "Received")
	if col < 0 || len(rows[4]) <= col {
		t.Fatalf("no column Received in %q", rows[3])
	}
	// 1 November 2026 is day 46327: DATEVALUE("2026-11-01").
	if got := rows[4][col]; got != "46327" {
		t.Errorf("received: %q, want 46327", got)
	}
	cell, _ := excelize.CoordinatesToCellName(col+1, 5)
	if got, err := f.GetCellValue("Register", cell); err != nil || got != "2026-11-01" {
		t.Errorf("shown as %q, %v", got, err)
	}
}

// Tables that go on over several pages have their headings on each.
func TestConsolidatedRepeatsHeadingsOnPaper(t *testing.T) {
	f := openWorkbook(t, consolidatedBytes(t, exampleRound(t, "csis-cdm3", 12)))
	titles := map[string]string{}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" {
			titles[n.Scope] = n.RefersTo
		}
	}
	for sheet, want := range map[string]struct{ row, cell, heading string }{
		"Register": {"$4:$4", "A4", "ID"}, "Criteria": {"$4:$4", "A4", "Ref"}, "Levels": {"$4:$6", "A6", "ID"},
		"Compare": {"$38:$38", "A38", "Criterion"}, "Matrix": {"$3:$6", "A6", "ID"}, "Answers": {"$1:$1", "A1", "ID"},
	} {
		if !strings.HasSuffix(titles[sheet], "!"+want.row) {
			t.Errorf("%s: %q is repeated, want rows %s", sheet, titles[sheet], want.row)
		}
		if got, err := f.GetCellValue(sheet, want.cell); err != nil || got != want.heading {
			t.Errorf("%s!%s: %q, %v", sheet, want.cell, got, err)
		}
	}
}

// An edition for circulation that gives no change says so, and does not say that there was none. Its notes are not
// wider than its tables on paper.
func TestEditionSaysThatChangesAreNotGiven(t *testing.T) {
	now, _ := twoRounds(t, rand.New(rand.NewPCG(5, 6)), 20, 3)
	f := openWorkbook(t, consolidatedBytes(t, now))
	headline, err := f.GetCellValue("Overview", "B4")
	if err != nil {
		t.Fatal(err)
	}
	if want := "recipients returned both times. What changed is not given in this edition; the sheet Over time says why."; !strings.HasSuffix(headline, want) {
		t.Errorf("headline %q, want its end %q", headline, want)
	}
	rows, err := f.GetRows("Over time")
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows[3:] {
		if len(row) > 0 && utf8.RuneCountInString(row[0]) > 150 {
			t.Errorf("row %d: a note of %d characters on one line", r+4, utf8.RuneCountInString(row[0]))
		}
	}
}
