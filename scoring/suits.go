package scoring

import (
	"errors"
	"fmt"

	"github.com/rubric-project/rubric/models"
)

// Suits says why the template cannot be scored by s, in words for the person who chose it, or returns nil.
// profile always suits.
func Suits(t *models.Template, s models.Scoring) error {
	sc := NewScorer(t, s)
	switch s.Method {
	case models.MethodProfile:
		return nil
	case models.MethodMean, models.MethodWeakest:
		if sc.overall.scale == nil {
			return fmt.Errorf("the method %s needs criteria that share one scale, and this template has some with levels and some with statements", s.Method)
		}
		return nil
	case models.MethodStaged, models.MethodCumulative:
		for i := range sc.sections {
			if sc.sections[i].gates {
				return nil
			}
		}
		return fmt.Errorf("the method %s needs topics that say which level they are for, and no topic of this template does", s.Method)
	}
	return errors.New("the scoring method is not one of profile, mean, weakest, staged, cumulative")
}
