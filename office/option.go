package office

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/round"
)

// Option is the name of an option of a use case, such as "split". A front end shows it as its users know it: as a flag,
// or as the label of a field.
type Option string

// BadOption says that what was asked for cannot be meant.
type BadOption struct {
	// Option is the one to be mended, or "" where it is no option's fault.
	Option Option
	// Content says that the option itself is understood and what it names, such as a file, is not what it must be.
	Content bool
	// Do is what is to be done with the program, if that helps.
	Do    actions.Action
	parts []any
}

// NextStep is what is to be done.
func (e *BadOption) NextStep() actions.Action { return e.Do }

// Bad makes a BadOption. Its text is made of the parts one after the other; those of type Option are named as the front
// end does.
func Bad(parts ...any) *BadOption {
	e := &BadOption{parts: parts}
	for _, p := range parts {
		if o, ok := p.(Option); ok && e.Option == "" {
			e.Option = o
		}
	}
	return e
}

// badContent is a BadOption about what an option names.
func badContent(parts ...any) *BadOption {
	e := Bad(parts...)
	e.Content = true
	return e
}

// with is the error with what is to be done about it.
func (e *BadOption) with(do actions.Action) *BadOption {
	e.Do = do
	return e
}

// Text is the message with options named by name.
func (e *BadOption) Text(name func(Option) string) string {
	var b strings.Builder
	for _, p := range e.parts {
		if o, ok := p.(Option); ok {
			b.WriteString(name(o))
			continue
		}
		fmt.Fprint(&b, p)
	}
	return b.String()
}

// Error is the message with the options' own names.
func (e *BadOption) Error() string { return e.Text(func(o Option) string { return string(o) }) }

// badf is a BadOption that names no option.
func badf(format string, args ...any) error { return Bad(fmt.Sprintf(format, args...)) }

// IsMisuse says whether an error is a mistake in what a person wrote or asked for, be it an option, round.yaml, a
// template or a list, rather than something that could not be done.
func IsMisuse(err error) bool {
	var bad *BadOption
	var source *ImportError
	return errors.As(err, &source) || errors.As(err, &bad) || fault.IsUsage(err)
}

// InWords is the text of an error, with options named by name.
func InWords(err error, name func(Option) string) string {
	var bad *BadOption
	if errors.As(err, &bad) {
		return bad.Text(name)
	}
	problems, ok := err.(round.Problems)
	if !ok {
		return err.Error()
	}
	problems = slices.Clone(problems)
	for i := range problems {
		if problems[i].Option != "" {
			problems[i].Option = name(Option(problems[i].Option))
		}
	}
	return problems.Error()
}

// misuse is a mistake in what a person wrote, with what to do about it.
func misuse(message, remedy string) error {
	return fault.Usage(message, remedy)
}
