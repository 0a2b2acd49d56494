package cmd

import (
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// printParts prints a line for each part of the recipients whose workbook is divided and who are not done: what is
// back, what is outstanding, and from whom.
func (app *App) printParts(shown []models.Entry) {
	var rows [][]any
	for _, e := range shown {
		byTopic := !slices.ContainsFunc(e.Parts, func(p models.PartLine) bool { return p.Respondent() != "" })
		if back, _ := e.PartsBack(); e.Status == models.Returned || back == 0 && byTopic && e.Status != models.Corrections {
			continue // nothing to say that the recipient's own line does not
		}
		for _, p := range e.Parts {
			answered := ""
			if p.File != "" {
				answered = fmt.Sprintf("%d/%d", p.Answered, p.Criteria)
			}
			name := p.Name
			if p.Role != "" {
				name += " (" + p.Role + ")"
			}
			rows = append(rows, []any{e.Recipient.ID, name, models.TopicList(p.Topics), string(p.Status), answered, p.File})
		}
	}
	if len(rows) > 0 {
		app.printf("\nParts of recipients who are not done:\n")
		app.tableIn(terminal, []int{0, 1, 2, 5}, []string{"id", "part", "topics", "status", "answered", "file"}, rows, 4)
	}
}
