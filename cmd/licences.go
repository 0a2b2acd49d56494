package cmd

import (
	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/notices"
)

func newLicencesCmd(app *App) *cobra.Command {
	c := &cobra.Command{
		Use:     "licences",
		Aliases: []string{"licenses"},
		Short:   "Print the licences of everything that rubric is made of",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := app.Out.Write([]byte(notices.Text))
			return err
		},
	}
	app.addOutput(c)
	return c
}
