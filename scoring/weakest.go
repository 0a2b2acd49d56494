package scoring

import "github.com/rubric-project/rubric/models"

// weakest gives the lowest number answered.
type weakest struct{}

func (weakest) suits(sc *Scorer) error { return oneScale(sc) }

func (weakest) score(s *sums) models.Range { return s.lowest }

func (m weakest) overall(_ *Scorer, w *whole, _ *models.Scorecard) models.Range {
	return m.score(&w.all)
}
