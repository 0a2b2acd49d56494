package cmd

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

type generateOptions struct {
	Only    []string
	Split   string
	Prefill prefillOptions
}

func newGenerateCmd(app *App) *cobra.Command {
	var opts generateOptions
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write one workbook for each recipient into outbox/",
		Long: `generate writes the workbooks of the recipients into outbox/. With --split topic a recipient gets one workbook for each
topic, and with --split respondents one for each of its respondents, whom respondents.csv in the round folder names:
a line for each, with the columns recipient, name, email and topics (their ids or names, separated by semicolons). What
comes back is put together. How the workbooks of a recipient are divided is remembered; --split whole goes back to one.

With --prefill the answers of an earlier round are filled in, matched by the recipients' ids. They are marked in the
workbook until the recipient changes them or says on the sheet Start that they were checked; what comes back untouched
is told from what was answered anew. Where the template changed, a crosswalk says how its criteria go on.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runGenerate(cmd.Context(), app, opts)
		},
	}
	c.Flags().StringSliceVar(&opts.Only, "only", nil, "only these recipients, by id, separated by commas")
	c.Flags().StringVar(&opts.Split, "split", "", "topic: a workbook for each topic; respondents: one for each respondent in respondents.csv; whole: one with everything")
	opts.Prefill.flags(c)
	return c
}

func runGenerate(ctx context.Context, app *App, opts generateOptions) error {
	f, unlock, err := app.openLocked("generate")
	if err != nil {
		return err
	}
	defer unlock()
	recipients, err := f.Select(opts.Only)
	if err != nil {
		return err
	}
	carried, err := app.prefill(ctx, f, opts.Prefill, recipients)
	if err != nil {
		return err
	}
	written, err := app.generate(ctx, f, recipients, opts.Split, carried)
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(map[string]any{"workbooks": written, "recipients": len(recipients), "folder": "outbox"})
	}
	app.sayPrefilled(carried)
	app.printf("%s written to outbox/. Send them as they are; each belongs to one recipient.\n", count(written, "workbook"))
	return nil
}

// generate writes the recipients' workbooks and records in the journal that they were made: as split says, or where it
// is "" as they were last made. It returns how many there are.
func (app *App) generate(ctx context.Context, f *folder, recipients []models.Recipient, split string, carried prefilled) (int, error) {
	p, err := f.pieces()
	if err != nil {
		return 0, err
	}
	divided, err := app.divide(f, p, recipients, split)
	if err != nil {
		return 0, err
	}
	var list []piece
	for _, rc := range recipients {
		list = append(list, p.of(rc)...)
	}
	if err := f.RecordCarried(carried.sets); err != nil {
		return 0, err
	}
	if err := f.KeepTemplate(); err != nil {
		return 0, err
	}
	app.noteLanguages(f.Template, f.languages(recipients), false)
	prepared := books{f: f}
	events := make([]round.Event, len(list))
	err = app.each(ctx, "writing workbooks", len(list), func(i int) error {
		x := list[i]
		answers := carried.sets[x.recipient.ID].Answers
		since := ""
		if len(answers) > 0 {
			since = carried.since
		}
		book, err := prepared.of(x, since)
		if err != nil {
			return err
		}
		name := "outbox/" + x.name
		events[i] = round.Event{Time: app.Now(), Kind: round.Generated, Recipient: x.recipient.ID, Part: x.part.ID, File: name, Template: f.TemplateDigest}
		m := x.manifest(f)
		sum := sha256.New()
		err = f.WriteFile(name, func(w io.Writer) error {
			if since != "" {
				return book.WriteCarried(io.MultiWriter(w, sum), x.recipient, m.Sealed(f.Key), m.Reference(f.Key), answers)
			}
			return book.Write(io.MultiWriter(w, sum), x.recipient, m.Sealed(f.Key), m.Reference(f.Key))
		})
		// By its digest a workbook is known again that comes back as it was sent.
		events[i].Digest = hex.EncodeToString(sum.Sum(nil))
		return err
	})
	if err != nil {
		return 0, err
	}
	if err := f.clearOutbox(divided, list); err != nil {
		return 0, err
	}
	return len(list), f.Record(append(divided, events...)...)
}

// manifest is what a recipient's workbook says about itself, not yet sealed.
func (f *folder) manifest(rc models.Recipient) models.Manifest {
	return models.Manifest{Round: f.Config.ID, Template: f.Template.ID, TemplateVersion: f.Template.Version,
		TemplateDigest: f.TemplateDigest, Recipient: rc.ID, Name: rc.Name}
}
