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
