package cmd

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
)

// templateNamed takes a built-in template's id or a file's path.
func templateNamed(name string) ([]byte, *models.Template, error) {
	if !strings.ContainsAny(name, `./\`) {
		source, err := templates.Source(name)
		if err != nil {
			return nil, nil, &round.UsageError{Message: err.Error()}
		}
		t, err := templates.Builtin(name)
		return source, t, err
	}
	source, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, &round.UsageError{Message: name + ": there is no such file", Remedy: "'rubric templates list' names the built-in templates"}
	}
	if err != nil {
		return nil, nil, &round.Failure{Message: name + " cannot be read", Remedy: "check that it is a file and that you may read it", Err: err}
	}
	t, err := templates.Load(name, bytes.NewReader(source))
	return source, t, err
}

func nearestRef(t *models.Template, ref string) string {
	var refs []string
	for _, c := range t.Criteria {
		refs = append(refs, c.Ref)
	}
	return strictyaml.DidYouMean(ref, refs)
}

// writeNew writes a file that must not be there yet, unless force says so.
func writeNew(name string, force bool, write func(io.Writer) error) error {
	if _, err := os.Stat(name); err == nil && !force {
		return &round.UsageError{Message: name + " exists already", Remedy: "choose another name with -o, or replace it with --force"}
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	return round.WriteFile(path, write)
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
	source, t, err := templateNamed(opts.Template)
	if err != nil {
		return err
	}
	if opts.Workbook {
		return app.exportWorkbook(t, opts)
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
	return &cobra.Command{
		Use:   "schema",
		Short: "Write the JSON Schema of template files, for editors that complete and check as one types",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := app.Out.Write(templates.Schema())
			return err
		},
	}
}

func newTemplatesCheckCmd(app *App) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE…",
		Short: "Check template files, and report every mistake with file, line and column",
		Args:  cobra.MinimumNArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return runTemplatesCheck(app, args) },
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
		_, t, err := templateNamed(name)
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
				_, err := app.Out.Write(templates.New())
				return err
			}
			if err := writeNew(opts.Out, opts.Force, func(w io.Writer) error { _, err := w.Write(templates.New()); return err }); err != nil {
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
