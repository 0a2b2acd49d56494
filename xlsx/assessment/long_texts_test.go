package assessment_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/xuri/excelize/v2"
)

// longComments are texts of many kinds, by ref: prose, paragraphs, a list, capitals, and one without a space. Those of 60
// characters and less are short.
func longComments() map[string]assessment.FillCell {
	prose := func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "Word%d of the text goes on, and nobody has counted them. ", i)
		}
		return strings.TrimSpace(b.String()[:n])
	}
	list := ""
	for i := range 60 {
		list += fmt.Sprintf("- point %d\n", i)
	}
	return map[string]assessment.FillCell{
		"1.1": {Ref: "1.1", Answer: "3", Comment: prose(5000)},
		"1.2": {Ref: "1.2", Answer: "4", Evidence: prose(2000), Comment: strings.ReplaceAll(prose(900), ". ", ".\n\n")},
		"1.4": {Ref: "1.4", Evidence: strings.TrimSpace(list)},
		"1.5": {Ref: "1.5", Answer: "2", Target: "3", Comment: strings.ToUpper(prose(700))},
		"1.6": {Ref: "1.6", Answer: "2", Comment: strings.Repeat("0123456789", 90)},
		"1.7": {Ref: "1.7", Answer: "1", Comment: prose(60), Evidence: "short"},
	}
}

var spaces = regexp.MustCompile(`\s+`)

// Evidence and comment that are too long for a row stand in full on the sheet Texts, in lines that each fit, and the column
// Status says where; a criterion is done all the same.
func TestLongTextsStandInFull(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	given := longComments()
	var cells []assessment.FillCell
	for _, c := range given {
		cells = append(cells, c)
	}
	b, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example), assessment.Filling{Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	f := trybook.Open(t, b)
	texts, where := textsOf(t, f), statuses(t, f)
	width, err := f.GetColWidth("Texts", "B")
	if err != nil {
		t.Fatal(err)
	}
	for ref, c := range given {
		status := where[ref]
		if ref == "1.7" {
			if texts[ref] != nil || status != "Done" {
				t.Errorf("%s is short, and is on Texts, or its status is wrong: %q", ref, status)
			}
			continue
		}
		x := texts[ref]
		if x == nil {
			t.Errorf("%s does not stand on Texts", ref)
			continue
		}
		want := tm.Criterion(ref).Subject
		if c.Evidence != "" {
			want += " Evidence: " + c.Evidence
		}
		if c.Comment != "" {
			want += " Comment: " + c.Comment
		}
		// A word that is longer than a line is cut: nothing may be added or lost.
		if got := spaces.ReplaceAllString(strings.Join(x.lines, ""), ""); got != spaces.ReplaceAllString(want, "") {
			t.Errorf("%s stands on Texts as %.200q, want %.200q", ref, got, want)
		}
		for _, l := range x.lines {
			if w := draw.TextWidth(strings.TrimSpace(l), draw.FontSize, false) / draw.CharWidth; w > width && ref != "1.5" && ref != "1.6" {
				t.Errorf("%s: a line is %.0f wide where there are %.0f: %q", ref, w, width, l)
			}
		}
		said := map[bool]string{true: "Answer needed", false: "Done"}[c.Answer == ""]
		if want := fmt.Sprintf("%s\nIn full: Texts, row %d", said, x.row); status != want {
			t.Errorf("%s says %q, want %q", ref, status, want)
		}
	}
	if len(texts) != len(given)-1 {
		t.Errorf("%d texts, want %d", len(texts), len(given)-1)
	}
	if done, err := f.GetCellValue("Assessment", "D2"); err != nil || !strings.Contains(done, "5 of 97 answered, 5 done") {
		t.Errorf("progress says %q (%v)", done, err)
	}
	area := printArea(t, f)
	if !strings.Contains(area, "COUNT(Lists!") {
		t.Errorf("of Texts is printed %s", area)
	}
}

type textOnSheet struct {
	row   int
	lines []string
}

// textsOf are the texts on the sheet Texts by ref.
func textsOf(t *testing.T, f *excelize.File) map[string]*textOnSheet {
	t.Helper()
	rows, err := f.GetRows("Texts", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*textOnSheet{}
	var now *textOnSheet
	for i, row := range rows[3:] {
		if len(row) < 2 || row[1] == "" {
			continue
		}
		if row[0] != "" {
			now = &textOnSheet{row: i + 4}
			out[row[0]] = now
		}
		now.lines = append(now.lines, row[1])
	}
	return out
}

// statuses is what the column Status says, by ref.
func statuses(t *testing.T, f *excelize.File) map[string]string {
	t.Helper()
	rows, err := f.GetRows("Assessment")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, row := range rows[3:] {
		if len(row) > 8 {
			out[row[0]] = row[8]
		}
	}
	return out
}

func printArea(t *testing.T, f *excelize.File) string {
	t.Helper()
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.Scope == "Texts" {
			return n.RefersTo
		}
	}
	t.Fatal("the sheet Texts has no print area")
	return ""
}

// Where there is no room for all, the sheet and the column Status say so.
func TestLongTextsHaveAnEnd(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	var cells []assessment.FillCell
	for i := range 12 {
		cells = append(cells, assessment.FillCell{Ref: tm.Criteria[i].Ref, Answer: "1", Comment: strings.Repeat("a comment. ", 300)})
	}
	b, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example), assessment.Filling{Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	f := trybook.Open(t, b)
	where := statuses(t, f)
	if got := where[cells[11].Ref]; got != "Done\nToo long to be shown in full" {
		t.Errorf("the last says %q", got)
	}
	rows, err := f.GetRows("Texts")
	if err != nil {
		t.Fatal(err)
	}
	if last := rows[len(rows)-1]; len(last) < 2 || last[1] != "There is no room here for more texts. Read the rest on the sheet Assessment." {
		t.Errorf("the sheet ends with %q", last)
	}
}

// LibreOffice and Gnumeric compute the long texts to what is stored with their formulas.
func TestEnginesComputeLongTexts(t *testing.T) {
	t.Parallel()
	python(t)
	tm := trybook.Template(t, "uk-dmm")
	var cells []assessment.FillCell
	for _, c := range longComments() {
		cells = append(cells, c)
	}
	b, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example), assessment.Filling{Cells: cells})
	if err != nil {
		t.Fatal(err)
	}
	checkCached(t, libreOfficeValues(t, map[string][]byte{"long": b})["long"])
	gnumericAgrees(t, "uk-dmm", b)
}

// A long answer to a question is in view in four lines, and stands in full on the sheet Texts; the line below it says where.
func TestLongAnswersToQuestions(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	short, long := "Data owners, analysts and two heads of service.", strings.TrimSpace(strings.Repeat("An analyst of the data team; ", 30))
	for _, answer := range []string{short, long} {
		q := tm.Questions[1]
		b, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example), assessment.Filling{
			Questions: []assessment.FillQuestion{{Text: q.Text, Type: q.Type, Answer: answer}}})
		if err != nil {
			t.Fatal(err)
		}
		f := trybook.Open(t, b)
		rows, err := f.GetRows("Start")
		if err != nil {
			t.Fatal(err)
		}
		row := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 1 && r[1] == q.Text })
		if h, _ := f.GetRowHeight("Start", row+1); h < 4*draw.FontSize*draw.LineHeight {
			t.Errorf("the row of the answer is %v points high", h)
		}
		x, want := textsOf(t, f)["Questions"], q.Help
		if answer == long {
			want += " (In full: Texts, row 4)"
			got := ""
			if x != nil {
				got = strings.Join(x.lines, "")
			}
			if full := q.Text + "Answer: " + long; spaces.ReplaceAllString(got, "") != spaces.ReplaceAllString(full, "") {
				t.Errorf("on Texts stands %q", got)
			}
		} else if x != nil {
			t.Errorf("a short answer stands on Texts: %q", x.lines)
		}
		if got := rows[row+1][1]; got != want {
			t.Errorf("below the answer stands %q, want %q", got, want)
		}
	}
}
