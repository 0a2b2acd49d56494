package round

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
)

// Problem is one mistake in a file or an option that a person wrote.
type Problem struct {
	// Place is file:line:column for a text file, or file and cell for a workbook; it is empty for an option.
	Place string `json:"place"`
	// Option is the option that is wrong, such as due, where it stands in no file; a front end says where it was given.
	Option string `json:"option,omitempty"`
	// Message says what is wrong, and Remedy what to do about it; both without a full stop at the end.
	Message string `json:"message"`
	Remedy  string `json:"remedy,omitempty"`
	// Kind says what sort of mistake it is, in a list; "" elsewhere. Row and Cell are where it stands there: Cell is an A1
	// reference in a workbook. Rows are all rows concerned, where they are several.
	Kind ProblemKind `json:"kind,omitempty"`
	Row  int         `json:"row,omitempty"`
	Cell string      `json:"cell,omitempty"`
	Rows []int       `json:"rows,omitempty"`
	// Choices is what can be said with Option to get on, such as "leave or take".
	Choices string `json:"choices,omitempty"`
	// line and column order the problems of one file.
	line, column int
}

// String is the problem in one line: place, what is wrong, what to do.
func (p Problem) String() string {
	s := fault.Words(p.Message, p.Remedy)
	if p.Place != "" && p.Option != "" {
		s += " (" + strings.TrimSpace(p.Option+" "+p.Choices) + ")"
	}
	if place := cmp.Or(p.Place, p.Option); place != "" {
		return place + ": " + s
	}
	return s
}

// At is the row and the column where it stands in a list, from 1; 0 where it stands nowhere in particular.
func (p Problem) At() (row, column int) { return p.Row, p.column }

// ProblemKind is a sort of mistake in a recipients list.
type ProblemKind string

// The kinds of problems of a list.
const (
	ProblemHeading  ProblemKind = "heading"      // a column that is missing, doubtful, twice there or without a heading
	ProblemID       ProblemKind = "id"           // empty, or twice there
	ProblemChanged  ProblemKind = "id-changed"   // a spreadsheet program made something else of it
	ProblemShort    ProblemKind = "id-short"     // a number that has a digit less than the others
	ProblemText     ProblemKind = "text"         // empty, too long, or not to be read
	ProblemEmail    ProblemKind = "email"        // no address
	ProblemNoResult ProblemKind = "no-result"    // a formula whose result the file has not
	ProblemError    ProblemKind = "error-value"  // an error of the spreadsheet program
	ProblemMerged   ProblemKind = "merged-cells" // one cell for several recipients, where each has its own
	ProblemHidden   ProblemKind = "hidden-rows"  // rows that are hidden or struck out
	ProblemEncoding ProblemKind = "encoding"     // a file that seems to be in Windows1252
	ProblemNoList   ProblemKind = "no-list"      // there is no list, or nothing in it
)

// Problems is all mistakes found, in order of place. As an error it stands for a wrong configuration.
type Problems []Problem

// Error lists the problems, one a line.
func (l Problems) Error() string {
	lines := make([]string, len(l))
	for i, p := range l {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// orNil returns the sorted list as an error, or nil where it is empty.
func (l Problems) orNil() error {
	if len(l) == 0 {
		return nil
	}
	slices.SortStableFunc(l, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	return l
}

// at writes a place in a text file.
func at(file string, line, column int) string {
	return file + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(column)
}

// WrongUsage marks the list as one of wrong usage or configuration; see package fault.
func (l Problems) WrongUsage() bool { return true }

// failure makes a fault.Error out of an error of the file system, in words for people.
func failure(doing string, err error) error {
	var done *fault.Error
	if errors.As(err, &done) {
		return err
	}
	why, remedy := disk.Words(err)
	if why == "" {
		// What the system says stays: it is the only clue there is.
		cause := err
		for {
			inner := errors.Unwrap(cause)
			if several, ok := cause.(interface{ Unwrap() []error }); ok && len(several.Unwrap()) > 0 {
				inner = several.Unwrap()[0]
			}
			if inner == nil {
				break
			}
			cause = inner
		}
		why = cause.Error()
	}
	return &fault.Error{Message: doing + ": " + why, Remedy: remedy, Err: err}
}
