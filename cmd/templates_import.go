package cmd

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

type templatesImportOptions struct {
	office.ImportOptions
	Out   string
	Force bool
}

func newTemplatesImportCmd(app *App) *cobra.Command {
	var opts templatesImportOptions
	c := &cobra.Command{
		Use:   "import FILE… [--base ID] [-o FILE.yaml]",
		Short: "Make a template of notes pages, a published table, or a matrix in a workbook or CSV file",
		Long: `import reads a model as it is published or kept, shows what it understood and what it could not place, and writes
a template. It reads

  - Markdown pages or a folder of them, with headings such as 1.1.4 (topic, row, level);
  - a page with a column for each level (Level 1, Level 2, …), parted by tabs, with sections as rows;
  - the workbook that 'rubric templates export --xlsx' wrote, after it was edited;
  - a matrix in a workbook (xlsx, ods) or CSV file, with a row for each criterion and a column for each level;
  - a questionnaire in a workbook whose answers are lists on another sheet, as SAMM's toolbox has them;
  - a framework library of CISO Assistant, as YAML or as workbook, and an OSCAL catalog in JSON. Where they have no
    scale to answer with, --levels gives one; --only takes some of their groups or topics.

With --base, what is imported replaces the wording of that template, and the rest of it stays.
The columns of a matrix are recognised by their headings; --map says otherwise, by letter or heading:
  --map row=3,ref=A,topic=B,subject=D,1=E,2=F`,
		Example: `  rubric templates import level-4.md --base uk-dmm
  rubric templates import catalog.json --levels 1=Initial,2=Managed,3=Measured --only AC,AU
  rubric templates import our-matrix.xlsx --sheet Model --map ref=No,1=Low,2=High -o ours.yaml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Files = args
			return runTemplatesImport(cmd.Context(), app, opts)
		},
	}
	f := c.Flags()
	f.StringVar(&opts.Base, "base", "", "a template whose texts stay where the import has none")
	f.StringVarP(&opts.Out, "out", "o", "", "the file to write; the template's id and .yaml where it is not given")
	f.BoolVar(&opts.Force, "force", false, "replace the file if it exists")
	f.StringVar(&opts.Map, "map", "", "which column of a matrix is what, such as ref=A,topic=B,subject=C,1=D,2=E")
	f.StringVar(&opts.Sheet, "sheet", "", "the sheet of a workbook that holds the matrix")
	f.StringVar(&opts.Levels, "levels", "", "the scale of a catalog without one: 1=Initial,2=Managed,3=Optimised, or a number of levels")
	f.StringVar(&opts.Only, "only", "", "the groups or topics of a catalog to take, such as AC,AU; all where it is not given")
	f.StringVar(&opts.ID, "id", "", "the new template's id")
	f.StringVar(&opts.Title, "title", "", "its title")
	f.StringVar(&opts.Language, "lang", "", "its language, such as en-GB or ja")
	f.StringVar(&opts.Publisher, "publisher", "", "who publishes the model")
	f.StringVar(&opts.Source, "source", "", "where it is published")
	f.StringVar(&opts.Licence, "licence", "", "what may be done with it")
	return c
}

// imported is the outcome in JSON.
type imported struct {
	File     string               `json:"file"`
	ID       string               `json:"id"`
	Criteria int                  `json:"criteria"`
	Report   *office.ImportReport `json:"report"`
}

func runTemplatesImport(ctx context.Context, app *App, opts templatesImportOptions) error {
	t, r, err := office.ImportTemplate(ctx, opts.ImportOptions)
	if err != nil {
		if r != nil {
			app.printImport(r)
		}
		var source *office.ImportError
		if app.JSON && errors.As(err, &source) {
			if cells, ok := source.Cells(); ok {
				if err := app.printJSON(cells); err != nil {
					return err
				}
			}
		}
		return err
	}
	out := cmp.Or(opts.Out, t.ID+".yaml")
	if err := writeNew(out, opts.Force, func(w io.Writer) error { return office.EncodeTemplate(w, t) }); err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(imported{out, t.ID, len(t.Criteria), r})
	}
	app.printImport(r)
	app.printTemplateLine(out, t)
	return nil
}

func (app *App) printImport(r *office.ImportReport) {
	app.printf("Read as: %s\n", r.Form)
	if r.Mapping != nil {
		app.printf("Columns: %s (say otherwise with --map)\n", r.Mapping)
	}
	for _, s := range r.Understood {
		app.printf("  %s\n", plain(s))
	}
	if len(r.Sample) > 0 {
		app.printf("\nA sample, to compare with the source:\n")
	}
	for _, s := range r.Sample {
		if s.Level >= 0 {
			app.printf("  %s: %s level %d: %s\n", plain(s.Place.String()), plain(s.Ref), s.Level, shortened(s.Text))
		} else {
			app.printf("  %s: %s: %s\n", plain(s.Place.String()), plain(s.Ref), shortened(s.Text))
		}
	}
	if len(r.Notes) > 0 {
		app.printf("\nTo look at:\n")
	}
	for _, n := range r.Notes {
		app.printf("  %s\n", plain(n.String()))
	}
	if n := r.LeftOut(); n > 0 {
		app.printf("%s left out, as said above.\n", text.Count(n, "text", "texts"))
	}
}

func (app *App) printTemplateLine(file string, t *models.Template) {
	app.printf("\n%s: template %s with %s, %s, method %s. Read it over, then use it with 'rubric init --template %s'.\n",
		file, t.ID, criteriaCount(len(t.Criteria)), text.Count(len(t.Levels), "level", "levels"), t.Scoring.Method, asPath(file))
}

// asPath is a file as an argument that is not taken for the id of a template.
func asPath(file string) string {
	if filepath.IsAbs(file) || strings.HasPrefix(file, "."+string(filepath.Separator)) || strings.HasPrefix(file, "..") {
		return file
	}
	return "." + string(filepath.Separator) + file
}

// shortened is the first words of a text, for a line of the terminal.
func shortened(s string) string {
	r := []rune(plain(s))
	if len(r) <= 90 {
		return string(r)
	}
	return string(r[:88]) + " …"
}
