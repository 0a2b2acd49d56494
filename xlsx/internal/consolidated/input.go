// Package consolidated writes the consolidated workbook of a round and the workbook of its findings. Its public
// face is package xlsx.
//
// The frame of the workbook (styles, widths, charts, tables, conditional formats, names, print set-up) is built
// with excelize; the rows of all sheets are written straight into the package by sheetdata, each formula with
// the value that it comes to. Those values are computed here, from the answers, by the same steps as the
// formulas take, and tests hold them against what a spreadsheet program computes.
package consolidated

import (
	"errors"
	"fmt"
	"io"

	"github.com/rubric-project/rubric/models"
)

// Input is what a consolidated workbook is made from. See xlsx.ConsolidatedInput, which has the same fields.
type Input struct {
	*models.Results
	Publish  bool
	Withheld []string
}

func (in *Input) check() error {
	if in.Results == nil || in.Round == nil || in.Template == nil {
		return errors.New("a consolidated workbook needs a round and its template")
	}
	if n := len(in.Members); n > mostRecipients {
		return fmt.Errorf("%d recipients do not fit into one workbook, which holds %d; split the recipients list into several rounds", n, mostRecipients)
	}
	return in.checkComparison()
}

// checkComparison sees that the comparison is one of the template's topics.
func (in *Input) checkComparison() error {
	if in.Comparison == nil {
		return nil
	}
	for i := range in.Comparison.Recipients {
		r := &in.Comparison.Recipients[i]
		if got, want := len(r.Topics), len(in.Template.Topics); got != want {
			return fmt.Errorf("the comparison with the earlier round has %d topics for recipient %s, the template %d", got, r.Recipient, want)
		}
	}
	return nil
}

// mostRecipients is how many rows a sheet has below its headings.
const mostRecipients = 1048576 - 20

// Write writes the workbook.
func Write(w io.Writer, in Input) error {
	if err := in.check(); err != nil {
		return err
	}
	in.Results = in.By(in.Template.In(in.Round.Language))
	b := newBook(in)
	return b.write(w)
}
