package cmd

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/xlsx"
)

func newConsolidateCmd(app *App) *cobra.Command {
	return &cobra.Command{
		Use:   "consolidate",
		Short: "Write results/consolidated.xlsx and results/data/",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runConsolidate(cmd.Context(), app)
		},
	}
}

func runConsolidate(ctx context.Context, app *App) error {
	f, err := app.open()
	if err != nil {
		return err
	}
	lock, err := f.Lock("consolidate")
	if err != nil {
		return err
	}
	defer lock.Unlock()
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return err
	}
	if err := app.consolidate(ctx, f, in); err != nil {
		return err
	}
	if app.JSON {
		if err := app.printJSON(in.Consolidation); err != nil {
			return err
		}
		return outcome(in.Findings)
	}
	app.printf("%d of %s returned. results/consolidated.xlsx and results/data/ are written.\n",
		in.Consolidation.Returned, count(in.Consolidation.Recipients, "recipient"))
	return outcome(in.Findings)
}

// consolidate writes the consolidated workbook and the data for other tools.
func (app *App) consolidate(ctx context.Context, f *folder, in *intake) error {
	err := f.WriteFile("results/consolidated.xlsx", func(w io.Writer) error {
		return xlsx.WriteConsolidated(w, xlsx.ConsolidatedInput{
			Round: f.Config, Template: f.Template, Scoring: in.Scoring, Members: in.Members,
			Register: in.Register, Consolidation: in.Consolidation, Findings: in.Findings, Version: Version,
		})
	})
	if err != nil {
		return err
	}
	create := func(name string, write func(io.Writer) error) error { return f.WriteFile("results/data/"+name, write) }
	return dataset.Write(ctx, create, dataset.Input{Round: f.Config, Template: f.Template, Members: in.Members,
		Register: in.Register, Findings: in.Findings, Consolidation: in.Consolidation})
}
