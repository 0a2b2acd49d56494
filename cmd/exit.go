package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/round"
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

// exit turns the error that ended a command into a message and a status.
func (app *App) exit(err error) int {
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(app.Err, "rubric: stopped. What was finished is in the folder; run the command again to go on.")
		return exitFailed
	}
	fmt.Fprintln(app.Err, "rubric: "+strings.TrimRight(err.Error(), "\n"))
	var usage usageError
	var problems round.Problems
	var misuse *round.UsageError
	var mistakes strictyaml.Problems
	switch {
	case errors.As(err, &usage):
		fmt.Fprintln(app.Err, "Run 'rubric --help', or a command with --help, for what can be said.")
		return exitUsage
	case errors.As(err, &problems), errors.As(err, &misuse), errors.As(err, &mistakes):
		return exitUsage
	}
	return exitFailed
}
