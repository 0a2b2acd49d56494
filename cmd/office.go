package cmd

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"github.com/rubric-project/rubric/internal/version"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// office is the office that does the work of the commands.
func (app *App) office() *office.Office {
	return &office.Office{Now: app.Now, Jobs: app.Jobs, Parsed: app.Parsed, Progress: bars{app}, Version: version.Released(),
		WorkbookPassword: os.Getenv("RUBRIC_WORKBOOK_PASSWORD")}
}

// post is the office that sends and fetches. Where somebody is at the keyboard, passwords are asked for.
func (app *App) post() *post.Post {
	p := &post.Post{Office: app.office(), Clock: app.Clock}
	if in, ok := app.In.(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		p.Ask = func(question string) (string, error) {
			fmt.Fprint(app.Err, question+": ")
			b, err := term.ReadPassword(int(in.Fd()))
			fmt.Fprintln(app.Err)
			return string(b), err
		}
	}
	return p
}

// openToWrite opens the round folder of the flag --dir for a command that writes to it; until unlock nobody else does.
func (app *App) openToWrite(command string) (*office.Folder, func(), error) {
	f, unlock, notes, err := app.office().OpenToWrite(app.Dir, command)
	app.note(notes)
	return f, unlock, err
}

// taking says how a file that lies in the round folder, at a place there, comes into returns/.
func (app *App) taking(place, does string) string {
	return app.quotedCommand(models.ActionCollect.On(filepath.ToSlash(filepath.Join(app.Dir, place)))) + " " + does
}

func (app *App) quotedCommand(a models.Action) string { return "'" + command(a, app.Dir) + "'" }

// note prints notes to standard error.
func (app *App) note(list []office.Note) {
	for _, n := range list {
		text := n.Text
		switch n.About {
		case office.DraftCrosswalk:
			text += fmt.Sprintf(" 'rubric templates diff EARLIER %s --crosswalk %s' drafts one.", app.Dir, filepath.Join(app.Dir, "crosswalk.yaml"))
		case office.SendAgain:
			text += " To send the new ones, run 'rubric send --resend' with their ids."
		case office.TakeWorkbook:
			text += " " + app.taking("outbox/FILE", "moves one that was filled in to returns/") + "; " + app.quotedCommand(models.ActionGenerate.On()) + " with --only ID then writes a new one."
		case office.TakeCorrection:
			text += " " + app.taking("results/corrections/FILE", "moves one that was filled in to returns/") + "; " + app.quotedCommand(models.ActionCorrections.On()) + " then writes those that are still needed."
		case office.MakeResults:
			text += " " + app.quotedCommand(models.ActionConsolidate.On()) + " and " + app.quotedCommand(models.ActionReport.On()) + " make them again."
		case office.MakeSummaries:
			text += " " + app.quotedCommand(models.ActionReport.On()) + " makes them again."
		case office.MakeReports:
			text += " " + app.quotedCommand(models.ActionReport.On()) + " removes them."
		case office.TakeReturn:
			text += " " + app.taking("FILE", "takes one in") + "."
		}
		fmt.Fprintln(app.Err, "rubric: "+plain(text))
		for _, line := range n.More {
			fmt.Fprintln(app.Err, "  "+plain(line))
		}
	}
}
