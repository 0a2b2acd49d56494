package office

import "github.com/rubric-project/rubric/models"

// results is what the round has come to, compared with an earlier one where there is one: what its workbook, its
// summaries and its data are made of.
func (o *Office) results(f *Folder, in *Intake, since Since) *models.Results {
	return models.NewResults(models.Results{
		Round: f.Config, Template: f.Template, TemplateSource: f.TemplateSource, Scoring: in.Scoring,
		Members: in.Members, Register: in.Register, Findings: in.Findings, Decisions: in.effective(), Consolidation: in.Consolidation(),
		Comparison: since.Comparison, Earlier: since.Title, Version: o.Version, Cards: in.cards,
	})
}
