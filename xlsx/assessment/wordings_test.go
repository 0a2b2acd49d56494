package assessment_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// A criterion's own wording is what its dropdown offers and what is read; the level's name is still understood, and
// the other criteria keep theirs.
func TestOwnWordings(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	tm.Criteria[0].Options = map[int]string{2: "Now and then", 4: "Each year"}
	tm.Criteria[1].Options = map[int]string{2: "Now and then", 4: "Each year"}
	tm.Criteria[2].Options = map[int]string{1: "Mastering it all"}
	blank := trybook.Workbook(t, tm, trybook.Round("uk-dmm", "a4"), trybook.Example)
	f := trybook.Open(t, blank)
	names := map[string]bool{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = true
	}
	if !names["Choices_own_1"] || !names["Choices_own_2"] || names["Choices_own_3"] {
		t.Error("there should be two lists of wordings: criteria that word alike share one")
	}
	lists, err := f.GetDataValidations(assessment.SheetAssessment)
	if err != nil {
		t.Fatal(err)
	}
	own := 0
	for _, dv := range lists {
		if strings.HasPrefix(dv.Formula1, "Choices_own_") {
			own++
		}
	}
	if own != 2 {
		t.Errorf("%d dropdowns of own wordings, want 2", own)
	}
	for _, x := range []struct {
		at     int
		answer string
		want   models.Choice
		code   models.Code
	}{
		{0, "2 – Now and then", models.At(2), ""},
		{1, "4 – Each year", models.At(4), ""},
		{0, "each year", models.At(4), models.AnswerNormalised},
		{0, "4 – Developing", models.At(4), models.AnswerNormalised},
		{0, "3 – Learning", models.At(3), ""},
		{0, models.NotApplicableLabel, models.NotApplicable(), ""},
		{2, "1 – Mastering it all", models.At(1), ""},
		{2, "Mastering", models.At(5), models.AnswerNormalised},
		{3, "each year", models.Blank(), models.AnswerNotInList},
	} {
		ref := tm.Criteria[x.at].Ref
		book, err := assessment.Fill(blank, assessment.Filling{Cells: []assessment.FillCell{{Ref: ref, Answer: x.answer}}})
		if err != nil {
			t.Fatal(err)
		}
		ret := trybook.ReadBack(tm, book)
		var code models.Code
		for _, f := range ret.Findings {
			if f.Ref == ref {
				code = f.Code
			}
		}
		if a := ret.Answer(ref); a.Level.Value != x.want || code != x.code {
			t.Errorf("%s %q: %v %q, want %v %q", ref, x.answer, a.Level.Value, code, x.want, x.code)
		}
	}
}
