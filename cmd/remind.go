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
left, and to those whose return needs corrections, with the workbook from results/corrections/. Nobody is reminded twice
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
	today := func(string, []byte) int { return day }
	names := f.FileNames(".xlsx")
	reminder := shipment{kind: mail.Reminder, verify: verifyWorkbook(ctx, f), sequence: today, missing: "run 'rubric generate'",
		file: func(id string) string { return "outbox/" + names[id] }}
	open := corrections(ctx, f, in, chosen)
	open.sequence = today
	// Where no corrections were prepared, there is nothing to remind of.
	open.recipients = slices.DeleteFunc(open.recipients, func(rc models.Recipient) bool {
		_, err := os.Stat(filepath.Join(f.Dir, filepath.FromSlash(open.file(rc.ID))))
		return err != nil
	})
	for _, e := range entriesOf(in, chosen) {
		if e.Status != models.Returned {
			reminder.recipients = append(reminder.recipients, e.Recipient)
		}
	}
	return app.post(ctx, f, opts, []shipment{reminder, open})
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
