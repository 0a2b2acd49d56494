package checks

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// unfilled finds a return in which no level was chosen. Where answers are there but could not be read, the
// reader's findings say so and this one would be untrue.
func unfilled(ret *models.Return, known found) []models.Finding {
	if known.unreadable {
		return nil
	}
	message := words.Sayf("The workbook came back without any answer.")
	texts := 0
	answers := ret.Answers()
	for i := range answers {
		a := &answers[i]
		if !empty(a.Comment.Value) || !empty(a.Evidence.Value) || !a.Target.Value.IsBlank() {
			texts++
		}
	}
	if texts > 0 {
		message = words.Sayf("No level was chosen in the workbook, though %s a target, evidence or a comment.", words.Counted(texts, "row has", "rows have"))
	}
	return []models.Finding{models.SaidFinding(models.Unfilled, models.Origin{File: ret.File}, message)}
}
