package consolidated_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// Where the answers are more than a sheet has rows, the workbook goes without the sheet Answers and says where they are. The
// comments stay on their sheet as long as they fit, and every other sheet is as it was, but for what speaks of the answers.
func TestAnswersThatDoNotFit(t *testing.T) {
	if err := exec.Command("/usr/bin/python3", "-c", "import openpyxl").Run(); err != nil {
		t.Skip("openpyxl is not installed")
	}
	whole := keptRound(t, "csis-cdm3", 24)
	without := whole
	without.Rows = 1500
	neither := whole
	neither.Rows = 20
	sheets := func(in consolidated.Input) map[string][][]any {
		file := filepath.Join(t.TempDir(), "x.xlsx")
		if err := os.WriteFile(file, consolidatedBytes(t, in), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("/usr/bin/python3", "-c", `
import json, openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book}, default=str))`, file).Output()
		if err != nil {
			t.Fatal(err)
		}
		var found map[string][][]any
		if err := json.Unmarshal(out, &found); err != nil {
			t.Fatal(err)
		}
		return found
	}
	text := func(rows [][]any) string {
		b, _ := json.Marshal(rows)
		return string(b)
	}
	a, b, c := sheets(whole), sheets(without), sheets(neither)
	if len(a["Answers"]) < 1500 || len(a["Comments"]) < 30 || len(a["Comments"]) >= 1500 {
		t.Fatalf("%d answers and %d comments do not try it", len(a["Answers"]), len(a["Comments"]))
	}
	for name := range a {
		switch there := b[name] != nil; {
		case name == "Answers" && there:
			t.Error("there is a sheet Answers, which should not fit")
		case name == "Answers" || name == "Method" || name == "rubric kept":
		case text(a[name]) != text(b[name]):
			t.Errorf("the sheet %s is another without the sheet Answers:\n%.400s\n%.400s", name, text(a[name]), text(b[name]))
		}
	}
	if !strings.Contains(text(b["Method"]), "answers.parquet and answers.csv of results/data") || strings.Contains(text(a["Method"]), "answers.parquet") {
		t.Error("the sheet Method does not say where the answers are, or says so where they are in the workbook")
	}
	if c["Comments"] != nil || c["Answers"] != nil {
		t.Error("comments that do not fit are shown")
	}
	book := consolidatedBytes(t, without)
	if !slices.Equal(book, consolidatedBytes(t, without)) {
		t.Error("the same input gives other bytes")
	}
	_, err := consolidated.Read(t.Context(), bytes.NewReader(book), int64(len(book)))
	if err == nil || !strings.Contains(err.Error(), "results/data") || !strings.Contains(err.Error(), "give that round's folder") {
		t.Errorf("as an earlier round: %v", err)
	}
}
