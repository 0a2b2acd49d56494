package xlsx_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestConsolidatedReaders counts the filled cells of every sheet with SheetJS and ExcelJS, which must find the
// same. NODE_PATH leads to both.
func TestConsolidatedReaders(t *testing.T) {
	if exec.Command("node", "-e", "require('xlsx');require('exceljs')").Run() != nil {
		t.Skip("needs node, and the npm packages xlsx and exceljs in NODE_PATH")
	}
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		book := consolidatedBytes(t, exampleRound(t, id, 24))
		file := filepath.Join(t.TempDir(), "consolidated.xlsx")
		if err := os.WriteFile(file, book, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("node", "testdata/readers.cjs", file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if len(lines) < 15 {
			t.Errorf("%s: %d sheets were read\n%s", id, len(lines), out)
		}
		for _, line := range lines {
			part := strings.Split(line, "\t")
			if part[1] != part[2] || part[1] == "0" {
				t.Errorf("%s, sheet %s: SheetJS reads %s cells, ExcelJS %s", id, part[0], part[1], part[2])
			}
		}
	}
}
