package cmd

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
)

// printScores prints a line for each recipient: its overall score and each topic's.
func (app *App) printScores(t *models.Template, s models.Scoring, members []models.Member) {
	staged := s.Method == models.MethodStaged || s.Method == models.MethodCumulative
	headings := []string{"id", "name", "answered", "blank"}
	if s.Method != models.MethodProfile {
		headings = append(headings, map[bool]string{true: "level", false: "score"}[staged])
	}
	for _, topic := range t.Topics {
		headings = append(headings, topic.ID)
	}
	var rows [][]any
	for _, m := range members {
		if m.Scorecard == nil {
			continue
		}
		o := m.Scorecard.Overall
		row := []any{m.Recipient.ID, m.Recipient.Name, fmt.Sprintf("%d/%d", o.Answered+o.NotApplicable, o.Criteria), o.Blank}
		switch {
		case staged:
			row = append(row, withRange(o.Score, func(f models.Figure) string { return f.Format(0) }))
		case s.Method != models.MethodProfile:
			row = append(row, withRange(o.Score, func(f models.Figure) string { return f.Format(2) }))
		}
		for _, g := range m.Scorecard.Topics {
			row = append(row, scoreText(g.Score.Value, staged))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		app.printf("No return counts yet. 'rubric status' shows what came back.\n")
		return
	}
	right := make([]int, 0, len(headings)-2)
	for i := 2; i < len(headings); i++ {
		right = append(right, i)
	}
	app.tableOf(headings, rows, right...)
	app.printf("Columns by topic: %s.", scoreMeaning(s.Method))
	if s.Method != models.MethodProfile {
		app.printf(" In brackets: what the blanks could make of it.")
	}
	app.printf(" 'rubric score ID' shows one in full.\n")
}

// scoreText writes a score: achievements as per cent, levels with two decimals.
func scoreText(f models.Figure, share bool) string {
	if x, ok := f.Get(); ok && share {
		return models.Some(100*x).Format(0) + " %"
	}
	return f.Format(2)
}

func scoreMeaning(m models.Method) string {
	switch m {
	case models.MethodStaged, models.MethodCumulative:
		return "share achieved of what its statements ask"
	case models.MethodWeakest:
		return "the lowest level"
	case models.MethodProfile:
		return "mean level; this method gives no overall score"
	}
	return "mean level"
}

// withRange writes a score, and in brackets what the blanks could make of it where they could.
func withRange(r models.Range, write func(models.Figure) string) string {
	value, low, high := write(r.Value), write(r.Low), write(r.High)
	if low == high {
		return value
	}
	return fmt.Sprintf("%s (%s to %s)", value, low, high)
}
