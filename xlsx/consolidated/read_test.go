package consolidated_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// keptRound is an exampleRound whose template had other words for the criterion that comes last.
func keptRound(t testing.TB, id string, n int) consolidated.Input {
	t.Helper()
	in := exampleRound(t, id, n)
	other := *in.Template
	other.Criteria = slices.Clone(other.Criteria)
	if last := &other.Criteria[len(other.Criteria)-1]; last.Statement != "" {
		last.Statement = "Formerly"
	} else {
		last.Subject = "Formerly"
	}
	var source bytes.Buffer
	err := templates.Encode(&source, &other)
	if err != nil {
		t.Fatal(err)
	}
	in.TemplateSource = source.Bytes()
	if in.Template, err = templates.Load("earlier.yaml", &source); err != nil {
		t.Fatal(err)
	}
	return in
}

func readConsolidated(t *testing.T, book []byte) (*consolidated.Round, error) {
	t.Helper()
	return consolidated.Read(context.Background(), bytes.NewReader(book), int64(len(book)))
}

// TestConsolidatedAsBaseline holds what a consolidated workbook gives as the earlier round against the round
// itself, as it was written and as openpyxl saved it.
func TestConsolidatedAsBaseline(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		earlier, now := keptRound(t, id, 24), exampleRound(t, id, 28)
		book := consolidatedBytes(t, earlier)
		checkBaseline(t, id+", as written", earlier, now, book)
		if saved := savedByOpenpyxl(t, book); saved != nil {
			checkBaseline(t, id+", saved by openpyxl", earlier, now, saved)
		}
	}
}

// checkBaseline compares a round with an earlier one as book has it, and as it was.
func checkBaseline(t *testing.T, what string, earlier, now consolidated.Input, book []byte) {
	t.Helper()
	compare := func(s scoring.Side) models.Comparison {
		return scoring.Compare(now.Scoring, s, scoring.Side{Template: now.Template, Members: now.Members}, nil)
	}
	want := compare(scoring.Side{Template: earlier.Template, Members: earlier.Members})
	if len(want.Altered) != 1 || len(want.Recipients) < 10 || len(want.Left) == 0 {
		t.Fatalf("%s: the rounds do not try much: %d recipients, altered %v", what, len(want.Recipients), want.Altered)
	}
	got, err := readConsolidated(t, book)
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if got.Title != earlier.Round.Title || got.Due != earlier.Round.Due {
		t.Errorf("%s: %s, %s", what, got.Title, got.Due)
	}
	tm, err := templates.Load("read.yaml", bytes.NewReader(got.TemplateSource))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(compare(scoring.Side{Template: tm, Members: got.Members}), want) {
		t.Errorf("%s: the workbook gives another comparison than the round", what)
	}
}

// savedByOpenpyxl is nil where there is no openpyxl.
func savedByOpenpyxl(t *testing.T, book []byte) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(name, book, 0o600); err != nil {
		t.Fatal(err)
	}
	save := "import openpyxl,sys,warnings; warnings.simplefilter('ignore'); openpyxl.load_workbook(sys.argv[1]).save(sys.argv[1])"
	if err := exec.Command("/usr/bin/python3", "-c", "import openpyxl").Run(); err != nil {
		t.Log("openpyxl is not installed; what it saves is not read")
		return nil
	}
	if out, err := exec.Command("/usr/bin/python3", "-c", save, name).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	saved, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// TestConsolidatedChanged changes a workbook as people do, after which it is no baseline.
func TestConsolidatedChanged(t *testing.T) {
	in := keptRound(t, "uk-dmm", 3)
	book := consolidatedBytes(t, in)
	// Groups are two: in Matrix the first criterion is in column F, in Answers the ref in E and the level in I.
	for _, c := range []struct {
		what string
		edit func(f *excelize.File) error
		want string
	}{
		{"nothing", func(*excelize.File) error { return nil }, ""},
		{"another sheet", func(f *excelize.File) error { return f.SetCellInt("Overview", "B30", 7) }, ""},
		{"a figure of Matrix", func(f *excelize.File) error { return f.SetCellInt("Matrix", "F7", 77) }, "F7 of the sheet Matrix"},
		{"a figure of Answers", func(f *excelize.File) error { return f.SetCellInt("Answers", "I2", 77) }, "contradicts itself"},
		{"a figure of both", func(f *excelize.File) error {
			if err := f.SetCellInt("Matrix", "F7", 77); err != nil {
				return err
			}
			return f.SetCellInt("Answers", "I2", 77)
		}, "are not the ones that consolidate wrote"},
		{"a formula", func(f *excelize.File) error { return f.SetCellFormula("Matrix", "F7", "1+1") }, "F7 of the sheet Matrix"},
		{"a recipient less", func(f *excelize.File) error { return f.RemoveRow("Matrix", 8) }, "recipients, of"},
		{"an answer less", func(f *excelize.File) error { return f.RemoveRow("Answers", 9) }, "answers, of"},
		{"an answer twice", func(f *excelize.File) error { return f.DuplicateRow("Answers", 9) }, "a second time"},
		{"an id", func(f *excelize.File) error { return f.SetCellStr("Matrix", "A7", "0x") }, "does not have"},
		{"a heading", func(f *excelize.File) error { return f.SetCellStr("Matrix", "F6", "Old") }, "is headed 'Old'"},
		{"a column less", func(f *excelize.File) error { return f.RemoveCol("Answers", "H") }, "the columns of the sheet Answers"},
		{"no Answers", func(f *excelize.File) error { return f.DeleteSheet("Answers") }, "it was cut"},
		{"no template", func(f *excelize.File) error { return f.DeleteSheet("rubric kept") }, "is missing"},
		{"another template", func(f *excelize.File) error {
			cells, err := f.SearchSheet("rubric kept", "Formerly", true)
			if err != nil || len(cells) != 1 {
				t.Fatalf("the wording is in %v: %v", cells, err)
			}
			return f.SetCellStr("rubric kept", cells[0], "")
		}, "the template on its hidden sheet"},
	} {
		f, err := excelize.OpenReader(bytes.NewReader(book))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.edit(f); err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		_, err = readConsolidated(t, out.Bytes())
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; expected %q", c.what, err, c.want)
		}
	}
}

func TestNoConsolidated(t *testing.T) {
	in := keptRound(t, "uk-dmm", 24)
	in.Publish = true
	published := consolidatedBytes(t, in)
	in.Publish, in.TemplateSource = false, nil
	other := excelize.NewFile()
	var plain bytes.Buffer
	if err := other.Write(&plain); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		book []byte
		want string
	}{
		{published, "edition for circulation"},
		{consolidatedBytes(t, in), "is missing"},
		{plain.Bytes(), "not a consolidated workbook"},
		{[]byte("ID,Name\n1,Example\n"), "could not be read"},
		{published[:len(published)/2], "could not be read"},
	} {
		if _, err := readConsolidated(t, c.book); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v; expected %q", err, c.want)
		}
	}
}
