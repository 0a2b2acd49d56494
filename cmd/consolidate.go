package cmd

import (
	"context"
	"io"

	"github.com/rubric-project/rubric/xlsx/consolidated"
	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/dataset"
)

type consolidateOptions struct {
	Publish  bool
	Withhold []string
	Baseline baselineOptions
}

func newConsolidateCmd(app *App) *cobra.Command {
	var opts consolidateOptions
	c := &cobra.Command{
		Use:   "consolidate",
		Short: "Write results/consolidated.xlsx and results/data/",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runConsolidate(cmd.Context(), app, opts)
		},
	}
	c.Flags().BoolVar(&opts.Publish, "publish", false, "write results/published.xlsx as well: for circulation, without recipients, answers and comments")
	c.Flags().StringSliceVar(&opts.Withhold, "withhold", nil, "with --publish: criteria to leave out, by ref, separated by commas")
	opts.Baseline.flags(c)
	return c
}

func runConsolidate(ctx context.Context, app *App, opts consolidateOptions) error {
	f, unlock, err := app.openLocked("consolidate")
	if err != nil {
		return err
	}
	defer unlock()
	if len(opts.Withhold) > 0 && !opts.Publish {
		return usagef("--withhold goes with --publish")
	}
	for _, ref := range opts.Withhold {
		if f.Template.Criterion(ref) == nil {
			return usagef("--withhold %s: the template has no criterion with this ref; 'rubric templates show' lists them", ref)
		}
	}
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return err
	}
	earlier, err := app.since(ctx, opts.Baseline, f, in)
	if err != nil {
		return err
	}
	if err := app.consolidate(ctx, f, in, earlier); err != nil {
		return err
	}
	if opts.Publish {
		if err := app.publish(f, in, earlier, opts.Withhold); err != nil {
			return err
		}
	}
	if app.JSON {
		if err := app.printJSON(in.Consolidation); err != nil {
			return err
		}
		return outcome(in.Findings)
	}
	app.printf("%d of %s returned. results/consolidated.xlsx and results/data/ are written.\n",
		in.Consolidation.Returned, count(in.Consolidation.Recipients, "recipient"))
	if opts.Publish {
		app.printf("For circulation: results/published.xlsx. Look it over before you pass it on.\n")
	}
	return outcome(in.Findings)
}

// consolidate writes the consolidated workbook and the data for other tools.
func (app *App) consolidate(ctx context.Context, f *folder, in *intake, earlier baseline) error {
	results := in.results(f, earlier)
	err := f.WriteFile("results/consolidated.xlsx", func(w io.Writer) error {
		return consolidated.Write(w, consolidated.Input{Results: results})
	})
	if err != nil {
		return err
	}
	create := func(name string, write func(io.Writer) error) error { return f.WriteFile("results/data/"+name, write) }
	return dataset.Write(ctx, create, results)
}

// publish writes the edition for circulation.
func (app *App) publish(f *folder, in *intake, earlier baseline, withhold []string) error {
	input := consolidated.Input{Results: in.results(f, earlier), Publish: true, Withheld: withhold}
	return f.WriteFile("results/published.xlsx", func(w io.Writer) error { return consolidated.Write(w, input) })
}
