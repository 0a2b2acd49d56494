package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/office/post"
)

func newRemindCmd(app *App) *cobra.Command {
	var opts postOptions
	c := &cobra.Command{
		Use:   "remind",
		Short: "Remind those whose return is outstanding, or has corrections open",
		Long: `remind writes to the recipients of whom nothing came that counts, with the workbook attached once more and the days
left (where it is divided, only to those whose part is missing), and to those whose return needs corrections, with the workbook from results/corrections/. Nobody is reminded twice
within two days. As with send, messages are drafts in outbox/ unless --via says otherwise.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runRemind(cmd.Context(), app, opts)
		},
	}
	opts.flags(c)
	return c
}

func runRemind(ctx context.Context, app *App, opts postOptions) error {
	f, unlock, err := app.openToWrite("remind")
	if err != nil {
		return err
	}
	defer unlock()
	return app.deliver(ctx, f, post.Reminders, opts)
}
