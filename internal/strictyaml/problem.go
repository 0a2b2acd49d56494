package strictyaml

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
)

// Problem is one mistake in a file.
type Problem struct {
	File string `json:"file"`
	// Line and Column count from 1; a column is a character, not a byte. Both are 0 where the file as a
	// whole is meant.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// Message says what is wrong, Remedy what was expected or what to do about it.
	Message string `json:"message"`
	Remedy  string `json:"remedy,omitempty"`
	// Action is what is to be done with the program, if anything is.
	Action fault.Action `json:"action,omitzero"`
}

// String writes the problem as file:line:column: what is wrong; what to do.
func (p Problem) String() string {
	place := p.File
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
	return place + ": " + fault.Words(p.Message, p.Remedy)
}

// Problems is the error for a file with mistakes: all of them, in the order of the file.
type Problems []Problem

// maxShown is how many problems Error writes out; a person mends these first and checks again.
const maxShown = 100

// Error writes the problems one a line.
func (list Problems) Error() string {
	var b strings.Builder
	for i, p := range list {
		if i == maxShown {
			fmt.Fprintf(&b, "\nand %d more; mend these first", len(list)-maxShown)
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.String())
	}
	return b.String()
}

// WrongUsage marks the list as one of wrong usage or configuration; see package fault.
func (list Problems) WrongUsage() bool { return true }

// NextStep is the action of the first problem that has one; see package fault.
func (list Problems) NextStep() fault.Action {
	for _, p := range list {
		if !p.Action.IsZero() {
			return p.Action
		}
	}
	return fault.Action{}
}

func (list Problems) sort() {
	slices.SortStableFunc(list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
}
