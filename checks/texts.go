package checks

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// textsMissing finds answers that lack a comment or evidence which the template requires for them. A text
// that is there and could not be read is not missing.
func textsMissing(t *models.Template, ret *models.Return, a *models.Answer, known found) []models.Finding {
	var out []models.Finding
	need := func(r models.Requirement, text models.Sourced[string], code models.Code, message string) {
		if !r.For(a.Level.Value) || !empty(text.Value) || known.cells[text.Origin] {
			return
		}
		out = append(out, models.NewFinding(code, at(text.Origin, ret),
			message, shown(t, a.Ref, a.Level.Value), a.Ref).About(a.Ref))
	}
	need(t.Answers.CommentRequired, a.Comment, models.CommentMissing, "The answer %s to %s needs a comment, and there is none.")
	need(t.Answers.EvidenceRequired, a.Evidence, models.EvidenceMissing, "The answer %s to %s needs evidence, and there is none.")
	return out
}

// shown is a choice as the dropdown shows it, in quotation marks.
func shown(t *models.Template, ref string, c models.Choice) words.Said {
	if k := t.Criterion(ref); k != nil {
		if label := t.Scale(k).Label(c); label != "" {
			return words.Sayf("'%s'", label)
		}
	}
	return words.Sayf("'%s'", c)
}
