package cmd

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx"
)

type demoOptions struct {
	Dir        string
	Template   string
	Paper      string
	Recipients int
	Seed       uint64
}

func newDemoCmd(app *App) *cobra.Command {
	var opts demoOptions
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
	c.Flags().IntVar(&opts.Recipients, "recipients", 36, "how many recipients to invent, 14 or more")
	c.Flags().Uint64Var(&opts.Seed, "seed", demo.Seed, "another seed gives other recipients and answers")
	c.Flags().StringVar(&opts.Paper, "paper", "", "a4 or letter; by the template's language where it is not given")
	return c
}

func runDemo(ctx context.Context, app *App, opts demoOptions) error {
	source, t, err := templateNamed(opts.Template)
	if err != nil {
		return err
	}
	plan, err := demo.New(t, opts.Recipients, opts.Seed)
	if err != nil {
		return usageError{err}
	}
	key := sha256.Sum256(fmt.Appendf(nil, "the key of demonstration %d", opts.Seed)) // fixed, so that a demonstration can be repeated
	_, err = round.Init(opts.Dir, round.Options{
		ID: fmt.Sprintf("demo-%d", opts.Seed), Title: plan.Title, Organiser: plan.Organiser, Template: source, TemplateID: t.ID,
		RecipientsFile: "the invented list", Recipients: rowsOf(plan),
		Issued: plan.Issued, Due: plan.Due, Paper: paperFor(opts.Paper, t), Language: t.Language,
		Contact: models.Contact{Name: "The data office", Email: "data-office@example.org"}, ReplyTo: "returns@example.org",
		Groups: plan.Groups, Key: key[:],
	})
	if err != nil {
		return err
	}
	app.Dir = opts.Dir
	f, unlock, err := app.openLocked("demo")
	if err != nil {
		return err
	}
	defer unlock()
	if _, err := app.generate(ctx, f, f.Recipients, "", prefilled{}); err != nil {
		return err
	}
	if err := app.playRecipients(ctx, f, plan); err != nil {
		return err
	}
	in, err := app.takeInWhole(ctx, f)
	if err != nil {
		return err
	}
	if err := app.writeFindings(f, in); err != nil {
		return err
	}
	if err := app.consolidate(ctx, f, in, baseline{}); err != nil {
		return err
	}
	if _, _, err := app.report(ctx, f, in, f.Recipients, reportOptions{Names: "name"}); err != nil {
		return err
	}
	return app.tellDemo(f, plan, in)
}

// playRecipients does what recipients do: fill in the workbook they got, save it, and send it back.
func (app *App) playRecipients(ctx context.Context, f *folder, plan *demo.Plan) error {
	earlier, err := earlierRound(f)
	if err != nil {
		return err
	}
	names := f.FileNames(".xlsx")
	return app.each(ctx, "filling in workbooks", len(plan.Deliveries), func(i int) error {
		d := plan.Deliveries[i]
		content, err := returnOf(f, names, earlier, d)
		if err != nil {
			return err
		}
		name := filepath.Join(f.Dir, "returns", d.File)
		if err := os.WriteFile(name, content, 0o644); err != nil {
			return err
		}
		received := d.Saved.Add(20 * time.Minute)
		return os.Chtimes(name, received, received)
	})
}

// returnOf makes the bytes of one delivery.
func returnOf(f *folder, names map[string]string, earlier func(models.Recipient) ([]byte, error), d demo.Delivery) ([]byte, error) {
	var content []byte
	var err error
	switch d.Source {
	case demo.NoWorkbook:
		content = d.Content
	case demo.EarlierRound:
		content, err = earlier(d.Recipient)
	default:
		content, err = os.ReadFile(filepath.Join(f.Dir, filepath.FromSlash("outbox/"+names[d.Recipient.ID])))
	}
	if err != nil {
		return nil, err
	}
	if len(d.Cells) > 0 {
		filling := xlsx.Filling{Saved: d.Saved, Respondent: xlsx.FillRespondent{
			Name: "Head of Data", Role: "Head of Data and Assessment", Date: d.Saved.Format(time.DateOnly), SignedBy: "Chief Executive"}}
		for _, c := range d.Cells {
			filling.Cells = append(filling.Cells, xlsx.FillCell(c))
		}
		for _, q := range d.Questions {
			filling.Questions = append(filling.Questions, xlsx.FillQuestion(q))
		}
		if content, err = xlsx.Fill(content, filling); err != nil {
			return nil, err
		}
	}
	if d.Spoil != nil {
		content = d.Spoil(content)
	}
	return content, nil
}

// earlierRound returns a function that makes the workbook a recipient had in an earlier round.
func earlierRound(f *folder) (func(models.Recipient) ([]byte, error), error) {
	config := *f.Config
	config.ID, config.Title = "demo-earlier", config.Title+" (last year)"
	config.Issued, config.Due = models.Date{Time: config.Issued.AddDate(-1, 0, 0)}, models.Date{Time: config.Due.AddDate(-1, 0, 0)}
	book, err := xlsx.NewAssessment(f.Template, &config)
	if err != nil {
		return nil, err
	}
	return func(rc models.Recipient) ([]byte, error) {
		m := f.manifest(rc)
		m.Round = config.ID
		key := []byte("the key of the earlier round")
		var b bytes.Buffer
		err := book.Write(&b, rc, m.Sealed(key), m.Reference(key))
		return b.Bytes(), err
	}, nil
}

// tellDemo says what was done and where to look.
func (app *App) tellDemo(f *folder, plan *demo.Plan, in *intake) error {
	if app.JSON {
		return app.printJSON(in.Register)
	}
	app.printf("%s: a round with template %s, %d criteria, due %s.\n\n", app.Dir, f.Template.ID, len(f.Template.Criteria), f.Config.Due.Long())
	app.printf("%s got a workbook (outbox/), and %s came back (returns/), of which some are bad on purpose:\n\n",
		count(len(f.Recipients), "recipient"), count(len(plan.Deliveries), "file"))
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
	app.printf("\n%d of %d recipients count as returned; %s, %s, %s.\n\nLook at:\n", in.Consolidation.Returned, in.Consolidation.Recipients,
		count(errors, "error"), count(warnings, "warning"), count(repairs, "repair"))
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

// rowsOf writes the invented recipients as the rows of a recipients list.
func rowsOf(plan *demo.Plan) [][]round.Cell {
	row := func(line int, texts ...string) []round.Cell {
		out := make([]round.Cell, len(texts))
		for i, s := range texts {
			out[i] = round.Cell{Text: s, Line: line, Column: i + 1}
		}
		return out
	}
	rows := [][]round.Cell{row(1, append([]string{"id", "name", "email", "contact"}, plan.Groups...)...)}
	for i, rc := range plan.Recipients {
		texts := []string{rc.ID, rc.Name, rc.Email, rc.Contact}
		for _, g := range plan.Groups {
			texts = append(texts, rc.Groups[g])
		}
		rows = append(rows, row(i+2, texts...))
	}
	return rows
}
