package office

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/picture"
)

// CheckRound says what is wrong with what is known of a new round, without its list and its folder: every mistake, each with
// its option. It makes nothing.
func (o *Office) CheckRound(opts InitOptions) (problems round.Problems, err error) {
	ro, err := o.roundOptions(&opts, beginning{template: &models.Template{Language: cmp.Or(opts.Language, "en-GB")}})
	if err != nil {
		return nil, err
	}
	if err = round.Check(ro); errors.As(err, &problems) {
		return problems, nil
	}
	return nil, err
}

// SampleWorkbook writes the workbook that the first recipient of a new round would get, or, as long as there is no list, an
// organisation without a name. The round is not made: reference and seal are not those that it will have.
func (o *Office) SampleWorkbook(ctx context.Context, w io.Writer, opts InitOptions) error {
	var b beginning
	rc := models.Recipient{ID: "0000", Name: "…"}
	if opts.Recipients != "" {
		with, err := o.beginningOf(ctx, opts)
		if err != nil {
			return err
		}
		if b = with; len(b.list.Recipients) > 0 {
			rc = b.list.Recipients[0]
		}
	} else {
		var err error
		if b.source, b.template, err = TemplateNamed(opts.Template); err != nil {
			return err
		}
	}
	ro, err := o.roundOptions(&opts, b)
	if err != nil {
		return err
	}
	rd := ro.Config()
	t := b.template.For(rc)
	if lang := cmp.Or(rc.Language, rd.Language); lang != "" {
		t = t.In(lang)
	}
	book, err := assessment.New(t, rd)
	if err != nil {
		return err
	}
	m := models.Manifest{Round: rd.ID, Template: t.ID, TemplateVersion: t.Version, Recipient: rc.ID, Name: rc.Name}
	return book.Write(w, rc, m.Sealed(make([]byte, 32)), m.Reference(make([]byte, 32)))
}

// SamplePictures says how the sheets of SampleWorkbook look, each down to a height in points.
func (o *Office) SamplePictures(ctx context.Context, opts InitOptions, height float64) ([]picture.Sheet, error) {
	var b bytes.Buffer
	if err := o.SampleWorkbook(ctx, &b, opts); err != nil {
		return nil, err
	}
	return picture.Read(b.Bytes(), height)
}

// logoName is what a logo is called in the round folder, by its file's extension.
func logoName(file string) string { return "logo" + strings.ToLower(filepath.Ext(file)) }

// roundOptions is what package round makes a round of.
func (o *Office) roundOptions(opts *InitOptions, b beginning) (round.Options, error) {
	if opts.Issued.IsZero() {
		var err error
		if opts.Issued, err = models.ParseDate(o.Time().Format("2006-01-02")); err != nil {
			return round.Options{}, err
		}
	}
	if opts.Logo != "" {
		data, err := os.ReadFile(opts.Logo)
		if err != nil {
			return round.Options{}, unreadable(opts.Logo, err)
		}
		opts.Look.Logo = logoName(opts.Logo)
		b.add(opts.Look.Logo, data)
	}
	fonts, err := b.copyFonts(opts.Fonts)
	if err != nil {
		return round.Options{}, err
	}
	return round.Options{
		Title: opts.Title, Organiser: opts.Organiser, Template: b.source, TemplateID: b.template.ID, RecipientsFile: b.listFile,
		Recipients: b.list.Rows, Columns: b.list.Renamed(), Issued: opts.Issued, Due: opts.Due, Paper: b.paper(opts.Paper), Language: b.language(opts.Language),
		Earlier: b.earlier, Files: b.files, Contact: opts.Contact, ReplyTo: opts.ReplyTo, Groups: opts.Groups, Look: opts.Look,
		Fonts: fonts,
	}, nil
}
