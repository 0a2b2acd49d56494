package cmd

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/ownname"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

type statusOptions struct {
	office.StatusOptions
	Assign, Prefer, Settle []string
	CSV                    bool
	Sent                   bool
	Mailbox                string
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
	c.Flags().StringArrayVar(&opts.Assign, "assign", nil, "FILE=ID: credit a file in returns/ to a recipient, by id or exact name, and remember it; FILE= takes it back")
	c.Flags().StringArrayVar(&opts.Prefer, "prefer", nil, "FILE: this return counts for its recipient, whenever it was saved, and remember it; FILE= takes it back")
	c.Flags().StringArrayVar(&opts.Settle, "settle", nil, "RECIPIENT/REF=FILE: where workbooks of a recipient differ this file decides, and remember it; RECIPIENT=FILE for all that differs; RECIPIENT/REF= takes it back")
	c.Flags().StringVar(&opts.Only, "only", "", "show only recipients of this status: returned, partial, corrections, outstanding, late, bounced, unsure, unsent")
	c.Flags().StringVar(&opts.Group, "group", "", "COLUMN=VALUE: show only recipients of this group")
	c.Flags().BoolVar(&opts.CSV, "csv", false, "write one line for each recipient, as CSV")
	c.Flags().BoolVar(&opts.Sent, "sent", false, "look in the mailbox which of the drafts there have been sent, and write that into the journal")
	c.Flags().StringVar(&opts.Mailbox, "mailbox", "", "with --sent, the mailbox by IMAP, as for send")
	app.addOutput(c)
	return c
}

func runStatus(ctx context.Context, app *App, opts statusOptions) error {
	f, err := app.office().Open(app.Dir)
	if err != nil {
		return err
	}
	if err := office.CheckStatus(f, opts.StatusOptions); err != nil {
		return err
	}
	if err := app.settle(ctx, f, opts); err != nil {
		return err
	}
	if opts.Sent {
		if err := app.lookForSent(ctx, f, opts.Mailbox); err != nil {
			return err
		}
	}
	out, err := app.office().Status(ctx, f, opts.StatusOptions)
	app.note(out.Notes)
	if err != nil {
		return err
	}
	switch {
	case app.JSON:
		return app.printJSON(struct {
			Entries []models.Entry              `json:"entries"`
			Files   []models.FileLine           `json:"files"`
			Post    map[string]office.PostState `json:"post"`
			// Decisions are all by number; ToDecide counts what is open.
			Decisions []decisions.Decision `json:"decisions,omitempty"`
			ToDecide  int                  `json:"to_decide,omitempty"`
		}{append([]models.Entry{}, out.Shown...), out.Register.Files, out.Post, out.Decisions, out.ToDecide})
	case opts.CSV:
		return out.WriteCSV(app.Out)
	}
	app.printRegister(f, out)
	return nil
}

// settle records what the flags --assign, --prefer and --settle say.
func (app *App) settle(ctx context.Context, f *office.Folder, opts statusOptions) error {
	said, err := settled(f, opts)
	if err != nil || len(said) == 0 {
		return err
	}
	unlock, notes, err := app.office().Lock(f, "status")
	app.note(notes)
	if err != nil {
		return err
	}
	defer unlock()
	out, err := app.office().Decide(ctx, f, decisions.Batch{Requests: said, By: ownname.Get()})
	if err != nil {
		return err
	}
	for i := range out.Made {
		d := &out.Made[i]
		app.note([]office.Note{{Text: fmt.Sprintf("recorded as decision %d: %s. This is how to say it from now on:", d.Number, f.DecisionInWords(d)), Do: f.SayAgain(d)}})
	}
	app.note(out.Notes)
	return nil
}

// settled takes the words of the flags apart.
func settled(f *office.Folder, opts statusOptions) (out []decisions.Request, err error) {
	for _, word := range opts.Assign {
		i := strings.LastIndex(word, "=")
		if i < 0 {
			return nil, usagef("--assign %s: write FILE=ID, with the file as 'rubric status' names it", word)
		}
		id := strings.TrimSpace(word[i+1:])
		out = append(out, decisions.Request{Kind: decisions.Recipient, File: word[:i], Recipient: id, Back: id == ""})
	}
	for _, word := range opts.Prefer {
		file, back := strings.CutSuffix(word, "=")
		out = append(out, decisions.Request{Kind: decisions.Counts, File: file, Back: back})
	}
	for _, word := range opts.Settle {
		what, file, ok := strings.Cut(word, "=")
		if !ok {
			return nil, usagef("--settle %s: write RECIPIENT/REF=FILE, or RECIPIENT=FILE for all that differs", word)
		}
		x, err := f.FromRequest(what, file)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// printRegister prints counts, the recipients, and the files that do not count.
func (app *App) printRegister(f *office.Folder, out office.StatusResult) {
	tally, words := map[models.Status]int{}, map[string]int{}
	for _, e := range out.Register.Entries {
		tally[e.Status]++
		words[out.Post[e.Recipient.ID].Word]++
	}
	app.printf("%s: %d of %d returned", f.Config.Title, tally[models.Returned], len(out.Register.Entries))
	for _, s := range []models.Status{models.Partial, models.Corrections, models.Outstanding, models.Late} {
		if tally[s] > 0 {
			app.printf(", %d %s", tally[s], statusWords[s])
		}
	}
	app.printf(" (due %s)\n", f.Config.Due.Long())
	posted := words[office.NotYetSent] < len(out.Register.Entries) // an office that sends by other means need not read about the post
	if posted {
		app.printf("Post: %s\n", tallyText(words, "sent", "drafted", office.NotYetSent, "bounced", "not sent", "unsure"))
	}
	app.printf("\n")
	app.printBars(f, out.Register.Entries)
	headings := []string{"id", "name", "status", "answered", "errors", "warnings", "file"}
	if posted {
		headings = append(headings, "post")
	}
	var rows [][]any
	for _, e := range out.Shown {
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
			parts := "parts"
			if e.HasViews() {
				parts = "views"
			}
			status += fmt.Sprintf(", %d of %d %s", back, all, parts)
		}
		row := []any{e.Recipient.ID, e.Recipient.Name, status, answered, errors, warnings, e.File}
		if posted {
			row = append(row, out.Post[e.Recipient.ID].String())
		}
		rows = append(rows, row)
	}
	app.tableIn(terminal, []int{1, 6, len(headings) - 1}, headings, rows, 3, 4, 5)
	app.printParts(out.Shown)
	app.printViews(out.Shown)
	for _, e := range out.Shown {
		if e.Untouched > 0 {
			app.printf("%s: %d of %d answers are carried over from the earlier round and untouched.\n", e.Recipient.ID, e.Untouched, e.Answered)
		}
	}
	app.printPlans(out.Register)
	rows = nil
	for _, line := range out.Register.Files {
		if line.Status == models.Counted || line.Status == models.PlanCounts || line.Status == models.ViewCounts {
			continue
		}
		why := ""
		if len(line.Findings) > 0 {
			why = string(line.Findings[0].Code)
		}
		rows = append(rows, []any{line.File, string(line.Status), line.Recipient, why})
	}
	if n, kept := attached(out.Register); n > 0 {
		where := "attachments/"
		if kept < n {
			where = fmt.Sprintf("%d in attachments/; 'rubric validate' keeps the others there", kept)
		}
		app.printf("\n%s came beside the returns: %s.\n", text.Count(n, "evidence file", "evidence files"), where)
	}
	if len(rows) > 0 {
		app.printf("\nFiles that do not count ('rubric validate FILE' says why and what to do):\n")
		app.tableIn(terminal, []int{0, 2}, []string{"file", "status", "recipient", "finding"}, rows)
	}
	app.printInForce(f, out.Decisions)
	if out.ToDecide > 0 {
		app.printf("\nTo decide: %s ('rubric decide' lists them).\n", text.Count(out.ToDecide, "matter", "matters"))
	}
}

// attached counts the evidence files that came beside returns, and those that are kept by now.
func attached(reg models.Register) (n, kept int) {
	for i := range reg.Files {
		for _, a := range reg.Files[i].Attachments {
			if n++; a.File != "" {
				kept++
			}
		}
	}
	return n, kept
}

// terminal is how many columns the tables of the register take at most.
const terminal = 100

var statusWords = map[models.Status]string{
	models.Partial:     "in part",
	models.Corrections: "with corrections to make",
	models.Outstanding: "outstanding",
	models.Late:        "outstanding after the due date",
}
