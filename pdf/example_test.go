package pdf_test

import (
	"bytes"
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
)

// A summary for one recipient: the printer is made once for a round.
func Example() {
	template, err := templates.Builtin("uk-dmm")
	if err != nil {
		panic(err)
	}
	round := &models.Round{ID: "example", Title: "Data maturity 2026", Template: template.ID,
		Issued: day("2026-09-01"), Due: day("2026-10-30"), Paper: "a4", Language: "en-GB"}
	printer, err := pdf.NewPrinter(round, template)
	if err != nil {
		panic(err)
	}

	members := []models.Member{{
		Recipient: models.Recipient{ID: "007", Name: "Example School, Trường 学校"},
		Return:    new(models.Return{}.With([]models.Answer{{Ref: "1.1", Level: models.Sourced[models.Choice]{Value: models.At(3)}}})),
	}}
	s := round.ScoringFor(template)
	results := models.NewResults(models.Results{
		Round: round, Template: template, Members: members, Cards: scoring.Cards(s, members),
		Consolidation: scoring.Consolidate(template, s, nil, members),
	})
	var file bytes.Buffer
	findings, err := printer.Summary(&file, pdf.SummaryInput{Results: results, Member: 0})
	if err != nil {
		panic(err)
	}
	fmt.Println(file.String()[:8])
	for _, f := range findings {
		fmt.Println(f.Message)
	}
	// Output:
	// %PDF-1.7
	// The PDF cannot show every character of the name of recipient 007: ‘学’ (U+5B66), ‘校’ (U+6821). Its typeface does not have the script: Han (Chinese characters).
}
