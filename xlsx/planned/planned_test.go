package planned_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/planned"
)

// The same input gives the same bytes, which an independent checker has no complaint about; what a person wrote is no
// formula; and LibreOffice computes every formula to the value that is stored beside it. So it is with texts of any length.
func TestPlansWorkbook(t *testing.T) {
	for name, in := range map[string]planned.Input{"short texts": input(results()), "long texts": input(withLongTexts(results()))} {
		t.Run(name, func(t *testing.T) {
			b, again := written(t, in), written(t, in)
			if !bytes.Equal(b, again) {
				t.Error("two runs gave different bytes")
			}
			name := trybook.WriteFile(t, t.TempDir(), "plans.xlsx", b)
			f := trybook.Open(t, b)
			if formula, _ := f.GetCellFormula("Actions", "H7"); formula != "" {
				t.Errorf("what a recipient wrote became the formula %q", formula)
			}
			t.Run("checked", func(t *testing.T) { trybook.Checker(t)(t, name) })
			t.Run("recalculated", func(t *testing.T) { recalculated(t, f, name) })
		})
	}
}

func input(r *models.Results) planned.Input {
	return planned.Input{Results: r, AsAt: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
}

func written(t *testing.T, in planned.Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := planned.Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// recalculated holds what LibreOffice computes against the stored values.
func recalculated(t *testing.T, f *excelize.File, name string) {
	const python = "/usr/bin/python3"
	if _, err := exec.LookPath("soffice"); err != nil || exec.Command(python, "-c", "import uno").Run() != nil {
		t.Skip("LibreOffice is not installed (Debian: libreoffice-calc, python3-uno)")
	}
	script, err := filepath.Abs("../consolidated/testdata/recalculate.py")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, script, "1:only:"+name)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	formulas := 0
	for line := range strings.Lines(string(out)) {
		x := strings.Split(strings.TrimSpace(line), "\t")
		if len(x) < 5 {
			t.Fatalf("%q", line)
		}
		stored, _ := f.GetCellValue(x[1], x[2], excelize.Options{RawCellValue: true})
		var text string
		computed := x[4]
		if x[3] == "s" && json.Unmarshal([]byte(x[4]), &text) == nil {
			computed = text
		}
		if formulas++; fmt.Sprint(stored) != strings.TrimSuffix(computed, ".0") {
			t.Errorf("%s!%s holds %q, LibreOffice computes %q", x[1], x[2], stored, computed)
		}
	}
	if formulas < 50 {
		t.Errorf("%d formulas", formulas)
	}
}
