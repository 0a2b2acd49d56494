package cmd

import (
	"cmp"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/office"
)

func newLogCmd(app *App) *cobra.Command {
	c := &cobra.Command{
		Use:   "log ID",
		Short: "Tell one recipient's whole story in order of time",
		Long:  "log tells one recipient's whole story in order of time. The recipient may be called by its id or its exact name.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := app.office().Open(app.Dir)
			if err != nil {
				return err
			}
			story, err := app.office().Log(cmd.Context(), f, args[0])
			app.note(story.Notes)
			if err != nil {
				return err
			}
			return app.printLog(story)
		},
	}
	app.addOutput(c)
	return c
}

// printLog prints what the journal holds about a recipient and about the files credited to it, and where the
// recipient stands now.
func (app *App) printLog(story office.LogResult) error {
	if app.JSON {
		return app.printJSON(story.Events)
	}
	app.printf("%s %s\n\n", plain(story.Recipient.ID), plain(story.Recipient.Name))
	var rows [][]any
	for _, e := range story.Events {
		rows = append(rows, []any{dayOf(e.Time), string(e.Kind), logDetail(e)})
	}
	app.tableOf([]string{"time", "what", "details"}, rows)
	for _, e := range story.Now {
		app.printf("\nNow: %s", e.Status)
		if e.File != "" {
			app.printf(", %s (%d of %d answered, %s)", plain(e.File), e.Answered, e.Criteria, text.Count(e.Errors, "error", "errors"))
		}
		app.printf("\n")
	}
	if story.Unreadable > 0 {
		app.printf("%s of the journal could not be read and are left out.\n", text.Count(story.Unreadable, "line", "lines"))
	}
	return nil
}

// dayOf writes a time as people read it.
func dayOf(t time.Time) string { return t.Format("2 January 2006 15:04") }

func logDetail(e office.Event) string {
	var out []string
	if e.File != "" {
		out = append(out, path.Base(e.File))
	}
	switch {
	case e.Address == "":
	case e.Kind == office.Received:
		out = append(out, "from "+e.Address)
	default:
		out = append(out, e.Address)
	}
	if e.Ref != "" {
		out = append(out, "for "+e.Ref)
	}
	if e.Value != "" {
		out = append(out, "as "+e.Value)
	}
	if e.Number > 0 {
		out = append(out, fmt.Sprintf("decision %d by %s", e.Number, cmp.Or(e.Who, e.By)))
	}
	if e.Reason != "" {
		out = append(out, e.Reason)
	}
	if e.Note != "" && e.Kind != office.Received && e.Kind != office.Kept {
		out = append(out, e.Note)
	}
	return strings.Join(out, ", ")
}
