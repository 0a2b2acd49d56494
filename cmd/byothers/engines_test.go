package byothers_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every formula of every kind of workbook that is written or mended has a stored value, and LibreOffice in three countries'
// settings, Gnumeric and HyperFormula compute the same. HyperFormula lacks FIXED, which the script that runs it adds; nothing
// else is lacking.
func TestEveryEngineComputesTheSame(t *testing.T) {
	t.Parallel()
	cmdtest.OnlyWithTime(t)
	if testing.Short() {
		t.Skip("other programs compute every formula, which takes a minute")
	}
	var files []string
	for _, template := range cmdtest.SomeOf("csis-cdm3", "uk-dmm") {
		files = append(files, everyWorkbook(t, template)...)
	}
	stored := make([]map[string]storedFormula, len(files))
	for i, file := range files {
		stored[i] = storedFormulas(t, file)
		for at, f := range stored[i] {
			if !f.has {
				t.Errorf("%s, %s: a formula without a stored value: =%s", filepath.Base(file), at, f.formula)
			}
		}
		t.Logf("%s: %d formulas", filepath.Base(file), len(stored[i]))
	}
	for _, locale := range cmdtest.SomeOf("es-ES", "en-US", "de-DE") {
		t.Run("LibreOffice "+locale, func(t *testing.T) { inLibreOffice(t, locale, files, stored) })
	}
	for _, engine := range cmdtest.SomeOf("HyperFormula", "Gnumeric") {
		t.Run(engine, func(t *testing.T) { inOtherEngine(t, engine, files, stored) })
	}
}

// everyWorkbook makes a round and gives one or more of each kind of its workbooks: as sent, filled in, corrected, plans as sent,
// plans filled in, and the office's own.
func everyWorkbook(t *testing.T, template string) (files []string) {
	cmdtest.Need(t, "openpyxl")
	dir := cmdtest.Example(t, "--template", template, "--recipients", "16")
	cmdtest.Rubric(t, 1, "validate", "-C", dir, "--corrections")
	cmdtest.Rubric(t, 0, "plan", "-C", dir)
	plans, err := filepath.Glob(filepath.Join(dir, "results/plans/*.xlsx"))
	if err != nil || len(plans) < 2 {
		t.Fatalf("%s: %d plans", template, len(plans))
	}
	fill := exec.Command(cmdtest.Python, cmdtest.Testdata("fill_cells.py"), "openpyxl", plans[0], filepath.Join(dir, "returns", "plan.xlsx"), "Plan",
		"G5=Name an owner", "H5=Director", "I5=2027-01-15", "J5=In progress", "G6=Meet every month", "I6=2027-09-01", "J6=Done")
	if out, err := fill.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	cmdtest.Rubric(t, 1, "consolidate", "-C", dir)
	for _, kind := range []struct {
		pattern string
		most    int
	}{{"results/*.xlsx", 9}, {"results/plans/*.xlsx", 2}, {"results/corrections/*.xlsx", 3}, {"outbox/*.xlsx", 1}, {"returns/01*.xlsx", 4}} {
		list, err := filepath.Glob(filepath.Join(dir, kind.pattern))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, file := range list {
			if z, err := zip.OpenReader(file); err != nil || found == kind.most {
				continue // some returns are spoilt
			} else {
				z.Close()
			}
			found++
			files = append(files, file)
		}
		if found == 0 {
			t.Errorf("%s: no workbook %s", template, kind.pattern)
		}
	}
	return files
}

// storedFormula is a formula and the value that is stored with it.
type storedFormula struct {
	formula, value string
	text, has      bool
}

var decimalSign = regexp.MustCompile(`(\d)[.,](\d)`)

// is says whether a value is the stored one. Of texts the figures in them may be written with another sign.
func (f storedFormula) is(v any) bool {
	switch v := v.(type) {
	case float64:
		want, err := strconv.ParseFloat(f.value, 64)
		return err == nil && !f.text && math.Abs(v-want) <= 1e-9*math.Max(1, math.Abs(want))
	case string:
		return f.text && decimalSign.ReplaceAllString(v, "$1.$2") == decimalSign.ReplaceAllString(f.value, "$1.$2")
	}
	return false
}

// storedFormulas reads a workbook's formulas by sheet and cell.
func storedFormulas(t *testing.T, file string) map[string]storedFormula {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	part := func(name string, into any) {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := xml.NewDecoder(bufio.NewReader(f)).Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	part("xl/workbook.xml", &book)
	part("xl/_rels/workbook.xml.rels", &rels)
	out := map[string]storedFormula{}
	for _, s := range book.Sheets {
		var sheet struct {
			Cells []struct {
				Ref     string  `xml:"r,attr"`
				Type    string  `xml:"t,attr"`
				Formula *string `xml:"f"`
				Value   *string `xml:"v"`
			} `xml:"sheetData>row>c"`
		}
		for _, r := range rels.List {
			if r.ID == s.ID {
				part(strings.TrimPrefix(path.Join("xl", r.Target), "xl/xl/"), &sheet)
			}
		}
		for _, c := range sheet.Cells {
			if c.Formula == nil {
				continue
			}
			f := storedFormula{formula: *c.Formula, text: c.Type == "str", has: c.Value != nil}
			if f.has {
				f.value = *c.Value
			}
			out[s.Name+"!"+c.Ref] = f
		}
	}
	return out
}

func inLibreOffice(t *testing.T, locale string, files []string, stored []map[string]storedFormula) {
	cmdtest.Need(t, "LibreOffice")
	run := exec.Command(cmdtest.Python, append([]string{cmdtest.Testdata("formulas.py"), locale}, files...)...)
	run.Stderr = os.Stderr
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := make([]int, len(files))
	for line := range strings.Lines(string(out)) {
		x := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 5)
		n, _ := strconv.Atoi(x[0])
		f, ok := stored[n][x[1]+"!"+x[2]]
		if !ok {
			continue // the rest of a block of cells of which some are no formulas
		}
		seen[n]++
		var v any
		if err := json.Unmarshal([]byte(x[4]), &v); err != nil && x[3] != "e" {
			t.Fatal(err)
		}
		if !f.is(v) {
			t.Errorf("%s, %s!%s: %q is stored, and %s computed: =%s", filepath.Base(files[n]), x[1], x[2], f.value, x[4], f.formula)
		}
	}
	for n := range files {
		if seen[n] != len(stored[n]) {
			t.Errorf("%s: LibreOffice has %d formulas, the workbook %d", filepath.Base(files[n]), seen[n], len(stored[n]))
		}
	}
}

func inOtherEngine(t *testing.T, engine string, files []string, stored []map[string]storedFormula) {
	if err := exec.Command("node", "-e", "require('xlsx');require('hyperformula')").Run(); err != nil {
		t.Skip("needs node with xlsx and hyperformula")
	}
	if _, err := exec.LookPath("ssconvert"); err != nil && engine == "Gnumeric" {
		t.Skip("needs ssconvert, of gnumeric")
	}
	for i, file := range files {
		args := []string{"../../xlsx/consolidated/testdata/engines.cjs", file}
		if engine == "Gnumeric" {
			again := filepath.Join(t.TempDir(), "again.xlsx")
			if out, err := exec.Command("ssconvert", "--recalc", file, again).CombinedOutput(); err != nil {
				t.Fatalf("ssconvert: %v\n%s", err, out)
			}
			args = append(args, again)
		}
		run := exec.Command("node", args...)
		var errs bytes.Buffer
		run.Stderr = &errs
		out, err := run.Output()
		if err != nil {
			t.Fatalf("node: %v\n%s", err, errs.String())
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if last := lines[len(lines)-1]; last != fmt.Sprint(len(stored[i])) {
			t.Errorf("%s: %s formulas were looked at, of %d", filepath.Base(file), last, len(stored[i]))
		}
		for _, line := range lines[:len(lines)-1] {
			t.Errorf("%s, %s", filepath.Base(file), line)
		}
	}
}
