package office

import (
	"errors"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// catalogs puts what only forms without a scale need into the options of package templates.
func (opts ImportOptions) catalogs(o *templates.ImportOptions) error {
	if opts.Levels != "" {
		levels, err := templates.ParseLevels(opts.Levels)
		if err != nil {
			return badContent(Option("levels"), ": ", err)
		}
		o.Levels = levels
	}
	for _, name := range strings.Split(opts.Only, ",") {
		if name = strings.TrimSpace(name); name != "" {
			o.Only = append(o.Only, name)
		}
	}
	return nil
}

// importCatalog reads a text that is a catalog of requirements; ok is false for any other.
func importCatalog(p templates.Page, o templates.ImportOptions) (t *models.Template, r *templates.Report, ok bool, err error) {
	switch {
	case templates.IsOSCAL(p):
		t, r, err = templates.ImportOSCAL(p, o)
	case templates.IsLibrary(p):
		t, r, err = templates.ImportLibrary(p, o)
	default:
		return nil, nil, false, nil
	}
	return t, r, true, scaleMissing(err)
}

// importSheets reads a workbook that has a form of its own; ok is false for a matrix.
func importSheets(sheets []templates.Sheet, opts ImportOptions, o templates.ImportOptions) (t *models.Template, r *templates.Report, ok bool, err error) {
	if opts.Map != "" || opts.Sheet != "" {
		return nil, nil, false, nil
	}
	switch {
	case templates.IsLibraryBook(sheets):
		t, r, err = templates.ImportLibraryBook(sheets, o)
	case templates.HasAnswerLists(sheets):
		t, r, err = templates.ImportQuestionnaire(sheets, o)
	default:
		return nil, nil, false, nil
	}
	return t, r, true, scaleMissing(err)
}

// scaleMissing says how a scale is given.
func scaleMissing(err error) error {
	if errors.Is(err, templates.ErrNoScale) {
		return badContent(err, " (", Option("levels"), ")")
	}
	return err
}

// unusedLevels refuses a scale for a form that has its own.
func (opts ImportOptions) unusedLevels(file string) error {
	if opts.Levels != "" || opts.Only != "" {
		return badContent(Option("levels"), " and ", Option("only"), " are for catalogs of requirements without a scale; ", file, " has levels of its own")
	}
	return nil
}
