package returns_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// checkSaved holds a copy that another program saved against what was filled in. lost is the number of places
// of the manifest that the program is known to lose.
func checkSaved(t *testing.T, name string, data []byte, lost int, password string) {
	t.Helper()
	tm := trybook.SmallTemplate()
	_, want := trybook.ChoicesOf(tm)
	ret := returns.Read(context.Background(), bytes.NewReader(data), int64(len(data)), name, returns.ReadOptions{Template: tm, Password: password})
	checkAnswers(t, name, tm, ret, want)
	noFindings(t, name, ret)
	if trybook.HasCode(ret, models.ContentDropped) != dropsContent(name) {
		t.Errorf("%s: that the program leaves things out is said: %v", name, !dropsContent(name))
	}
	agree(t, name, tm, ret, data, password, secondFor(name))
	if len(ret.Claims) != 3-lost {
		t.Errorf("%s: %d of 3 places of the manifest: %+v", name, len(ret.Claims), ret.Claims)
	}
	for _, c := range ret.Claims {
		if c.Manifest.Recipient != trybook.Example.ID && c.Place != models.VisibleReference || c.Reference == "" {
			t.Errorf("%s: claim %+v", name, c)
		}
	}
	if r := ret.Respondent; r.Name.Value != "A. Respondent" || r.Date.Value != "2026-12-01" && r.Date.Value != "1 December 2026" { // SheetJS writes dates into .ods as text
		t.Errorf("%s: respondent %+v", name, r)
	}
	for _, a := range ret.Answers() {
		if !a.Level.Value.IsBlank() && (a.Comment.Value != "A comment on "+a.Ref+"\nwith <two> lines & ' \" 😀" || a.Evidence.Value != "مستند "+a.Ref) {
			t.Errorf("%s: %s: comment %q, evidence %q", name, a.Ref, a.Comment.Value, a.Evidence.Value)
		}
	}
}

// dropsContent says whether a file was saved by a program that leaves out what it does not know.
func dropsContent(name string) bool {
	return strings.Contains(name, "sheetjs") || strings.Contains(name, "openpyxl") || strings.Contains(name, "exceljs")
}

// lostBy is how many places of the manifest are lost on saving, by a part of the file's name.
var lostBy = map[string]int{"openpyxl": 1, "exceljs": 1, "sheetjs.ods": 1}

func lostIn(name string) int {
	for k, n := range lostBy {
		if strings.Contains(name, k) {
			return n
		}
	}
	return 0
}

// TestSavedByOthers reads the kept copies; testdata/saved/README.md says what saved them.
func TestSavedByOthers(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "saved", "*.*"))
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".md") {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		checkSaved(t, filepath.Base(f), data, lostIn(f), "secret")
	}
}

func TestSavedByLibreOffice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	office := trybook.Program(t, "soffice", "libreoffice")
	dir := t.TempDir()
	b, _ := trybook.SmallFilled(t)
	must(os.WriteFile(filepath.Join(dir, "return.xlsx"), b, 0o600))
	must(os.WriteFile(filepath.Join(dir, "odd.xlsx"), oddFilled(t), 0o600))
	for ext, filter := range map[string]string{"ods": "ods", "xlsx": "xlsx:Calc MS Excel 2007 XML", "xlsm": "xlsm:Calc MS Excel 2007 VBA XML"} {
		cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", filter, "--outdir", "out", "return.xlsx", "odd.xlsx")
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		data, err := os.ReadFile(filepath.Join(dir, "out", "return."+ext))
		if err != nil {
			t.Fatal(err)
		}
		checkSaved(t, "libreoffice."+ext, data, 0, "")
		checkOddFile(t, filepath.Join(dir, "out", "odd."+ext), "libreoffice."+ext)
	}
}

func TestSavedByOpenpyxl(t *testing.T) {
	t.Parallel()
	python := ""
	for _, p := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(p, "-c", "import openpyxl").Run() == nil {
			python = p
			break
		}
	}
	if python == "" {
		t.Skip("needs Python with openpyxl, which is not installed here")
	}
	dir := t.TempDir()
	b, _ := trybook.SmallFilled(t)
	must(os.WriteFile(filepath.Join(dir, "in.xlsx"), b, 0o600))
	must(os.WriteFile(filepath.Join(dir, "odd.xlsx"), oddFilled(t), 0o600))
	cmd := exec.Command(python, "-W", "ignore", "-c", "import openpyxl\nfor n in ['in', 'odd']: openpyxl.load_workbook(n+'.xlsx').save('openpyxl-'+n+'.xlsx')")
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	data, err := os.ReadFile(filepath.Join(dir, "openpyxl-in.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	checkSaved(t, "openpyxl.xlsx", data, lostIn("openpyxl"), "")
	checkOddFile(t, filepath.Join(dir, "openpyxl-odd.xlsx"), "openpyxl.xlsx")
}

// TestSavedByNode saves with SheetJS and ExcelJS, where NODE_PATH leads to them.
func TestSavedByNode(t *testing.T) {
	t.Parallel()
	node := trybook.Program(t, "node")
	if exec.Command(node, "-e", "require('xlsx');require('exceljs')").Run() != nil {
		t.Skip("needs the npm packages xlsx and exceljs in NODE_PATH")
	}
	dir := t.TempDir()
	b, _ := trybook.SmallFilled(t)
	must(os.WriteFile(filepath.Join(dir, "in.xlsx"), b, 0o600))
	must(os.WriteFile(filepath.Join(dir, "odd.xlsx"), oddFilled(t), 0o600))
	cmd := exec.Command(node, "-e", `
const X=require('xlsx'),E=require('exceljs');(async()=>{
for (const [n,to] of [['in',''],['odd','-odd']]) {
const w=X.readFile(n+'.xlsx',{cellStyles:true});
for (const t of ['xlsx','xlsm','ods']) X.writeFile(w,'sheetjs'+to+'.'+t,{bookType:t,bookSST:t=='xlsm',compression:true});
const e=new E.Workbook();await e.xlsx.readFile(n+'.xlsx');await e.xlsx.writeFile('exceljs'+to+'.xlsx');
}})().catch(e=>{console.error(e);process.exit(1)})`)
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	for _, name := range []string{"sheetjs.xlsx", "sheetjs.xlsm", "sheetjs.ods", "exceljs.xlsx"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		checkSaved(t, name, data, lostIn(name), "")
		checkOddFile(t, filepath.Join(dir, strings.Replace(name, ".", "-odd.", 1)), name)
	}
	// What LibreOffice saves as .ods, which excelize does not read, is held against SheetJS.
	data, err := os.ReadFile(filepath.Join("testdata", "saved", "libreoffice.ods"))
	if err != nil {
		t.Fatal(err)
	}
	tm := trybook.SmallTemplate()
	agree(t, "libreoffice.ods", tm, read(t, tm, data), data, "", bySheetJS)
}
