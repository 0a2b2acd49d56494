package models_test

import (
	"errors"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// threeMembers are results of three recipients, of whom the second has not returned. Scorecards say whose they are and
// how many criteria the template has that made them.
func threeMembers() models.Results {
	r := models.Results{
		Round: &models.Round{Scoring: &models.Scoring{Method: methods.Mean}}, Template: &models.Template{Criteria: make([]models.Criterion, 3)},
		Members: []models.Member{
			{Recipient: models.Recipient{ID: "a", Groups: map[string]string{"Region": "North"}}, Return: &models.Return{}},
			{Recipient: models.Recipient{ID: "b"}},
			{Recipient: models.Recipient{ID: "c"}, Return: &models.Return{}},
		},
		Consolidation: models.Consolidation{Groups: []models.GroupView{{Column: "Region", Value: "North"}, {Column: "Region", Value: "South"}}},
		Comparison:    &models.Comparison{Recipients: []models.RecipientChange{{Recipient: "a"}, {Recipient: "c"}}},
	}
	r.Disclosure = &models.Disclosure{Consolidation: r.Consolidation}
	members := r.Members
	r.Cards = func(t *models.Template) func(int) *models.Scorecard {
		return func(i int) *models.Scorecard {
			return &models.Scorecard{Recipient: members[i].Recipient.ID, Overall: models.GroupScore{Tally: models.Tally{Criteria: len(t.Criteria)}}}
		}
	}
	r.ReadAnswers = func(i int) ([]models.Answer, error) {
		if i == 2 {
			return nil, errors.New("gone")
		}
		return []models.Answer{{Ref: members[i].Recipient.ID}}, nil
	}
	return r
}

func TestResultsMemberByMember(t *testing.T) {
	for name, r := range map[string]*models.Results{"as made": models.NewResults(threeMembers()), "of a literal": func() *models.Results { x := threeMembers(); return &x }()} {
		if card := r.Scorecard(0); card == nil || card.Recipient != "a" || card.Overall.Criteria != 3 {
			t.Errorf("%s: the scorecard of a is %+v", name, card)
		}
		if r.Scorecard(1) != nil {
			t.Errorf("%s: b has not returned and has a scorecard", name)
		}
		if ret, err := r.Return(0); err != nil || len(ret.Answers()) != 1 || ret.Answers()[0].Ref != "a" {
			t.Errorf("%s: the return of a: %v %v", name, ret, err)
		}
		if ret, err := r.Return(1); err != nil || ret != nil {
			t.Errorf("%s: the return of b: %v %v", name, ret, err)
		}
		if _, err := r.Return(2); err == nil {
			t.Errorf("%s: answers that cannot be read are no error", name)
		}
		if c := r.Change("c"); c == nil || c.Recipient != "c" || r.Change("b") != nil {
			t.Errorf("%s: changes of c %v, of b %v", name, c, r.Change("b"))
		}
		if g := r.GroupsOf(r.Members[0].Recipient); len(g) != 1 || g[0].Value != "North" {
			t.Errorf("%s: groups of a: %v", name, g)
		}
	}
	if s := models.NewResults(threeMembers()).Scoring; s.Method != methods.Mean {
		t.Errorf("the scoring in force is %v, the round's is mean", s)
	}
}

// By fewer criteria the scorecards are made anew, also those that were there; by as many they stay.
func TestResultsBy(t *testing.T) {
	in := threeMembers()
	in.Members[0].Scorecard = &models.Scorecard{Recipient: "made before"}
	r := models.NewResults(in)
	if card := r.By(&models.Template{Criteria: make([]models.Criterion, 2)}).Scorecard(0); card.Recipient != "a" || card.Overall.Criteria != 2 {
		t.Errorf("by two criteria: %+v", card)
	}
	if card := r.By(&models.Template{Criteria: make([]models.Criterion, 3)}).Scorecard(0); card.Recipient != "made before" {
		t.Errorf("by a translation: %+v", card)
	}
	if r.Members[0].Scorecard == nil {
		t.Error("the results themselves changed")
	}
}
