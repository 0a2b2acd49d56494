package desk

import (
	"strings"

	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/office/opened"
)

// planRowView is a row of an action plan that came back, as it stands in the file.
type planRowView struct {
	ID, Number, Cell, Ref, Cause, Action, Owner, Due, Said, Progress string
	St                                                               shaped
	// Same says that the status was read as it stands there; Read is the day that was read, where it is written otherwise.
	Same  bool
	Read  string
	Found bool
}

// planRowID names the row of a cell on the page: the cells of a row have one name.
func planRowID(cell string) string {
	return "plan-" + strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// fillPlan lists the rows of an action plan, and leads from its findings to them.
func (c *call) fillPlan(p *returnPage, x *opened.Return) {
	if x.Return.Plan == nil {
		return
	}
	p.IsPlan = true
	found := map[string]bool{}
	for _, f := range x.Line.Findings {
		if f.Origin.Cell != "" {
			found[planRowID(f.Origin.Cell)] = true
		}
	}
	words := c.view.Folder.Template.Words()
	there := map[string]bool{}
	for i := range x.Return.Plan.Actions {
		a := &x.Return.Plan.Actions[i]
		row := planRowView{ID: planRowID(a.Action.Cell), Number: strings.ToUpper(a.ID), Cell: a.Action.Cell, Ref: a.Ref, Cause: a.Cause.Value, Action: a.Action.Value, Owner: a.Owner.Value,
			Due: a.Due.Value, Said: a.Said.Value, Progress: a.Progress.Value, St: c.actionStatus(a.Status), Same: a.Said.Value == "" || a.Status != plans.NoStatus && strings.EqualFold(a.Said.Value, words.Get(a.Status.Key()))}
		if !a.On.IsZero() {
			row.Read = c.Date(a.On)
		}
		row.Found = found[row.ID]
		if a.Filled() || row.Found {
			p.PlanRows = append(p.PlanRows, row)
			there[row.ID] = true
		} else {
			p.PlanEmpty++
		}
		p.PlanSheet = a.Action.Sheet
	}
	for g := range p.Groups {
		for i := range p.Groups[g].List {
			line := &p.Groups[g].List[i]
			if cell, _, _ := strings.Cut(line.At, ","); line.To == "" && there[planRowID(cell)] && cell != "" {
				line.To = "#" + planRowID(cell)
			}
		}
	}
}
