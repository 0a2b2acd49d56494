package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

type sendOptions struct {
	postOptions
	Corrections, Results, Plans, Consensus, Wording bool
}

func newSendCmd(app *App) *cobra.Command {
	var opts sendOptions
	c := &cobra.Command{
		Use:   "send",
		Short: "Write drafts with the workbook attached into outbox/, or send them",
		Long: `send makes one message for each recipient, with the recipient's own workbook attached, or for each of its respondents
where the workbook is divided among several. By default they are drafts in outbox/, one .eml each, which Outlook and
Thunderbird open ready to send. With --via smtp they are sent by a mail server, with --via microsoft by the account of
Microsoft 365 that 'rubric login' signed in to. With --via mailbox-drafts they are put into the folder of drafts of the
office's own mailbox, to be looked over and sent there.

Before each message the workbook is read back and compared with the addressee. The journal is written before and
after each message: a run that was stopped goes on where it was, and nobody is left out or written to twice. The
wording is in messages/ if you put it there (invitation.es.txt for one language); 'rubric send --wording' writes the
default one to start from.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runSend(cmd.Context(), app, opts)
		},
	}
	opts.flags(c)
	c.Flags().BoolVar(&opts.Corrections, "corrections", false, "send the workbooks in results/corrections/ to the recipients whose returns need another look")
	c.Flags().BoolVar(&opts.Results, "results", false, "send each recipient its own summary from results/pdf/")
	c.Flags().BoolVar(&opts.Plans, "plans", false, "send each recipient its action plan from results/plans/, where it is not back yet")
	c.Flags().BoolVar(&opts.Consensus, "consensus", false, "send each recipient with views its consensus workbook from results/consensus/, where it is not back yet")
	c.Flags().BoolVar(&opts.Wording, "wording", false, "write the default wording into messages/ where there is none, and send nothing")
	c.MarkFlagsMutuallyExclusive("corrections", "results", "plans", "consensus", "wording")
	return c
}

func runSend(ctx context.Context, app *App, opts sendOptions) error {
	f, unlock, err := app.openToWrite("send")
	if err != nil {
		return err
	}
	defer unlock()
	job := post.Invitations
	switch {
	case opts.Wording:
		return app.writeWording(f)
	case opts.Corrections:
		job = post.Corrections
	case opts.Results:
		job = post.Results
	case opts.Plans:
		job = post.Plans
	case opts.Consensus:
		job = post.Consensus
	}
	return app.deliver(ctx, f, job, opts.postOptions)
}

func (app *App) writeWording(f *office.Folder) error {
	list, err := app.post().WriteWording(f)
	for _, x := range list {
		if x.Fresh {
			app.printf("%s written.\n", x.Name)
		} else {
			app.printf("%s is there already.\n", x.Name)
		}
	}
	return err
}
