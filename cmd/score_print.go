package cmd

import (
	"encoding/csv"
	"fmt"
	"strconv"

	"github.com/rubric-project/rubric/models"
)

// printScores prints a line for each recipient: its overall score and each topic's.
func (app *App) printScores(t *models.Template, s models.Scoring, members []models.Member) {
	staged := s.Method == models.MethodStaged || s.Method == models.MethodCumulative
	headings := []string{"id", "name", "answered"}
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
		row := []any{m.Recipient.ID, m.Recipient.Name, fmt.Sprintf("%d/%d", o.Answered+o.NotApplicable, o.Criteria)}
		switch {
		case staged && m.Scorecard.Staged != nil:
			row = append(row, strconv.Itoa(m.Scorecard.Staged.Level))
		case s.Method != models.MethodProfile:
			row = append(row, o.Score.Value.Format(2))
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
	app.printf("Columns by topic: %s. 'rubric score ID' shows one in full.\n", scoreMeaning(s.Method))
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

// printScorecard prints one recipient's scores in full.
func (app *App) printScorecard(t *models.Template, m models.Member) {
	app.printf("%s  %s\n", m.Recipient.ID, plain(m.Recipient.Name))
	if m.Scorecard == nil {
		app.printf("No return counts yet.\n\n")
		return
	}
	card := m.Scorecard
	o := card.Overall
	app.printf("Method %s. %d of %d answered, %d not applicable, %d blank.\n", card.Scoring.Method, o.Answered, o.Criteria, o.NotApplicable, o.Blank)
	staged := card.Staged != nil
	switch {
	case staged:
		app.printStaged(t, card.Staged)
	case o.Score.Value.Known():
		app.printf("Overall %s (the blanks could make it %s to %s).\n", o.Score.Value.Format(2), o.Score.Low.Format(2), o.Score.High.Format(2))
	}
	var rows [][]any
	for _, g := range card.Topics {
		topic, _ := t.Topic(g.Topic)
		rows = append(rows, []any{g.Topic, topic.Name, g.Answered, g.Blank, g.NotApplicable, scoreText(g.Score.Value, staged),
			scoreText(g.Score.Low, staged) + " to " + scoreText(g.Score.High, staged), g.Median.Format(1)})
	}
	app.tableOf([]string{"topic", "name", "n", "blank", "n/a", "score", "with blanks", "median"}, rows, 2, 3, 4, 5, 6, 7)
	app.printf("\n")
}

func (app *App) printStaged(t *models.Template, s *models.Staged) {
	name := func(n int) string {
		l, _ := t.Level(n)
		return fmt.Sprintf("%d %s", n, l.Name)
	}
	app.printf("Level attained: %s", name(s.Level))
	if s.Low != s.High {
		app.printf(" (the blanks could make it %d to %d)", s.Low, s.High)
	}
	app.printf("\n")
	if !s.HasNext || len(s.Blockers) == 0 {
		return
	}
	app.printf("What keeps level %s away:\n", name(s.Next))
	for _, b := range s.Blockers {
		topic, _ := t.Topic(b.Topic)
		theme, _ := t.Theme(b.Theme)
		has := b.Has
		if has == "" {
			has = "no answer"
		}
		app.printf("  %s, %s: needs %s, has %s", topic.Name, theme.Name, b.Needs, has)
		if b.Ref != "" {
			app.printf(" (%s)", b.Ref)
		}
		if x, ok := b.Short.Get(); ok {
			app.printf(", short of it by %s percentage points", models.Some(100*x).Format(1))
		}
		app.printf("\n")
	}
}

// scoresCSV writes one line for each recipient and group of criteria. Ids are from the office's own list and
// the template, so no cell can be taken for a formula but by the office itself.
func (app *App) scoresCSV(members []models.Member) error {
	w := csv.NewWriter(app.Out)
	w.Write([]string{"recipient", "topic", "theme", "criteria", "answered", "not_applicable", "blank", "score", "low", "high", "median", "mean", "lowest", "rating"})
	num := func(f models.Figure) string {
		if x, ok := f.Get(); ok {
			return strconv.FormatFloat(x, 'g', -1, 64)
		}
		return ""
	}
	for _, m := range members {
		if m.Scorecard == nil {
			continue
		}
		groups := append([]models.GroupScore{m.Scorecard.Overall}, m.Scorecard.Topics...)
		groups = append(append(groups, m.Scorecard.Themes...), m.Scorecard.Cells...)
		for _, g := range groups {
			w.Write([]string{m.Recipient.ID, g.Topic, g.Theme, strconv.Itoa(g.Criteria), strconv.Itoa(g.Answered), strconv.Itoa(g.NotApplicable), strconv.Itoa(g.Blank),
				num(g.Score.Value), num(g.Score.Low), num(g.Score.High), num(g.Median), num(g.Mean), num(g.Lowest), g.Rating})
		}
	}
	w.Flush()
	return w.Error()
}
