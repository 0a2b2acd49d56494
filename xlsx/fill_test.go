package xlsx_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx"
	"github.com/xuri/excelize/v2"
)

func template(t testing.TB, id string) *models.Template {
	t.Helper()
	x, err := templates.Builtin(id)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func round(template, paper string) *models.Round {
	day := func(s string) models.Date {
		d, err := models.ParseDate(s)
		if err != nil {
			panic(err)
		}
		return d
	}
	return &models.Round{
		ID: "example-2026", Title: "Data maturity 2026", Organiser: "Example County Office of Education",
		Template: template, Issued: day("2026-11-02"), Due: day("2027-01-29"),
		Contact: models.Contact{Name: "Data team", Email: "data@example.org", Phone: "01632 960 001"},
		ReplyTo: "returns@example.org", Paper: paper, Language: "en-GB",
	}
}

var example = models.Recipient{ID: "007", Name: "Example Unified School District 07"}

// workbook writes the workbook of a recipient.
func workbook(t testing.TB, tm *models.Template, rd *models.Round, rc models.Recipient) []byte {
	t.Helper()
	a, err := xlsx.NewAssessment(tm, rd)
	if err != nil {
		t.Fatal(err)
	}
	return copyOf(t, a, rd, tm, rc)
}

func copyOf(t testing.TB, a *xlsx.Assessment, rd *models.Round, tm *models.Template, rc models.Recipient) []byte {
	t.Helper()
	key := []byte("the round's key")
	m := models.Manifest{
		Round: rd.ID, Template: tm.ID, TemplateVersion: tm.Version, TemplateDigest: "0123456789abcdef",
		Recipient: rc.ID, Name: rc.Name,
	}.Sealed(key)
	var out bytes.Buffer
	if err := a.Write(&out, rc, m, m.Reference(key)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFillWritesIntoTheInputCells(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		t.Run(id, func(t *testing.T) {
			tm := template(t, id)
			c := tm.Criteria[20]
			answer := tm.Scale(&c)[1].Label()
			filling := xlsx.Filling{
				Respondent: xlsx.FillRespondent{
					Name: "A. Example", Role: "Head of data", Date: "2027-01-20", SignedBy: "B. Example",
				},
				Cells: []xlsx.FillCell{{Ref: c.Ref, Answer: answer, Evidence: "see <report> & annex", Comment: "two\nlines"}},
				Saved: time.Date(2027, 1, 20, 15, 4, 5, 0, time.UTC),
			}
			blank := workbook(t, tm, round(id, "a4"), example)
			filled, err := xlsx.Fill(blank, filling)
			if err != nil {
				t.Fatal(err)
			}
			again, err := xlsx.Fill(blank, filling)
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
	tm := template(t, "csis-cdm3")
	tm.Answers.Targets = false
	blank := workbook(t, tm, round("csis-cdm3", "a4"), example)
	for name, c := range map[string]xlsx.FillCell{
		"unknown criterion": {Ref: "L9-XX-99", Answer: "F – Fully in place"},
		"no targets":        {Ref: "L1-CA-01", Target: "F – Fully in place"},
	} {
		if _, err := xlsx.Fill(blank, xlsx.Filling{Cells: []xlsx.FillCell{c}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := xlsx.Fill([]byte("no workbook"), xlsx.Filling{}); err == nil {
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

func writeFile(t testing.TB, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
