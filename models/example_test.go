package models_test

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// A template, an answer to its criterion as the dropdown shows it, and what its scoring method gives.
func Example() {
	template := &models.Template{
		Scoring:  models.Scoring{Method: methods.Weakest},
		Levels:   []models.Level{{Number: 1, Name: "Beginning"}, {Number: 2, Name: "Developing"}, {Number: 3, Name: "Leading"}},
		Topics:   []models.Topic{{ID: "1", Name: "Skills"}},
		Criteria: []models.Criterion{{Ref: "1.1", Topic: "1", Subject: "Training"}},
	}
	c := template.Criterion("1.1")
	for _, choice := range []models.Choice{models.At(2), models.NotApplicable(), models.Blank()} {
		fmt.Printf("%s: %q\n", c.Subject, template.Label(c, choice))
	}
	method := template.Scoring.Info()
	fmt.Println("an overall score:", method.HasOverall(), "– a level attained:", method.AttainsLevels())
	// Output:
	// Training: "2 – Developing"
	// Training: "Not applicable"
	// Training: ""
	// an overall score: true – a level attained: false
}

// Results are made once and asked member by member.
func ExampleNewResults() {
	var returned models.Return
	returned.SetAnswers([]models.Answer{{Ref: "1.1"}})
	results := models.NewResults(models.Results{
		Round:    &models.Round{Title: "Data maturity 2026"},
		Template: &models.Template{},
		Members: []models.Member{
			{Recipient: models.Recipient{ID: "001"}, Return: &returned},
			{Recipient: models.Recipient{ID: "002"}},
		},
		Comparison: &models.Comparison{Recipients: []models.RecipientChange{{Recipient: "001"}}},
		Earlier:    "Data maturity 2025",
	})
	for i, m := range results.Members {
		answers, err := results.Answers(i)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(m.Recipient.ID, len(answers), "answers, compared with", results.Earlier+":", results.Change(m.Recipient.ID) != nil)
	}
	// Output:
	// 001 1 answers, compared with Data maturity 2025: true
	// 002 0 answers, compared with Data maturity 2025: false
}
