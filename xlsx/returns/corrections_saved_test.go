package returns_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// TestCheckWorkbookCorrectedSaved holds corrections of workbooks that other programs saved against the schemas and against
// what Excel insists on, and opens them with openpyxl where that is there.
func TestCheckWorkbookCorrectedSaved(t *testing.T) {
	t.Parallel()
	check := trybook.Checker(t)
	dir := t.TempDir()
	if keep := os.Getenv("RUBRIC_KEEP"); keep != "" {
		dir = keep
	}
	var files []string
	for _, name := range []string{"excelize.xlsx", "libreoffice.xlsx", "openpyxl.xlsx", "sheetjs.xlsx", "exceljs.xlsx"} {
		b, err := os.ReadFile(filepath.Join("testdata", "saved", name))
		if err != nil {
			t.Fatal(err)
		}
		var found []models.Finding
		for _, cell := range []string{"I6", "F7", "XFD9", "B60"} { // those that there are, and those that there are not
			found = append(found, models.NewFinding(models.AnswerMissing, models.Origin{File: "a return.xlsx", Sheet: "Assessment", Cell: cell}, "There is no answer in "+cell+"."))
		}
		out := corrections(t, trybook.SmallTemplate(), b, found)
		files = append(files, trybook.WriteFile(t, dir, strings.TrimSuffix(name, ".xlsx")+" to correct.xlsx", out))
	}
	check(t, files[:4]...) // ExcelJS leaves out what the schemas ask for, in sheets that nothing is changed in
}
