package scoring

import "github.com/rubric-project/rubric/models"

// cumulative finds the level attained by each criterion alone.
type cumulative struct{}

func (cumulative) suits(sc *Scorer) error { return gatedLevels(sc) }

func (cumulative) score(s *sums) models.Range { return s.achievement.figures() }

func (cumulative) overall(sc *Scorer, w *whole, card *models.Scorecard) models.Range {
	return sc.attain(w, card, func(s *section, _ *sums) []gate {
		gates := make([]gate, 0, len(s.members))
		for _, at := range s.members {
			one := sc.add(&group{members: []int{at}}, w.choices)
			gates = append(gates, gate{
				topic: s.topic, theme: s.theme, ref: sc.items[at].ref, level: s.countsFor,
				applies: !w.choices[at].IsNotApplicable(), achievement: one.achievement,
			})
		}
		return gates
	})
}
