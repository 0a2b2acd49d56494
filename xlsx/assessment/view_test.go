package assessment_test

import (
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/xuri/excelize/v2"
)

// What a window of 1,366 × 768 pixels at 100 % has room for, less than the programs have: 1,320 pixels beside the numbers of
// the rows and the scroll bar in Excel (7 pixels for a unit of column width in Arial 10), and 500 below the headings of
// the columns, at 96 pixels to 72 points.
const (
	viewWidth, viewHeight = 1320.0, 500.0
	unit, point           = 7.0, 96.0 / 72
)

// All columns from the first to the last that is to fill in are in view without scrolling, and four criteria.
func TestColumnsAndFourCriteriaAreInView(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tm := trybook.Template(t, id)
		for _, language := range []string{"en-GB", "es", "cy"} { // en-US has the same words here
			for _, options := range [][]assessment.Option{nil, {assessment.Following(lastYear)}} {
				rd := trybook.Round(id, "a4")
				rd.Language = language
				a, err := assessment.New(tm, rd, options...)
				if err != nil {
					t.Fatal(err)
				}
				seen(t, tm.In(language), trybook.Open(t, trybook.CopyOf(t, a, rd, tm, trybook.Example)), id+" "+language, len(options) > 0)
			}
		}
	}
}

func seen(t *testing.T, tm *models.Template, f *excelize.File, name string, following bool) {
	t.Helper()
	sheet := tm.Words().Get("sheet_assessment")
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	width, found := 0.0, 0
	for i, text := range rows[2] {
		w, err := f.GetColWidth(sheet, column(t, i+1))
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && text == "" {
			break
		}
		width += w * unit
		if text == tm.Words().Get("column_comment") || text == tm.Words().Get("column_confirmed") && following {
			found++
		}
	}
	if width > viewWidth || found == 0 {
		t.Errorf("%s: the columns are %v pixels wide", name, width)
	}
	height := func(from, to int) (h float64) {
		for row := from; row <= to; row++ {
			x, err := f.GetRowHeight(sheet, row)
			if err != nil {
				t.Fatal(err)
			}
			h += x * point
		}
		return h
	}
	frozen := height(1, 3)
	var criteria []int
	for i, row := range rows {
		if len(row) > 0 && tm.Criterion(row[0]) != nil {
			criteria = append(criteria, i+1)
		}
	}
	if len(criteria) != len(tm.Criteria) {
		t.Fatalf("%s: %d criteria", name, len(criteria))
	}
	if h := height(1, criteria[3]); h > viewHeight {
		t.Errorf("%s: the first four criteria end %v pixels down", name, h)
	}
	few := 0
	for i := range criteria[3:] {
		if h := frozen + height(criteria[i], criteria[i+3]); h > viewHeight && criteria[i+3]-criteria[i] == 3 {
			few++
		}
	}
	if few > 0 {
		t.Errorf("%s: %d times four criteria that follow each other are not in view at once", name, few)
	}
}

func column(t *testing.T, n int) string {
	t.Helper()
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// Beside the answer stands the descriptor of the level that was chosen, in whatever form it was typed, and the reader has no
// complaint about the forms that the dropdown offers.
func TestShortFormsAreChoices(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	b, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example), assessment.Filling{Cells: []assessment.FillCell{
		{Ref: "1.1", Answer: "4", Target: "5"}, {Ref: "1.2", Answer: "1 - Beginning"}, {Ref: "1.3", Answer: "N/A", Comment: "c"},
		{Ref: "1.4", Answer: "best"}, {Ref: "1.5", Answer: "3", Target: "2"}}})
	if err != nil {
		t.Fatal(err)
	}
	f := trybook.Open(t, b)
	rows, err := f.GetRows("Assessment")
	if err != nil {
		t.Fatal(err)
	}
	c := func(ref string, level int) string { return tm.Criterion(ref).Descriptors[level] }
	want := map[string][2]string{"1.1": {c("1.1", 4), "Done"}, "1.2": {c("1.2", 1), "Done"}, "1.3": {"", "Done"},
		"1.4": {"", "Choose from the list"}, "1.5": {c("1.5", 3), "Check target"}, "1.6": {"The levels of 1.6 are on the sheet Levels.", "Answer needed"}}
	for _, row := range rows {
		if len(row) < 9 {
			continue
		}
		if w, ok := want[row[0]]; ok && (row[3] != w[0] || row[8] != w[1]) {
			t.Errorf("%s: %q, %q, want %q", row[0], row[3], row[8], w)
		}
	}
	ret := trybook.ReadBack(tm, b)
	got := map[string]string{}
	for _, a := range ret.Answers() {
		got[a.Ref] = a.Level.Value.String()
	}
	if got["1.1"] != "4" || got["1.2"] != "1" || got["1.3"] != "n/a" || got["1.4"] != "" || got["1.5"] != "3" {
		t.Errorf("read %v", got)
	}
	for _, finding := range ret.Findings {
		if finding.Ref == "1.1" || finding.Ref == "1.3" || finding.Ref == "1.5" {
			t.Errorf("%s: %s", finding.Ref, finding.Message)
		}
	}
	// The dropdown offers the labels first, then the short forms as they are typed.
	column, err := f.GetCols("Lists")
	if err != nil {
		t.Fatal(err)
	}
	list := column[0][1:]
	if list[0] != "1 – Beginning" || list[5] != words.English().Get("not_applicable") || list[6] != "1" {
		t.Errorf("the list is %q", list)
	}
	for _, name := range f.GetDefinedName() {
		if name.Name == "Choices_level" && name.RefersTo != "Lists!$A$2:$A$13" || name.Name == "Choices_target_level" && name.RefersTo != "Lists!$C$2:$C$11" {
			t.Errorf("%s is %s", name.Name, name.RefersTo)
		}
	}
}
