package returns_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// TestCorrectionsOfRowsThatMoved marks workbooks whose rows were sorted otherwise, whose columns were moved, and which
// other programs saved: each link and note is at the cell that holds what the finding is about, in the row of its
// criterion.
func TestCorrectionsOfRowsThatMoved(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, b []byte) []byte{
		"as it was": func(_ *testing.T, b []byte) []byte { return b },
		"rows in no order": func(t *testing.T, b []byte) []byte {
			return moveRows(func(r []string) []string {
				rand.New(rand.NewPCG(1, 2)).Shuffle(len(r)-3, func(i, j int) { r[3+i], r[3+j] = r[3+j], r[3+i] })
				return r
			})(&base{t: t, whole: b})
		},
		"rows and columns inserted, the sheet renamed": func(t *testing.T, b []byte) []byte {
			return byHand(func(_ *base, f *excelize.File) {
				must(f.InsertRows(answerSheet, 2, 7))
				must(f.InsertCols(answerSheet, "A", 2))
				must(f.SetSheetName(answerSheet, "It's ours"))
			})(&base{t: t, whole: b})
		},
	} {
		t.Run(name, func(t *testing.T) {
			tm, b, _ := spoiled(t, "uk-dmm")
			b = change(t, b)
			before := trybook.ReadBack(tm, b)
			f := trybook.Open(t, corrections(t, tm, b, before.Findings))
			rows, err := f.GetRows(returns.SheetCorrections)
			if err != nil {
				t.Fatal(err)
			}
			tried := 0
			for _, x := range before.Findings {
				if x.Severity != models.Error || x.Ref == "" {
					continue
				}
				tried++
				_, to, err := f.GetCellHyperLink(returns.SheetCorrections, linkTo(f, rows, x))
				sheet, at, ok := strings.Cut(strings.TrimPrefix(to, "#"), "!")
				if err != nil || !ok {
					t.Errorf("%s: the link is %q, %v", x.Ref, to, err)
					continue
				}
				sheet = strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'")
				held, err := f.GetCellValue(sheet, at)
				if err != nil || held == "" || !strings.Contains(x.Message, "'"+held+"'") {
					t.Errorf("%s: the link leads to %s, which holds %q; the finding says %q (%v)", x.Ref, to, held, x.Message, err)
				}
				_, row, err := excelize.CellNameToCoordinates(at)
				if err != nil {
					t.Fatal(err)
				}
				all, err := f.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Contains(all[row-1], x.Ref) {
					t.Errorf("%s: the link leads to row %d, which is %q", x.Ref, row, all[row-1])
				}
				notes, err := f.GetComments(sheet)
				if err != nil || !slices.ContainsFunc(notes, func(c excelize.Comment) bool { return c.Cell == at }) {
					t.Errorf("%s: there is no note at %s (%v)", x.Ref, to, err)
				}
			}
			if tried < 2 {
				t.Errorf("only %d findings were tried", tried)
			}
		})
	}
}

// TestCorrectionsOfOddFiles has corrections made of whatever the reader accepts: saved copies and changed ones. What would
// be changed by it is refused, and never ends the program.
func TestCorrectionsOfOddFiles(t *testing.T) {
	try := func(name string, tm *models.Template, data []byte) (written bool) {
		ret := trybook.ReadBack(tm, data)
		if ret.Format != "xlsx" || len(ret.Answers()) == 0 {
			return false
		}
		found := append(slices.Clone(ret.Findings), models.NewFinding(models.AnswerMissing, ret.Answers()[0].Level.Origin, "There is no answer.").About(ret.Answers()[0].Ref),
			models.NewFinding(models.AnswerAmbiguous, ret.Answers()[len(ret.Answers())-1].Level.Origin, "What is meant?").About(ret.Answers()[len(ret.Answers())-1].Ref))
		var out bytes.Buffer
		err := returns.WriteCorrections(context.Background(), &out, returns.CorrectionsInput{Round: trybook.Round(tm.ID, "a4"), Template: tm, Workbook: data, Findings: found})
		if err != nil {
			if !errors.Is(err, returns.ErrNotCorrectable) || out.Len() > 0 {
				t.Errorf("%s: error %v and %d bytes", name, err, out.Len())
			}
			return false
		}
		after := trybook.ReadBack(tm, out.Bytes())
		for i := range ret.Answers() {
			x, y := ret.Answers()[i], after.Answer(ret.Answers()[i].Ref)
			if y == nil || x.Level.Value != y.Level.Value || x.Target.Value != y.Target.Value || x.Evidence.Value != y.Evidence.Value || x.Comment.Value != y.Comment.Value {
				t.Errorf("%s: %s was %+v and is %+v", name, x.Ref, x, y)
			}
		}
		return true
	}
	files, err := filepath.Glob(filepath.Join("testdata", "saved", "*.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if wrote := try(filepath.Base(file), trybook.SmallTemplate(), data); wrote != !(strings.Contains(file, "password") || strings.Contains(file, "officecrypto")) {
			t.Errorf("%s: corrections were written: %v", file, wrote)
		}
	}
	if !try("odd texts", oddTemplate(), oddFilled(t)) {
		t.Error("no corrections of the workbook with odd texts")
	}
	n := 0
	for i := range 32 {
		r := rand.New(rand.NewPCG(20261122, uint64(i)))
		b := baseOf(t, []string{"saved/libreoffice.xlsx", "saved/exceljs.xlsx", "saved/openpyxl.xlsx", "saved/sheetjs.xlsx"}[i%4])
		m := mutateXML(r, b)
		if i%3 == 0 {
			m = mutateByHand(r, b)
		}
		if try(m.what, b.tm, m.data) {
			n++
		}
	}
	if n < 6 {
		t.Errorf("corrections were made of %d files only", n)
	}
}
