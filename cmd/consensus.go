package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office/consensus"
)

func newConsensusCmd(app *App) *cobra.Command {
	var only []string
	c := &cobra.Command{
		Use:   "consensus",
		Short: "Write results/consensus/: a workbook with all views side by side, in which a meeting chooses",
		Long: `consensus writes for each recipient of whom two or more views are back ('rubric generate --split views') a workbook with
all views side by side: what each says about each criterion, how far they lie apart, what people wrote, and a column in
which the meeting chooses. Where all views agree, that level is proposed, marked until it is confirmed.
'rubric send --consensus' sends the workbooks to the recipients' contacts.

What comes back is collected like any return, and is the return that counts. A consensus workbook that somebody filled
in in results/consensus/ is never written over.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runConsensus(cmd.Context(), app, only)
		},
	}
	c.Flags().StringSliceVar(&only, "only", nil, "only these recipients, by id or exact name, separated by commas, also where one view is back, or their consensus workbook")
	return c
}

func runConsensus(ctx context.Context, app *App, only []string) error {
	f, unlock, err := app.openToWrite("consensus")
	if err != nil {
		return err
	}
	defer unlock()
	made, err := consensus.Make(ctx, app.office(), f, only)
	app.note(made.Notes)
	if err != nil {
		return err
	}
	if app.JSON {
		report := map[string]any{"workbooks": made.Workbooks, "views": made.Views, "folder": "results/consensus"}
		if len(made.Touched) > 0 {
			report["touched"] = made.Touched
		}
		if err := app.printJSON(report); err != nil {
			return err
		}
		return leftAlone(made.Touched)
	}
	app.printf("%s with %s written to results/consensus/. Send them with 'rubric send --consensus'; each belongs to one recipient.\n",
		text.Count(made.Workbooks, "consensus workbook", "consensus workbooks"), text.Count(made.Views, "view", "views"))
	return leftAlone(made.Touched)
}

// printViews says how many views are back of the recipients of whom views are, and nothing counts.
func (app *App) printViews(shown []models.Entry) {
	for i := range shown {
		e := &shown[i]
		if back, all := e.PartsBack(); e.HasViews() && e.Return == nil && back > 0 {
			app.printf("%s: %d of %d views are back, and no consensus yet; nothing of it counts until then.\n", e.Recipient.ID, back, all)
		}
	}
}
