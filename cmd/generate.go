package cmd

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx"
)

type generateOptions struct {
	Only []string
}

func newGenerateCmd(app *App) *cobra.Command {
	var opts generateOptions
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write one workbook for each recipient into outbox/",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runGenerate(cmd.Context(), app, opts)
		},
	}
	c.Flags().StringSliceVar(&opts.Only, "only", nil, "only these recipients, by id, separated by commas")
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
	if err := app.generate(ctx, f, recipients); err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(map[string]any{"workbooks": len(recipients), "folder": "outbox"})
	}
	app.printf("%s written to outbox/. Send them as they are; each belongs to one recipient.\n", count(len(recipients), "workbook"))
	return nil
}

// generate writes the recipients' workbooks and records in the journal that they were made.
func (app *App) generate(ctx context.Context, f *folder, recipients []models.Recipient) error {
	book, err := xlsx.NewAssessment(f.Template, f.Config)
	if err != nil {
		return err
	}
	names := f.FileNames(".xlsx")
	events := make([]round.Event, len(recipients))
	err = app.each(ctx, "writing workbooks", len(recipients), func(i int) error {
		rc := recipients[i]
		name := "outbox/" + names[rc.ID]
		events[i] = round.Event{Time: app.Now(), Kind: round.Generated, Recipient: rc.ID, File: name, Template: f.TemplateDigest}
		m := f.manifest(rc)
		sum := sha256.New()
		err := f.WriteFile(name, func(w io.Writer) error {
			return book.Write(io.MultiWriter(w, sum), rc, m.Sealed(f.Key), m.Reference(f.Key))
		})
		// By its digest a workbook is known again that comes back as it was sent.
		events[i].Digest = hex.EncodeToString(sum.Sum(nil))
		return err
	})
	if err != nil {
		return err
	}
	return f.Record(events...)
}

// manifest is what a recipient's workbook says about itself, not yet sealed.
func (f *folder) manifest(rc models.Recipient) models.Manifest {
	return models.Manifest{Round: f.Config.ID, Template: f.Template.ID, TemplateVersion: f.Template.Version,
		TemplateDigest: f.TemplateDigest, Recipient: rc.ID, Name: rc.Name}
}
