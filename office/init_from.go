package cmd

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
)

// beginning is what a new round begins with: given by flags, or taken over from an earlier round.
type beginning struct {
	source     []byte
	template   *models.Template
	listFile   string
	recipients [][]round.Cell
	// earlier is the earlier round's settings, or nil.
	earlier *models.Round
	// files are further files of the new folder; walk is the crosswalk among them, or nil.
	files map[string][]byte
	walk  *models.Crosswalk
}

func (app *App) startOf(ctx context.Context, opts initOptions) (b beginning, err error) {
	b.listFile, b.files = opts.Recipients, map[string][]byte{}
	var from *folder
	if opts.From != "" {
		other := *app
		other.Dir = opts.From
		if from, err = other.open(); err != nil {
			return b, err
		}
		b.earlier, b.source, b.template = from.Config, from.TemplateSource, from.Template
	}
	if opts.Template != "" {
		if b.source, b.template, err = templateNamed(opts.Template); err != nil {
			return b, err
		}
	}
	if b.listFile == "" {
		b.listFile = filepath.Join(opts.From, round.RecipientsFile)
	}
	if b.recipients, err = loadRecipients(ctx, b.listFile); err != nil || from == nil {
		return b, err
	}
	if opts.Recipients == "" {
		b.recipients = round.ForNextRound(b.recipients)
	}
	if logo := from.Config.Look.Logo; logo != "" && filepath.IsLocal(logo) {
		data, err := os.ReadFile(filepath.Join(from.Dir, logo))
		if err != nil {
			return b, &round.Failure{Message: "the earlier round's logo " + logo + " cannot be read", Remedy: "put it back, or remove look: logo: from its round.yaml", Err: err}
		}
		b.files[logo] = data
	}
	if bytes.Equal(b.source, from.TemplateSource) {
		return b, nil
	}
	b.walk = templates.DraftCrosswalk(from.Template, b.template)
	var text bytes.Buffer
	if err := templates.EncodeCrosswalk(&text, b.walk, from.Template, b.template); err != nil {
		return b, err
	}
	b.files[round.CrosswalkFile] = text.Bytes()
	return b, nil
}

// paper and language are what was asked for, or else the earlier round's, or else what the template's readers use.
func (b *beginning) paper(asked string) string {
	if asked == "" && b.earlier != nil {
		return ""
	}
	return paperFor(asked, b.template)
}

func (b *beginning) language(asked string) string {
	if asked == "" && b.earlier != nil {
		return ""
	}
	return first(asked, b.template.Language)
}

// sayFollowing says what comes next in a round that follows another.
func (app *App) sayFollowing(opts initOptions, b beginning) {
	if b.walk != nil {
		open := b.walk.Unconfirmed()
		app.printf("The template is another than before. %s says how its criteria go on", filepath.Join(opts.Dir, round.CrosswalkFile))
		if len(open) > 0 {
			app.printf("; %s to be checked by you: %s", countMany(len(open), "entry is", "entries are"), listed(open, 12))
		}
		app.printf(".\n")
	}
	app.printf("Next: look over %s/round.yaml, then run 'rubric generate -C %s --prefill %s', or without --prefill for empty workbooks.\n", opts.Dir, opts.Dir, opts.From)
}
