package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// The exit statuses.
const (
	exitOK       = 0 // all well
	exitFindings = 1 // done, but there are findings of severity error
	exitUsage    = 2 // wrong usage or configuration
	exitFailed   = 3 // it could not be done: input, output, network
)

// errFindings ends a command that did its work and has findings of severity error to show.
var errFindings = errors.New("there are findings of severity error")

// usageError is a command line that cannot be understood.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// contentError says that a flag is understood and what it names is not as it must be.
type contentError struct{ error }

// exit turns the error that ended a command into a message and a status.
func (app *App) exit(err error) int {
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(app.Err, app.program()+": stopped. What was finished is in the folder; run the command again to go on.")
		return exitFailed
	}
	text := office.InWords(err, flagOf)
	var usage usageError
	var bad *office.BadOption
	isUsage := errors.As(err, &usage)
	if errors.As(err, &bad) {
		isUsage = !bad.Content
	}
	fmt.Fprintln(app.Err, app.program()+": "+strings.TrimRight(text, "\n"))
	if step := nextStep(fault.ActionOf(err), app.Dir); step != "" {
		fmt.Fprintln(app.Err, step)
	}
	switch {
	case isUsage:
		fmt.Fprintln(app.Err, "Run '"+app.program()+" --help', or a command with --help, for what can be said.")
		return exitUsage
	case errors.As(err, new(contentError)), office.IsMisuse(err):
		return exitUsage
	}
	return exitFailed
}

// program is what the program is called.
func (app *App) program() string { return cmp.Or(app.name, "rubric") }

// flagOf is an option as it is written on the command line.
func flagOf(o office.Option) string { return "--" + string(o) }

// outcome is the error that ends a command which did its work: errFindings where a finding is an error.
func outcome(list []models.Finding) error {
	if errors, _, _ := models.Count(list); errors > 0 {
		return errFindings
	}
	return nil
}
