package checks_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

// 1.1 up to 1 contradicts 1.2 from 4. Only answers at or beyond both bounds do; blank and "not applicable" never.
func TestContradictions(t *testing.T) {
	one, four := 1, 4
	tp := only("1.1", "1.2")
	tp.Answers.CommentRequired, tp.Answers.EvidenceRequired = models.Requirement{}, models.Requirement{}
	tp.Contradictions = []models.Contradiction{{If: models.Condition{Ref: "1.1", To: &one}, And: models.Condition{Ref: "1.2", From: &four}}}
	found := []string{"answers-contradict 1.1 I5"}
	for _, x := range []struct {
		table string
		want  []string
	}{
		{"1.1|1\n1.2|4", found},
		{"1.1|1\n1.2|5", found},
		{"1.1|2\n1.2|4", nil},
		{"1.1|1\n1.2|3", nil},
		{"1.1|1\n1.2|n/a||why", nil},
		{"1.1|1\n1.2|", []string{"answer-missing 1.2 I6"}},
		{"1.1|\n1.2|5", []string{"answer-missing 1.1 I5"}},
	} {
		ret := models.Return{File: "a.xlsx"}.With(answers(t, x.table))
		if got := lines(checks.Answers(tp, &ret)); !slices.Equal(got, x.want) {
			t.Errorf("%q: got %q, want %q", x.table, got, x.want)
		}
	}
}

// The finding is a warning at the one cell, and its message names both answers, both criteria and the other cell.
func TestContradictionNamesBothCells(t *testing.T) {
	zero, one := 0, 1
	tp := only("1.1", "1.30")
	tp.Contradictions = []models.Contradiction{{If: models.Condition{Ref: "1.30", From: &one}, And: models.Condition{Ref: "1.1", From: &zero}}}
	ret := models.Return{File: "a.xlsx"}.With(answers(t, "1.1|3\n1.30|1"))
	got := checks.Answers(tp, &ret)
	if len(got) != 1 {
		t.Fatalf("got %q, want one finding", lines(got))
	}
	f := got[0]
	want := "The answer 'Yes – Still true' to 1.30 (" + tp.Criterion("1.30").Subject + ") contradicts the answer '3 – Learning' to 1.1 (" + tp.Criterion("1.1").Subject + ") in cell I5 of the sheet Assessment."
	if f.Severity != models.Warning || f.Origin.Cell != "I6" || f.Message != want {
		t.Errorf("got  %s %s %q\nwant warning I6 %q", f.Severity, f.Origin.Cell, f.Message, want)
	}
}

// Two workbooks of one recipient can contradict each other: the finding stands at the one and names the other's file.
// What one workbook says against itself is said once, of that workbook.
func TestContradictionBetweenParts(t *testing.T) {
	one, four := 1, 4
	for name, x := range map[string]struct {
		aims, books string
		want        []string
	}{
		"between the two": {"a1|1", "b1|5", []string{"ann.xlsx: in cell I5 of the sheet Assessment of books.xlsx."}},
		"none":            {"a1|2", "b1|5", nil},
	} {
		w := splitWorld(t)
		w.Template.Contradictions = []models.Contradiction{{If: models.Condition{Ref: "a1", To: &one}, And: models.Condition{Ref: "b1", From: &four}}}
		w.Returns = append(w.Returns, w.partOf(t, "ann.xlsx", "002", "topic:a", 3, x.aims), w.partOf(t, "books.xlsx", "002", "topic:b", 4, x.books))
		var got []string
		for _, line := range checks.Register(w.RegisterInput).Files {
			for _, f := range line.Findings {
				if f.Code == models.AnswersContradict {
					got = append(got, f.Origin.File+": "+f.Message[strings.LastIndex(f.Message, "in cell"):])
				}
			}
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: got %q, want %q", name, got, x.want)
		}
	}
}
