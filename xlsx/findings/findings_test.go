package findings_test

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/findings"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

func TestWriteFindings(t *testing.T) {
	rd := trybook.Round("uk-dmm", "a4")
	at := func(file, cell string) models.Origin {
		return models.Origin{File: file, Sheet: "Assessment", Cell: cell}
	}
	list := []models.Finding{
		models.NewFinding(models.AnswerMissing, at("b c/=1+1 #2.xlsx", "F12"), "Criterion 1.1 has no answer.").About("1.1"),
		models.NewFinding(models.AnswerNotInList, at("b c/=1+1 #2.xlsx", "F9"), "=HYPERLINK(\"x\")"),
		models.NewFinding(models.FileCSV, models.Origin{File: "../a.csv"}, "The file is plain text."),
	}
	link := func(file string) string {
		if file == "c!d.xlsx" {
			return file
		}
		return map[string]string{"../a.csv": "../a.csv", "b c/=1+1 #2.xlsx": "b c/=1+1 #2.xlsx"}[file]
	}
	list[1].Recipient = "0107"
	list = append(list,
		models.NewFinding(models.AnswerMissing, models.Origin{File: "c!d.xlsx"}, "No answer."),
		models.NewFinding(models.FileHostile, models.Origin{File: "d.xlsx"}, "Made on purpose."))
	var b, again bytes.Buffer
	for _, w := range []*bytes.Buffer{&b, &again} {
		if err := findings.Write(w, rd, &models.Template{}, list, map[string]string{"0107": "Example Unified, Coast"}, link); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("two runs gave different bytes")
	}
	// The list can be filtered: by a filter of the sheet or that of a table, over all rows and columns.
	filter := regexp.MustCompile(`<autoFilter ref="\$?A\$?1:\$?J\$?6"`)
	filtered := 0
	for _, p := range trybook.Unpack(t, b.Bytes()) {
		filtered += len(filter.FindAll(p.Body, -1))
	}
	if filtered != 1 {
		t.Errorf("%d filters over the findings", filtered)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{
		"A2": "Error", "B2": "../a.csv", "J2": "file-csv",
		"A3": "Error", "B3": "b c/=1+1 #2.xlsx", "C3": "Assessment", "D3": "F9", "E3": "0107", "F3": "Example Unified, Coast", "H3": "=HYPERLINK(\"x\")",
		"A4": "Warning", "D4": "F12", "G4": "1.1", "H4": "Criterion 1.1 has no answer.", "I4": list[0].Remedy,
	} {
		if got, _ := f.GetCellValue("Findings", cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	for cell, want := range map[string]string{"B2": "../returns/%2E%2E/a.csv", "B3": "../returns/b%20c/=1+1%20%232.xlsx", "B5": "../returns/c%21d.xlsx"} {
		if ok, got, _ := f.GetCellHyperLink("Findings", cell); !ok || got != want {
			t.Errorf("the link of %s is %q, want %q", cell, got, want)
		}
	}
	if ok, got, _ := f.GetCellHyperLink("Findings", "B6"); ok {
		t.Errorf("a hostile file is linked to: %q", got)
	}
	if formula, _ := f.GetCellFormula("Findings", "H3"); formula != "" {
		t.Errorf("a message became the formula %q", formula)
	}
}
