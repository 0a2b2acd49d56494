package cmd

import "github.com/rubric-project/rubric/models"

// printFurther prints the overall scores by further methods.
func (app *App) printFurther(card *models.Scorecard) {
	for _, x := range card.Also {
		if x.Overall.High.Known() {
			app.printf("By %s: %s.\n", x.Scoring.Method, withRange(x.Overall, func(f models.Figure) string { return f.Format(2) }))
		}
	}
}

// printQuestions prints the answers to the questions on the sheet Start.
func (app *App) printQuestions(t *models.Template, ret *models.Return) {
	if ret == nil || len(t.Questions) == 0 {
		return
	}
	app.printf("\nQuestions\n")
	for _, q := range t.Questions {
		answer := "–"
		if a := ret.Question(q.ID); a != nil && a.Answer.Value != "" {
			answer = plain(a.Answer.Value)
		}
		app.printf("  %s  %s\n", plain(q.Text), answer)
	}
}
