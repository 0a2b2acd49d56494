package consolidated_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// changedRound is a round of uk-dmm with an earlier one in which every answer is 2. Recipient 1 did not return
// then, recipient 8 not now. Since then, each criterion of the first topic was raised by 1 by recipients 2, 3
// and 4 and lowered by 1 by recipient 5; nothing else moved. The last criterion was worded differently.
func changedRound(t *testing.T) consolidated.Input {
	t.Helper()
	tm, err := templates.Builtin("uk-dmm")
	if err != nil {
		t.Fatal(err)
	}
	now := []int{2, 3, 3, 3, 1, 2, 2}
	var before, after []models.Member
	for i := range 8 {
		rc := models.Recipient{ID: fmt.Sprintf("%02d", i+1), Name: fmt.Sprintf("Example School District %02d", i+1)}
		then, later := models.Member{Recipient: rc}, models.Member{Recipient: rc}
		if i != 0 {
			then.Return = new(models.Return{File: rc.ID + ".xlsx"}.With(answersOf(tm, 2, 2)))
		}
		if i != 7 {
			later.Return = new(models.Return{File: rc.ID + ".xlsx"}.With(answersOf(tm, now[i], 2)))
		}
		before, after = append(before, then), append(after, later)
	}
	old := *tm
	old.Criteria = slices.Clone(tm.Criteria)
	old.Criteria[len(old.Criteria)-1].Subject = "Worded differently"
	s := tm.Scoring
	c := scoring.Compare(s, scoring.Side{Template: &old, Members: before}, scoring.Side{Template: tm, Members: after}, nil)
	return consolidated.Input{Results: &models.Results{
		Round:    &models.Round{ID: "example-2026", Title: "Data maturity 2026", Template: tm.ID, Language: tm.Language},
		Template: tm, Scoring: s, Members: after, Comparison: &c, Earlier: "Data maturity 2025, 21 November 2025",
	}}
}

// answersOf answers the first topic's criteria with one number and all others with another.
func answersOf(tm *models.Template, first, others int) []models.Answer {
	var out []models.Answer
	for _, c := range tm.Criteria {
		n := others
		if c.Topic == tm.Topics[0].ID {
			n = first
		}
		a := models.Answer{Ref: c.Ref}
		a.Level.Value = models.At(n)
		out = append(out, a)
	}
	return out
}

// rowsOf are the sheet's rows, numbers unrounded.
func rowsOf(t *testing.T, book []byte, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if i, _ := f.GetSheetIndex(sheet); i < 0 {
		return nil
	}
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// hasRow looks for a row by its cells, those left of col left out: texts, or numbers.
func hasRow(t *testing.T, rows [][]string, col int, want ...any) {
	t.Helper()
	is := func(cell string, want any) bool {
		if s, ok := want.(string); ok {
			return cell == s
		}
		x, err := strconv.ParseFloat(cell, 64)
		return err == nil && math.Abs(x-want.(float64)) < 1e-9
	}
	for _, row := range rows {
		found := len(row) >= col+len(want)
		for i := 0; found && i < len(want); i++ {
			found = is(row[col+i], want[i])
		}
		if found {
			return
		}
	}
	t.Errorf("no row has %v", want)
}

func TestOverTime(t *testing.T) {
	in := changedRound(t)
	first, second := in.Template.Topics[0].Name, in.Template.Topics[1].Name
	c, last := &in.Template.Criteria[0], &in.Template.Criteria[len(in.Template.Criteria)-1]
	if c.Topic != in.Template.Topics[0].ID {
		t.Fatal("the template's first criterion is not of its first topic")
	}
	book := consolidatedBytes(t, in)
	rows := rowsOf(t, book, "Over time")
	// The changes of recipients 2 to 7 are 1, 1, 1, -1, 0, 0: in order -1, 0, 0, 1, 1, 1. The median lies
	// between 0 and 1, the lower quartile at place 1.25 of 0 to 5 is 0, the upper at 3.75 is 1. The scores now
	// are 1, 2, 2, 3, 3, 3.
	hasRow(t, rows, 0, first, 6.0, 2.0, 2.5, 0.5, 0.0, 1.0, 3.0, 2.0, 1.0)
	hasRow(t, rows, 0, second, 6.0, 2.0, 2.0, 0.0, 0.0, 0.0, 0.0, 6.0, 0.0)
	// Now 3, 3, 3, 1, 2 and 2: 14/6.
	hasRow(t, rows, 0, c.Ref+"  "+c.Subject, 6.0, 2.0, 14.0/6, 2.0/6, 3.0, 2.0, 1.0)
	hasRow(t, rows, 0, "01  Example School District 01", "Joined")
	hasRow(t, rows, 0, "08  Example School District 08", "Left")
	hasRow(t, rows, 0, last.Ref+"  "+last.Subject, "Altered")
	for _, row := range rows {
		if len(row) > 2 && strings.HasPrefix(row[0], last.Ref+" ") {
			t.Errorf("the criterion that was altered is compared: %q", row)
		}
	}
	by := rowsOf(t, book, "Over time by recipient")
	hasRow(t, by, 0, "05", "Example School District 05", 2.0, 1.0, -1.0, 2.0, 2.0, 0.0)
	if len(by) != 4+6 {
		t.Errorf("Over time by recipient has %d rows, not a head of 4 and 6 recipients", len(by))
	}
	overview := rowsOf(t, book, "Overview")
	hasRow(t, overview, 1, "Since Data maturity 2025, 21 November 2025: 6 recipients returned both times. Largest rise: "+first+" (+0.50).")
	hasRow(t, overview, 6, 6.0, 0.5)
}

func TestNoEarlierRound(t *testing.T) {
	in := changedRound(t)
	in.Comparison = nil
	book := consolidatedBytes(t, in)
	for _, sheet := range []string{"Over time", "Over time by recipient"} {
		if rowsOf(t, book, sheet) != nil {
			t.Errorf("there is a sheet %s without an earlier round", sheet)
		}
	}
	for _, row := range rowsOf(t, book, "Overview") {
		if strings.Contains(strings.Join(row, " "), "Median change") {
			t.Errorf("the overview speaks of changes: %q", row)
		}
	}
}

func TestOverTimeInTheEdition(t *testing.T) {
	in := changedRound(t)
	first, second := in.Template.Topics[0].Name, in.Template.Topics[1].Name
	in = published(t, in, in.Template.Criteria[0].Ref)
	in.Disclosure.Minimum = 3                         // so that six are enough for a median
	in.Disclosure.LeftOut = in.Disclosure.LeftOut[:1] // here nearly all answers are alike, which is not what this is about
	hatched := func(topic string) {
		t.Helper()
		in.Disclosure = disclosure.WithChanges(in.Results)
		for _, row := range rowsOf(t, consolidatedBytes(t, in), "Over time") {
			if len(row) > 0 && row[0] == topic && strings.ReplaceAll(strings.Join(row[1:], ""), "could be worked out", "") != "" {
				t.Errorf("the topic %s is shown: %q", topic, row)
			}
		}
	}
	// Recipient 1 returned this time only: what is left of this round's scores when the changes and the earlier
	// scores are taken off is that recipient's, or with recipient 8 that of two.
	hatched(second)
	in.Comparison.Left = nil
	hatched(second)
	in.Members = in.Members[1:]
	in.Disclosure = disclosure.WithChanges(in.Results)
	book := consolidatedBytes(t, in)
	if rowsOf(t, book, "Over time by recipient") != nil {
		t.Error("the edition has changes by recipient")
	}
	rows := rowsOf(t, book, "Over time")
	hasRow(t, rows, 0, second, 6.0, 0.0) // six are too few for quartiles, and that all stayed the same tells each one's change
	hatched(first)                       // a criterion is withheld
	for _, row := range rows {
		if len(row) > 0 && strings.Contains(row[0], "Example School") {
			t.Errorf("the edition names a recipient: %q", row)
		}
	}
	in.Comparison.Left = []string{"08"}
	hatched(second)
	in.Comparison.Left = nil
	in.Comparison.Recipients = in.Comparison.Recipients[:5]
	if rowsOf(t, consolidatedBytes(t, in), "Over time") != nil {
		t.Error("the edition compares 5 recipients, fewer than twice the minimum of 3")
	}
}
