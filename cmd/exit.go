package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
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
	fmt.Fprintln(app.Err, "rubric: "+strings.TrimRight(inWords(err), "\n"))
	if step := nextStep(fault.ActionOf(err), app.Dir); step != "" {
		fmt.Fprintln(app.Err, step)
	}
	var usage usageError
	if errors.As(err, &usage) {
		fmt.Fprintln(app.Err, "Run 'rubric --help', or a command with --help, for what can be said.")
		return exitUsage
	}
	if fault.IsUsage(err) {
		return exitUsage
	}
	return exitFailed
}

// inWords is the text of an error, with options called as the command line calls them.
func inWords(err error) string {
	problems, ok := err.(round.Problems)
	if !ok {
		return err.Error()
	}
	problems = slices.Clone(problems)
	for i := range problems {
		if problems[i].Option != "" {
			problems[i].Option = "--" + problems[i].Option
		}
	}
	return problems.Error()
}
