package scoring_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// ladderTemplate is a staged template in small: levels 1 to 3, themes A (what is done) and CP (gates the next
// level), one or two statements in each section, and a symptom at level 1.
//
//	L1: S1 (symptom)  A: a11      CP: p11       → counts for 2
//	L2:               A: a21 a22  CP: p21 p22   → counts for 3
//	L3:               A: a31      CP: p31       → gates nothing
func ladderTemplate() *models.Template {
	level := func(n int) *int { return &n }
	t := &models.Template{
		ID: "ladder", Scoring: models.Scoring{Method: methods.Staged},
		Levels: []models.Level{{Number: 1, Name: "One"}, {Number: 2, Name: "Two"}, {Number: 3, Name: "Three"}},
		Themes: []models.Theme{{ID: "A", Name: "Activities"}, {ID: "CP", Name: "Progression", GatesNextLevel: true}},
		Topics: []models.Topic{{ID: "L1", Level: level(1)}, {ID: "L2", Level: level(2)}, {ID: "L3", Level: level(3)}},
	}
	t.Criteria = append(t.Criteria, models.Criterion{Ref: "S1", Topic: "L1", Theme: "A", Kind: models.KindSymptom})
	for _, ref := range []string{"a11", "p11", "a21", "a22", "p21", "p22", "a31", "p31"} {
		theme := "A"
		if ref[0] == 'p' {
			theme = "CP"
		}
		t.Criteria = append(t.Criteria, models.Criterion{Ref: ref, Topic: "L" + ref[1:2], Theme: theme, Kind: models.KindStatement})
	}
	return t
}

// levelsTemplate is a template of levels 1 to 5 with two topics and two themes:
//
//	       x         y
//	T1     1.1 1.2   1.3
//	T2     2.1       –
func levelsTemplate(method methods.Name) *models.Template {
	t := &models.Template{
		ID: "levels", Scoring: models.Scoring{Method: method},
		Topics: []models.Topic{{ID: "T1"}, {ID: "T2"}},
		Themes: []models.Theme{{ID: "x"}, {ID: "y"}},
		Criteria: []models.Criterion{
			{Ref: "1.1", Topic: "T1", Theme: "x"}, {Ref: "1.2", Topic: "T1", Theme: "x"},
			{Ref: "1.3", Topic: "T1", Theme: "y"}, {Ref: "2.1", Topic: "T2", Theme: "x"},
		},
	}
	for n := 1; n <= 5; n++ {
		t.Levels = append(t.Levels, models.Level{Number: n, Name: "Level " + strconv.Itoa(n)})
	}
	return t
}

// answers reads "ref=choice" pairs: a number, a letter of NPLF, n/a, or nothing for blank.
func answers(t *testing.T, text string) []models.Answer {
	t.Helper()
	var out []models.Answer
	for _, field := range strings.Fields(text) {
		ref, value, ok := strings.Cut(field, "=")
		if !ok {
			t.Fatalf("no = in %q", field)
		}
		out = append(out, models.Answer{Ref: ref, Level: models.Sourced[models.Choice]{Value: choice(t, value)}})
	}
	return out
}

func choice(t *testing.T, value string) models.Choice {
	t.Helper()
	if n := strings.Index("NPLF", value); value != "" && n >= 0 {
		return models.At(n)
	}
	switch value {
	case "":
		return models.Blank()
	case "n/a":
		return models.NotApplicable()
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		t.Fatal(err)
	}
	return models.At(n)
}

// show writes a range as value[low,high] with three decimals.
func show(r models.Range) string {
	return fmt.Sprintf("%s[%s,%s]", r.Value.Format(3), r.Low.Format(3), r.High.Format(3))
}
