package office

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
)

// ScoreOptions say whose scores are shown.
type ScoreOptions struct {
	// IDs are of recipients; none stand for all.
	IDs      []string
	Baseline Earlier
}

// ScoreResult is the scorecards of the chosen recipients.
type ScoreResult struct {
	// Members are the chosen recipients in the order of the list, with the return that counts and its scorecard.
	Members []models.Member
	Scoring models.Scoring
	// Since is how the scores of all moved.
	Since    Since
	Findings []models.Finding
	Notes    []Note
}

// Score scores the returns that count.
func (o *Office) Score(ctx context.Context, f *Folder, opts ScoreOptions) (out ScoreResult, err error) {
	chosen, err := f.Select(opts.IDs)
	if err != nil {
		return out, err
	}
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	out = ScoreResult{Scoring: in.Scoring, Findings: in.Findings, Notes: in.Notes}
	since, notes, err := o.since(ctx, opts.Baseline, f, in)
	if out.Notes = append(out.Notes, notes...); err != nil {
		return out, err
	}
	out.Since = since
	for _, i := range in.membersOf(chosen) {
		m := in.Members[i]
		m.Scorecard = in.Scorecard(i)
		out.Members = append(out.Members, m)
	}
	return out, nil
}

// WriteScores writes the table scores as it stands in results/data/, as CSV.
func WriteScores(w io.Writer, f *Folder, members []models.Member) error {
	in := models.NewResults(models.Results{Round: f.Config, Template: f.Template, Members: members})
	for _, t := range dataset.Tables(in) {
		if t.Name == "scores" {
			return dataset.WriteCSV(w, in, t)
		}
	}
	return nil
}
