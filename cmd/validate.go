package cmd

import (
	"context"
	"io"
	"path"
	"strings"

	"github.com/rubric-project/rubric/xlsx/findings"
	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
)

type validateOptions struct {
	Corrections bool
}

func newValidateCmd(app *App) *cobra.Command {
	var opts validateOptions
	c := &cobra.Command{
		Use:   "validate [FILE…]",
		Short: "List every finding of every return, and write results/findings.xlsx",
		Long: `validate reads every file in returns/ and lists what is wrong or noteworthy in it: where, what, and what to do.
FILE is a path inside returns/; without one all are listed. results/findings.xlsx always has all of them.
The exit status is 1 if a finding has severity error.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runValidate(cmd.Context(), app, opts, args)
		},
	}
	c.Flags().BoolVar(&opts.Corrections, "corrections", false, "also write results/corrections/: the returns with findings of severity error, marked, to send back")
	return c
}

func runValidate(ctx context.Context, app *App, opts validateOptions, files []string) error {
	f, unlock, err := app.openLocked("validate")
	if err != nil {
		return err
	}
	defer unlock()
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return err
	}
	list, err := findingsOf(in, files)
	if err != nil {
		return err
	}
	if err := app.writeFindings(f, in); err != nil {
		return err
	}
	corrections, without := 0, []string(nil)
	if opts.Corrections {
		if corrections, without, err = app.writeCorrections(ctx, f, in); err != nil {
			return err
		}
	}
	if app.JSON {
		if err := app.printJSON(struct {
			Files       int              `json:"files"`
			Corrections int              `json:"corrections,omitempty"`
			NotMarked   []string         `json:"not_marked,omitempty"`
			Findings    []models.Finding `json:"findings"`
		}{len(in.Register.Files), corrections, without, append([]models.Finding{}, list...)}); err != nil {
			return err
		}
		return outcome(list)
	}
	app.printFindings(list)
	looked := len(in.Register.Files)
	if len(files) > 0 {
		looked = len(files)
	}
	errors, warnings, repairs := models.Count(list)
	app.printf("%s: %s, %s, %s. All findings: results/findings.xlsx\n", count(looked, "file"),
		count(errors, "error"), count(warnings, "warning"), count(repairs, "repair"))
	if opts.Corrections {
		app.printf("%s to send back: results/corrections/. 'rubric send --corrections' writes the messages.\n", count(corrections, "workbook"))
		for _, name := range without {
			app.printf("%s: its cells cannot be marked, as those of an .xlsx without a password can. Tell its sender what results/findings.xlsx says, or ask for an .xlsx.\n", plain(name))
		}
	}
	return outcome(list)
}

// findingsOf keeps the findings of the files named on the command line; a name that fits no file is refused.
func findingsOf(in *intake, files []string) ([]models.Finding, error) {
	if len(files) == 0 {
		return in.Findings, nil
	}
	wanted := map[string]bool{}
	for _, name := range files {
		name = strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), "returns/")
		found := false
		for _, line := range in.Register.Files {
			if line.File == name || path.Base(line.File) == name {
				wanted[line.File], found = true, true
			}
		}
		if !found {
			return nil, usagef("there is no file %q in returns/; name it as 'rubric status' does", name)
		}
	}
	var out []models.Finding
	for _, x := range in.Findings {
		if wanted[x.Origin.File] {
			out = append(out, x)
		}
	}
	return out, nil
}

// writeFindings writes results/findings.xlsx.
func (app *App) writeFindings(f *folder, in *intake) error {
	return f.WriteFile("results/findings.xlsx", func(w io.Writer) error {
		return findings.Write(w, f.Config, in.Findings)
	})
}
