package cmdtest

import (
	"os/exec"
	"strings"
	"testing"
)

// Filler is a program that nobody here wrote, made to fill in a workbook as a person would.
type Filler struct {
	Name string
	// Extension is the kind of file that the person saves.
	Extension string
	// Command fills in a workbook and saves it elsewhere.
	Command func(in, choices, out string) *exec.Cmd
}

// Fillers are the programs.
var Fillers = []Filler{
	{"LibreOffice", ".xlsx", func(in, choices, out string) *exec.Cmd {
		return exec.Command(Python, Testdata("lo_fill.py"), in, choices, out)
	}},
	{"LibreOffice as ODS", ".ods", func(in, choices, out string) *exec.Cmd {
		return exec.Command(Python, Testdata("lo_fill.py"), in, choices, out)
	}},
	{"openpyxl", ".xlsx", func(in, choices, out string) *exec.Cmd {
		return exec.Command(Python, Testdata("openpyxl_fill.py"), in, choices, out)
	}},
}

// Need skips the test where the program is missing.
func Need(t *testing.T, name string) {
	t.Helper()
	script := "import openpyxl"
	if strings.HasPrefix(name, "LibreOffice") {
		script = "import uno"
		if _, err := exec.LookPath("soffice"); err != nil {
			t.Skip("LibreOffice is not installed (Debian: libreoffice-calc, python3-uno)")
		}
	}
	if err := exec.Command(Python, "-c", script).Run(); err != nil {
		t.Skipf("%s is not installed for %s (Debian: python3-openpyxl, python3-uno)", name, Python)
	}
}
