package checks

import "github.com/rubric-project/rubric/models"

// targetBelow finds a target that lies below the current level. For a symptom the lower number is the better
// one, so that a target below is what everyone wants.
func targetBelow(t *models.Template, c *models.Criterion, a *models.Answer) []models.Finding {
	current, ok := a.Level.Value.Number()
	target, aimed := a.Target.Value.Number()
	if !ok || !aimed || target >= current || c.Kind == models.KindSymptom {
		return nil
	}
	return []models.Finding{models.NewFinding(models.TargetBelowCurrent, a.Target.Origin,
		"The target %s for %s is below the current level %s.", shown(t, a.Ref, a.Target.Value), a.Ref, shown(t, a.Ref, a.Level.Value)).About(a.Ref)}
}
