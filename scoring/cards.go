package scoring

import "github.com/rubric-project/rubric/models"

// Cards makes scorecards on demand, so that those of a large round need not be in memory all at once. It is what
// models.Results takes as Cards: a function that prepares scoring by a template and returns one that scores a member.
// A member without a return has no scorecard (nil). The others have Recipient and Also filled in.
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
