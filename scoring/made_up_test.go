package scoring

import (
	"slices"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// strictest is a method that no template has: a level is attained when every criterion of it and below is fully in
// place. It is what a new method takes: this type, its line in the table, and its line in the list.
type strictest struct{ cumulative }

// fewest is another: the score is how many criteria have an answer.
type fewest struct{}

func (fewest) suits(*Scorer) error { return nil }

func (fewest) score(s *sums) models.Range {
	n := models.Some(float64(s.tally.Answered))
	return models.Range{Value: n, Low: n, High: models.Some(float64(s.tally.Answered + s.tally.Blank))}
}

func (m fewest) overall(_ *Scorer, w *whole, _ *models.Scorecard) models.Range {
	return m.score(&w.all)
}

// A new method is scored, consolidated and refused like the others, without a line elsewhere.
func TestMadeUpMethods(t *testing.T) {
	before := implemented
	defer func() { implemented = before }()
	implemented = append(slices.Clone(implemented),
		known{methods.Info{Method: "strictest", Score: methods.Achievement, Overall: methods.LevelAttained, Gate: methods.CriterionGate, Needs: "F", NeedsBelow: "F"}, strictest{}},
		known{methods.Info{Method: "fewest", Score: methods.LowestLevel, Overall: methods.LowestLevel}, fewest{}})

	level := 2
	tm := &models.Template{
		Levels: []models.Level{{Number: 1, Name: "One"}, {Number: 2, Name: "Two"}},
		Topics: []models.Topic{{ID: "A", Name: "A", Level: &level}},
		Criteria: []models.Criterion{
			{Ref: "a", Topic: "A", Kind: models.KindStatement}, {Ref: "b", Topic: "A", Kind: models.KindStatement},
		},
	}
	rated := func(a, b int) []models.Answer {
		return []models.Answer{{Ref: "a", Level: models.Sourced[models.Choice]{Value: models.At(a)}}, {Ref: "b", Level: models.Sourced[models.Choice]{Value: models.At(b)}}}
	}
	for _, tt := range []struct {
		method   methods.Name
		a, b     int
		attained int
		needs    string
	}{
		{methods.Cumulative, 2, 3, 2, ""}, {"strictest", 2, 3, 1, "F"}, {"strictest", 3, 3, 2, ""},
	} {
		card := Score(tm, models.Scoring{Method: tt.method}, rated(tt.a, tt.b))
		if card.Staged == nil || card.Staged.Level != tt.attained {
			t.Fatalf("%s of %d and %d attains %+v, want level %d", tt.method, tt.a, tt.b, card.Staged, tt.attained)
		}
		if tt.needs != "" && (len(card.Staged.Blockers) != 1 || card.Staged.Blockers[0].Needs != tt.needs) {
			t.Errorf("%s: what keeps the next level away is %+v", tt.method, card.Staged.Blockers)
		}
	}
	members := []models.Member{{Recipient: models.Recipient{ID: "1"}, Return: new(models.Return{}.With(rated(2, 3)))}, {Recipient: models.Recipient{ID: "2"}, Return: new(models.Return{}.With(rated(3, 3)))}}
	c := Consolidate(tm, models.Scoring{Method: "strictest"}, nil, members)
	if want := []models.StepCount{{Number: 1, Count: 1}, {Number: 2, Count: 1}}; !slices.Equal(c.All.Attained, want) {
		t.Errorf("attained %v, want %v", c.All.Attained, want)
	}
	card := Score(tm, models.Scoring{Method: methods.Mean, Also: []methods.Name{"fewest"}}, rated(2, 3)[:1])
	if len(card.Also) != 1 || card.Also[0].Overall.Value.Or(0) != 1 || card.Also[0].Overall.High.Or(0) != 2 {
		t.Errorf("fewest beside mean: %+v", card.Also)
	}
	tm.Topics[0].Level = nil
	if Suits(tm, models.Scoring{Method: "strictest"}) == nil || Suits(tm, models.Scoring{Method: "fewest"}) != nil || Suits(tm, models.Scoring{Method: "nameless"}) == nil {
		t.Error("what suits is decided elsewhere")
	}
}

// Every line of the table of methods is computed here, and nothing else is.
func TestListOfMethods(t *testing.T) {
	var here []methods.Info
	for _, m := range implemented {
		here = append(here, m.Info)
	}
	if !slices.Equal(here, methods.All()) {
		t.Errorf("scoring has %v, models has %v", here, methods.All())
	}
}
