package scoring_test

import (
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// Further methods are computed beside the first, which stays as it is; one that does not suit is left out.
func TestFurtherMethods(t *testing.T) {
	tm := levelsTemplate(methods.Mean)
	s := models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria, Also: []methods.Name{methods.Weakest, methods.Staged, methods.Profile}}
	card := scoring.Score(tm, s, answers(t, "1.1=2 1.2=5 1.3=4 2.1="))
	if len(card.Also) != 2 || card.Also[0].Scoring.Method != methods.Weakest || card.Also[1].Scoring.Method != methods.Profile {
		t.Fatalf("%+v", card.Also)
	}
	if got := show(card.Also[0].Overall); got != "2.000[1.000,2.000]" {
		t.Errorf("weakest %s", got)
	}
	if got := show(card.Also[0].Topics[0]); got != "2.000[2.000,2.000]" {
		t.Errorf("weakest of the first topic %s", got)
	}
	if card.Also[1].Overall.Value.Known() || show(card.Overall.Score) != "3.667[3.000,4.000]" {
		t.Errorf("profile %v, mean %s", card.Also[1].Overall, show(card.Overall.Score))
	}
	staged := ladderTemplate()
	card = scoring.Score(staged, models.Scoring{Method: methods.Staged, Also: []methods.Name{methods.Cumulative, methods.Mean}}, answers(t, "p11=F a11=F a21=L"))
	if len(card.Also) != 2 || card.Also[1].Scoring.Mean != methods.AverageOfAverages || show(card.Also[1].Overall) == show(models.Range{}) {
		t.Errorf("%+v", card.Also)
	}
}
