package cmd

import (
	"fmt"
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
into the folder; look it over before 'generate --prefill' and '--baseline' use it.

The recipients list may be on any sheet of a workbook and below a title. Its columns are known by the headings id,
name, email and contact, or by words that people use for them, such as CDS Code or LEA Name; how they were understood
is shown. --map says otherwise, by heading or column letter, and is remembered in round.yaml for the round's next list.
Rows that are hidden, filtered away or struck out stop the list until --hidden-rows says what is to become of them.`,
		Example: `  rubric init spring-2027 --template uk-dmm --recipients schools.csv \
      --title "Data maturity, spring 2027" --due 2027-03-26 --groups region,type
  rubric init spring-2027 --template uk-dmm --recipients schools.xlsx --map id="CDS Code",name="LEA Name" \
      --title "Data maturity, spring 2027" --due "26 March 2027"
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
	f.StringVar(&opts.List.Map, "map", "", "which column of the list is what, such as id=\"CDS Code\",name=\"LEA Name\"; email=none where none is")
	f.StringVar(&opts.List.Sheet, "sheet", "", "the sheet of a workbook that holds the list")
	f.StringVar(&opts.List.HiddenRows, "hidden-rows", "", "leave or take: rows of the list that are hidden or struck out")
	f.StringVar(&opts.List.ShortIDs, "short-ids", "", "pad or keep: ids of the list that are numbers with one digit less than the others")
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
	f.StringArrayVar(&opts.Fonts, "font", nil, "a TrueType font for names that the summaries' typeface cannot show, such as Arabic ones; FILE#FACE of a collection; may be given several times")
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
	app.noteList(made)
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

// noteList says how the columns of the list were understood, where their headings do not say it themselves.
func (app *App) noteList(made office.InitResult) {
	l := made.List
	for _, n := range l.Notes {
		app.note([]office.Note{{Text: n + " --sheet names another."}})
	}
	if l.Left > 0 {
		app.printf("%s hidden or struck out and left out.\n", text.Count(l.Left, "row is", "rows are"))
	}
	if len(l.Renamed()) == 0 && l.HeaderRow <= 1 && (len(l.Sheets) == 0 || l.Sheet == l.Sheets[0]) {
		return
	}
	where := ""
	if l.Sheet != "" {
		where = fmt.Sprintf(" of sheet %s, row %d", plain(l.Sheet), l.HeaderRow)
	}
	app.printf("Columns%s: %s (say otherwise with --map)\n", where, plain(l.Mapping()))
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
