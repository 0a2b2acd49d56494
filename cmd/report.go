package cmd

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/words"
)

type reportOptions struct {
	Only     []string
	Full     bool
	Merge    bool
	Lang     string
	Names    string
	Baseline baselineOptions
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
	c.Flags().BoolVar(&opts.Merge, "merge", false, "write results/pdf/all-summaries.pdf as well: one file for printing, with bookmarks")
	c.Flags().StringVar(&opts.Lang, "lang", "", "language of the reports' own words ("+strings.Join(words.Languages(), ", ")+"); the round's where it is not given")
	opts.Baseline.flags(c)
	c.Flags().StringVar(&opts.Names, "names", "name", "how the overview calls recipients: name, reference, or withheld")
	return c
}

func runReport(ctx context.Context, app *App, opts reportOptions) error {
	f, unlock, err := app.openLocked("report")
	if err != nil {
		return err
	}
	defer unlock()
	chosen, err := f.Select(opts.Only)
	if err != nil {
		return err
	}
	in, err := app.takeIn(ctx, f)
	if err != nil {
		return err
	}
	if _, ok := namings[opts.Names]; !ok {
		return usagef("--names %s: choose name, reference or withheld", opts.Names)
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
	app.printf("%s written to results/pdf/.\n", countMany(n, "summary", "summaries"))
	return outcome(in.Findings)
}

var namings = map[string]pdf.Naming{"name": pdf.ByName, "reference": pdf.ByReference, "withheld": pdf.Withheld}

// report writes the summaries of the chosen recipients that returned, and the overview where all are chosen.
func (app *App) report(ctx context.Context, f *folder, in *intake, chosen []models.Recipient, opts reportOptions) (int, []models.Finding, error) {
	printerFor, err := f.printers(opts)
	if err != nil {
		return 0, nil, err
	}
	earlier, err := app.since(ctx, opts.Baseline, f, in)
	if err != nil {
		return 0, nil, err
	}
	results := in.results(f, earlier)
	wanted := idsOf(chosen)
	var inputs []pdf.SummaryInput
	for i := range results.Members {
		if m := &results.Members[i]; m.Return != nil && wanted[m.Recipient.ID] {
			inputs = append(inputs, pdf.SummaryInput{Results: results, Member: i, Full: opts.Full})
		}
	}
	langs := f.languages(chosen)
	if opts.Lang != "" {
		langs = []string{opts.Lang}
	}
	app.noteLanguages(f.Template, langs, true)
	printer, err := printerFor(f.Config.Language)
	if err != nil {
		return 0, nil, err
	}
	names := f.FileNames(".pdf")
	found := make([][]models.Finding, len(inputs))
	err = app.each(ctx, "writing summaries", len(inputs), func(i int) error {
		rc := results.Members[inputs[i].Member].Recipient
		printer, err := printerFor(f.languageOf(rc))
		if err != nil {
			return err
		}
		return f.WriteFile("results/pdf/"+names[rc.ID], func(w io.Writer) (err error) {
			found[i], err = printer.Summary(w, inputs[i])
			return err
		})
	})
	if err != nil {
		return 0, nil, err
	}
	findings := slices.Concat(found...)
	if opts.Merge && len(inputs) > 0 {
		err = f.WriteFile("results/pdf/all-summaries.pdf", func(w io.Writer) error {
			_, err := printer.Merge(w, inputs) // its findings are those of the summaries
			return err
		})
		if err != nil {
			return 0, nil, err
		}
	}
	if len(opts.Only) == 0 {
		overview := pdf.OverviewInput{Results: results, Names: namings[opts.Names], References: map[string]string{}}
		for _, rc := range f.Recipients {
			overview.References[rc.ID] = f.manifest(rc).Reference(f.Key)
		}
		err = f.WriteFile("results/pdf/overview.pdf", func(w io.Writer) error {
			list, err := printer.Overview(w, overview)
			findings = append(findings, list...)
			return err
		})
	}
	models.SortFindings(findings)
	return len(inputs), findings, err
}

// printers gives the printer of the round's reports in a language, with the round's logo; each is made once. What can
// be wrong is wrong for all of them, and said at once.
func (f *folder) printers(opts reportOptions) (func(lang string) (*pdf.Printer, error), error) {
	var options []pdf.Option
	if opts.Lang != "" {
		if !slices.Contains(words.Languages(), opts.Lang) {
			return nil, usagef("--lang %s: there are no words in this language; choose one of %s", opts.Lang, strings.Join(words.Languages(), ", "))
		}
		options = append(options, pdf.WithLanguage(opts.Lang))
	}
	if logo := f.Config.Look.Logo; logo != "" {
		if !filepath.IsLocal(logo) {
			return nil, usagef("round.yaml: look: logo: %q leads out of the round folder; put the file there and name it alone", logo)
		}
		data, err := os.ReadFile(filepath.Join(f.Dir, logo))
		if err != nil {
			return nil, usagef("round.yaml: look: logo: %q cannot be read; put a PNG or JPEG file of that name into the round folder", logo)
		}
		options = append(options, pdf.WithLogo(data))
	}
	var mu sync.Mutex
	made := map[string]*pdf.Printer{}
	printerFor := func(lang string) (p *pdf.Printer, err error) {
		mu.Lock()
		defer mu.Unlock()
		if made[lang] == nil {
			made[lang], err = pdf.NewPrinter(f.in(lang), f.Template, options...)
		}
		return made[lang], err
	}
	_, err := printerFor(f.Config.Language)
	return printerFor, err
}
