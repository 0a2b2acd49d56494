package scoring_test

import (
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// Further methods are computed beside the first, which stays as it is; one that does not suit is left out.
func TestFurtherMethods(t *testing.T) {
	tm := levelsTemplate(models.MethodMean)
	s := models.Scoring{Method: models.MethodMean, Mean: models.AllCriteria, Also: []models.Method{models.MethodWeakest, models.MethodStaged, models.MethodProfile}}
	card := scoring.Score(tm, s, answers(t, "1.1=2 1.2=5 1.3=4 2.1="))
	if len(card.Also) != 2 || card.Also[0].Scoring.Method != models.MethodWeakest || card.Also[1].Scoring.Method != models.MethodProfile {
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
	card = scoring.Score(staged, models.Scoring{Method: models.MethodStaged, Also: []models.Method{models.MethodCumulative, models.MethodMean}}, answers(t, "p11=F a11=F a21=L"))
	if len(card.Also) != 2 || card.Also[1].Scoring.Mean != models.AverageOfAverages || show(card.Also[1].Overall) == show(models.Range{}) {
		t.Errorf("%+v", card.Also)
	}
}
