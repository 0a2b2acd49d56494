package cmd

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

func newValidateCmd(app *App) *cobra.Command {
	var opts office.ValidateOptions
	c := &cobra.Command{
		Use:   "validate [FILE…]",
		Short: "List every finding of every return, and write results/findings.xlsx",
		Long: `validate reads every file in returns/ and lists what is wrong or noteworthy in it: where, what, and what to do.
FILE is a path inside returns/; without one all are listed. results/findings.xlsx always has all of them.
The exit status is 1 if a finding has severity error.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Files = expanded(filepath.Join(app.Dir, "returns"), args)
			return runValidate(cmd.Context(), app, opts)
		},
	}
	c.Flags().BoolVar(&opts.Corrections, "corrections", false, "also write results/corrections/: the returns with findings of severity error, marked, to send back")
	app.addOutput(c)
	return c
}

func runValidate(ctx context.Context, app *App, opts office.ValidateOptions) error {
	f, unlock, err := app.openToWrite("validate")
	if err != nil {
		return err
	}
	defer unlock()
	found, err := app.office().Validate(ctx, f, opts)
	app.note(found.Notes)
	if err != nil {
		return err
	}
	if app.JSON {
		var notMarked []string
		for _, x := range found.NotMarked {
			notMarked = append(notMarked, x.File)
		}
		if err := app.printJSON(struct {
			Files       int              `json:"files"`
			Corrections int              `json:"corrections,omitempty"`
			NotMarked   []string         `json:"not_marked,omitempty"`
			Findings    []models.Finding `json:"findings"`
		}{found.Files, found.Corrections, notMarked, append([]models.Finding{}, found.Findings...)}); err != nil {
			return err
		}
		return outcome(found.Findings)
	}
	app.printFindings(found.Findings)
	looked := found.Files
	if len(opts.Files) > 0 {
		looked = len(opts.Files)
	}
	errors, warnings, repairs := models.Count(found.Findings)
	app.printf("%s: %s, %s, %s. All findings: results/findings.xlsx\n", text.Count(looked, "file", "files"),
		text.Count(errors, "error", "errors"), text.Count(warnings, "warning", "warnings"), text.Count(repairs, "repair", "repairs"))
	if opts.Corrections {
		app.printCorrections(found)
	}
	return outcome(found.Findings)
}

// printCorrections says which workbooks there are to send back.
func (app *App) printCorrections(found office.ValidateResult) {
	switch {
	case found.Corrections > 0:
		app.printf("%s to send back: results/corrections/. 'rubric send --corrections' writes the messages.\n", text.Count(found.Corrections, "workbook", "workbooks"))
	case len(found.NotMarked) == 0:
		app.printf("No workbook to send back: nothing that counts has findings of severity error.\n")
	}
	for _, x := range found.NotMarked {
		app.printf("%s: %s. Tell its sender what results/findings.xlsx says, or ask for an .xlsx.\n", plain(x.File), x.Why)
	}
}
