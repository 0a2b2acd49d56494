package office

import (
	"bytes"
	"context"
	"errors"
	"os"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// Since is how scores moved since an earlier round; the zero value is nothing to compare with.
type Since struct {
	// Title names the earlier round for people.
	Title      string
	Comparison *models.Comparison
	// Due is when the earlier round was due.
	Due models.Date

	byID map[string]*models.RecipientChange
	// walk is how criteria go on from its template, or nil.
	walk *crosswalk.Crosswalk
}

// Of is a recipient's change, or nil.
func (s *Since) Of(id string) *models.RecipientChange { return s.byID[id] }

// since compares with the round in another folder or in a consolidated workbook, which is read and not changed.
func (o *Office) since(ctx context.Context, earlier Earlier, f *Folder, in *Intake) (Since, []Note, error) {
	if earlier.Dir == "" {
		if earlier.Crosswalk != "" {
			return Since{}, nil, Bad(Option("crosswalk"), " goes with ", Option("baseline"))
		}
		return Since{}, nil, nil
	}
	title, due, before, notes, err := o.earlier(ctx, earlier.Dir)
	if err != nil {
		return Since{}, notes, err
	}
	walk, more, err := crosswalkFrom(f, before.Template, earlier.Crosswalk)
	if notes = append(notes, more...); err != nil {
		return Since{}, notes, err
	}
	c := scoring.Compare(in.Scoring, before, scoring.Side{Template: f.Template, Members: in.Members}, walk)
	out := Since{Title: title, Comparison: &c, Due: due, walk: walk, byID: map[string]*models.RecipientChange{}}
	for i := range c.Recipients {
		out.byID[c.Recipients[i].Recipient] = &c.Recipients[i]
	}
	return out, notes, nil
}

// earlier reads the round that is compared with, from its folder or its consolidated workbook. Neither is changed.
func (o *Office) earlier(ctx context.Context, name string) (title string, due models.Date, side scoring.Side, notes []Note, err error) {
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		title, due, side, err = earlierWorkbook(ctx, name)
		return title, due, side, nil, err
	}
	f, err := o.openEarlier("baseline", name)
	if err != nil {
		return "", due, side, nil, err
	}
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return "", due, side, nil, err
	}
	return nameOf(f.Config), f.Config.Due, scoring.Side{Template: f.Template, Members: in.Members}, in.Notes, nil
}

// nameOf names a round for those who had another since: by its title and due date.
func nameOf(rd *models.Round) string { return rd.Called() }

// earlierWorkbook reads an earlier round's results/consolidated.xlsx.
func earlierWorkbook(ctx context.Context, name string) (title string, due models.Date, side scoring.Side, err error) {
	file, err := os.Open(name)
	if err != nil {
		return "", due, side, unreadable(name, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", due, side, unreadable(name, err)
	}
	book, err := consolidated.Read(ctx, file, info.Size())
	var no *fault.Error
	switch {
	case errors.As(err, &no):
		return "", due, side, badContent(Option("baseline"), " ", name, ": ", no.Error()).with(no.Do)
	case err != nil && ctx.Err() == nil:
		return "", due, side, unreadable(name, err)
	case err != nil:
		return "", due, side, err
	}
	t, err := templates.Load(name+", template.yaml", bytes.NewReader(book.TemplateSource))
	if err != nil {
		return "", due, side, err
	}
	return book.Title + ", " + book.Due.In(t.Language), book.Due, scoring.Side{Template: t, Members: book.Members}, nil
}
