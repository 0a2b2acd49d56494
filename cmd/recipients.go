package cmd

import (
	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/office"
)

func newRecipientsCmd(app *App) *cobra.Command {
	c := &cobra.Command{
		Use:   "recipients",
		Short: "Look after the recipients list",
		Args:  knownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(newFixIDsCmd(app))
	return c
}

func newFixIDsCmd(app *App) *cobra.Command {
	write := false
	c := &cobra.Command{
		Use:   "fix-ids",
		Short: "Show ids that lost their zeros since the workbooks were made, and restore them",
		Long: `fix-ids compares the ids of recipients.csv with those that the workbooks were made with. A spreadsheet program that
opens and saves the list makes 107 of 00107. With --write the zeros are put back, there and in respondents.csv; the
lists as they were are kept in the folder .rubric.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return runFixIDs(app, write) },
	}
	c.Flags().BoolVar(&write, "write", false, "restore the ids")
	return c
}

func runFixIDs(app *App, write bool) error {
	f, done, err := app.openForIDs(write)
	if err != nil {
		return err
	}
	defer done()
	fixed, err := app.office().FixIDs(f, write)
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(fixed)
	}
	if len(fixed.IDs) == 0 {
		app.printf("No id lost its zeros.\n")
		return nil
	}
	unclear := 0
	for _, id := range fixed.IDs {
		app.printf("  %s (%s)\n", plain(id.String()), plain(id.Name))
		if len(id.Was) > 1 {
			unclear++
		}
	}
	if unclear > 0 {
		app.printf("Where two ids fit, correct the list yourself.\n")
	}
	if !write && unclear < len(fixed.IDs) {
		app.printf("Nothing is changed yet: 'rubric recipients fix-ids --write -C %s' restores them.\n", app.Dir)
	}
	if len(fixed.Files) > 0 {
		app.printf("Restored in %s.\n", listed(fixed.Files, 2))
	}
	return nil
}

// openForIDs opens the round folder, to write where write says so.
func (app *App) openForIDs(write bool) (*office.Folder, func(), error) {
	if write {
		return app.openToWrite("recipients fix-ids")
	}
	f, err := app.office().Open(app.Dir)
	return f, func() {}, err
}
