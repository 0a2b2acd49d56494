package cmd

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// printScores prints a line for each recipient: its overall score and each topic's.
func (app *App) printScores(t *models.Template, s models.Scoring, members []models.Member) {
	info := s.Info()
	share := info.Score.Share()
	headings := []string{"id", "name", "answered", "blank"}
	if info.HasOverall() {
		headings = append(headings, map[bool]string{true: "level", false: "score"}[info.AttainsLevels()])
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
		case info.AttainsLevels():
			row = append(row, withRange(o.Score, func(f models.Figure) string { return f.Format(0) }))
		case info.HasOverall():
			row = append(row, withRange(o.Score, func(f models.Figure) string { return f.Format(2) }))
		}
		for _, g := range m.Scorecard.Topics {
			row = append(row, scoreText(g.Score.Value, share))
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
	app.printf("Columns by topic: %s.", scoreMeaning(info))
	if info.HasOverall() {
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

// scoreMeaning says what the score of a topic is.
func scoreMeaning(m methods.Info) string {
	text := "mean level"
	switch m.Score {
	case methods.Achievement:
		text = "share achieved of what its statements ask"
	case methods.LowestLevel:
		text = "the lowest level"
	}
	if !m.HasOverall() {
		text += "; this method gives no overall score"
	}
	return text
}

// withRange writes a score, and in brackets what the blanks could make of it where they could.
func withRange(r models.Range, write func(models.Figure) string) string {
	value, low, high := write(r.Value), write(r.Low), write(r.High)
	if low == high {
		return value
	}
	return fmt.Sprintf("%s (%s to %s)", value, low, high)
}
