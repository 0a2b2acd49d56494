package planned_test

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/planned"
)

// results is a round of three recipients, of which two sent a plan.
func results() *models.Results {
	at := func(day string) time.Time { t, _ := time.Parse(time.DateOnly, day); return t }
	cell := func(s string) plans.Cell { return plans.Cell{Value: s, Sheet: "Plan", Cell: "G5"} }
	t := &models.Template{ID: "example", Version: "1", Title: "Example", Language: "en-GB",
		Levels: []models.Level{{Number: 1, Name: "Low"}, {Number: 2, Name: "High"}}, Topics: []models.Topic{{ID: "1", Name: "One"}, {ID: "2", Name: "Two"}},
		Criteria: []models.Criterion{{Ref: "1.1", Topic: "1", Subject: "First"}, {Ref: "1.10", Topic: "1", Subject: "Tenth"}, {Ref: "2.1", Topic: "2", Subject: "Other"}}}
	plan := func(list ...plans.Action) *models.Return {
		return &models.Return{File: "plan.xlsx", Plan: &plans.Plan{Actions: list}}
	}
	entries := []models.Entry{
		{Recipient: models.Recipient{ID: "007", Name: "Seven"}, Return: &models.Return{}, Plan: "plan 007.xlsx", PlanReturn: plan(
			plans.Action{ID: "1", Ref: "1.1", Action: cell("Write a policy"), Owner: cell("Head"), On: at("2026-05-01"), Status: plans.InProgress},
			plans.Action{ID: "2", Ref: "1.10", Action: cell("Train *all* staff?"), Status: plans.Done},
			plans.Action{ID: "3", Ref: "2.1"})},
		{Recipient: models.Recipient{ID: "7", Name: "Other seven"}, Return: &models.Return{}, Plan: "plan 7.xlsx", PlanReturn: plan(
			plans.Action{ID: "1", Ref: "1.1", Action: cell("=HYPERLINK(\"x\")"), Status: plans.NoStatus},
			plans.Action{ID: "a1", Action: cell("Meet"), On: at("2026-05-02"), Status: plans.OnHold})},
		{Recipient: models.Recipient{ID: "8", Name: "Eight"}},
	}
	return models.NewResults(models.Results{Round: &models.Round{Title: "Data maturity 2026", Paper: "a4", Language: "en-GB"}, Template: t, Register: models.Register{Entries: entries}})
}

// The actions of two plans, as at a day in June.
func Example() {
	var out bytes.Buffer
	in := planned.Input{Results: results(), AsAt: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
	if err := planned.Write(&out, in); err != nil {
		fmt.Println(err)
		return
	}
	table, _ := xlsx.ReadTable(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "plans.xlsx", xlsx.Limits{})
	for _, row := range table {
		if len(row) > 2 && row[2].Text != "" {
			fmt.Println(row[0].Text, row[2].Text)
		}
	}
	// Output:
	// 2026-06-01
	// What Number
	// Returns that count 2
	// Plans that are back 2
	// Actions 4
	// Open 3
	// Overdue 2
	// Open without an owner 2
	// Open without a day 1
	// Status Actions
	// Not started 1
	// In progress 1
	// Done 1
	// On hold 1
	// Dropped 0
	// Topic Recipients
	// 1. One 2
	// About no criterion 1
	// Ref Recipients
	// 1.1 2
	// 1.10 1
	//  1
}
