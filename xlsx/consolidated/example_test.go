package consolidated_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// The returns that count become the consolidated workbook. Package checks makes the register and its findings.
func Example() {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		fmt.Println(err)
		return
	}
	due, _ := models.ParseDate("2027-01-29")
	rd := &models.Round{ID: "example-2026", Title: "Data maturity 2026", Template: t.ID, Due: due, Groups: []string{"Region"}, Language: "en-GB"}
	var members []models.Member
	for i, region := range []string{"North", "North", "South"} {
		m := models.Member{Recipient: models.Recipient{
			ID: fmt.Sprintf("%03d", i+1), Name: fmt.Sprintf("Example Unified School District %02d", i+1), Groups: map[string]string{"Region": region},
		}}
		if i < 2 { // the third has not returned
			a := models.Answer{Ref: "1.1"}
			a.Level.Value = models.At(3 + i)
			m.Return = new(models.Return{File: "returns/" + m.Recipient.ID + ".xlsx"}.With([]models.Answer{a}))
		}
		members = append(members, m)
	}
	s := rd.ScoringFor(t)
	var workbook bytes.Buffer
	results := models.NewResults(models.Results{
		Round: rd, Template: t, Scoring: s, Members: members, Cards: scoring.Cards(s, members),
		Consolidation: scoring.Consolidate(t, s, rd.Groups, members),
	})
	err = consolidated.Write(&workbook, consolidated.Input{Results: results})
	if err != nil {
		fmt.Println(err)
		return
	}
	overview, _ := xlsx.ReadTable(context.Background(), bytes.NewReader(workbook.Bytes()), int64(workbook.Len()), "consolidated.xlsx", xlsx.Limits{})
	fmt.Println(overview[0][1].Text)
	fmt.Println(overview[2][1].Text)
	// Output:
	// Data maturity 2026
	// 2 of 3 recipients have returned their assessment.
}
