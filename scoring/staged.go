package scoring

import "github.com/rubric-project/rubric/models"

// staged finds the level attained by the achievement of each section.
type staged struct{}

func (staged) suits(sc *Scorer) error { return gatedLevels(sc) }

func (staged) score(s *sums) models.Range { return s.achievement.figures() }

func (staged) overall(sc *Scorer, w *whole, card *models.Scorecard) models.Range {
	return sc.attain(w, card, func(s *section, sum *sums) []gate {
		return []gate{{
			topic: s.topic, theme: s.theme, level: s.countsFor,
			applies: sum.tally.Answered+sum.tally.Blank > 0, achievement: sum.achievement,
		}}
	})
}
