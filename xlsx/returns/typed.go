package returns

import "github.com/rubric-project/rubric/models"

// ChoiceTyped is the choice that a person means who types a text as an answer to a criterion: read as a cell is, in every
// language that a workbook can have. It is false for what is none for certain, or is not offered.
func ChoiceTyped(opt ReadOptions, c *models.Criterion, text string) (models.Choice, bool) {
	lex := lexiconOf(opt.Template, opt.Languages)
	v := lex.choicesFor(c).text(text, nil)
	if v.choice.IsBlank() || v.choice.IsNotApplicable() && !opt.Template.Answers.NotApplicable {
		return models.Blank(), false
	}
	return v.choice, v.code == "" || v.code == models.AnswerNormalised
}
