package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

type initOptions struct {
	office.InitOptions
	issued, due string
}

func newInitCmd(app *App) *cobra.Command {
	var opts initOptions
	c := &cobra.Command{
		Use:   "init DIR --template ID --recipients FILE --title TITLE --due DATE",
		Short: "Make a new round folder",
		Long: `init makes a new round folder. With --from it takes over what is not given from an earlier round: the
recipients, the template, and all settings (contact, groups, paper, language, look, mail, scoring), but not its
title, dates and returns. A column previous_id in the recipients list gives the id that an organisation had in
the earlier round, where it was another. With --template as well, such as a newer version, a crosswalk is drafted
into the folder; look it over before 'generate --prefill' and '--baseline' use it.`,
		Example: `  rubric init spring-2027 --template uk-dmm --recipients schools.csv \
      --title "Data maturity, spring 2027" --due 2027-03-26 --groups region,type
  rubric init spring-2028 --from spring-2027 --title "Data maturity, spring 2028" --due 2028-03-31`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Dir = args[0]
			return runInit(cmd, app, opts)
		},
	}
	f := c.Flags()
	f.StringVar(&opts.Template, "template", "", "a built-in template ("+strings.Join(builtinIDs(), ", ")+") or a template file")
	f.StringVar(&opts.From, "from", "", "an earlier round's folder, to take over what is not given here")
	f.StringVar(&opts.Recipients, "recipients", "", "the recipients list, CSV or xlsx: id, name, email, contact, and any columns to compare by")
	f.StringVar(&opts.Title, "title", "", "what the round is called in workbooks and summaries")
	f.StringVar(&opts.due, "due", "", "the day by which workbooks should be back, such as 2027-03-26")
	f.StringVar(&opts.issued, "issued", "", "the day the round begins; today where it is not given")
	f.StringVar(&opts.Organiser, "organiser", "", "the office that runs the round")
	f.StringVar(&opts.Contact.Name, "contact", "", "whom recipients ask")
	f.StringVar(&opts.Contact.Email, "contact-email", "", "that person's address")
	f.StringVar(&opts.ReplyTo, "reply-to", "", "the address that completed workbooks go to")
	f.StringVar(&opts.Paper, "paper", "", "a4 or letter; by the template's language where it is not given")
	f.StringVar(&opts.Language, "lang", "", "the same as --language")
	f.StringVar(&opts.Language, "language", "", "language of the round, such as en-GB; the template's where it is not given")
	f.StringSliceVar(&opts.Groups, "groups", nil, "columns of the recipients list to compare by; all further columns where it is not given")
	return c
}

func runInit(cmd *cobra.Command, app *App, opts initOptions) error {
	for _, x := range []struct{ flag, value, example string }{
		{"--template", opts.Template + opts.From, "uk-dmm"}, {"--recipients", opts.Recipients + opts.From, "schools.csv"},
		{"--title", opts.Title, `"Data maturity, spring 2027"`}, {"--due", opts.due, "2027-03-26"},
	} {
		if x.value == "" {
			return usagef("init needs %s, such as %s %s", x.flag, x.flag, x.example)
		}
	}
	var err error
	if opts.issued != "" {
		if opts.Issued, err = dateFlag("--issued", opts.issued); err != nil {
			return err
		}
	}
	if opts.Due, err = dateFlag("--due", opts.due); err != nil {
		return err
	}
	made, err := app.office().Init(cmd.Context(), opts.InitOptions)
	if err != nil {
		return err
	}
	if app.JSON {
		return app.printJSON(made.Config)
	}
	t := made.Template
	app.printf("%s is ready: %s, template %s %s with %d criteria, due %s.\n", opts.Dir,
		text.Count(made.Recipients, "recipient", "recipients"), t.ID, t.Version, len(t.Criteria), made.Config.Due.Long())
	if opts.From != "" {
		app.sayFollowing(opts, made)
		return nil
	}
	app.printf("Next: look over %s/round.yaml, then run 'rubric generate -C %s'.\n", opts.Dir, opts.Dir)
	return nil
}

// sayFollowing says what comes next in a round that follows another.
func (app *App) sayFollowing(opts initOptions, made office.InitResult) {
	if made.CrosswalkFile != "" {
		app.printf("The template is another than before. %s says how its criteria go on", made.CrosswalkFile)
		if open := made.Unconfirmed; len(open) > 0 {
			app.printf("; %s to be checked by you: %s", text.Count(len(open), "entry is", "entries are"), text.FirstFew(open, 12, ", ", " and %d more"))
		}
		app.printf(".\n")
	}
	app.printf("Next: look over %s/round.yaml, then run 'rubric generate -C %s --prefill %s', or without --prefill for empty workbooks.\n", opts.Dir, opts.Dir, opts.From)
}

// dateFlag reads the date of a flag.
func dateFlag(name, value string) (models.Date, error) {
	d, err := models.ParseDate(value)
	if err != nil {
		return d, usagef("%s: %w", name, err)
	}
	return d, nil
}
