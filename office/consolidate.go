package office

import (
	"context"
	"io"
	"slices"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring/disclosure"
	"github.com/rubric-project/rubric/scoring/story"
	"github.com/rubric-project/rubric/xlsx/consolidated"
	"github.com/rubric-project/rubric/xlsx/planned"
)

// ConsolidateOptions say what is written beside the consolidated workbook, and what it is compared with.
type ConsolidateOptions struct {
	// Publish writes results/published.xlsx as well, for circulation: without recipients, answers and comments.
	Publish bool
	// Withhold are refs of criteria that the edition for circulation leaves out.
	Withhold []string
	// Again takes what counts now for what the edition compares with, though too little has changed since the last one;
	// it is the office's reason, and goes into the journal. Whoever has both editions can work out single answers.
	Again    string
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
	if opts.Again != "" && !opts.Publish {
		return out, Bad(Option("again"), " goes with ", Option("publish"))
	}
	c, planned := o.compareWith(ctx, f, in, opts.Withhold, opts.Again != "")
	results := o.results(f, in, since)
	if planned == nil && c.plan.AsOf.IsZero() {
		results.Disclosure = c.plan
	}
	input := consolidated.Input{Results: results}
	if input.Story, err = tellOf(results, since.Due).round(f.Config.Language, story.Office, "", ""); err != nil {
		return out, err
	}
	if input.Story, notes, err = o.saying(input.Story, f, in, story.Office, false); err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, notes...)
	err = o.writeResult(f, in, consolidatedFile, func(w io.Writer) error { return consolidated.Write(w, input) })
	if err != nil {
		return out, err
	}
	notes, err = o.writePlans(f, in, results)
	if out.Notes = append(out.Notes, notes...); err != nil {
		return out, err
	}
	if err := writeData(ctx, f, results); err != nil || !opts.Publish {
		return out, err
	}
	if planned != nil {
		return out, planned
	}
	if since, _, err = o.since(ctx, opts.Baseline, f, c.in); err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, c.notes(opts.Again)...)
	input.Results, input.Publish = o.results(f, c.in, since), true
	input.Results.Disclosure = c.plan
	input.Results.Disclosure = disclosure.WithChanges(input.Results)
	if input.Story, err = tellOf(input.Results, since.Due).round(f.Config.Language, story.Outside, "", ""); err != nil {
		return out, err
	}
	if input.Story, notes, err = o.saying(input.Story, f, in, story.Outside, false); err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, notes...)
	if err := o.writeResult(f, c.in, publishedFile, func(w io.Writer) error { return consolidated.Write(w, input) }); err != nil {
		return out, err
	}
	return out, c.record(f, o.Time(), forEdition, opts.Again)
}

// writePlans writes the workbook of all action plans, where one is back; else none is left lying.
func (o *Office) writePlans(f *Folder, in *Intake, results *models.Results) ([]Note, error) {
	if !slices.ContainsFunc(in.Register.Entries, func(e models.Entry) bool { return e.PlanReturn != nil }) {
		known, err := f.Made()
		if err != nil {
			return nil, err
		}
		if touched, err := known.Clear(plansFile); err != nil || !touched {
			return nil, err
		}
		return noted(plansFile + " shows plans that do not count any more, and was saved since it was made; it is left as it is."), nil
	}
	input := planned.Input{Results: results, AsAt: o.Time()}
	return nil, o.writeResult(f, in, plansFile, func(w io.Writer) error { return planned.Write(w, input) })
}

// writeData writes the data for other tools.
func writeData(ctx context.Context, f *Folder, results *models.Results) error {
	create := func(name string, write func(io.Writer) error) error { return f.WriteFile("results/data/"+name, write) }
	return dataset.Write(ctx, create, results)
}
