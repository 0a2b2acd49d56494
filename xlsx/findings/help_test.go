package findings_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/findings"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// Each finding leads to the row of the sheet Help that explains its code, in the language of the round.
func TestHelp(t *testing.T) {
	for lang, want := range map[string]struct{ findings, help, warning, meaning, tip string }{
		"en": {"Findings", "Help", "Warning", "The workbook holds macros. They were ignored.", "What this means"},
		"es": {"Hallazgos", "Ayuda", "Advertencia", "El libro contiene macros. No se tuvieron en cuenta.", "Qué significa"},
	} {
		t.Run(lang, func(t *testing.T) {
			rd := trybook.Round("uk-dmm", "a4")
			rd.Language = lang
			var list []models.Finding
			for i := range 40 {
				at := models.Origin{File: strconv.Itoa(100+i) + ".xlsx"}
				list = append(list, models.NewFinding(models.FileMacros, at, "It holds macros."), models.NewFinding(models.FileEmpty, at, "Empty."))
			}
			f := open(t, rd, list)
			if sheets := f.GetSheetList(); len(sheets) != 2 || sheets[0] != want.findings || sheets[1] != want.help {
				t.Fatalf("sheets: %q", sheets)
			}
			for row := 2; row <= 81; row++ {
				at := "J" + strconv.Itoa(row)
				code, _ := f.GetCellValue(want.findings, at)
				ok, to, err := f.GetCellHyperLink(want.findings, at)
				cell, found := strings.CutPrefix(to, "'"+want.help+"'!")
				if !ok || err != nil || !found {
					t.Fatalf("%s of %s leads to %q", at, code, to)
				}
				if got, _ := f.GetCellValue(want.help, cell); got != code {
					t.Errorf("%s: the link of %s leads to %q", at, code, got)
				}
			}
			if ok, to, _ := f.GetCellHyperLink(want.findings, "B2"); !ok || !strings.HasSuffix(to, "returns/100.xlsx") {
				t.Errorf("the file's link is lost: %q", to)
			}
			rows, _ := f.GetRows(want.help)
			var macros []string
			for _, r := range rows {
				if len(r) > 1 && r[1] == string(models.FileMacros) {
					macros = r
				}
			}
			if info, _ := models.FileMacros.Info(); len(macros) != 5 || macros[0] != want.warning || macros[2] != "40" || macros[3] != want.meaning || (lang == "en") != (macros[4] == info.Remedy) {
				t.Errorf("the row of the code: %q", macros)
			}
		})
	}
}

// No code, no row; the sheet says so.
func TestHelpWithoutFindings(t *testing.T) {
	f := open(t, trybook.Round("uk-dmm", "a4"), nil)
	rows, err := f.GetRows("Help")
	if err != nil || rows[len(rows)-1][0] != "None" {
		t.Errorf("%q, %v", rows, err)
	}
}

func open(t *testing.T, rd *models.Round, list []models.Finding) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := findings.Write(&b, rd, &models.Template{}, list, nil, func(file string) string { return file }); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
