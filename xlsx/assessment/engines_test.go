package assessment_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// Gnumeric computes every formula of a workbook that was filled in, with answers typed in several forms, to the value that
// is stored with it. (HyperFormula lacks FIXED, and takes no range with a text in it for MEDIAN.)
func TestGnumericComputesTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("starts other programs")
	}
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		tm := trybook.Template(t, id)
		cells, choices := trybook.ChoicesOf(tm)
		for i := range cells {
			c := tm.Criterion(cells[i].Ref)
			cells[i].Answer = typedAs(tm.Scale(c), choices[c.Ref], i, cells[i].Answer)
		}
		b, err := assessment.Fill(trybook.Workbook(t, tm, trybook.Round(id, "a4"), trybook.Example), assessment.Filling{Cells: cells})
		if err != nil {
			t.Fatal(err)
		}
		gnumericAgrees(t, id, b)
	}
}

// gnumericAgrees compares what is stored in a workbook with what Gnumeric computes, where it and node are there.
func gnumericAgrees(t *testing.T, id string, b []byte) {
	t.Helper()
	trybook.Program(t, "ssconvert")
	if err := exec.Command("node", "-e", "require('xlsx')").Run(); err != nil {
		t.Skip("needs node with xlsx")
	}
	dir := t.TempDir()
	file, again := filepath.Join(dir, "a.xlsx"), filepath.Join(dir, "again.xlsx")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("ssconvert", "--recalc", file, again).CombinedOutput(); err != nil {
		t.Fatalf("ssconvert: %v\n%s", err, out)
	}
	out, err := exec.Command("node", "../consolidated/testdata/engines.cjs", file, again).Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if n, _ := strconv.Atoi(lines[len(lines)-1]); n < 1000 {
		t.Errorf("%s: only %d formulas were looked at", id, n)
	}
	for _, l := range lines[:len(lines)-1] {
		t.Errorf("%s: %s", id, l)
	}
}
