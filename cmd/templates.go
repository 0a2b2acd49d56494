package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

func newTemplatesCmd(app *App) *cobra.Command {
	c := &cobra.Command{
		Use:   "templates",
		Short: "The built-in templates, and your own: list, show, export, check, import, diff, new",
		Long: `A template is an assessment framework as data: levels, topics, themes, criteria with their descriptors, and
how answers are scored. It is a YAML file that a person can write and read. Two are built in.

Start your own with 'rubric templates new', or import one that exists: notes pages, a table, a workbook.`,
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(newTemplatesListCmd(app), newTemplatesShowCmd(app), newTemplatesExportCmd(app), newTemplatesSchemaCmd(app),
		newTemplatesCheckCmd(app), newTemplatesDiffCmd(app), newTemplatesNewCmd(app), newTemplatesImportCmd(app))
	for _, sub := range c.Commands() {
		sub.Args = usageArgs(sub.Args)
	}
	return c
}

// templateSummary is a line of 'templates list'.
type templateSummary struct {
	ID        string        `json:"id"`
	Version   string        `json:"version"`
	Title     string        `json:"title"`
	Publisher string        `json:"publisher"`
	Method    models.Method `json:"method"`
	Levels    int           `json:"levels"`
	Criteria  int           `json:"criteria"`
}

// builtinIDs names the built-in templates.
func builtinIDs() []string {
	list, err := office.BuiltinTemplates()
	if err != nil {
		panic(err) // they are part of the program, and the tests load them
	}
	var out []string
	for _, t := range list {
		out = append(out, t.ID)
	}
	return out
}

func newTemplatesListCmd(app *App) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the built-in templates",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return runTemplatesList(app) },
	}
}

func runTemplatesList(app *App) error {
	var list []templateSummary
	var rows [][]any
	builtin, err := office.BuiltinTemplates()
	if err != nil {
		return err
	}
	for _, t := range builtin {
		list = append(list, templateSummary{t.ID, t.Version, t.Title, t.Publisher, t.Scoring.Method, len(t.Levels), len(t.Criteria)})
		rows = append(rows, []any{t.ID, t.Version, t.Title, string(t.Scoring.Method), len(t.Levels), len(t.Criteria)})
	}
	if app.JSON {
		return app.printJSON(list)
	}
	app.tableOf([]string{"id", "version", "title", "method", "levels", "criteria"}, rows, 4, 5)
	return nil
}

type templatesShowOptions struct {
	Template string
	Ref      string
	Lang     string
}

func newTemplatesShowCmd(app *App) *cobra.Command {
	var opts templatesShowOptions
	c := &cobra.Command{
		Use:   "show ID|FILE [REF]",
		Short: "Show a template, or one of its criteria in full",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.Template = args[0]
			if len(args) == 2 {
				opts.Ref = args[1]
			}
			return runTemplatesShow(app, opts)
		},
	}
	c.Flags().StringVar(&opts.Lang, "lang", "", "show it in this one of its languages")
	return c
}

func runTemplatesShow(app *App, opts templatesShowOptions) error {
	_, t, err := office.TemplateNamed(opts.Template)
	if err != nil {
		return err
	}
	if opts.Lang != "" {
		var notes []office.Note
		if t, notes, err = office.TemplateIn(t, opts.Lang); err != nil {
			return err
		}
		app.note(notes)
	}
	if opts.Ref != "" {
		return app.showCriterion(t, opts.Ref)
	}
	if app.JSON {
		return app.printJSON(t)
	}
	app.printf("%s %s: %s\n", t.ID, t.Version, t.Title)
	for _, x := range [][2]string{{"Publisher", t.Publisher}, {"Source", t.Source}, {"Licence", t.Licence}, {"Wording", t.Wording}, {"Language", t.Language}, {"Also in", strings.Join(t.Languages()[1:], ", ")}, {"Method", methodsOf(t.Scoring)}, {"Target", targetOf(t.Answers.Target)}} {
		if x[1] != "" {
			app.printf("%-10s %s\n", x[0], plain(x[1]))
		}
	}
	app.showAbout(t)
	app.printf("\nLevels\n")
	for _, l := range t.Levels {
		name := l.Name
		if l.AltName != "" {
			name += " / " + l.AltName
		}
		app.printf("  %d  %s: %s\n", l.Number, plain(name), plain(l.Meaning))
	}
	descriptors := 0
	for _, tp := range t.Topics {
		list := t.CriteriaOf(tp.ID, "")
		app.printf("\n%s  %s (%s)\n", tp.ID, plain(tp.Name), criteriaCount(len(list)))
		for _, c := range list {
			descriptors += len(c.Descriptors)
			theme, _ := t.Theme(c.Theme)
			app.printf("  %-10s %-24s %s%s\n", c.Ref, plain(theme.Name), plain(c.Subject), plain(asked(c)))
		}
	}
	app.showQuestions(t)
	app.printf("\n%s, %s. 'rubric templates show %s REF' shows one in full.\n", criteriaCount(len(t.Criteria)), count(descriptors, "descriptor"), opts.Template)
	return nil
}

func criteriaCount(n int) string {
	if n == 1 {
		return "1 criterion"
	}
	return fmt.Sprintf("%d criteria", n)
}

func (app *App) showCriterion(t *models.Template, ref string) error {
	c, err := office.Criterion(t, ref)
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(c)
	}
	topic, _ := t.Topic(c.Topic)
	theme, _ := t.Theme(c.Theme)
	app.printf("%s  %s\n%s", c.Ref, plain(c.Subject), plain(topic.Name))
	if theme.Name != "" {
		app.printf(" · %s", plain(theme.Name))
	}
	app.printf("\n")
	if len(c.AppliesTo) > 0 {
		app.printf("Asked where %s.\n", plain(c.AskedWhere()))
	}
	if n, ok := t.TargetFor(c); ok {
		app.printf("Target for everyone: %s\n", plain(t.Scale(c).Label(models.At(n))))
	}
	if c.Statement != "" {
		app.printf("\n%s\n", plain(c.Statement))
	}
	for _, s := range t.Scale(c) {
		app.printf("\n%s\n", plain(s.Label()))
		if text := c.Descriptors[s.Number]; text != "" {
			app.printf("  %s\n", strings.ReplaceAll(text, "\n", "\n  "))
		}
		if text := c.NextSteps[s.Number]; text != "" {
			app.printf("  Next: %s\n", strings.ReplaceAll(text, "\n", "\n  "))
		}
	}
	return nil
}
