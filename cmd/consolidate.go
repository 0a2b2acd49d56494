package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/office"
)

func newConsolidateCmd(app *App) *cobra.Command {
	var opts office.ConsolidateOptions
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
	c.Flags().StringVar(&opts.Again, "again", "", "with --publish: why the edition compares with what counts now, though the last one can still be compared with it; goes into the journal")
	baselineFlags(c, &opts.Baseline)
	return c
}

func runConsolidate(ctx context.Context, app *App, opts office.ConsolidateOptions) error {
	f, unlock, err := app.openToWrite("consolidate")
	if err != nil {
		return err
	}
	defer unlock()
	out, err := app.office().Consolidate(ctx, f, opts)
	app.note(out.Notes)
	if err != nil {
		return err
	}
	if app.JSON {
		if err := app.printJSON(out.Consolidation); err != nil {
			return err
		}
		return outcome(out.Findings)
	}
	app.printf("%d of %s returned. results/consolidated.xlsx and results/data/ are written.\n",
		out.Consolidation.Returned, text.Count(out.Consolidation.Recipients, "recipient", "recipients"))
	if opts.Publish {
		app.printf("For circulation: results/published.xlsx. Look it over before you pass it on.\n")
	}
	return outcome(out.Findings)
}
