// Package fault is the one way to say that something is wrong and what to do about it.
//
// An Error has a message, a remedy and, where something is to be done with the program, an Action: a name that each
// front end words in its own way. Lists of problems that carry positions have types of their own; they share the
// words (Words) and the marker for wrong usage or configuration (IsUsage).
package fault

// Error is one thing that is wrong.
type Error struct {
	// Message says what is wrong or could not be done, and why. It has no full stop at its end.
	Message string
	// Remedy says what to do about it, in plain words without a command line. It may be empty.
	Remedy string
	// Do is what is to be done with the program, if that is the remedy or a part of it.
	Do Action
	// Usage says that the program was used or configured wrongly, rather than that work failed.
	Usage bool
	// Err is the cause, or nil. Its text is already part of Message where it helps.
	Err error
}

// Error is the message with its remedy.
func (e *Error) Error() string { return Words(e.Message, e.Remedy) }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// WrongUsage says whether the program was used or configured wrongly.
func (e *Error) WrongUsage() bool { return e.Usage }

// NextStep is what is to be done.
func (e *Error) NextStep() Action { return e.Do }

// Usage makes an error of wrong usage or configuration.
func Usage(message, remedy string) *Error {
	return &Error{Message: message, Remedy: remedy, Usage: true}
}

// Words writes a message and its remedy in one line.
func Words(message, remedy string) string {
	if remedy == "" {
		return message
	}
	return message + "; " + remedy
}

// IsUsage says whether err, or an error that it wraps, stands for wrong usage or configuration.
func IsUsage(err error) bool {
	return first(err, func(err error) bool {
		marked, ok := err.(interface{ WrongUsage() bool })
		return ok && marked.WrongUsage()
	}) != nil
}

// ActionOf is what is to be done about an error: that of the outermost error that names one, or the zero Action.
func ActionOf(err error) Action {
	var a Action
	first(err, func(err error) bool {
		if named, ok := err.(interface{ NextStep() Action }); ok {
			a = named.NextStep()
		}
		return !a.IsZero()
	})
	return a
}

// first is the first error of a tree, from the outside in, of which is holds; nil for none.
func first(err error, is func(error) bool) error {
	if err == nil || is(err) {
		return err
	}
	switch x := err.(type) {
	case interface{ Unwrap() error }:
		return first(x.Unwrap(), is)
	case interface{ Unwrap() []error }:
		for _, inner := range x.Unwrap() {
			if found := first(inner, is); found != nil {
				return found
			}
		}
	}
	return nil
}

// ActionName is the stable name of something to be done with the program, in kebab-case. Package models has all
// names.
type ActionName string

// Action is something to be done with the program. Its zero value is nothing.
type Action struct {
	Name ActionName `json:"name"`
	// On is what it is to be done with, such as a file or a recipient; what each name expects stands beside its
	// constant. It may be shorter than that: the front end then names what is missing.
	On []string `json:"on,omitempty"`
}

// On is the action of this name, with what it concerns.
func (n ActionName) On(what ...string) Action { return Action{Name: n, On: what} }

// IsZero says that there is nothing to be done.
func (a Action) IsZero() bool { return a.Name == "" && len(a.On) == 0 }
