package cmd

import (
	"context"
	"io"
	"sync"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
)

type reportOptions struct {
	Only []string
	Full bool
}

func newReportCmd(app *App) *cobra.Command {
	var opts reportOptions
	c := &cobra.Command{
		Use:   "report",
		Short: "Write results/pdf/: a summary for each recipient, and overview.pdf",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runReport(cmd.Context(), app, opts)
		},
	}
	c.Flags().StringSliceVar(&opts.Only, "only", nil, "only these recipients, by id, separated by commas; the overview is left as it is")
	c.Flags().BoolVar(&opts.Full, "full", false, "add an appendix with every criterion to each summary")
	return c
}

func runReport(ctx context.Context, app *App, opts reportOptions) error {
	f, err := app.open()
	if err != nil {
		return err
	}
	chosen, err := f.Select(opts.Only)
	if err != nil {
		return err
	}
	lock, err := f.Lock("report")
	if err != nil {
		return err
	}
	defer lock.Unlock()
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return err
	}
	n, findings, err := app.report(ctx, f, in, chosen, opts)
	if err != nil {
		return err
	}
	if app.JSON {
		if err := app.printJSON(struct {
			Summaries int              `json:"summaries"`
			Findings  []models.Finding `json:"findings"`
		}{n, append([]models.Finding{}, findings...)}); err != nil {
			return err
		}
		return outcome(in.Findings)
	}
	app.printFindings(findings)
	app.printf("%s written to results/pdf/.\n", count(n, "summary"))
	return outcome(in.Findings)
}

// report writes the summaries of the chosen recipients that returned, and the overview where all are chosen.
func (app *App) report(ctx context.Context, f *folder, in *intake, chosen []models.Recipient, opts reportOptions) (int, []models.Finding, error) {
	printer, err := pdf.NewPrinter(f.Config, f.Template)
	if err != nil {
		return 0, nil, err
	}
	var members []models.Member
	for _, m := range membersOf(in.Members, chosen) {
		if m.Scorecard != nil {
			members = append(members, m)
		}
	}
	names := f.FileNames(".pdf")
	var mu sync.Mutex
	var findings []models.Finding
	note := func(list []models.Finding) {
		mu.Lock()
		defer mu.Unlock()
		findings = append(findings, list...)
	}
	err = app.each(ctx, "writing summaries", len(members), func(i int) error {
		m := members[i]
		return f.WriteFile("results/pdf/"+names[m.Recipient.ID], func(w io.Writer) error {
			list, err := printer.Summary(w, pdf.SummaryInput{
				Recipient: m.Recipient, Return: m.Return, Scorecard: *m.Scorecard,
				All: in.Consolidation.All, Groups: groupsOf(in.Consolidation.Groups, m.Recipient), Full: opts.Full,
			})
			note(list)
			return err
		})
	})
	if err != nil {
		return 0, nil, err
	}
	if len(opts.Only) == 0 {
		err = f.WriteFile("results/pdf/overview.pdf", func(w io.Writer) error {
			list, err := printer.Overview(w, pdf.OverviewInput{Members: in.Members, Register: in.Register, Consolidation: in.Consolidation})
			note(list)
			return err
		})
	}
	models.SortFindings(findings)
	return len(members), findings, err
}

// groupsOf keeps the groups that a recipient belongs to.
func groupsOf(all []models.GroupView, rc models.Recipient) []models.GroupView {
	var out []models.GroupView
	for _, g := range all {
		if rc.Groups[g.Column] == g.Value {
			out = append(out, g)
		}
	}
	return out
}
