package dataset

import (
	"time"

	"github.com/rubric-project/rubric/models/plans"
)

func plansTable() Table {
	return Table{
		Name:    "plans",
		Meaning: "The actions of the action plans that count: what is done about what, by whom, by when, and how far it has come.",
		Key:     []string{"recipient", "row"},
		Columns: []Column{
			{Name: "recipient", Kind: Text, Meaning: "Whose plan it is.", References: "recipients"},
			{Name: "row", Kind: Text, Meaning: "The number of the row in the plan: C before it for an action carried over from an earlier plan, A for one that the recipient added."},
			{Name: "ref", Kind: Text, Meaning: "The criterion that it is about, if it is one.", References: "criteria"},
			{Name: "cause", Kind: Text, Long: true, Meaning: "The root cause."},
			{Name: "action", Kind: Text, Long: true, Meaning: "What is to be done."},
			{Name: "owner", Kind: Text, Meaning: "By whom."},
			{Name: "due", Kind: Text, Meaning: "By when, as year-month-day."},
			{Name: "status", Kind: Text, Meaning: "not started, in progress, done, on hold or dropped; one that was left blank is not started."},
			{Name: "progress", Kind: Text, Long: true, Meaning: "What is said of it since."},
			{Name: "file", Kind: Text, Meaning: "The plan, as path inside returns/."},
			{Name: "sheet", Kind: Text, Meaning: "The sheet with the action."},
			{Name: "cell", Kind: Text, Meaning: "The cell with the action."},
		},
		rows: func(in source, emit func([]any) error) error {
			entries := in.entries()
			for _, at := range in.order {
				e := entries[in.Members[at].Recipient.ID]
				if e == nil || e.PlanReturn == nil {
					continue
				}
				for k := range e.PlanReturn.Plan.Actions {
					a := &e.PlanReturn.Plan.Actions[k]
					if !a.Planned() {
						continue
					}
					if err := emit([]any{e.Recipient.ID, planRow(a.ID), text(a.Ref), text(a.Cause.Value), a.Action.Value, text(a.Owner.Value), day(a.On), string(statusOf(a)),
						text(a.Progress.Value), e.Plan, a.Action.Sheet, a.Action.Cell}); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}

// planRow is a row's number as the workbook shows it.
func planRow(id string) string {
	if plans.Added(id) || plans.Carried(id) {
		return string(id[0]-'a'+'A') + id[1:]
	}
	return id
}

func statusOf(a *plans.Action) plans.Status {
	if a.Status == plans.NoStatus {
		return plans.NotStarted
	}
	return a.Status
}

// day is a day as ISO 8601 has it, or nothing.
func day(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Format(time.DateOnly)
}
