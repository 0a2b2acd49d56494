package checks_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

// TestCompleteness: what answers less than the round asks for counts nowhere, and a fuller return of the same recipient
// counts in its place.
func TestCompleteness(t *testing.T) {
	few := blankFrom(4, "1.1|2\n1.2|n/a\n1.3|3\n")
	enough := blankFrom(7, "1.1|2\n1.2|n/a\n1.3|3\n1.4|2\n1.5|1\n1.6|n/a\n")
	for _, x := range []struct {
		name         string
		completeness int
		tables       []string // of returns of one recipient, each saved a day later
		prefer       string
		counts       string // the file that counts; "" for none
		refused      []string
	}{
		{"off by default", 0, []string{few}, "", "a.xlsx", nil},
		{"3 of 30 are 10 %", 11, []string{few}, "", "", []string{"a.xlsx"}},
		{"just enough, not applicable counts", 10, []string{few}, "", "a.xlsx", nil},
		{"a person says that it counts", 80, []string{few}, "a.xlsx", "a.xlsx", nil},
		{"a fuller one came before", 20, []string{enough, few}, "", "a.xlsx", []string{"b.xlsx"}},
		{"a fuller one came after", 20, []string{few, enough}, "", "b.xlsx", []string{"a.xlsx"}},
		{"none will do", 21, []string{few, enough}, "", "", []string{"a.xlsx", "b.xlsx"}},
	} {
		w := newWorld(t)
		w.Round.Completeness = x.completeness
		for i, table := range x.tables {
			r := w.ret(t, string(rune('a'+i))+".xlsx", "001")
			r.Saved, r.Received = r.Saved.AddDate(0, 0, i), r.Received.AddDate(0, 0, i)
			w.Returns = append(w.Returns, r.With(answers(t, table)))
		}
		if x.prefer != "" {
			w.PreferFiles = []string{x.prefer}
		}
		reg := checks.Register(w.RegisterInput)
		e := reg.Entries[0]
		status := models.Returned
		if x.counts == "" {
			status = models.Corrections
		}
		if e.File != x.counts || e.Status != status || (e.Return != nil) != (x.counts != "") {
			t.Errorf("%s: the entry is %s, file %q", x.name, e.Status, e.File)
		}
		for _, line := range reg.Files {
			found := codes(line.Findings)
			refused := slices.Contains(x.refused, line.File)
			if slices.Contains(found, models.ReturnIncomplete) != refused || refused && (line.Status != models.Rejected || line.Recipient != "001" || !slices.Contains(found, models.AnswerMissing)) {
				t.Errorf("%s: %s is %s of %q, with %v", x.name, line.File, line.Status, line.Recipient, found)
			}
		}
	}
}

// TestCompletenessOfParts: parts are judged together, by the topics that are back.
func TestCompletenessOfParts(t *testing.T) {
	for _, x := range []struct {
		name         string
		completeness int
		ann, ben     string
		counts       bool
	}{
		{"one part is back: 3 of 5", 60, "a1|1\na2|2\nb1|1\n", "", true},
		{"one part is back and too empty", 61, "a1|1\na2|2\nb1|1\n", "", false},
		{"one fills what the other left", 80, "a1|1\na2|2\na3|2\n", "b1|n/a\n", true},
		{"both together are too empty", 81, "a1|1\na2|2\na3|2\n", "b1|n/a\n", false},
	} {
		w := splitWorld(t)
		w.Round.Completeness = x.completeness
		w.Returns = append(w.Returns, w.partOf(t, "ann.xlsx", "001", "respondent:Ann", 1, x.ann))
		if x.ben != "" {
			w.Returns = append(w.Returns, w.partOf(t, "ben.xlsx", "001", "respondent:Ben", 2, x.ben))
		}
		reg := checks.Register(w.RegisterInput)
		e := reg.Entries[0]
		if counts := e.Return != nil; counts != x.counts || (e.Status == models.Corrections) == x.counts {
			t.Errorf("%s: counts %v, status %s", x.name, counts, e.Status)
		}
		for _, line := range reg.Files {
			if slices.Contains(codes(line.Findings), models.ReturnIncomplete) == x.counts {
				t.Errorf("%s: %s has %v", x.name, line.File, codes(line.Findings))
			}
		}
		for _, line := range e.Parts {
			if !x.counts && line.Status == models.Returned {
				t.Errorf("%s: the part %s is %s", x.name, line.ID, line.Status)
			}
		}
	}
}

// blankFrom adds the rows of the criteria from a number on, without answers.
func blankFrom(first int, table string) string {
	for i := first; i <= 30; i++ {
		table += fmt.Sprintf("1.%d|\n", i)
	}
	return table
}
