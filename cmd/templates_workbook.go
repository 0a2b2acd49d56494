package cmd

import (
	"fmt"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/authoring"
)

// exportWorkbook writes the authoring workbook of a template.
func (app *App) exportWorkbook(t *models.Template, opts templatesExportOptions) error {
	var sheets []authoring.Sheet
	for _, s := range templates.Authoring(t) {
		x := authoring.Sheet{Name: s.Name, Help: s.Help, Rows: s.Rows}
		for _, c := range s.Columns {
			x.Columns = append(x.Columns, authoring.Column{Heading: c.Heading, Help: c.Help, Width: c.Width, Choices: c.Choices,
				ChoicesFrom: c.ChoicesFrom, Number: c.Number, Unique: c.Unique, Needed: c.Needed})
		}
		sheets = append(sheets, x)
	}
	out := first(opts.Out, t.ID+".xlsx")
	if err := writeNew(out, opts.Force, func(w io.Writer) error { return authoring.Write(w, t.Title, sheets) }); err != nil {
		return err
	}
	app.printf("%s holds the template %s %s. Edit it in a spreadsheet program, then run 'rubric templates import %s'.\n", out, t.ID, t.Version, out)
	return nil
}

// importAuthoring reads an authoring workbook back.
func importAuthoring(sheets []templates.Sheet, opts templatesImportOptions, o templates.ImportOptions) (*models.Template, *templates.Report, error) {
	if opts.Map != "" || opts.Sheet != "" || o.Base != nil {
		return nil, nil, fmt.Errorf("%s is an authoring workbook and complete in itself; leave out --map, --sheet and --base", sheets[0].File)
	}
	t, err := templates.FromAuthoring(sheets)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range []struct {
		to   *string
		from string
	}{{&t.ID, o.ID}, {&t.Title, o.Title}, {&t.Language, o.Language}, {&t.Publisher, o.Publisher}, {&t.Source, o.Source}, {&t.Licence, o.Licence}} {
		*x.to = first(x.from, *x.to)
	}
	r := &templates.Report{Form: "the workbook of 'rubric templates export --xlsx'", Understood: []string{
		fmt.Sprintf("%d levels, %d topics, %d themes, %s, %d next steps", len(t.Levels), len(t.Topics), len(t.Themes), criteriaCount(len(t.Criteria)), len(t.Advice))}}
	return t, r, templates.Check(t)
}
