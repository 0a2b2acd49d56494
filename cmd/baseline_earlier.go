package cmd

import (
	"bytes"
	"context"
	"errors"
	"os"

	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// earlier reads the round that is compared with, from its folder or its consolidated workbook. Neither is changed.
func (app *App) earlier(ctx context.Context, name string) (title string, side scoring.Side, err error) {
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		return earlierWorkbook(ctx, name)
	}
	other := *app
	other.Dir = name
	f, err := other.open()
	if err != nil {
		return "", side, err
	}
	in, err := other.takeIn(ctx, f)
	if err != nil {
		return "", side, err
	}
	return f.Config.Called(), scoring.Side{Template: f.Template, Members: in.Members}, nil
}

// earlierWorkbook reads an earlier round's results/consolidated.xlsx.
func earlierWorkbook(ctx context.Context, name string) (title string, side scoring.Side, err error) {
	cannot := func(err error) error {
		return &round.Failure{Message: name + " cannot be read", Remedy: "close it in other programs, and check that you may read it", Err: err}
	}
	file, err := os.Open(name)
	if err != nil {
		return "", side, cannot(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", side, cannot(err)
	}
	book, err := consolidated.Read(ctx, file, info.Size())
	var no *consolidated.Refused
	switch {
	case errors.As(err, &no):
		return "", side, &round.UsageError{Message: "--baseline " + name + ": " + no.Message, Remedy: no.Remedy}
	case err != nil && ctx.Err() == nil:
		return "", side, cannot(err)
	case err != nil:
		return "", side, err
	}
	t, err := templates.Load(name+", template.yaml", bytes.NewReader(book.TemplateSource))
	if err != nil {
		return "", side, err
	}
	return book.Title + ", " + book.Due.In(t.Language), scoring.Side{Template: t, Members: book.Members}, nil
}
