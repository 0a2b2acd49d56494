// Package consolidated writes the consolidated workbook of a round, with the answers of all returns and every figure as
// a formula that leads to them, and reads it back as the earlier round of a later one.
//
// Input is the round, its template, the recipients with the returns that count, register, findings and scores; output
// is an xlsx workbook, the same bytes for the same input. Start with Write; Publish in its Input makes the edition for
// circulation. Read refuses, with a *fault.Error, what is no such workbook, is an edition, or was changed where it counts.
// Write refuses more recipients than a sheet has rows, a comparison that is not of the template's topics, and an
// edition of too few returns.
//
// The sheets are listed in sheets.go; each has a file of its own. The frame of the workbook (styles, widths, charts,
// tables, conditional formats, names, print set-up) is built with excelize; the rows are written straight into the
// package by sheetdata, each formula with the value that it comes to. Those values are computed here, from the
// answers, by the same steps as the formulas take, and tests hold them against what a spreadsheet program computes.
package consolidated

import (
	"errors"
	"fmt"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// Input is what a consolidated workbook is made from.
type Input struct {
	// Results is what the round has come to. The answers are read twice for each member with a return, each time in the
	// order of Members. The scorecards are needed where the method attains levels, or where scores by further methods are
	// shown (Scoring.Also). With a
	// comparison the workbook has the sheets Over time and Over time by recipient; the edition for circulation has the
	// changes of topics, where enough recipients are compared and none of the topic's criteria is left out. With
	// TemplateSource the workbook can be an earlier round by itself (see Read), but for that edition.
	*models.Results
	// Story is what the figures say, for the office, or for outside in the edition; without one the Overview says the
	// response, and Priorities of a method that attains levels has no rows.
	Story *headlines.Story
	// Publish makes the edition for circulation: overview, groups, topics, criteria, template and method, as
	// values, without recipients' names, answers and comments. It shows what Results.Disclosure lets it show, and
	// nothing without one; its members must be those that the disclosure was made for.
	Publish bool
	// Rows is how many rows a sheet may have, its headings included; 0 stands for Excel's 1,048,576. Where the answers of all
	// returns are more, the workbook goes without the sheet Answers, and says where they are; where the comments are more as
	// well, without the sheet Comments.
	Rows int
	// calling are the template's names in the language of the round.
	calling map[string]string
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

// rows is how many rows a sheet may have.
func (in *Input) rows() int {
	if in.Rows > 0 {
		return in.Rows
	}
	return sheetdata.LastRow
}

// Write writes the consolidated workbook of a round: overview, register, heat map, levels attained,
// groups, topics, compare, over time, priorities, criteria, criteria and distribution by group, sensitivity, comments, matrix,
// answers, findings, template and method. Its figures are formulas that start from the sheets Matrix and Answers,
// each with the value it comes to; above 10,000 returns they are values, and where the answers are more than a sheet has rows
// they are left out. The same input gives the same bytes. It
// fails where w does, where the answers cannot be read, for more recipients than a sheet has rows, and for a comparison that is
// not of this template's topics.
func Write(w io.Writer, in Input) error {
	if err := in.check(); err != nil {
		return err
	}
	in.calling = in.Template.NamesIn(in.Round.Language)
	in.Results = in.By(in.Template.In(in.Round.Language))
	b := newBook(in)
	return b.write(w)
}
