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
	for i, m := range members {
		if m.Return == nil {
			continue
		}
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
		out[i] = b
	}
	return out
}

// criteria counts how the members at the given places answered each criterion, in template order, symptoms too.
func (sc *Scorer) criteria(ballots []ballot, members []int) []models.CriterionView {
	out := make([]models.CriterionView, len(sc.items))
	for at := range out {
		c := &sc.template.Criteria[at]
		out[at].Ref = c.Ref
		for _, step := range sc.template.Scale(c) {
			out[at].Distribution = append(out[at].Distribution, models.StepCount{Number: step.Number})
		}
	}
	for _, i := range members {
		for at, x := range ballots[i] {
			v := &out[at]
			if x.level == markNotAsked {
				continue
			}
			v.Tally.Criteria++
			switch x.level {
			case markBlank:
				v.Blank++
			case markNotApplicable:
				v.NotApplicable++
			default:
				v.Answered++
				v.Distribution[int(x.level)-sc.items[at].low].Count++
				if x.target >= 0 {
					v.WithTarget++
					if x.level >= x.target {
						v.AtTarget++
					}
				}
			}
		}
	}
	for at := range out {
		values := make([]float64, 0, out[at].Answered)
		for _, step := range out[at].Distribution {
			for range step.Count {
				values = append(values, float64(step.Number))
			}
		}
		out[at].Spread = SpreadOf(values)
	}
	return out
}
