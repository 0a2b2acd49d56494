package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
)

type statusOptions struct {
	Assign []string
	Prefer []string
	Settle []string
	Only   string
	Group  string
	CSV    bool
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
	c.Flags().StringArrayVar(&opts.Settle, "settle", nil, "RECIPIENT/REF=FILE: where workbooks of a recipient differ this file decides, and remember it; RECIPIENT=FILE for all that differs; RECIPIENT/REF= takes it back")
	c.Flags().StringVar(&opts.Only, "only", "", "show only recipients of this status: returned, partial, corrections, outstanding, late, bounced, unsure, unsent")
	c.Flags().StringVar(&opts.Group, "group", "", "COLUMN=VALUE: show only recipients of this group")
	c.Flags().BoolVar(&opts.CSV, "csv", false, "write one line for each recipient, as CSV")
	return c
}

func runStatus(ctx context.Context, app *App, opts statusOptions) error {
	f, err := app.open()
	if err != nil {
		return err
	}
	wanted, err := registerFilter(f, opts)
	if err != nil {
		return err
	}
	if err := app.settle(ctx, f, opts.Assign, opts.Prefer, opts.Settle); err != nil {
		return err
	}
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return err
	}
	post, err := postStates(f)
	if err != nil {
		return err
	}
	shown := slices.DeleteFunc(slices.Clone(in.Register.Entries), func(e models.Entry) bool { return !wanted(e, post[e.Recipient.ID]) })
	switch {
	case app.JSON:
		return app.printJSON(struct {
			Entries []models.Entry       `json:"entries"`
			Files   []models.FileLine    `json:"files"`
			Post    map[string]postState `json:"post"`
		}{append([]models.Entry{}, shown...), in.Register.Files, post})
	case opts.CSV:
		return app.registerCSV(shown, post)
	}
	app.printRegister(f, in, shown, post)
	return nil
}

// registerFilter says which recipients the flags --only and --group ask for.
func registerFilter(f *folder, opts statusOptions) (func(models.Entry, postState) bool, error) {
	switch opts.Only {
	case "", string(models.Returned), string(models.Partial), string(models.Corrections), string(models.Outstanding), string(models.Late), "bounced", "unsure", "unsent":
	default:
		return nil, usagef("--only %s: there is no such status; choose returned, partial, corrections, outstanding, late, bounced, unsure or unsent", opts.Only)
	}
	column, value, isGroup := strings.Cut(opts.Group, "=")
	if opts.Group != "" && (!isGroup || !slices.Contains(f.GroupColumns, column)) {
		return nil, usagef("--group %s: write COLUMN=VALUE, with a column of the recipients list: %s", opts.Group, strings.Join(f.GroupColumns, ", "))
	}
	return func(e models.Entry, post postState) bool {
		if isGroup && e.Recipient.Groups[column] != value {
			return false
		}
		switch opts.Only {
		case "":
			return true
		case "bounced", "unsure":
			return post.Word == opts.Only
		case "unsent":
			return post.Word == notYetSent || post.Word == "not sent"
		}
		return string(e.Status) == opts.Only
	}, nil
}

// printRegister prints counts, the recipients, and the files that do not count.
func (app *App) printRegister(f *folder, in *intake, shown []models.Entry, post map[string]postState) {
	tally, words := map[models.Status]int{}, map[string]int{}
	for _, e := range in.Register.Entries {
		tally[e.Status]++
		words[post[e.Recipient.ID].Word]++
	}
	app.printf("%s: %d of %d returned", f.Config.Title, tally[models.Returned], len(in.Register.Entries))
	for _, s := range []models.Status{models.Partial, models.Corrections, models.Outstanding, models.Late} {
		if tally[s] > 0 {
			app.printf(", %d %s", tally[s], statusWords[s])
		}
	}
	app.printf(" (due %s)\n", f.Config.Due.Long())
	posted := words[notYetSent] < len(in.Register.Entries) // an office that sends by other means need not read about the post
	if posted {
		app.printf("Post: %s\n", tallyText(words, "sent", "drafted", notYetSent, "bounced", "not sent", "unsure"))
	}
	app.printf("\n")
	app.printBars(f, in.Register.Entries)
	headings := []string{"id", "name", "status", "answered", "errors", "warnings", "file"}
	if posted {
		headings = append(headings, "post")
	}
	var rows [][]any
	for _, e := range shown {
		answered, errors, warnings := "", "", ""
		if e.Return != nil {
			answered = fmt.Sprintf("%d/%d", e.Answered, e.Criteria)
			errors, warnings = fmt.Sprint(e.Errors), fmt.Sprint(e.Warnings)
		}
		status := string(e.Status)
		if e.ReturnedLate {
			status += " (late)"
		}
		if back, all := e.PartsBack(); all > 0 {
			status += fmt.Sprintf(", %d of %d parts", back, all)
		}
		row := []any{e.Recipient.ID, e.Recipient.Name, status, answered, errors, warnings, e.File}
		if posted {
			row = append(row, post[e.Recipient.ID].String())
		}
		rows = append(rows, row)
	}
	app.tableOf(headings, rows, 3, 4, 5)
	app.printParts(shown)
	for _, e := range shown {
		if e.Untouched > 0 {
			app.printf("%s: %d of %d answers are carried over from the earlier round and untouched.\n", e.Recipient.ID, e.Untouched, e.Answered)
		}
	}
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
	models.Partial:     "in part",
	models.Corrections: "with corrections to make",
	models.Outstanding: "outstanding",
	models.Late:        "outstanding after the due date",
}
