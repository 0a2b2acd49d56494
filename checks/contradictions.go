package checks

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
)

// contradictions finds pairs of answers that the template says cannot both be right, one finding for each pair, at the
// first of the two cells. What is blank or not asked contradicts nothing.
func contradictions(t *models.Template, ret *models.Return) []models.Finding {
	var out []models.Finding
	for _, x := range t.Contradictions {
		a, b := ret.Answer(x.If.Ref), ret.Answer(x.And.Ref)
		if a == nil || b == nil || !x.If.Holds(a.Level.Value) || !x.And.Holds(b.Level.Value) || t.Criterion(x.If.Ref) == nil || t.Criterion(x.And.Ref) == nil {
			continue
		}
		out = append(out, models.NewFinding(models.AnswersContradict, at(a.Level.Origin, ret),
			fmt.Sprintf("The answer %s to %s contradicts the answer %s to %s in %s.", shown(t, a.Ref, a.Level.Value), named(t, a.Ref),
				shown(t, b.Ref, b.Level.Value), named(t, b.Ref), place(b.Level.Origin))).About(a.Ref))
	}
	return out
}

// named is a criterion by ref and subject.
func named(t *models.Template, ref string) string {
	return fmt.Sprintf("%s (%s)", ref, t.Criterion(ref).Subject)
}

// place names the cell of an answer in the same file.
func place(o models.Origin) string {
	if o.Cell == "" {
		return "the same workbook"
	}
	return fmt.Sprintf("cell %s of the sheet %s", o.Cell, o.Sheet)
}
