package scoring

import (
	"slices"

	"github.com/rubric-project/rubric/models"
)

// Sensitivity scores one return by each method that suits the template and gives an overall score: mean over
// topics and over all criteria, weakest, staged, cumulative. It is for showing side by side how much the
// choice of method matters, and how much what was not rated.
func Sensitivity(t *models.Template, answers []models.Answer) []models.Sensitivity {
	low, high := withoutNotApplicable(t, answers)
	var out []models.Sensitivity
	for _, s := range overallScorings() {
		if Suits(t, s) != nil {
			continue
		}
		sc := NewScorer(t, s)
		card, least, most := sc.Score(answers), sc.Score(low), sc.Score(high)
		one := models.Sensitivity{Scoring: s, Overall: sway(&card.Overall, &least.Overall, &most.Overall)}
		for i := range card.Topics {
			one.Topics = append(one.Topics, sway(&card.Topics[i], &least.Topics[i], &most.Topics[i]))
		}
		out = append(out, one)
	}
	return out
}

// overallScorings lists the ways to an overall score.
func overallScorings() []models.Scoring {
	var out []models.Scoring
	for _, m := range methods {
		switch {
		case !m.HasOverall():
		case m.ChoosesMean:
			out = append(out, models.Scoring{Method: m.Method, Mean: models.AverageOfAverages}, models.Scoring{Method: m.Method, Mean: models.AllCriteria})
		default:
			out = append(out, models.Scoring{Method: m.Method})
		}
	}
	return out
}

func sway(as, low, high *models.GroupScore) models.Sway {
	return models.Sway{
		Score:         as.Score,
		NotApplicable: models.Range{Value: as.Score.Value, Low: low.Score.Value, High: high.Score.Value},
	}
}

// withoutNotApplicable copies the answers with the lowest choice, and with the highest, for "not applicable".
func withoutNotApplicable(t *models.Template, answers []models.Answer) (low, high []models.Answer) {
	low, high = slices.Clone(answers), slices.Clone(answers)
	for i := range answers {
		c := t.Criterion(answers[i].Ref)
		if c == nil || !answers[i].Level.Value.IsNotApplicable() {
			continue
		}
		scale := t.Scale(c)
		low[i].Level.Value, high[i].Level.Value = models.At(scale.Lowest()), models.At(scale.Highest())
	}
	return low, high
}
