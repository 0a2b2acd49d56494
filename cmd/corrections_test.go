package cmd_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// TestCorrectedReturn sends a return back with its cells marked and takes the corrected one in: it counts, the first is
// superseded, the register says what changed between them, and there is nothing left to correct.
func TestCorrectedReturn(t *testing.T) {
	r := smallRound(t)
	put(t, r, "first.xlsx", filledBy(t, r, "01", "2 – Medio", "2 or 3"))
	put(t, r, "good.xlsx", filledBy(t, r, "02", "1 – Low", "3 – High"))
	if got := cmdtest.Rubric(t, 1, "-C", r, "validate", "--corrections"); !strings.Contains(got, "1 workbook to send back") {
		t.Errorf("validate says\n%s", got)
	}
	dir := filepath.Join(r, "results", "corrections")
	if names := list(t, dir); len(names) != 1 || !strings.HasPrefix(names[0], "01") {
		t.Fatalf("corrections %q, want that of 01", names)
	}
	marked, err := os.ReadFile(cmdtest.One(t, filepath.Join(dir, "*.xlsx")))
	if err == nil {
		marked, err = assessment.Fill(marked, assessment.Filling{Cells: []assessment.FillCell{{Ref: "1.2", Answer: "3 – High", Evidence: "http://example.org/?a=b", Comment: "=1+1 is what we meant"}}, Saved: time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)})
	}
	if err != nil {
		t.Fatal(err)
	}
	put(t, r, "corrected.xlsx", marked)
	reg := register(t, r)
	e := reg.Entries[0]
	if e.File != "corrected.xlsx" || e.Errors != 0 || e.Answered != 2 || len(e.Others) != 1 {
		t.Errorf("the register has %+v", e)
	}
	var first models.FileLine
	for _, l := range reg.Files {
		if l.File == "first.xlsx" {
			first = l
		}
	}
	changed := map[string]string{}
	for _, c := range first.Changes {
		changed[c.Ref+" "+c.Field] = c.Before + " → " + c.After
	}
	if first.Status != models.Superseded || len(changed) != 3 || changed["1.2 level"] != " → 3" || changed["1.2 comment"] != " → =1+1 is what we meant" {
		t.Errorf("the first return is %s, changes %v", first.Status, changed)
	}
	for line := range strings.Lines(cmdtest.Rubric(t, 1, "-C", r, "validate", "--corrections")) { // the first return is listed still
		if strings.Contains(line, ": error:") && !strings.HasPrefix(line, "first.xlsx") {
			t.Errorf("after the correction validate says %s", line)
		}
	}
	if names := list(t, dir); len(names) != 0 {
		t.Errorf("corrections are left: %q", names)
	}
	// What the sender wrote lands as text in the consolidated workbook and in CSV.
	cmdtest.Rubric(t, 1, "-C", r, "consolidate")
	f, err := excelize.OpenFile(filepath.Join(r, "results", "consolidated.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at, err := f.SearchSheet("Answers", "=1+1 is what we meant")
	if err != nil || len(at) != 1 {
		t.Fatalf("the comment stands in %q, %v", at, err)
	}
	if formula, err := f.GetCellFormula("Answers", at[0]); formula != "" || err != nil {
		t.Errorf("the comment became the formula %q, %v", formula, err)
	}
	if at, err = f.SearchSheet("Answers", "http://example.org/?a=b"); err != nil || len(at) != 1 {
		t.Fatalf("the evidence stands in %q, %v", at, err)
	}
	if linked, to, err := f.GetCellHyperLink("Answers", at[0]); linked || err != nil {
		t.Errorf("the evidence became a link to %q, %v", to, err)
	}
	csv, err := os.ReadFile(filepath.Join(r, "results", "data", "answers.csv"))
	if err != nil || !strings.Contains(string(csv), ",\"'=1+1 is what we meant\"") {
		t.Errorf("the comment is not protected in CSV: %v\n%s", err, csv)
	}
}
