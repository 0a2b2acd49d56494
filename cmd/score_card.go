package cmd

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// printScorecard prints one recipient's scores in full.
func (app *App) printScorecard(t *models.Template, m models.Member) {
	app.printf("%s  %s\n", plain(m.Recipient.ID), plain(m.Recipient.Name))
	if m.Scorecard == nil {
		app.printf("No return counts yet.\n\n")
		return
	}
	card := m.Scorecard
	o := card.Overall
	app.printf("Method %s. %d of %d answered, %d not applicable, %d blank.\n",
		strings.TrimSpace(string(card.Scoring.Method)+" "+card.Scoring.Mean), o.Answered, o.Criteria, o.NotApplicable, o.Blank)
	switch {
	case card.Staged != nil:
		app.printStaged(t, card)
	case o.Score.High.Known():
		app.printf("Overall %s.\n", withRange(o.Score, func(f models.Figure) string { return f.Format(2) }))
	}
	app.printFurther(card)
	app.printf("\n")
	app.printTopics(t, card)
	if card.Staged == nil {
		app.printCells(t, card)
	}
	app.printRisks(t, card)
	app.printQuestions(t, m.Return)
}

// printStaged prints the level attained, what keeps the next away, and how each section is rated.
func (app *App) printStaged(t *models.Template, card *models.Scorecard) {
	s := card.Staged
	level := func(n int) string {
		l, _ := t.Level(n)
		return strings.TrimSpace(fmt.Sprintf("%d %s", n, l.Name))
	}
	if !card.Overall.Score.Value.Known() {
		app.printf("Level attained: none, since nothing is answered.\n")
	} else {
		app.printf("Level attained: %s", level(s.Level))
		if s.Low != s.High {
			app.printf(" (the blanks could make it %d to %d)", s.Low, s.High)
		}
		app.printf("\n")
	}
	if s.HasNext && len(s.Blockers) > 0 {
		app.printf("\nWhat keeps level %s away\n", level(s.Next))
		var rows [][]any
		for _, b := range s.Blockers {
			where := sectionName(t, b.Topic, b.Theme)
			if b.Ref != "" {
				where = b.Ref + " " + where
			}
			has := "no answer"
			if b.Has != "" {
				has = fmt.Sprintf("%s  %s", b.Has, scoreText(b.Achievement, true))
			}
			short := "–"
			if x, ok := b.Short.Get(); ok {
				short = models.Some(100*x).Format(1) + " points"
			}
			rows = append(rows, []any{where, has, b.Needs, short})
		}
		app.tableOf([]string{"what", "has", "needs", "short by"}, rows, 1, 3)
	}
	app.printf("\nSections\n")
	var rows [][]any
	for i := range s.Sections {
		g := &s.Sections[i]
		counts := fmt.Sprintf("level %d", g.CountsFor)
		if !g.Gates {
			counts = "–"
		}
		rating := g.Rating
		if rating == "" {
			rating = "–"
		}
		rows = append(rows, []any{counts, sectionName(t, g.Topic, g.Theme), g.Answered, g.Blank, g.NotApplicable, bar(g.Score.Value),
			withRange(g.Score, percent), rating})
	}
	app.tableOf([]string{"counts for", "section", "n", "blank", "n/a", "", "achieved", "rated"}, rows, 2, 3, 4, 6)
}

func percent(f models.Figure) string { return scoreText(f, true) }

// sectionName is a section by its topic's id and its theme's name.
func sectionName(t *models.Template, topic, theme string) string {
	b, _ := t.Theme(theme)
	return strings.TrimSpace(topic + " " + b.Name)
}

// bar draws a share from 0 to 1, ten characters wide.
func bar(f models.Figure) string {
	x, ok := f.Get()
	if !ok {
		return ""
	}
	full := int(models.RoundTo(10*x, 0))
	return strings.Repeat("█", full) + strings.Repeat("░", 10-full)
}

// printTopics prints a line for each topic, with how many answers chose each step.
func (app *App) printTopics(t *models.Template, card *models.Scorecard) {
	staged := card.Staged != nil
	headings := []string{"topic", "name", "n", "blank", "n/a", "score", "median"}
	right := []int{2, 3, 4, 5, 6}
	steps := shareScale(t, card)
	for i, step := range steps {
		headings = append(headings, step)
		right = append(right, 7+i)
	}
	var rows [][]any
	for _, g := range card.Topics {
		topic, _ := t.Topic(g.Topic)
		row := []any{g.Topic, topic.Name, g.Answered, g.Blank, g.NotApplicable,
			withRange(g.Score, func(f models.Figure) string { return scoreText(f, staged) }), g.Median.Format(1)}
		for i := range steps {
			row = append(row, g.Distribution[i].Count)
		}
		rows = append(rows, row)
	}
	app.printf("Topics\n")
	app.tableOf(headings, rows, right...)
}

// shareScale lists the codes of the steps where all topics share one scale.
func shareScale(t *models.Template, card *models.Scorecard) []string {
	if card.Overall.Distribution == nil {
		return nil
	}
	scale := t.LevelScale()
	for i := range t.Criteria {
		if t.Criteria[i].Scored() {
			scale = t.Scale(&t.Criteria[i])
			break
		}
	}
	var out []string
	for _, step := range scale {
		out = append(out, step.Code)
	}
	return out
}

// printCells prints topic × theme: the score, and in brackets the answers it rests on.
func (app *App) printCells(t *models.Template, card *models.Scorecard) {
	if len(t.Themes) == 0 {
		return
	}
	headings := []string{"topic"}
	var right []int
	for i, theme := range t.Themes {
		headings = append(headings, theme.Name)
		right = append(right, i+1)
	}
	var rows [][]any
	for i, topic := range t.Topics {
		row := []any{topic.ID}
		for j := range t.Themes {
			g := &card.Cells[i*len(t.Themes)+j]
			switch {
			case g.Criteria == 0:
				row = append(row, "·")
			default:
				row = append(row, fmt.Sprintf("%s (%d)", g.Score.Value.Format(2), g.Answered))
			}
		}
		rows = append(rows, row)
	}
	app.printf("\nTopics by theme: score (answers it rests on); · where there is no criterion\n")
	app.tableOf(headings, rows, right...)
}

// printRisks lists the symptoms that are still true.
func (app *App) printRisks(t *models.Template, card *models.Scorecard) {
	if len(card.Risks)+len(card.SymptomsBlank) > 0 {
		app.printf("\nStill true, and a risk: %d; not answered: %d\n", len(card.Risks), len(card.SymptomsBlank))
	}
	for _, ref := range card.Risks {
		if c := t.Criterion(ref); c != nil {
			app.printf("  %s  %s\n", ref, c.Subject)
		}
	}
	app.printf("\n")
}

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
