package cmd

import (
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// changedScores is what 'score --baseline' writes as JSON.
type changedScores struct {
	Scorecards []*models.Scorecard `json:"scorecards"`
	// Since names the earlier round.
	Since      string             `json:"since"`
	Comparison *models.Comparison `json:"comparison"`
}

// printChanges shows how the members' scores moved, a line for each, and of a single one each topic.
func (app *App) printChanges(t *models.Template, since office.Since, members []models.Member) {
	app.printf("\nSince %s, over the criteria answered both times:\n", since.Title)
	var rows, topics [][]any
	for _, m := range members {
		c := since.Of(m.Recipient.ID)
		if c == nil {
			continue
		}
		n, up, down := 0, 0, 0
		for i, x := range c.Topics {
			n += x.Criteria
			if d, ok := x.Change.Get(); ok && d > 0 {
				up++
			} else if ok && d < 0 {
				down++
			}
			topics = append(topics, []any{t.Topics[i].ID, t.Topics[i].Name, x.Criteria, x.Earlier.Format(2), x.Later.Format(2), x.Change.Format(2)})
		}
		rows = append(rows, []any{m.Recipient.ID, m.Recipient.Name, n, c.Overall.Earlier.Format(2), c.Overall.Later.Format(2), c.Overall.Change.Format(2), up, down})
	}
	if len(rows) == 0 {
		app.printf("None of them returned both times.\n")
		return
	}
	app.tableOf([]string{"id", "name", "criteria", "then", "now", "change", "topics up", "topics down"}, rows, 2, 3, 4, 5, 6, 7)
	if len(rows) == 1 {
		app.tableOf([]string{"topic", "name", "criteria", "then", "now", "change"}, topics, 2, 3, 4, 5)
	}
	x := since.Comparison
	for _, list := range []struct {
		what string
		refs []string
	}{{"New", x.Added}, {"Retired", x.Dropped}, {"Changed, and not compared", x.Altered}} {
		if len(list.refs) > 0 {
			app.printf("%s: %s\n", list.what, strings.Join(list.refs, ", "))
		}
	}
}
