package checks

import "github.com/rubric-project/rubric/models"

// rowMissing finds a criterion whose row is not in the workbook.
func rowMissing(ret *models.Return, c *models.Criterion, known found) []models.Finding {
	if known.refs[c.Ref] {
		return nil
	}
	f := models.NewFinding(models.RowMissing, models.Origin{File: ret.File}, "The row of %s (%s) is not in the workbook.", c.Ref, c.Subject)
	return []models.Finding{f.About(c.Ref)}
}

// answerMissing finds a criterion without an answer. One whose answer is there but could not be read is not
// missing: the reader has said so.
func answerMissing(ret *models.Return, c *models.Criterion, a *models.Answer, known found) []models.Finding {
	if !a.Level.Value.IsBlank() || known.refs[c.Ref] {
		return nil
	}
	message := "There is no answer to %s (%s)."
	if !a.Target.Value.IsBlank() {
		message = "There is a target but no current level for %s (%s)."
	}
	return []models.Finding{models.NewFinding(models.AnswerMissing, at(a.Level.Origin, ret), message, c.Ref, c.Subject).About(c.Ref)}
}
