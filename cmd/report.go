package cmd

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

func newReportCmd(app *App) *cobra.Command {
	var opts office.ReportOptions
	c := &cobra.Command{
		Use:   "report",
		Short: "Write results/pdf/: a summary for each recipient, and overview.pdf",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runReport(cmd.Context(), app, opts)
		},
	}
	c.Flags().StringSliceVar(&opts.Only, "only", nil, "only these recipients, by id or exact name, separated by commas; the overview is left as it is")
	c.Flags().BoolVar(&opts.Full, "full", false, "add an appendix with every criterion to each summary")
	c.Flags().BoolVar(&opts.Merge, "merge", false, "write results/pdf/all-summaries.pdf as well: one file for printing, with bookmarks")
	c.Flags().StringVar(&opts.Lang, "lang", "", "language of the reports' own words ("+strings.Join(office.ReportLanguages(), ", ")+"); the round's where it is not given")
	baselineFlags(c, &opts.Baseline)
	c.Flags().StringVar(&opts.Names, "names", "", "how the overview calls recipients: name (the default), reference, or withheld; with --by: withheld (the default) or office")
	c.Flags().StringVar(&opts.By, "by", "", "write an overview for each group of this column, such as region, in place of summaries and overview")
	c.Flags().BoolVar(&opts.DraftText, "draft-text", false, "write the sentences of the overview's first page into summary.md, to be edited, and nothing else; with --names withheld into summary-outside.md")
	c.Flags().BoolVar(&opts.TextStands, "text-stands", false, "the office's text in summary.md was looked at and holds for today's figures")
	return c
}

func runReport(ctx context.Context, app *App, opts office.ReportOptions) error {
	f, unlock, err := app.openToWrite("report")
	if err != nil {
		return err
	}
	defer unlock()
	out, err := app.office().Report(ctx, f, opts)
	app.note(out.Notes)
	if err != nil {
		return err
	}
	if app.JSON {
		if err := app.printJSON(struct {
			Summaries int              `json:"summaries"`
			Findings  []models.Finding `json:"findings"`
		}{out.Summaries, append([]models.Finding{}, out.Unprintable...)}); err != nil {
			return err
		}
		return outcome(out.Findings)
	}
	app.printFindings(out.Unprintable)
	if opts.By != "" || opts.DraftText {
		return outcome(out.Findings)
	}
	app.printf("%s written to results/pdf/.\n", text.Count(out.Summaries, "summary", "summaries"))
	return outcome(out.Findings)
}
