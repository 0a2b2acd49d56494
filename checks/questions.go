package checks

import (
	"github.com/rubric-project/rubric/models"
)

// questionsMissing finds questions that must be answered and are not. One whose answer is there but could not be
// read, or that is not in the workbook, is not missing: the reader has said so.
func questionsMissing(t *models.Template, ret *models.Return, known found) []models.Finding {
	var out []models.Finding
	for i := range t.Questions {
		q := &t.Questions[i]
		a := ret.Question(q.ID)
		if !q.Required || a == nil || !empty(a.Answer.Value) || known.cells[a.Answer.Origin] {
			continue
		}
		out = append(out, models.NewFinding(models.QuestionMissing, at(a.Answer.Origin, ret), "There is no answer to the question '%s'.", q.Text))
	}
	return out
}

// questionChanges lists what b answers otherwise than a to the questions on the sheet Start, in the order of b.
func questionChanges(a, b models.Return) []models.Change {
	var out []models.Change
	for i := range b.Questions {
		y := &b.Questions[i]
		before := ""
		if x := a.Question(y.ID); x != nil {
			before = x.Answer.Value
		}
		if before != y.Answer.Value {
			out = append(out, models.Change{Ref: y.ID, Field: "question", Before: before, After: y.Answer.Value, Origin: at(y.Answer.Origin, &b)})
		}
	}
	return out
}
