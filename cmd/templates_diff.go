package cmd

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/office"
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
	diff, err := office.DiffTemplates(opts.A, opts.B)
	if err != nil {
		return err
	}
	if app.JSON {
		if err := app.printJSON(append(diff.Changes[:0:0], diff.Changes...)); err != nil {
			return err
		}
	} else {
		for _, c := range diff.Changes {
			app.printf("%s\n", plain(c.String()))
		}
		if len(diff.Changes) == 0 {
			app.printf("The two templates are the same.\n")
		}
	}
	if opts.Crosswalk == "" {
		return nil
	}
	return app.draftCrosswalk(diff, opts.Crosswalk, opts.Force)
}

// draftCrosswalk writes the draft, and says what is to be done with it.
func (app *App) draftCrosswalk(diff office.TemplateDiff, file string, force bool) error {
	var open []string
	if err := writeNew(file, force, func(w io.Writer) (err error) { open, err = diff.Crosswalk(w); return err }); err != nil {
		return err
	}
	if app.JSON {
		return nil
	}
	if len(open) > 0 {
		app.printf("%s is drafted, with %s to check: %s. Look at each, correct it, and delete 'check: true'; until then it is not used.\n",
			file, text.Count(len(open), "entry", "entries"), text.FirstFew(open, 12, ", ", " and %d more"))
		return nil
	}
	app.printf("%s is drafted, with nothing left to check.\n", file)
	return nil
}
