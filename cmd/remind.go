package cmd

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

func newRemindCmd(app *App) *cobra.Command {
	var opts postOptions
	c := &cobra.Command{
		Use:   "remind",
		Short: "Remind those whose return is outstanding, or has corrections open",
		Long: `remind writes to the recipients of whom nothing came that counts, with the workbook attached once more and the days
left (where it is divided, only to those whose part is missing), and to those whose return needs corrections, with the workbook from results/corrections/. Nobody is reminded twice
within two days. As with send, messages are drafts in outbox/ unless --via smtp is given.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runRemind(cmd.Context(), app, opts)
		},
	}
	opts.flags(c)
	return c
}

func runRemind(ctx context.Context, app *App, opts postOptions) error {
	f, unlock, err := app.openLocked("remind")
	if err != nil {
		return err
	}
	defer unlock()
	chosen, err := f.Select(opts.Only)
	if err != nil {
		return err
	}
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return err
	}
	events, _, err := f.Journal()
	if err != nil {
		return err
	}
	day := 1 + int(reminderDay(events, app.Now()).Truncate(24*time.Hour).Sub(f.Config.Issued.Time).Hours()/24)
	today := func([]byte) int { return day }
	p, err := f.pieces()
	if err != nil {
		return err
	}
	emails, err := app.respondentEmails(f)
	if err != nil {
		return err
	}
	reminder := shipment{kind: mail.Reminder, verify: verifyWorkbook(ctx, f), sequence: today, missing: "run 'rubric generate'"}
	open, err := app.corrections(ctx, f, in, chosen)
	if err != nil {
		return err
	}
	open.sequence = today
	// Where no corrections were prepared, there is nothing to remind of.
	open.addressees = slices.DeleteFunc(open.addressees, func(a addressee) bool {
		_, err := os.Stat(filepath.Join(f.Dir, filepath.FromSlash(a.files[0])))
		return err != nil
	})
	for _, e := range entriesOf(in, chosen) {
		if e.Status == models.Returned {
			continue
		}
		missing := slices.DeleteFunc(p.of(e.Recipient), func(x piece) bool { return isBack(e, x.part.ID) })
		reminder.addressees = append(reminder.addressees, p.addressees(missing, "outbox", emails)...)
	}
	return app.post(ctx, f, opts, []shipment{reminder, open})
}

// isBack says whether a part of a recipient is not waited for any more.
func isBack(e models.Entry, part string) bool {
	return slices.ContainsFunc(e.Parts, func(l models.PartLine) bool { return l.ID == part && l.Status == models.Returned })
}

// reminderDay is the day that tells this reminder from the next: the day on which reminding began, if that was
// less than two days ago. So a run that was stopped and is resumed, be it the next morning, makes the same
// messages, and nobody who had the reminder gets it again.
func reminderDay(events []round.Event, now time.Time) time.Time {
	day := now
	for _, e := range events {
		if e.Kind == round.Reminded && now.Sub(e.Time) < 48*time.Hour && e.Time.Before(day) {
			day = e.Time
		}
	}
	return day
}
