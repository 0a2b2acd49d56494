package returns_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// anyFormula is a cell with a formula, as LibreOffice and excelize write it.
var anyFormula = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)"[^>]*><f[^>]*>[^<]*</f>(<v>([^<]*)</v>|<v/>)?`)

// formulaValues gives for each formula of each sheet its stored value, and counts those without.
func formulaValues(t *testing.T, workbook []byte) (values map[string]string, without int) {
	t.Helper()
	values = map[string]string{}
	for _, p := range trybook.Unpack(t, workbook) {
		if !strings.HasPrefix(p.Name, "xl/worksheets/sheet") {
			continue
		}
		for _, m := range anyFormula.FindAllStringSubmatch(string(p.Body), -1) {
			values[p.Name+" "+m[1]] = m[3]
			if m[2] == "" {
				without++
			}
		}
	}
	return values, without
}

// TestCorrectionsKeepStoredValues: a workbook that goes back shows the figures that its sender saw, in programs that
// calculate and in those that do not.
func TestCorrectionsKeepStoredValues(t *testing.T) {
	tm := trybook.SmallTemplate()
	for _, name := range []string{"libreoffice.xlsx", "excelize.xlsx", "openpyxl.xlsx", "sheetjs.xlsx", "exceljs.xlsx"} {
		b, err := os.ReadFile(filepath.Join("testdata", "saved", name))
		if err != nil {
			t.Fatal(err)
		}
		at := models.Origin{File: "a return.xlsx", Sheet: "Assessment", Cell: "I6"}
		out := corrections(t, tm, b, []models.Finding{models.NewFinding(models.AnswerMissing, at, "There is no answer.")})
		before, _ := formulaValues(t, b)
		after, without := formulaValues(t, out)
		if len(after) < 100 || without > 0 {
			t.Errorf("%s: %d of %d formulas have no value", name, without, len(after))
		}
		if name != "libreoffice.xlsx" {
			continue // the others had none, or had lost them
		}
		for where, v := range before {
			if after[where] != v {
				t.Errorf("%s: %s is stored as %q, was %q", name, where, after[where], v)
			}
		}
	}
}
