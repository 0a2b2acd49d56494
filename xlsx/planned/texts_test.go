package planned_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// prose is a text of a length, of words that are told from each other by their numbers.
func prose(length int) string {
	var b strings.Builder
	for i := 1; b.Len() < length; i++ {
		fmt.Fprintf(&b, "word%d and ", i)
	}
	return b.String()[:length-1] + "."
}

// withLongTexts makes some of the texts of results longer than a row may be high: an action, a root cause and a progress note
// of one action, and lines in the note of another.
func withLongTexts(r *models.Results) *models.Results {
	first, second := r.Register.Entries[0].PlanReturn.Plan.Actions, r.Register.Entries[1].PlanReturn.Plan.Actions
	first[0].Cause.Value, first[0].Action.Value, first[0].Progress.Value = prose(483), prose(1500), prose(5000)
	second[1].Progress.Value = strings.Repeat("* done\n", 60) + "=1+1"
	return r
}

// A text that is longer than its row on Actions may be high stands in full on the sheet Texts, in rows that are high enough,
// and the row on Actions says where and leads there. The data on Actions stays whole, and what fits stands nowhere else.
func TestLongTextsStandInFull(t *testing.T) {
	in := withLongTexts(results())
	f := trybook.Open(t, written(t, input(in)))
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Overview", "Actions", "Texts", "Recipients"}) {
		t.Fatalf("the sheets are %q", got)
	}
	rows := rowsOf(t, f, "Texts")
	if want := []string{"Recipient", "Name", "No.", "Ref", "Column", "Text"}; !slices.Equal(rows[3], want) {
		t.Fatalf("the headings are %q", rows[3])
	}
	plain := strings.NewReplacer("…", "", " ", "", "\n", "")
	got := map[string]string{}
	lines := map[string][]int{} // of each action, by its recipient and number
	for i, row := range rows[4:] {
		lines[row[0]+" "+row[2]] = append(lines[row[0]+" "+row[2]], i+5)
		got[strings.Join(row[:5], "|")] += plain.Replace(row[5])
		if high, err := f.GetRowHeight("Texts", i+5); err != nil || high > 409 || float64(len(row[5]))/80*15 > high {
			t.Errorf("row %d is %v high for %d characters (%v)", i+5, high, len(row[5]), err)
		}
	}
	want := map[string]string{
		"007|Seven|1|1.1|Action":          plain.Replace(prose(1500)),
		"007|Seven|1|1.1|Progress note":   plain.Replace(prose(5000)),
		"7|Other seven|A1||Progress note": plain.Replace(strings.Repeat("* done\n", 60) + "=1+1"),
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("on Texts stands\n%v", got)
	}

	actions := rowsOf(t, f, "Actions")
	full := slices.Index(actions[3], "In full")
	if full != slices.Index(actions[3], "Progress note")+1 {
		t.Fatalf("the headings are %q", actions[3])
	}
	for at, of := range map[int]string{4: "007 1", 5: "007 2", 6: "7 1", 7: "7 A1"} {
		row, told := actions[at], ""
		if n := lines[of]; len(n) > 0 {
			told = fmt.Sprintf("Texts, rows %d to %d", n[0], n[len(n)-1])
		}
		if row[0]+" "+row[2] != of || row[full] != told {
			t.Errorf("the row of %q says %q in place of %q for %q", row[0]+" "+row[2], row[full], told, of)
		}
		cell, _ := excelize.CoordinatesToCellName(full+1, at+1)
		linked, to, err := f.GetCellHyperLink("Actions", cell)
		if wanted := told != ""; err != nil || linked != wanted || wanted && to != fmt.Sprintf("'Texts'!A%d", lines[of][0]) {
			t.Errorf("%s leads to %q (%v)", cell, to, err)
		}
	}
	if row := actions[4]; row[6] != prose(483) || row[7] != prose(1500) || row[12] != prose(5000) {
		t.Error("a text on Actions is not whole")
	}
	for name, area := range map[string]string{"Actions": "'Actions'!$A$1:$N$8"} {
		if !slices.ContainsFunc(f.GetDefinedName(), func(d excelize.DefinedName) bool {
			return d.Name == "_xlnm.Print_Area" && d.Scope == name && d.RefersTo == area
		}) {
			t.Errorf("of %s is printed: %v", name, f.GetDefinedName())
		}
	}
}

// A text of a single row says so; and where every text fits, there is no sheet for them and no column.
func TestTextsOnlyWhereTheyAreLong(t *testing.T) {
	in := results()
	in.Register.Entries[0].PlanReturn.Plan.Actions[0].Owner.Value = prose(700)
	f := trybook.Open(t, written(t, input(in)))
	if row := rowsOf(t, f, "Actions")[4]; row[13] != "Texts, row 5" {
		t.Errorf("the row says %q", row[13])
	}
	if row := rowsOf(t, f, "Texts")[4]; row[4] != "Owner" || row[5] != prose(700) {
		t.Errorf("on Texts stands %q", row)
	}

	in = results()
	in.Register.Entries[0].PlanReturn.Plan.Actions[0].Action.Value = prose(800)
	f = trybook.Open(t, written(t, input(in)))
	if got := f.GetSheetList(); slices.Contains(got, "Texts") {
		t.Errorf("the sheets are %q", got)
	}
	if row := rowsOf(t, f, "Actions")[3]; slices.Contains(row, "In full") {
		t.Errorf("the headings are %q", row)
	}
	if high, err := f.GetRowHeight("Actions", 5); err != nil || high < 18*15 {
		t.Errorf("a row of 800 characters is %v high (%v)", high, err)
	}
}

// In a round in another language the sheet, its headings and what leads to it are in that language.
func TestLongTextsInSpanish(t *testing.T) {
	in := withLongTexts(results())
	in.Round.Language = "es"
	f := trybook.Open(t, written(t, input(in)))
	rows := rowsOf(t, f, "Textos")
	if want := []string{"Destinatario", "Nombre", "N.º", "Ref.", "Columna", "Texto"}; !slices.Equal(rows[3], want) {
		t.Errorf("the headings are %q", rows[3])
	}
	if row := rowsOf(t, f, "Acciones")[4]; row[13] != "Textos, filas 5 a 8" {
		t.Errorf("the row says %q", row[13])
	}
}

func rowsOf(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
