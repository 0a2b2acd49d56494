package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// output is a file that standard output goes to instead. PowerShell's redirection writes what a program says in another
// encoding than it was said in, and cmd.exe has none that fails when the disk is full.
type output struct {
	name    string
	replace bool
	held    *bytes.Buffer
	direct  io.Writer // what app.Out is otherwise
}

// addOutput gives the command the flags for it.
func (app *App) addOutput(c *cobra.Command) {
	c.Flags().StringVarP(&app.output.name, "out", "o", "", "the file to write to, in UTF-8; standard output where it is not given")
	c.Flags().BoolVar(&app.output.replace, "force", false, "replace that file if it exists")
}

// keepOutput holds back what is written from now on, if it is for a file.
func (app *App) keepOutput() {
	if app.output.name != "" {
		app.output.held = new(bytes.Buffer)
		app.Out, app.output.direct = app.output.held, app.Out
	}
}

// writeOutput writes what was held back, where the command did its work.
func (app *App) writeOutput(err error) error {
	held := app.output.held
	if held == nil {
		return err
	}
	app.output.held, app.Out = nil, app.output.direct
	if err != nil && !errors.Is(err, errFindings) {
		return err
	}
	text := held.Bytes()
	if strings.HasSuffix(strings.ToLower(app.output.name), ".csv") && !bytes.HasPrefix(text, []byte("\ufeff")) {
		text = append([]byte("\ufeff"), text...) // without the mark Excel takes it for an older encoding
	}
	if failed := writeNew(app.output.name, app.output.replace, func(w io.Writer) error { _, err := w.Write(text); return err }); failed != nil {
		return failed
	}
	fmt.Fprintf(app.Err, "rubric: %s written\n", app.output.name)
	return err
}
