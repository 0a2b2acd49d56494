package office

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// ImportOptions say what a template is made of, and what it is called.
type ImportOptions struct {
	// Files are paths; a folder stands for the Markdown files in it.
	Files []string
	// Base is a template (as TemplateNamed takes it) whose texts stay where the import has none; "" for none.
	Base string
	// Map says which column of a matrix is what, Sheet which sheet of a workbook holds it; "" where they are found.
	Map, Sheet string
	// ID, Title and the rest are the new template's; "" for what the source says.
	ID, Title, Language        string
	Publisher, Source, Licence string
	// Levels is the scale for a catalog without one: names by number, or how many levels there are. Only names the
	// groups or topics of a catalog that are taken, parted by commas; "" for all.
	Levels, Only string
}

// ImportTemplate reads a model as it is published or kept, and makes a template of it. The report says what was
// understood, and what could not be placed; it may be there beside an error. Whatever is wrong with the source is misuse;
// a templates.SheetProblems lists the cells.
func ImportTemplate(ctx context.Context, opts ImportOptions) (*models.Template, *ImportReport, error) {
	o := templates.ImportOptions{ID: opts.ID, Title: opts.Title, Publisher: opts.Publisher, Source: opts.Source, Licence: opts.Licence, Language: opts.Language}
	if err := opts.catalogs(&o); err != nil {
		return nil, nil, err
	}
	if opts.Base != "" {
		_, base, err := TemplateNamed(opts.Base)
		if err != nil {
			return nil, nil, err
		}
		o.Base = base
	}
	t, r, err := importFiles(ctx, opts, o)
	var failure *fault.Error
	var bad *BadOption
	if err != nil && !errors.As(err, &failure) && !errors.As(err, &bad) {
		err = &ImportError{err}
	}
	return t, r, err
}

// ImportReport says what an import understood.
type ImportReport = templates.Report

// ImportError says what is wrong with a source.
type ImportError struct{ Err error }

// Error is the message.
func (e *ImportError) Error() string { return e.Err.Error() }

// Unwrap is the error of the reader.
func (e *ImportError) Unwrap() error { return e.Err }

// Cells lists the cells that are wrong, where it is a workbook for editing; the value is for JSON.
func (e *ImportError) Cells() (any, bool) {
	var cells templates.SheetProblems
	ok := errors.As(e.Err, &cells)
	return cells, ok
}

// importFiles reads the files and has package templates make a template of them, by what they are.
func importFiles(ctx context.Context, opts ImportOptions, o templates.ImportOptions) (*models.Template, *templates.Report, error) {
	pages, err := readPages(opts.Files)
	if err != nil {
		return nil, nil, err
	}
	first := pages[0]
	if kind := strings.ToLower(filepath.Ext(first.Name)); bytes.HasPrefix(first.Text, []byte("PK")) || kind == ".csv" || kind == ".tsv" {
		if len(pages) > 1 {
			return nil, nil, fmt.Errorf("one workbook or CSV file is imported at a time; give %s alone", first.Name)
		}
		sheets, err := readSheets(ctx, first)
		if err != nil {
			return nil, nil, err
		}
		all := sheets
		sheets = slices.DeleteFunc(slices.Clone(all), func(s templates.Sheet) bool { return s.Hidden })
		if templates.IsAuthoring(sheets) {
			if err := opts.unusedLevels(first.Name); err != nil {
				return nil, nil, err
			}
			return importAuthoring(sheets, opts, o)
		}
		if t, r, ok, err := importSheets(all, opts, o); ok {
			return t, r, err
		}
		if err := opts.unusedLevels(first.Name); err != nil {
			return nil, nil, err
		}
		s, m, err := chooseSheet(sheets, opts)
		if err != nil {
			return nil, nil, err
		}
		return templates.ImportMatrix(s, m, o)
	}
	if opts.Map != "" || opts.Sheet != "" {
		return nil, nil, badContent(Option("map"), " and ", Option("sheet"), " are for workbooks and CSV files; ", first.Name, " is a text")
	}
	if len(pages) == 1 {
		if t, r, ok, err := importCatalog(first, o); ok {
			return t, r, err
		}
	}
	if err := opts.unusedLevels(first.Name); err != nil {
		return nil, nil, err
	}
	if len(pages) == 1 && templates.HasColumns(first) {
		return templates.ImportColumns(first, o)
	}
	return templates.ImportMarkdown(pages, o)
}

// importAuthoring reads an authoring workbook back.
func importAuthoring(sheets []templates.Sheet, opts ImportOptions, o templates.ImportOptions) (*models.Template, *templates.Report, error) {
	if opts.Map != "" || opts.Sheet != "" || o.Base != nil {
		return nil, nil, badContent(sheets[0].File, " is an authoring workbook and complete in itself; leave out ", Option("map"), ", ", Option("sheet"), " and ", Option("base"))
	}
	t, err := templates.FromAuthoring(sheets)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range []struct {
		to   *string
		from string
	}{{&t.ID, o.ID}, {&t.Title, o.Title}, {&t.Language, o.Language}, {&t.Publisher, o.Publisher}, {&t.Source, o.Source}, {&t.Licence, o.Licence}} {
		*x.to = cmp.Or(x.from, *x.to)
	}
	r := &templates.Report{Form: "a workbook for editing a template", Understood: []string{
		fmt.Sprintf("%d levels, %d topics, %d themes, %s, %d next steps", len(t.Levels), len(t.Topics), len(t.Themes), text.Count(len(t.Criteria), "criterion", "criteria"), len(t.Advice))}}
	return t, r, templates.Check(t)
}

// chooseSheet takes the sheet that is named, or the first whose headings are understood or fit the mapping.
func chooseSheet(sheets []templates.Sheet, opts ImportOptions) (*templates.Sheet, templates.Mapping, error) {
	var names []string
	var problem error
	for i := range sheets {
		s := &sheets[i]
		names = append(names, s.Name)
		if opts.Sheet != "" && !strings.EqualFold(s.Name, opts.Sheet) {
			continue
		}
		if opts.Map != "" {
			m, err := templates.ParseMapping(opts.Map, s)
			if err == nil {
				return s, m, nil
			}
			problem = badContent(Option("map"), ": ", err)
			continue
		}
		if m, ok := templates.ProposeMapping(s); ok {
			return s, m, nil
		}
		problem = badContent("no row of ", opts.Files[0], " has headings such as Level 1, Level 2 or 1 - Beginning; say which columns hold what, such as ", Option("map"), " row=3,ref=A,subject=B,1=C,2=D")
	}
	if problem == nil {
		problem = badContent(Option("sheet"), " ", opts.Sheet, ": there is no such sheet; the sheets are ", strings.Join(names, ", "))
	}
	return nil, templates.Mapping{}, problem
}
