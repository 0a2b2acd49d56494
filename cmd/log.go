package cmd

import (
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

func newLogCmd(app *App) *cobra.Command {
	return &cobra.Command{
		Use:   "log ID",
		Short: "Tell one recipient's whole story in order of time",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := app.open()
			if err != nil {
				return err
			}
			chosen, err := f.Select(args)
			if err != nil {
				return err
			}
			in, err := app.takeIn(cmd.Context(), f)
			if err != nil {
				return err
			}
			return app.printLog(f, in, chosen[0])
		},
	}
}

// printLog prints what the journal holds about a recipient and about the files credited to it, and where the
// recipient stands now.
func (app *App) printLog(f *folder, in *intake, rc models.Recipient) error {
	all, unreadable, err := f.Journal()
	if err != nil {
		return err
	}
	mine := map[string]models.FileLine{}
	for _, line := range in.Register.Files {
		if line.Recipient == rc.ID {
			mine[line.File] = line
		}
	}
	var events []round.Event
	for _, e := range all {
		if _, ok := mine[e.File]; e.Recipient == rc.ID || ok && e.Kind == round.Received {
			events = append(events, e)
		}
	}
	slices.SortStableFunc(events, func(a, b round.Event) int { return a.Time.Compare(b.Time) })
	if app.JSON {
		return app.printJSON(events)
	}
	app.printf("%s %s\n\n", plain(rc.ID), plain(rc.Name))
	var rows [][]any
	for _, e := range events {
		rows = append(rows, []any{dayOf(e.Time), string(e.Kind), logDetail(e)})
	}
	app.tableOf([]string{"time", "what", "details"}, rows)
	for _, e := range entriesOf(in, []models.Recipient{rc}) {
		app.printf("\nNow: %s", e.Status)
		if e.File != "" {
			app.printf(", %s (%d of %d answered, %s)", plain(e.File), e.Answered, e.Criteria, count(e.Errors, "error"))
		}
		app.printf("\n")
	}
	if unreadable > 0 {
		app.printf("%s of the journal could not be read and are left out.\n", count(unreadable, "line"))
	}
	return nil
}

func logDetail(e round.Event) string {
	var out []string
	if e.File != "" {
		out = append(out, path.Base(e.File))
	}
	switch {
	case e.Address == "":
	case e.Kind == round.Received:
		out = append(out, "from "+e.Address)
	default:
		out = append(out, e.Address)
	}
	if e.Ref != "" {
		out = append(out, "for "+e.Ref)
	}
	if e.Note != "" && e.Kind != round.Received {
		out = append(out, e.Note)
	}
	return strings.Join(out, ", ")
}
