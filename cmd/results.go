package cmd

import "github.com/rubric-project/rubric/models"

// results is what the round has come to, for all that is written of it.
func (in *intake) results(f *folder, earlier baseline) *models.Results {
	return models.NewResults(models.Results{
		Round: f.Config, Template: f.Template, TemplateSource: f.TemplateSource, Scoring: in.Scoring, Members: in.Members,
		Register: in.Register, Findings: in.Findings, Consolidation: in.Consolidation,
		Comparison: earlier.Comparison, Earlier: earlier.Title, Version: Version, Cards: in.cards,
	})
}
