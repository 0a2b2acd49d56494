package scoring

import "github.com/rubric-project/rubric/models"

// profile gives no overall score; the score of a topic, theme or cell is its mean.
type profile struct{}

func (profile) suits(*Scorer) error { return nil }

func (profile) score(s *sums) models.Range { return s.mean.figures() }

func (profile) overall(*Scorer, *whole, *models.Scorecard) models.Range { return models.Range{} }
