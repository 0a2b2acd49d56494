package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
)

type statusOptions struct {
	Assign []string
	Prefer []string
	Only   string
}

func newStatusCmd(app *App) *cobra.Command {
	var opts statusOptions
	c := &cobra.Command{
		Use:   "status",
		Short: "Show the register: who returned, what is outstanding, what became of each file",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runStatus(cmd.Context(), app, opts)
		},
	}
	c.Flags().StringArrayVar(&opts.Assign, "assign", nil, "FILE=ID: credit a file in returns/ to a recipient, and remember it; FILE= takes it back")
	c.Flags().StringArrayVar(&opts.Prefer, "prefer", nil, "FILE: this return counts for its recipient, whenever it was saved, and remember it; FILE= takes it back")
	c.Flags().StringVar(&opts.Only, "only", "", "show only recipients of this status: returned, corrections, outstanding, late")
	return c
}

func runStatus(ctx context.Context, app *App, opts statusOptions) error {
	f, err := app.open()
	if err != nil {
		return err
	}
	only := models.Status(opts.Only)
	switch only {
	case "", models.Returned, models.Corrections, models.Outstanding, models.Late:
	default:
		return usagef("--only %s: there is no such status; choose returned, corrections, outstanding or late", opts.Only)
	}
	if err := app.settle(ctx, f, opts.Assign, opts.Prefer); err != nil {
		return err
	}
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(in.Register)
	}
	app.printRegister(f, in, only)
	return nil
}

// printRegister prints counts, the recipients, and the files that do not count.
func (app *App) printRegister(f *folder, in *intake, only models.Status) {
	tally := map[models.Status]int{}
	for _, e := range in.Register.Entries {
		tally[e.Status]++
	}
	app.printf("%s: %d of %d returned", f.Config.Title, tally[models.Returned], len(in.Register.Entries))
	for _, s := range []models.Status{models.Corrections, models.Outstanding, models.Late} {
		if tally[s] > 0 {
			app.printf(", %d %s", tally[s], statusWords[s])
		}
	}
	app.printf(" (due %s)\n\n", f.Config.Due.Long())
	var rows [][]any
	for _, e := range in.Register.Entries {
		if only != "" && e.Status != only {
			continue
		}
		answered, errors, warnings := "", "", ""
		if e.Return != nil {
			answered = fmt.Sprintf("%d/%d", e.Answered, e.Criteria)
			errors, warnings = fmt.Sprint(e.Errors), fmt.Sprint(e.Warnings)
		}
		status := string(e.Status)
		if e.ReturnedLate {
			status += " (late)"
		}
		rows = append(rows, []any{e.Recipient.ID, e.Recipient.Name, status, answered, errors, warnings, e.File})
	}
	app.tableOf([]string{"id", "name", "status", "answered", "errors", "warnings", "file"}, rows, 3, 4, 5)
	rows = nil
	for _, line := range in.Register.Files {
		if line.Status == models.Counted {
			continue
		}
		why := ""
		if len(line.Findings) > 0 {
			why = string(line.Findings[0].Code)
		}
		rows = append(rows, []any{line.File, string(line.Status), line.Recipient, why})
	}
	if len(rows) > 0 {
		app.printf("\nFiles that do not count ('rubric validate FILE' says why and what to do):\n")
		app.tableOf([]string{"file", "status", "recipient", "finding"}, rows)
	}
}

var statusWords = map[models.Status]string{
	models.Corrections: "with corrections to make",
	models.Outstanding: "outstanding",
	models.Late:        "outstanding after the due date",
}
