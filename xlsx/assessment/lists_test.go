package assessment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/xuri/excelize/v2"
)

// Dropdowns offer what the template says, also where the hidden sheet holds all that it can hold: many lists of
// options, the rows and texts of a method with levels, and what an earlier round left.
func TestQuestionsOfferTheirOptions(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tm := trybook.Template(t, id)
		tm.Questions = nil
		want := map[string][]string{}
		for i := range 40 {
			q := models.Question{ID: fmt.Sprint("q", i), Text: fmt.Sprintf("Question %d?", i), Type: models.QuestionChoice}
			for k := range 8 {
				q.Options = append(q.Options, fmt.Sprintf("Choice %d of %d", k, i))
			}
			tm.Questions = append(tm.Questions, q)
			want[fmt.Sprintf("Options_%d", i+1)] = q.Options
		}
		f := trybook.Open(t, trybook.Workbook(t, tm, trybook.Round(id, "a4"), trybook.Example))
		for _, n := range f.GetDefinedName() {
			options, ok := want[n.Name]
			if !ok {
				continue
			}
			delete(want, n.Name)
			if got := offered(t, f, n.RefersTo); !slices.Equal(got, options) {
				t.Errorf("%s: %s offers %q, want %q", id, n.Name, got, options)
			}
		}
		if len(want) > 0 {
			t.Errorf("%s: %d questions without a list", id, len(want))
		}
		if tm.Scoring.Method != models.MethodStaged {
			continue
		}
		rows, err := f.GetRows("Lists")
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range tm.Levels { // what Results shows of the level attained
			text := l.Name + ": " + l.Meaning
			if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Contains(row, text) }) {
				t.Errorf("%s: the list holds no %q", id, text)
			}
		}
	}
}

// offered are the texts of a range within one column, such as Lists!$A$2:$A$9.
func offered(t *testing.T, f *excelize.File, ref string) (texts []string) {
	t.Helper()
	sheet, at, _ := strings.Cut(strings.ReplaceAll(ref, "$", ""), "!")
	first, last, _ := strings.Cut(at, ":")
	col, from, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		t.Fatal(err)
	}
	_, to, err := excelize.CellNameToCoordinates(last)
	if err != nil {
		t.Fatal(err)
	}
	for row := from; row <= to; row++ {
		name, _ := excelize.CoordinatesToCellName(col, row)
		text, err := f.GetCellValue(sheet, name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	return texts
}
