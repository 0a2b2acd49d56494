package cmd_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// smallRound is a round with two recipients whose workbooks are in outbox/.
func smallRound(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "t.yaml"), twoLanguages)
	putFile(t, filepath.Join(dir, "list.csv"), "id,name\n01,Example School 1\n02,Example School 2\n")
	r := filepath.Join(dir, "r")
	cmdtest.Rubric(t, 0, "init", r, "--template", filepath.Join(dir, "t.yaml"), "--recipients", filepath.Join(dir, "list.csv"), "--title", "Round", "--due", "2027-03-26", "--issued", "2027-02-01")
	cmdtest.Rubric(t, 0, "-C", r, "generate")
	return r
}

// filledBy is a workbook of outbox/ with answers to 1.1 and 1.2.
func filledBy(t *testing.T, r, id, first, second string) []byte {
	t.Helper()
	book, err := os.ReadFile(cmdtest.One(t, filepath.Join(r, "outbox", id+"*.xlsx")))
	if err == nil {
		book, err = assessment.Fill(book, assessment.Filling{Respondent: assessment.FillRespondent{Name: "Example Person"}, Cells: []assessment.FillCell{{Ref: "1.1", Answer: first}, {Ref: "1.2", Answer: second}}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func addSettings(t *testing.T, r, text string) {
	t.Helper()
	name := filepath.Join(r, "round.yaml")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	putFile(t, name, string(b)+text)
}

// TestProtectedReturn has a return that its sender protected with a password: the password of the environment or of
// round.yaml opens it, and its cells are not marked.
func TestProtectedReturn(t *testing.T) {
	r := smallRound(t)
	f, err := excelize.OpenReader(bytes.NewReader(filledBy(t, r, "01", "2 – Medio", "4?")))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, excelize.Options{Password: "s3cret"}); err != nil {
		t.Fatal(err)
	}
	put(t, r, "protected.xlsx", b.Bytes())
	say := func() string { return cmdtest.Rubric(t, 1, "-C", r, "validate", "--corrections") }
	if got := say(); !strings.Contains(got, "[file-password]") || !strings.Contains(got, "RUBRIC_WORKBOOK_PASSWORD") {
		t.Errorf("without the password:\n%s", got)
	}
	t.Setenv("RUBRIC_WORKBOOK_PASSWORD", "other")
	if got := say(); !strings.Contains(got, "[file-wrong-password]") {
		t.Errorf("with another password:\n%s", got)
	}
	for _, where := range []string{"environment", "round.yaml"} {
		t.Setenv("RUBRIC_WORKBOOK_PASSWORD", "s3cret")
		if where == "round.yaml" {
			addSettings(t, r, "workbook_password: \"s3cret\"\n")
			t.Setenv("RUBRIC_WORKBOOK_PASSWORD", "other")
		}
		got := say()
		if strings.Contains(got, "password]") || !strings.Contains(got, "[answer-ambiguous]") && !strings.Contains(got, "[answer-not-in-list]") || !strings.Contains(got, "protected.xlsx: its cells cannot be marked") {
			t.Errorf("with the password in the %s:\n%s", where, got)
		}
		cmdtest.Rubric(t, 1, "-C", r, "consolidate")
		if a := cmdtest.AnswersOf(t, r, "01"); a["1.1"].Answer.String() != "2" {
			t.Errorf("with the password in the %s: %+v", where, a)
		}
	}
}

// TestLimitsOfARound raises the limits that a genuine file is over.
func TestLimitsOfARound(t *testing.T) {
	r := smallRound(t)
	big := bytes.Repeat([]byte{'x'}, 22<<20)
	copy(big, "PK\x03\x04")
	put(t, r, "big.xlsx", big)
	if got := cmdtest.Rubric(t, 1, "-C", r, "validate"); !strings.Contains(got, "[file-too-large]") || !strings.Contains(got, "file_mb") {
		t.Errorf("a file of 22 MB:\n%s", got)
	}
	addSettings(t, r, "limits: {file_mb: 30, seconds: 20}\n")
	if got := cmdtest.Rubric(t, 1, "-C", r, "validate"); strings.Contains(got, "[file-too-large]") || !strings.Contains(got, "big.xlsx") {
		t.Errorf("a file of 22 MB, 30 allowed:\n%s", got)
	}
	addSettings(t, r, "# and\n")
	b, _ := os.ReadFile(filepath.Join(r, "round.yaml"))
	putFile(t, filepath.Join(r, "round.yaml"), strings.Replace(string(b), "file_mb: 30", "file_mb: -1", 1))
	cmdtest.Rubric(t, 2, "-C", r, "validate")
}

// TestNamesThatSteerATerminal has a file whose name could colour a terminal, set its title, or turn the direction of
// writing: none of that is printed, and JSON has it escaped.
func TestNamesThatSteerATerminal(t *testing.T) {
	r := smallRound(t)
	name := "\x1b]0;owned\x07\x1b[31m \u202egpj.\u2066x\u200f\u009b2J.xlsx"
	if err := os.WriteFile(filepath.Join(r, "returns", name), []byte("id,name\n"), 0o600); err != nil {
		t.Skipf("this system has no such file names: %v", err)
	}
	put(t, r, "odd.xlsx", filledBy(t, r, "02", "\u202e2 – Medio", "3\u009b\u2066?"))
	for _, args := range [][]string{{"status"}, {"validate"}, {"status", "--json"}, {"validate", "--json"}} {
		code := 0
		if args[0] == "validate" {
			code = 1
		}
		got := cmdtest.Rubric(t, code, append([]string{"-C", r}, args...)...)
		if !strings.Contains(got, "file-csv") {
			t.Errorf("%v says nothing of the file:\n%s", args, got)
		}
		if json := args[len(args)-1] == "--json"; json && !strings.Contains(got, `\u001b]0;owned\u0007\u001b[31m \u202egpj.\u2066x\u200f\u009b2J.xlsx`) {
			t.Errorf("%v has another name:\n%s", args, got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool {
			return r < 0x20 && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c
		}); i >= 0 {
			t.Errorf("%v prints %q", args, got[max(0, i-20):min(len(got), i+20)])
		}
	}
}
