package cmd

import (
	"context"
	"hash/crc32"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
)

type sendOptions struct {
	postOptions
	Corrections, Results, Wording bool
}

func newSendCmd(app *App) *cobra.Command {
	var opts sendOptions
	c := &cobra.Command{
		Use:   "send",
		Short: "Write drafts with the workbook attached into outbox/, or send them by SMTP",
		Long: `send makes one message for each recipient, with the recipient's own workbook attached, or for each of its respondents
where the workbook is divided among several. By default they are drafts in outbox/, one .eml each, which Outlook and
Thunderbird open ready to send. With --via smtp they are sent.

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
	c.Flags().BoolVar(&opts.Wording, "wording", false, "write the default wording into messages/ where there is none, and send nothing")
	c.MarkFlagsMutuallyExclusive("corrections", "results", "wording")
	return c
}

func runSend(ctx context.Context, app *App, opts sendOptions) error {
	f, unlock, err := app.openLocked("send")
	if err != nil {
		return err
	}
	defer unlock()
	chosen, err := f.Select(opts.Only)
	if err != nil {
		return err
	}
	if _, err := f.Select(opts.Resend); err != nil {
		return err
	}
	switch {
	case opts.Wording:
		return app.writeWording(f)
	case opts.Corrections:
		in, err := app.takeInWhole(ctx, f)
		if err != nil {
			return err
		}
		marked, err := app.corrections(ctx, f, in, chosen)
		if err != nil {
			return err
		}
		return app.post(ctx, f, opts.postOptions, []shipment{marked})
	case opts.Results:
		in, err := app.takeIn(ctx, f)
		if err != nil {
			return err
		}
		results, err := summaries(f, in, chosen)
		if err != nil {
			return err
		}
		return app.post(ctx, f, opts.postOptions, []shipment{results})
	}
	p, err := f.pieces()
	if err != nil {
		return err
	}
	emails, err := app.respondentEmails(f)
	if err != nil {
		return err
	}
	all := shipment{kind: mail.Invitation, verify: verifyWorkbook(ctx, f), missing: "run 'rubric generate'", sequence: func([]byte) int { return 0 }}
	for _, rc := range chosen {
		all.addressees = append(all.addressees, p.addressees(p.of(rc), "outbox", emails)...)
	}
	return app.post(ctx, f, opts.postOptions, []shipment{all})
}

// corrections is what goes to those whose workbooks need another look. Another workbook is another message; the same
// one is sent once.
func (app *App) corrections(ctx context.Context, f *folder, in *intake, chosen []models.Recipient) (shipment, error) {
	s := shipment{kind: mail.CorrectionsKind, label: "corrections", verify: verifyWorkbook(ctx, f), missing: "run 'rubric validate --corrections'",
		sequence: func(content []byte) int { return int(crc32.ChecksumIEEE(content) >> 1) }}
	p, err := f.pieces()
	if err != nil {
		return s, err
	}
	emails, err := app.respondentEmails(f)
	if err != nil {
		return s, err
	}
	for _, e := range entriesOf(in, chosen) {
		for _, c := range p.correctable(in, e) {
			for _, a := range p.addressees([]piece{c.piece}, "results/corrections", emails) {
				a.problems = c.errors
				s.addressees = append(s.addressees, a)
			}
		}
	}
	return s, nil
}

// summaries is what goes to the recipients whose returns count.
func summaries(f *folder, in *intake, chosen []models.Recipient) (shipment, error) {
	names := f.FileNames(".pdf")
	verify, err := verifySummary(f, in)
	s := shipment{kind: mail.ResultsKind, label: "results", verify: verify, missing: "run 'rubric report'",
		sequence: func(content []byte) int { return int(crc32.ChecksumIEEE(content) >> 1) }}
	for _, e := range entriesOf(in, chosen) {
		if e.Return != nil {
			s.addressees = append(s.addressees, addressee{recipient: e.Recipient, pieces: []piece{{recipient: e.Recipient}}, files: []string{"results/pdf/" + names[e.Recipient.ID]}})
		}
	}
	return s, err
}

// entriesOf keeps the register's entries of the chosen recipients.
func entriesOf(in *intake, chosen []models.Recipient) []models.Entry {
	wanted := map[string]bool{}
	for _, rc := range chosen {
		wanted[rc.ID] = true
	}
	var out []models.Entry
	for _, e := range in.Register.Entries {
		if wanted[e.Recipient.ID] {
			out = append(out, e)
		}
	}
	return out
}
