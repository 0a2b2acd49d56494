package scoring

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
)

// ballot is what one return chose for each criterion, small enough to keep for all returns: numbers from 0 to
// 10, or one of the two marks below. It is nil without a return.
type ballot []vote

type vote struct{ level, target int8 }

const (
	markBlank         = headlines.MovedBlank
	markNotApplicable = headlines.MovedNotApplicable
	markNotAsked      = -3
)

func mark(c models.Choice) int8 {
	if n, ok := c.Number(); ok {
		return int8(n)
	}
	if c.IsNotApplicable() {
		return markNotApplicable
	}
	return markBlank
}

// ballots lists what each member's return chose.
func (sc *Scorer) ballots(members []models.Member) []ballot {
	out := make([]ballot, len(members))
	for i := range members {
		if members[i].Return != nil {
			out[i] = sc.ballotOf(&members[i])
		}
	}
	return out
}

// ballotOf is what a member's return chose.
func (sc *Scorer) ballotOf(m *models.Member) ballot {
	b := make(ballot, len(sc.items))
	answers := m.Return.Answers()
	for at, choice := range sc.choices(answers) {
		b[at].level = mark(choice)
	}
	for at, target := range sc.layOut(answers, func(a *models.Answer) models.Choice { return a.Target.Value }) {
		b[at].target = mark(target)
	}
	for at := range b {
		if !sc.template.Criteria[at].Applies(m.Recipient.Groups) {
			b[at] = vote{markNotAsked, markNotAsked}
		}
	}
	return b
}

// criteria is how some members answered each criterion, in template order, symptoms too.
func (sc *Scorer) criteria(t *Tally) []models.CriterionView {
	out := make([]models.CriterionView, len(sc.items))
	for at := range out {
		c, v := &sc.template.Criteria[at], &out[at]
		v.Ref = c.Ref
		n := CriterionTally{}
		if len(t.Criteria) > 0 {
			n = t.Criteria[at]
		}
		v.Tally.Criteria, v.Blank, v.NotApplicable, v.WithTarget, v.AtTarget = n.Asked, n.Blank, n.NotApplicable, n.WithTarget, n.AtTarget
		counts := map[float64]int{}
		for k, step := range sc.template.Scale(c) {
			count := models.StepCount{Number: step.Number}
			if k < len(n.Levels) {
				count.Count = n.Levels[k]
			}
			v.Answered += count.Count
			v.Distribution = append(v.Distribution, count)
			counts[float64(step.Number)] = count.Count
		}
		v.Spread = spreadOfCounts(counts)
	}
	return out
}
