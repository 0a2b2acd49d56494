package cmd

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

func newDemoCmd(app *App) *cobra.Command {
	var opts demo.Options
	c := &cobra.Command{
		Use:   "demo DIR",
		Short: "Make a complete example round, with returns good and bad, and run it to the end",
		Long: `demo makes a round folder with invented recipients, generates their workbooks, fills most of them in, spoils
some in the ways that real returns are spoilt, and runs everything: findings, consolidated workbook, summaries.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Dir = args[0]
			return runDemo(cmd.Context(), app, opts)
		},
	}
	c.Flags().StringVar(&opts.Template, "template", "uk-dmm", "a built-in template or a template file")
	c.Flags().IntVar(&opts.Recipients, "recipients", demo.Recipients, fmt.Sprintf("how many recipients to invent, %d or more", demo.Fewest))
	c.Flags().Uint64Var(&opts.Seed, "seed", demo.Seed, "another seed gives other recipients and answers")
	c.Flags().StringVar(&opts.Language, "language", "", "the round's language, such as es; the template's where it is not given")
	c.Flags().StringVar(&opts.Paper, "paper", "", "a4 or letter; by the template's language where it is not given")
	return c
}

func runDemo(ctx context.Context, app *App, opts demo.Options) error {
	played, err := demo.Play(ctx, app.office(), opts)
	if err != nil {
		return err
	}
	app.note(played.Notes)
	app.Dir = opts.Dir
	return app.tellDemo(played.Folder, played.Plan, played.Intake)
}

// tellDemo says what was done and where to look.
func (app *App) tellDemo(f *office.Folder, plan *demo.Plan, in *office.Intake) error {
	if app.JSON {
		return app.printJSON(in.Register)
	}
	app.printf("%s: a round with template %s, %d criteria, due %s.\n\n", app.Dir, f.Template.ID, len(f.Template.Criteria), f.Config.Due.Long())
	app.printf("%s got a workbook (outbox/), and %s came back (returns/), of which some are bad on purpose:\n\n",
		text.Count(len(f.Recipients), "recipient", "recipients"), text.Count(len(plan.Deliveries), "file", "files"))
	became := map[string]models.FileLine{}
	for _, line := range in.Register.Files {
		became[line.File] = line
	}
	var rows [][]any
	for _, d := range plan.Deliveries {
		if d.Why == "" {
			continue
		}
		line, ok := became[d.File]
		code := ""
		if !ok {
			line.Status, line.Findings = "passed over", findingsAt(in.Findings, d.File)
		}
		if len(line.Findings) > 0 {
			code = string(line.Findings[0].Code)
		}
		rows = append(rows, []any{d.File, d.Why, string(line.Status), code})
	}
	app.tableOf([]string{"file", "what is bad about it", "became", "first finding"}, rows)
	errors, warnings, repairs := models.Count(in.Findings)
	app.printf("\n%d of %d recipients count as returned; %s, %s, %s.\n\nLook at:\n", in.Consolidation().Returned, in.Consolidation().Recipients,
		text.Count(errors, "error", "errors"), text.Count(warnings, "warning", "warnings"), text.Count(repairs, "repair", "repairs"))
	for _, x := range [][2]string{
		{"outbox/" + f.FileNames(".xlsx")[f.Recipients[0].ID], "a workbook as a recipient gets it"},
		{"results/consolidated.xlsx", "all answers and scores in one workbook"},
		{"results/findings.xlsx", "what is wrong with the returns, and what to do"},
		{"results/pdf/", "a summary for each recipient, and overview.pdf"},
		{"results/data/", "the same data for other tools"},
	} {
		app.printf("  %-60s %s\n", filepath.Join(app.Dir, filepath.FromSlash(x[0])), x[1])
	}
	app.printf("\nGo on with:  rubric status -C %s    rubric validate -C %s    rubric score -C %s\n", app.Dir, app.Dir, app.Dir)
	app.printf("(validate ends with status 1 here: the errors are the bad returns above.)\n")
	return nil
}

// findingsAt keeps the findings about one file.
func findingsAt(list []models.Finding, file string) []models.Finding {
	var out []models.Finding
	for _, f := range list {
		if f.Origin.File == file {
			out = append(out, f)
		}
	}
	return out
}
