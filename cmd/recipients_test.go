package cmd_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/cmd"
)

// Recipients come from a workbook as a spreadsheet program saves it: what is a number there keeps all its digits, and
// what the list cannot have meant stops init.
func TestRecipientsFromAWorkbook(t *testing.T) {
	book := func(change func(f *excelize.File)) string {
		f := excelize.NewFile()
		defer f.Close()
		zeros := "00000"
		padded, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &zeros})
		for i, row := range [][]any{{"id", "name", "region"}, {107, "Example School 107", "North"}, {"0108", "Example School 108", "1-2"}, {1611190130229, "Example School of 13 digits", "South"}} {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
				t.Fatal(err)
			}
		}
		_ = f.SetCellStyle("Sheet1", "A2", "A2", padded)
		change(f)
		name := filepath.Join(t.TempDir(), "schools.xlsx")
		if err := f.SaveAs(name); err != nil {
			t.Fatal(err)
		}
		return name
	}
	initWith := func(list string) (string, int) {
		dir := filepath.Join(t.TempDir(), "round")
		app := &cmd.App{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard, Now: time.Now}
		code := app.Run(context.Background(), "init", dir, "--template", "uk-dmm", "--recipients", list, "--title", "T", "--due", "2030-03-01", "--quiet")
		got, _ := os.ReadFile(filepath.Join(dir, "recipients.csv"))
		return string(got), code
	}
	got, code := initWith(book(func(*excelize.File) {}))
	want := "\ufeffid,name,region\n00107,Example School 107,North\n0108,Example School 108,1-2\n1611190130229,Example School of 13 digits,South\n"
	if code != 0 || got != want {
		t.Errorf("init ended with %d and wrote\n%s\nwant\n%s", code, got, want)
	}
	if got, code := initWith(book(func(f *excelize.File) { _ = f.SetCellValue("Sheet1", "ALM2", "a note far to the right") })); code != 0 || got != want {
		t.Errorf("with a note far to the right init ended with %d and wrote\n%s", code, got)
	}
	for name, change := range map[string]func(f *excelize.File){
		"an id that became a date": func(f *excelize.File) {
			_ = f.SetCellValue("Sheet1", "A3", time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC))
		},
		"an id that lost its digits": func(f *excelize.File) { _ = f.SetCellValue("Sheet1", "A3", 12345678901234567.0) },
		"a formula without result for an id": func(f *excelize.File) {
			_ = f.SetCellValue("Sheet1", "A3", nil)
			_ = f.SetCellFormula("Sheet1", "A3", "1/0")
		},
		"a row far below the last recipient": func(f *excelize.File) { _ = f.SetCellValue("Sheet1", "A200000", "0109") },
	} {
		if got, code := initWith(book(change)); code != 2 || got != "" {
			t.Errorf("%s: init ended with %d and wrote\n%s", name, code, got)
		}
	}
}

// What a workbook hides, merges or has not worked out stops the list, or is read as who sees it reads it.
func TestListAsOfficesKeepIt(t *testing.T) {
	book := func(change func(f *excelize.File)) string {
		f := excelize.NewFile()
		defer f.Close()
		for i, row := range [][]any{{"School code", "School", "E-mail", "region"}, {"00107", "One", "", "North"}, {"00108", "Two", "", nil}, {"00109", "Three", "", "South"}} {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
				t.Fatal(err)
			}
		}
		change(f)
		name := filepath.Join(t.TempDir(), "schools.xlsx")
		if err := f.SaveAs(name); err != nil {
			t.Fatal(err)
		}
		return name
	}
	initWith := func(list string, more ...string) (said, file string, code int) {
		dir := filepath.Join(t.TempDir(), "round")
		var out strings.Builder
		app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &out, Now: time.Now}
		code = app.Run(context.Background(), append([]string{"init", dir, "--template", "uk-dmm", "--recipients", list, "--title", "T", "--due", "2030-03-01", "--quiet"}, more...)...)
		got, _ := os.ReadFile(filepath.Join(dir, "recipients.csv"))
		return out.String(), string(got), code
	}
	const head, one, two, three = "\ufeffid,name,email,region\n", "00107,One,,North\n", "00108,Two,,North\n", "00109,Three,,South\n"
	merge := func(f *excelize.File) { _ = f.MergeCell("Sheet1", "D2", "D3") }
	filter := func(f *excelize.File) {
		merge(f)
		_ = f.AutoFilter("Sheet1", "A1:D4", []excelize.AutoFilterOptions{{Column: "B", Expression: "x != Two"}})
		_ = f.SetRowVisible("Sheet1", 3, false)
	}
	strike := func(f *excelize.File) {
		merge(f)
		style, _ := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		_ = f.SetCellStyle("Sheet1", "A3", "D3", style)
	}
	for _, x := range []struct {
		name   string
		change func(*excelize.File)
		more   []string
		said   string
		file   string
	}{
		{"merged", merge, nil, `Columns of sheet Sheet1, row 1: id="School code",name="School",email="E-mail"`, head + one + two + three},
		{"filtered", filter, nil, "schools.xlsx, sheet Sheet1, cell A3: 1 row is hidden, by a filter or by hand (row 3); say whether they are to be left out or taken (--hidden-rows leave or take)", ""},
		{"filtered, left", filter, []string{"--hidden-rows", "leave"}, "1 row is hidden or struck out and left out.", head + one + three},
		{"filtered, taken", filter, []string{"--hidden-rows", "take"}, "", head + one + two + three},
		{"struck out", strike, nil, "1 row is struck out (row 3)", ""},
		{"struck out, left", strike, []string{"--hidden-rows", "leave"}, "", head + one + three},
		{"no result", func(f *excelize.File) {
			merge(f)
			_ = f.SetCellValue("Sheet1", "D4", nil)
			_ = f.SetCellFormula("Sheet1", "D4", "1/0")
		}, nil, "sheet Sheet1, cell D4: the cell holds a formula whose result is not stored", ""},
		{"on another sheet", func(f *excelize.File) {
			merge(f)
			_ = f.InsertRows("Sheet1", 1, 2)
			_ = f.SetCellValue("Sheet1", "A1", "Schools of the county")
			_, _ = f.NewSheet("Cover")
			_ = f.MoveSheet("Cover", "Sheet1")
			_ = f.SetCellValue("Cover", "A1", "Ask Ann")
		}, nil, "Columns of sheet Sheet1, row 3:", head + one + two + three},
		{"on a hidden sheet", func(f *excelize.File) {
			merge(f)
			_, _ = f.NewSheet("Cover")
			_ = f.SetCellValue("Cover", "A1", "Ask Ann")
			f.SetActiveSheet(1)
			_ = f.SetSheetVisible("Sheet1", false, true)
		}, nil, `a hidden one has them: "Sheet1"; show it in the spreadsheet program and look whether it is the list meant, or say that it is to be taken (--sheet "Sheet1")`, ""},
		{"beside a hidden sheet that is too large", func(f *excelize.File) {
			merge(f)
			_, _ = f.NewSheet("Cache")
			_ = f.SetCellValue("Cache", "A200000", "x")
			_ = f.SetSheetVisible("Cache", false)
		}, nil, "", head + one + two + three},
	} {
		said, file, code := initWith(book(x.change), x.more...)
		if want := map[bool]int{true: 2, false: 0}[x.file == ""]; code != want || file != x.file || !strings.Contains(said, x.said) {
			t.Errorf("%s: ended with %d, said\n%s\nand wrote\n%s\nwant\n%s\n%s", x.name, code, said, file, x.said, x.file)
		}
	}
}
