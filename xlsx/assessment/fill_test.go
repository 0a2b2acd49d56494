package assessment_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/xuri/excelize/v2"
)

func TestFillWritesIntoTheInputCells(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		t.Run(id, func(t *testing.T) {
			tm := trybook.Template(t, id)
			c := tm.Criteria[20]
			answer := tm.Scale(&c)[1].Label()
			filling := assessment.Filling{
				Respondent: assessment.FillRespondent{
					Name: "A. Example", Role: "Head of data", Date: "2027-01-20", SignedBy: "B. Example",
				},
				Cells: []assessment.FillCell{{Ref: c.Ref, Answer: answer, Evidence: "see <report> & annex", Comment: "two\nlines"}},
				Saved: time.Date(2027, 1, 20, 15, 4, 5, 0, time.UTC),
			}
			blank := trybook.Workbook(t, tm, trybook.Round(id, "a4"), trybook.Example)
			filled, err := assessment.Fill(blank, filling)
			if err != nil {
				t.Fatal(err)
			}
			again, err := assessment.Fill(blank, filling)
			if err != nil || !bytes.Equal(filled, again) {
				t.Errorf("filling in twice differs, or fails: %v", err)
			}
			f, err := excelize.OpenReader(bytes.NewReader(filled))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			rows, err := f.GetRows("Assessment")
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, row := range rows {
				if len(row) > 0 && row[0] == c.Ref {
					found = true
					for _, want := range []string{answer, "see <report> & annex", "two\nlines"} {
						if !contains(row, want) {
							t.Errorf("the row %q lacks %q", row, want)
						}
					}
				}
			}
			if !found {
				t.Errorf("there is no row for %s", c.Ref)
			}
			props, err := f.GetDocProps()
			if err != nil || props.Modified != "2027-01-20T15:04:05Z" {
				t.Errorf("saved at %q (%v)", props.Modified, err)
			}
			if custom, err := f.GetCustomProps(); err != nil || len(custom) < 9 {
				t.Errorf("the custom properties are %v (%v)", custom, err)
			}
		})
	}
}

func TestFillRefusesWhatHasNoCell(t *testing.T) {
	tm := trybook.Template(t, "csis-cdm3")
	tm.Answers.Targets = false
	blank := trybook.Workbook(t, tm, trybook.Round("csis-cdm3", "a4"), trybook.Example)
	for name, c := range map[string]assessment.FillCell{
		"unknown criterion": {Ref: "L9-XX-99", Answer: "F – Fully in place"},
		"no targets":        {Ref: "L1-CA-01", Target: "F – Fully in place"},
	} {
		if _, err := assessment.Fill(blank, assessment.Filling{Cells: []assessment.FillCell{c}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := assessment.Fill([]byte("no workbook"), assessment.Filling{}); err == nil {
		t.Error("what is no workbook gives no error")
	}
}

func contains(row []string, s string) bool {
	for _, x := range row {
		if x == s {
			return true
		}
	}
	return false
}
