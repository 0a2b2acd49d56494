package checks

import "github.com/rubric-project/rubric/models"

// Changes lists where two returns of one recipient differ; b is the later one. The changes are in the order of b's
// answers, followed by those that only a has.
func Changes(a, b models.Return) []models.Change {
	var out []models.Change
	compare := func(x, y models.Answer) {
		add := func(field, before, after string, o models.Origin) {
			if before != after {
				out = append(out, models.Change{Ref: y.Ref, Field: field, Before: before, After: after, Origin: at(o, &b)})
			}
		}
		add("level", x.Level.Value.String(), y.Level.Value.String(), y.Level.Origin)
		add("target", x.Target.Value.String(), y.Target.Value.String(), y.Target.Origin)
		add("evidence", x.Evidence.Value, y.Evidence.Value, y.Evidence.Origin)
		add("comment", x.Comment.Value, y.Comment.Value, y.Comment.Origin)
	}
	inB := map[string]bool{}
	before := map[string]*models.Answer{}
	earlier := a.Answers()
	for i := range earlier {
		before[earlier[i].Ref] = &earlier[i]
	}
	for _, y := range b.Answers() {
		inB[y.Ref] = true
		x := models.Answer{Ref: y.Ref}
		if p := before[y.Ref]; p != nil {
			x = *p
		}
		compare(x, y)
	}
	for _, x := range earlier {
		if !inB[x.Ref] {
			compare(x, models.Answer{Ref: x.Ref})
		}
	}
	return append(out, questionChanges(a, b)...)
}
