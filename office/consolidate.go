package office

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// ConsolidateOptions say what is written beside the consolidated workbook, and what it is compared with.
type ConsolidateOptions struct {
	// Publish writes results/published.xlsx as well, for circulation: without recipients, answers and comments.
	Publish bool
	// Withhold are refs of criteria that the edition for circulation leaves out.
	Withhold []string
	Baseline Earlier
}

// ConsolidateResult is the scores of all, and the findings of the returns that they rest on.
type ConsolidateResult struct {
	Consolidation models.Consolidation
	Findings      []models.Finding
	Notes         []Note
}

// Consolidate writes results/consolidated.xlsx and results/data/. The folder is open to write.
func (o *Office) Consolidate(ctx context.Context, f *Folder, opts ConsolidateOptions) (out ConsolidateResult, err error) {
	if len(opts.Withhold) > 0 && !opts.Publish {
		return out, Bad(Option("withhold"), " goes with ", Option("publish"))
	}
	for _, ref := range opts.Withhold {
		if f.Template.Criterion(ref) == nil {
			return out, Bad(Option("withhold"), " ", ref, ": the template has no criterion with this ref").with(showTemplate(f))
		}
	}
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	if err := o.keepAttachments(ctx, f, in); err != nil {
		return out, err
	}
	out = ConsolidateResult{in.Consolidation(), in.Findings, in.Notes}
	since, notes, err := o.since(ctx, opts.Baseline, f, in)
	if out.Notes = append(out.Notes, notes...); err != nil {
		return out, err
	}
	results := o.results(f, in, since)
	input := consolidated.Input{Results: results}
	err = o.writeResult(f, in, consolidatedFile, func(w io.Writer) error { return consolidated.Write(w, input) })
	if err != nil {
		return out, err
	}
	if err := writeData(ctx, f, results); err != nil || !opts.Publish {
		return out, err
	}
	input.Publish, input.Withheld = true, opts.Withhold
	return out, o.writeResult(f, in, publishedFile, func(w io.Writer) error { return consolidated.Write(w, input) })
}

// writeData writes the data for other tools.
func writeData(ctx context.Context, f *Folder, results *models.Results) error {
	create := func(name string, write func(io.Writer) error) error { return f.WriteFile("results/data/"+name, write) }
	return dataset.Write(ctx, create, results)
}
