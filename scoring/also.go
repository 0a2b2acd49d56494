package scoring

import "github.com/rubric-project/rubric/models"

// also scores the answers by the further methods of s that suit the template.
func also(t *models.Template, s models.Scoring, answers []models.Answer) []models.MethodScore {
	var out []models.MethodScore
	for _, m := range s.Also {
		further := models.Scoring{Method: m}
		if info, _ := find(m); info.ChoosesMean {
			further.Mean = s.Mean
		}
		if m == s.Method || Suits(t, further) != nil {
			continue
		}
		sc := NewScorer(t, further)
		card := sc.Score(answers)
		one := models.MethodScore{Scoring: sc.scoring, Overall: card.Overall.Score}
		for i := range card.Topics {
			one.Topics = append(one.Topics, card.Topics[i].Score)
		}
		out = append(out, one)
	}
	return out
}
