package cmd_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
)

// allInPlace is a return with the highest step of every statement, and of symptoms the given one.
func allInPlace(t *models.Template, symptom int) *models.Return {
	var answers []models.Answer
	for i := range t.Criteria {
		c := &t.Criteria[i]
		level := models.At(t.Scale(c).Highest())
		if c.Kind == models.KindSymptom {
			level = models.At(symptom)
		}
		answers = append(answers, models.Answer{Ref: c.Ref, Level: models.Sourced[models.Choice]{Value: level, Origin: models.Origin{File: "a.xlsx", Sheet: "Assessment", Cell: "G" + c.Ref}}})
	}
	ret := models.Return{File: "a.xlsx"}.With(answers)
	return &ret
}

// With everything else fully in place, a core activity of level 1 that is not keeps nobody at level 1; a whole section of
// the criteria for progression does.
func TestCSISLevelOneGatesNothing(t *testing.T) {
	x, err := templates.Builtin("csis-cdm3")
	if err != nil {
		t.Fatal(err)
	}
	level := func(notInPlace string) int {
		answers := allInPlace(x, 0).Answers()
		for i := range answers {
			if a := &answers[i]; strings.HasPrefix(a.Ref, notInPlace) && x.Criterion(a.Ref).Scored() {
				a.Level.Value = models.At(0)
			}
		}
		return scoring.Score(x, x.Scoring, answers).Staged.Level
	}
	for _, c := range x.CriteriaOf("L1", "CA") {
		if got := level(c.Ref); got != 5 {
			t.Errorf("only %s is not in place: level %d, want 5", c.Ref, got)
		}
	}
	for prefix, want := range map[string]int{"L1-CA": 5, "L1-CP": 1, "L2-CP": 2, "L5-CP": 5, "L5-KC": 4} {
		if got := level(prefix); got != want {
			t.Errorf("only %s is not in place: level %d, want %d", prefix, got, want)
		}
	}
}

// Everything in place and every symptom still true is no longer passed over: each symptom is contradicted by something.
func TestCSISSymptomsContradict(t *testing.T) {
	x, err := templates.Builtin("csis-cdm3")
	if err != nil {
		t.Fatal(err)
	}
	count := func(ret *models.Return) (n int, refs map[string]bool) {
		refs = map[string]bool{}
		for _, f := range checks.Answers(x, ret) {
			if f.Code == models.AnswersContradict {
				n++
				refs[f.Ref] = true
			}
		}
		return n, refs
	}
	if n, _ := count(allInPlace(x, 0)); n != 0 {
		t.Errorf("%d contradictions where no symptom is true", n)
	}
	_, refs := count(allInPlace(x, 1))
	for i := range x.Criteria {
		if c := &x.Criteria[i]; c.Kind == models.KindSymptom && !refs[c.Ref] {
			t.Errorf("%s is still true beside everything in place, and nothing is said", c.Ref)
		}
	}
	if len(refs) != 20 {
		t.Errorf("%d symptoms are contradicted, want 20", len(refs))
	}
}

// A contradiction of uk-dmm is one between levels at the two ends of the scale, so that nobody is asked for a nuance.
func TestUKDMMContradictsOnlyAtTheEnds(t *testing.T) {
	x, err := templates.Builtin("uk-dmm")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range x.Contradictions {
		for a := 1; a <= 5; a++ {
			for b := 1; b <= 5; b++ {
				if c.If.Holds(models.At(a)) && c.And.Holds(models.At(b)) && (min(a, b) != 1 || max(a, b) < 4) {
					t.Errorf("%s at %d contradicts %s at %d", c.If.Ref, a, c.And.Ref, b)
				}
			}
		}
	}
	if len(x.Contradictions) < 10 {
		t.Errorf("%d contradictions", len(x.Contradictions))
	}
}
