package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/office"
)

// writeNew writes a file that must not be there yet, unless force says so.
func writeNew(name string, force bool, write func(io.Writer) error) error {
	err := office.WriteNew(name, force, write)
	if errors.Is(err, office.ErrExists) {
		return contentError{fmt.Errorf("%s exists already; choose another name with -o, or replace it with --force", name)}
	}
	return err
}

type templatesExportOptions struct {
	Template, Out string
	Workbook      bool
	Force         bool
}

func newTemplatesExportCmd(app *App) *cobra.Command {
	var opts templatesExportOptions
	c := &cobra.Command{
		Use:   "export ID|FILE [-o FILE.yaml]",
		Short: "Write a template as YAML, to read it or to make your own of it",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.Template = args[0]
			return runTemplatesExport(app, opts)
		},
	}
	c.Flags().StringVarP(&opts.Out, "out", "o", "", "the file to write; standard output where it is not given")
	c.Flags().BoolVar(&opts.Workbook, "xlsx", false, "write a workbook to edit it in, which 'rubric templates import' reads back")
	c.Flags().BoolVar(&opts.Force, "force", false, "replace the file if it exists")
	return c
}

func runTemplatesExport(app *App, opts templatesExportOptions) error {
	source, t, err := office.TemplateNamed(opts.Template)
	if err != nil {
		return err
	}
	if opts.Workbook {
		out := cmp.Or(opts.Out, t.ID+".xlsx")
		if err := writeNew(out, opts.Force, func(w io.Writer) error { return office.WriteAuthoring(w, t) }); err != nil {
			return err
		}
		app.printf("%s holds the template %s %s. Edit it in a spreadsheet program, then run 'rubric templates import %s'.\n", out, t.ID, t.Version, out)
		return nil
	}
	if opts.Out == "" {
		_, err := app.Out.Write(source)
		return err
	}
	if err := writeNew(opts.Out, opts.Force, func(w io.Writer) error { _, err := w.Write(source); return err }); err != nil {
		return err
	}
	app.printf("%s holds the template %s %s. Change its id and version if you change anything else, then run 'rubric templates check %s'.\n", opts.Out, t.ID, t.Version, opts.Out)
	return nil
}

func newTemplatesSchemaCmd(app *App) *cobra.Command {
	c := &cobra.Command{
		Use:   "schema [-o FILE.json]",
		Short: "Write the JSON Schema of template files, for editors that complete and check as one types",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := app.Out.Write(office.TemplateSchema())
			return err
		},
	}
	app.addOutput(c)
	return c
}

func newTemplatesCheckCmd(app *App) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE…",
		Short: "Check template files, and report every mistake with file, line and column",
		Args:  cobra.MinimumNArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return runTemplatesCheck(app, expanded(".", args)) },
	}
}

// checkedFile is the outcome for one file, in JSON.
type checkedFile struct {
	File     string              `json:"file"`
	ID       string              `json:"id,omitempty"`
	Criteria int                 `json:"criteria"`
	Problems strictyaml.Problems `json:"problems"`
}

func runTemplatesCheck(app *App, files []string) error {
	var all strictyaml.Problems
	var out []checkedFile
	for _, name := range files {
		_, t, err := office.TemplateNamed(name)
		var list strictyaml.Problems
		switch {
		case errors.As(err, &list):
			all = append(all, list...)
			out = append(out, checkedFile{File: name, Problems: list})
		case err != nil:
			return err
		default:
			out = append(out, checkedFile{File: name, ID: t.ID, Criteria: len(t.Criteria), Problems: strictyaml.Problems{}})
			app.printf("%s: in order: template %s %s, %s, method %s\n", name, t.ID, t.Version, criteriaCount(len(t.Criteria)), t.Scoring.Method)
			for _, tag := range t.Languages()[1:] {
				if texts, _ := t.Gaps(tag); len(texts) > 0 {
					app.printf("  language %s: not translated: %s\n", tag, plain(strings.Join(gapsInWords(t, texts), "; ")))
				}
			}
		}
	}
	if app.JSON {
		if err := app.printJSON(out); err != nil {
			return err
		}
	}
	if len(all) > 0 {
		return all
	}
	return nil
}

type templatesNewOptions struct {
	Out   string
	Force bool
}

func newTemplatesNewCmd(app *App) *cobra.Command {
	var opts templatesNewOptions
	c := &cobra.Command{
		Use:   "new [-o FILE.yaml]",
		Short: "Write a small template with remarks, to start your own from",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if opts.Out == "" {
				_, err := app.Out.Write(office.NewTemplate())
				return err
			}
			if err := writeNew(opts.Out, opts.Force, func(w io.Writer) error { _, err := w.Write(office.NewTemplate()); return err }); err != nil {
				return err
			}
			app.printf("%s is a small template with remarks. Change it, then run 'rubric templates check %s'.\n", opts.Out, opts.Out)
			return nil
		},
	}
	c.Flags().StringVarP(&opts.Out, "out", "o", "", "the file to write; standard output where it is not given")
	c.Flags().BoolVar(&opts.Force, "force", false, "replace the file if it exists")
	return c
}
