package returns_test

import (
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// odd is something odd but human that a respondent does to a filled-in workbook. Every answer must come out as
// meant, or blank with the finding that is named; findings about it must be there.
type odd struct {
	name string
	id   string // the template
	do   func(b *base, f *excelize.File)
	// want are the answers that are meant to differ from those of the intact workbook; doubtful are those that
	// nobody can know for certain: they must be blank.
	want     map[string]models.Choice
	doubtful []string
	all      bool // all answers are doubtful
	codes    []models.Code
	not      models.Code // a finding that there must not be
}

func TestAttackHuman(t *testing.T) {
	for _, o := range oddities() {
		t.Run(o.name, func(t *testing.T) {
			b := baseOf(t, o.id)
			ret := read(t, b.tm, byHand(o.do)(b))
			doubt := map[string]bool{}
			for _, r := range o.doubtful {
				doubt[r] = true
			}
			wrong := 0
			for _, c := range b.tm.Criteria {
				want, ok := o.want[c.Ref]
				if !ok {
					want = b.want[c.Ref]
				}
				if o.all || doubt[c.Ref] {
					want = models.Blank()
				}
				got := models.Blank()
				if a := ret.Answer(c.Ref); a != nil {
					got = a.Level.Value
				}
				if got != want {
					if wrong++; wrong < 4 {
						t.Errorf("%s was read as %q, meant was %q", c.Ref, got, want)
					}
				}
			}
			if o.not != "" && trybook.HasCode(ret, o.not) {
				t.Errorf("a finding %s", o.not)
			}
			for _, c := range o.codes {
				if !trybook.HasCode(ret, c) {
					t.Errorf("no finding %s", c)
				}
			}
			if t.Failed() {
				t.Logf("findings: %v", trybook.FindingList(ret))
			}
		})
	}
}

// copyTable copies the table of answers on its own sheet, to the place of the given cell.
func copyTable(f *excelize.File, to string, older bool) {
	rows, err := f.GetRows(answerSheet)
	must(err)
	col, row, err := excelize.CellNameToCoordinates(to)
	must(err)
	for i, r := range rows[2:] {
		for j, v := range r {
			if older && i > 0 && j < len(rows[2]) && rows[2][j] == "Current level" && v != "" {
				if v[0] == '1' {
					v = "2" + rows[2][4][1:]
				} else {
					v = rows[2][3]
				}
			}
			name, err := excelize.CoordinatesToCellName(col+j, row+i)
			must(err)
			must(f.SetCellStr(answerSheet, name, v))
		}
	}
}

func oddities() []odd {
	set := func(cell string, v any) func(*base, *excelize.File) {
		return func(_ *base, f *excelize.File) { must(f.SetCellValue(answerSheet, cell, v)) }
	}
	return []odd{
		// An older copy, kept to the right, one row lower: nobody can say which of the two counts.
		{name: "an older copy to the right and one row lower", id: "uk-dmm", all: true, codes: []models.Code{models.RowTwice},
			do: func(_ *base, f *excelize.File) { copyTable(f, "P4", true) }},
		{name: "an older copy to the right and one row higher", id: "uk-dmm", all: true, codes: []models.Code{models.RowTwice},
			do: func(_ *base, f *excelize.File) { copyTable(f, "P2", true) }},
		{name: "an older copy to the right in the same rows", id: "uk-dmm", all: true, codes: []models.Code{models.ColumnTwice},
			do: func(_ *base, f *excelize.File) { copyTable(f, "P3", true) }},
		{name: "a column of our own with notes", id: "uk-dmm", codes: []models.Code{models.StrayText},
			do: func(_ *base, f *excelize.File) {
				must(f.SetCellStr(answerSheet, "N3", "Notes"))
				must(f.SetCellStr(answerSheet, "N6", "the head disagrees with this level"))
			}},
		{name: "a comment typed under Status", id: "uk-dmm", codes: []models.Code{models.StrayText}, do: set("M6", "the head disagrees with this level")},
		{name: "where a long text stands, kept as a value", id: "uk-dmm", not: models.StrayText, do: set("M6", "Done\nIn full: Texts, row 4")},
		{name: "that a text is too long, kept as a value", id: "uk-dmm", not: models.StrayText, do: set("M6", "Answer needed\nToo long to be shown in full")},
		{name: "a comment typed below the status", id: "uk-dmm", codes: []models.Code{models.StrayText}, do: set("M6", "Done\nbut the head disagrees")},
		{name: "a comment typed over the criterion", id: "uk-dmm", codes: []models.Code{models.DescriptorEdited}, do: set("C6", "we do not do this at all")},
		{name: "a comment typed over the theme", id: "uk-dmm", codes: []models.Code{models.DescriptorEdited}, do: set("B6", "we do not do this at all")},
		{name: "a note pinned to an answer", id: "uk-dmm", codes: []models.Code{models.StrayText},
			do: func(_ *base, f *excelize.File) {
				must(f.AddComment(answerSheet, excelize.Comment{Cell: "I6", Author: "Head", Text: "this is last year's level"}))
			}},
		{name: "a tick in place of a choice", id: "uk-dmm", codes: []models.Code{models.DescriptorEdited},
			want: map[string]models.Choice{"1.1": models.Blank()},
			do: func(_ *base, f *excelize.File) {
				must(f.SetCellValue(answerSheet, "I6", nil))
				must(f.SetCellStr(answerSheet, "F6", "✓"))
			}},
		{name: "refs filled down from the first", id: "uk-dmm", codes: []models.Code{models.RowMixed}, doubtful: []string{"1.1", "1.2", "1.3"},
			do: func(_ *base, f *excelize.File) {
				must(f.SetCellStr(answerSheet, "A6", "1.2"))
				must(f.SetCellStr(answerSheet, "A7", "1.3"))
				must(f.SetCellStr(answerSheet, "A8", "1.1"))
			}},
		{name: "refs of statements swapped", id: "csis-cdm3", codes: []models.Code{models.RowMixed}, doubtful: swappedRefs,
			do: func(_ *base, f *excelize.File) {
				a, err := f.GetCellValue(answerSheet, "A7")
				must(err)
				c, err := f.GetCellValue(answerSheet, "A8")
				must(err)
				swappedRefs[0], swappedRefs[1] = a, c
				must(f.SetCellStr(answerSheet, "A7", c))
				must(f.SetCellStr(answerSheet, "A8", a))
			}},
		{name: "the column of answers sorted on its own", id: "uk-dmm", do: func(b *base, f *excelize.File) {
			// No reader can tell; the answers are where the author put them.
		}},
		{name: "headings in another language", id: "uk-dmm", all: true, codes: []models.Code{models.ColumnMissing}, do: set("I3", "Niveau actuel")},
		{name: "the heading row sorted to the end", id: "uk-dmm", all: true, do: func(_ *base, f *excelize.File) {
			must(f.DuplicateRowTo(answerSheet, 3, 130))
			must(f.RemoveRow(answerSheet, 3))
		}, codes: []models.Code{models.NoAnswersFound}},
		{name: "n/a and the like", id: "uk-dmm", want: map[string]models.Choice{"1.1": models.NotApplicable(), "1.2": models.NotApplicable(), "1.3": models.Blank(), "1.4": models.Blank(), "1.5": models.Blank()},
			codes: []models.Code{models.AnswerNormalised, models.AnswerNotInList},
			do: func(b *base, f *excelize.File) {
				for i, v := range []string{"N/A", "ＮＡ", "-", "x", "none"} {
					must(f.SetCellStr(answerSheet, rowOf(f, fmt.Sprintf("1.%d", i+1), "I"), v))
				}
			}},
	}
}

var swappedRefs = make([]string, 2)

// rowOf is the cell of a column in the row of a criterion.
func rowOf(f *excelize.File, ref, col string) string {
	rows, err := f.GetRows(answerSheet)
	must(err)
	for i, r := range rows {
		if len(r) > 0 && r[0] == ref {
			return fmt.Sprint(col, i+1)
		}
	}
	panic("no row " + ref)
}
