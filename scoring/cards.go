package scoring

import "github.com/rubric-project/rubric/models"

// Cards makes scorecards member by member, when they are asked for, so that those of a large round need not lie in
// memory; see models.Results. The function that it returns prepares scoring by a template, and what that returns scores
// a member, with Recipient and Also filled in; nil for a member without a return.
func Cards(s models.Scoring, members []models.Member) func(*models.Template) func(member int) *models.Scorecard {
	return func(t *models.Template) func(int) *models.Scorecard {
		sc := NewScorer(t, s)
		return func(member int) *models.Scorecard {
			m := &members[member]
			if m.Return == nil {
				return nil
			}
			card := sc.Card(m.Recipient, m.Return.Answers())
			return &card
		}
	}
}
