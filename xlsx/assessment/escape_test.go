package assessment_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// oddNames look like what the file format takes for something else: an escaped character (ECMA-376 part 1,
// 22.9.2.19), an entity, an element.
var oddNames = models.Recipient{ID: "_x0031_&_x0032_", Name: "Test _x0041_ School & <b> _x005F_ &amp; _X000a_"}

func oddWorkbook(t *testing.T) ([]byte, *models.Round) {
	t.Helper()
	rd := trybook.Round("example", "a4")
	rd.Title, rd.Organiser, rd.ID = "Round _x0042_ & more", "Office _x0043_", "round_x0044_"
	b, err := assessment.Fill(trybook.Workbook(t, trybook.SmallTemplate(), rd, oddNames), assessment.Filling{
		Cells: []assessment.FillCell{{Ref: "1.1", Answer: "3 – High", Comment: "as _x0045_ wrote"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, rd
}

// checkOddNames holds what the workbook says in all three places against the names.
func checkOddNames(t *testing.T, by string, b []byte, rd *models.Round) {
	t.Helper()
	ret := trybook.ReadBack(trybook.SmallTemplate(), b)
	if len(ret.Claims) != 3 {
		t.Errorf("%s: claims %+v", by, ret.Claims)
	}
	for _, c := range ret.Claims {
		m := c.Manifest
		if c.Name != oddNames.Name || c.Place != models.VisibleReference && (m.Recipient != oddNames.ID || m.Name != oddNames.Name || m.Round != rd.ID) {
			t.Errorf("%s: claim %+v", by, c)
		}
	}
	if a := ret.Answer("1.1"); a == nil || a.Comment.Value != "as _x0045_ wrote" {
		t.Errorf("%s: answer %+v", by, a)
	}
}

func TestNamesThatLookEscaped(t *testing.T) {
	b, rd := oddWorkbook(t)
	checkOddNames(t, "our reader", b, rd)
	// A second reader sees the same.
	f := trybook.Open(t, b)
	rows, err := f.GetRows("Start")
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, row := range rows {
		text += strings.Join(row, "|") + "\n"
	}
	for _, want := range []string{oddNames.Name, rd.Title} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet Start lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(trybook.PartOf(t, b, "xl/worksheets/sheet2.xml"), "Round _x0042_") {
		t.Error("the header of the pages says Round B")
	}
}

func TestNamesThatLookEscapedSavedByLibreOffice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	office := trybook.Program(t, "soffice", "libreoffice")
	b, rd := oddWorkbook(t)
	dir := t.TempDir()
	in := trybook.WriteFile(t, dir, "return.xlsx", b)
	cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), in)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "out", "return.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	checkOddNames(t, "LibreOffice", data, rd)
}
