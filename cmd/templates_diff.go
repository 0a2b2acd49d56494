package cmd

import (
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
)

type templatesDiffOptions struct {
	A, B      string
	Crosswalk string
	Force     bool
}

func newTemplatesDiffCmd(app *App) *cobra.Command {
	var opts templatesDiffOptions
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Say in words what is different in template B, compared with A, and draft a crosswalk",
		Long: `diff says in words what is different in template B, compared with A. Both are ids of built-in templates,
template files, or round folders.

With --crosswalk it drafts how the criteria of A go on in B, for 'generate --prefill' and '--baseline': which is
which, and what is new or retired. What is not beyond doubt is marked 'check: true' and not used until a person
has looked at it and deleted that.`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.A, opts.B = args[0], args[1]
			return runTemplatesDiff(app, opts)
		},
	}
	c.Flags().StringVar(&opts.Crosswalk, "crosswalk", "", "draft a crosswalk from A to B into this file, such as ROUND/crosswalk.yaml")
	c.Flags().BoolVar(&opts.Force, "force", false, "replace the file if it exists")
	return c
}

func runTemplatesDiff(app *App, opts templatesDiffOptions) error {
	a, err := templateOf(opts.A)
	if err != nil {
		return err
	}
	b, err := templateOf(opts.B)
	if err != nil {
		return err
	}
	changes := templates.Diff(a, b)
	if app.JSON {
		if err := app.printJSON(append([]templates.Change{}, changes...)); err != nil {
			return err
		}
	} else {
		for _, c := range changes {
			app.printf("%s\n", plain(c.String()))
		}
		if len(changes) == 0 {
			app.printf("The two templates are the same.\n")
		}
	}
	if opts.Crosswalk == "" {
		return nil
	}
	return app.draftCrosswalk(a, b, opts.Crosswalk, opts.Force)
}

// draftCrosswalk writes the draft, and says what is to be done with it.
func (app *App) draftCrosswalk(a, b *models.Template, file string, force bool) error {
	x := templates.DraftCrosswalk(a, b)
	if err := writeNew(file, force, func(w io.Writer) error { return templates.EncodeCrosswalk(w, x, a, b) }); err != nil {
		return err
	}
	if app.JSON {
		return nil
	}
	if open := x.Unconfirmed(); len(open) > 0 {
		app.printf("%s is drafted, with %s to check: %s. Look at each, correct it, and delete 'check: true'; until then it is not used.\n",
			file, countMany(len(open), "entry", "entries"), listed(open, 12))
		return nil
	}
	app.printf("%s is drafted, with nothing left to check.\n", file)
	return nil
}

// templateOf takes what templateNamed takes, or a round folder.
func templateOf(name string) (*models.Template, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		file := filepath.Join(name, round.TemplateFile)
		if _, err := os.Stat(file); err != nil {
			return nil, usagef("%s is a folder without a %s; name a round folder, a template file, or a built-in template", name, round.TemplateFile)
		}
		name = file
	}
	_, t, err := templateNamed(name)
	return t, err
}
