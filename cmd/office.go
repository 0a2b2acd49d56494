package cmd

import (
	"fmt"
	"os"

	"golang.org/x/term"

	"github.com/rubric-project/rubric/internal/version"
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
	p := &post.Post{Office: app.office(), Clock: app.Clock, Accounts: app.Accounts}
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

// note prints notes to standard error. A command that several in a row ask for is named once, after them.
func (app *App) note(list []office.Note) {
	for i, n := range list {
		fmt.Fprintln(app.Err, "rubric: "+plain(n.Text))
		for _, line := range n.More {
			fmt.Fprintln(app.Err, "  "+plain(line))
		}
		step := nextStep(n.Do, app.Dir)
		if step != "" && (i == len(list)-1 || step != nextStep(list[i+1].Do, app.Dir)) {
			fmt.Fprintln(app.Err, "  "+step)
		}
	}
}
