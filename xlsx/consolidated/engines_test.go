package consolidated_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Gnumeric and HyperFormula, which nobody here wrote and which have nothing of LibreOffice in them, compute every formula
// to the value that is stored with it. Neither lacks a function that the workbook uses.
func TestOtherEnginesComputeTheSame(t *testing.T) {
	engines := []struct{ name, needs string }{{"Gnumeric", "require('xlsx')"}, {"HyperFormula", "require('xlsx');require('hyperformula')"}}
	for _, id := range []string{"csis-cdm3", "uk-dmm"} {
		dir := t.TempDir()
		file := filepath.Join(dir, id+".xlsx")
		if err := os.WriteFile(file, consolidatedBytes(t, exampleRound(t, id, 12)), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, e := range engines {
			t.Run(id+"/"+e.name, func(t *testing.T) {
				if err := exec.Command("node", "-e", e.needs).Run(); err != nil {
					t.Skip("needs node with ", e.needs)
				}
				args := []string{"testdata/engines.cjs", file}
				if e.name == "Gnumeric" {
					if _, err := exec.LookPath("ssconvert"); err != nil {
						t.Skip("needs ssconvert, of gnumeric")
					}
					again := filepath.Join(dir, id+"-again.xlsx")
					if out, err := exec.Command("ssconvert", "--recalc", file, again).CombinedOutput(); err != nil {
						t.Fatalf("ssconvert: %v\n%s", err, out)
					}
					args = append(args, again)
				}
				out, err := exec.Command("node", args...).Output()
				if err != nil {
					t.Fatalf("node: %v\n%s", err, out)
				}
				lines := strings.Split(strings.TrimSpace(string(out)), "\n")
				if n, _ := strconv.Atoi(lines[len(lines)-1]); n < 5000 {
					t.Errorf("only %d formulas were looked at", n)
				}
				for _, l := range lines[:len(lines)-1] {
					t.Error(l)
				}
			})
		}
	}
}
