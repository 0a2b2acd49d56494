package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/office"
)

func newGenerateCmd(app *App) *cobra.Command {
	var opts office.GenerateOptions
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write one workbook for each recipient into outbox/",
		Long: `generate writes the workbooks of the recipients into outbox/. With --split topic a recipient gets one workbook for each
topic, and with --split respondents one for each of its respondents, whom respondents.csv in the round folder names:
a line for each, with the columns recipient, name, email and topics (their ids or names, separated by semicolons). What
comes back is put together. How the workbooks of a recipient are divided is remembered; --split whole goes back to one.

With --split views each respondent is asked for a view of the whole assessment; a column role in respondents.csv says what
each is in the organisation, and the column topics may be left out. Views may differ: 'rubric consensus' sets them side by
side for a meeting, and what it chooses is the return.

With --prefill the answers of an earlier round are filled in, matched by the recipients' ids. They are marked in the
workbook until the recipient changes them or says in their rows that they still hold; what comes back untouched
is told from what was answered anew. Where the template changed, a crosswalk says how its criteria go on.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runGenerate(cmd.Context(), app, opts)
		},
	}
	c.Flags().StringSliceVar(&opts.Only, "only", nil, "only these recipients, by id or exact name, separated by commas")
	c.Flags().StringVar(&opts.Split, "split", "", "topic: a workbook for each topic; respondents: one for each respondent in respondents.csv; views: one with everything for each of them; whole: one with everything")
	c.Flags().StringVar(&opts.Prefill.Dir, "prefill", "", "an earlier round's folder: write each recipient's answers of then into the workbooks, marked until they are touched")
	c.Flags().StringVar(&opts.Prefill.Crosswalk, "crosswalk", "", "with --prefill: "+crosswalkHelp)
	return c
}

func runGenerate(ctx context.Context, app *App, opts office.GenerateOptions) error {
	f, unlock, err := app.openToWrite("generate")
	if err != nil {
		return err
	}
	defer unlock()
	made, err := app.office().Generate(ctx, f, opts)
	app.note(made.Notes)
	if err != nil {
		return err
	}
	if app.JSON {
		report := map[string]any{"workbooks": made.Workbooks, "recipients": made.Recipients, "folder": "outbox"}
		if len(made.Touched) > 0 {
			report["touched"] = made.Touched
		}
		if err := app.printJSON(report); err != nil {
			return err
		}
		return leftAlone(made.Touched)
	}
	if p := made.Prefilled; p.Since != "" {
		app.printf("Carried over from %s: %s into the workbooks of %s", p.Since, text.Count(p.Answers, "answer", "answers"), text.Count(p.Recipients, "recipient", "recipients"))
		if p.Left > 0 {
			app.printf("; %s of then have no place, or could not be carried over", text.Count(p.Left, "answer", "answers"))
		}
		app.printf(".\n")
	}
	app.printf("%s written to outbox/. Send them as they are; each belongs to one recipient.\n", text.Count(made.Workbooks, "workbook", "workbooks"))
	return leftAlone(made.Touched)
}

// leftAlone is how a command ends that left files alone which somebody saved.
func leftAlone(touched []string) error {
	if len(touched) > 0 {
		return errFindings
	}
	return nil
}
