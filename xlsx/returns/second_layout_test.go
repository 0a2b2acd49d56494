package returns_test

import (
	"slices"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/xuri/excelize/v2"
)

// What people do to a workbook of the second layout, in which 1.1 stands in row 6 of Assessment (the chosen level's
// descriptor in D6, the answer in E6, the target in F6, evidence, comment, status) and of Levels (descriptors from D6).
func TestSecondLayoutDamaged(t *testing.T) {
	tm := trybook.Template(t, "uk-dmm")
	whole, want := trybook.Filled(t, "uk-dmm")
	plain := read(t, tm, whole)
	if len(plain.Findings) > 0 {
		t.Fatalf("undamaged: %v", trybook.FindingList(plain))
	}
	level := func(ret models.Return, ref string) string {
		for _, a := range ret.Answers() {
			if a.Ref == ref {
				return a.Level.Value.String()
			}
		}
		return "no row"
	}
	for _, c := range []struct {
		name   string
		change func(f *excelize.File)
		// ref is the criterion that is looked at, is what is read of it.
		ref, is string
		codes   []models.Code
	}{
		{"the sheet Levels is deleted", func(f *excelize.File) { must(f.DeleteSheet("Levels")) }, "1.1", want["1.1"].String(), nil},
		{"the sheet Levels has another name", func(f *excelize.File) { must(f.SetSheetName("Levels", "What they mean")) }, "1.1", want["1.1"].String(), nil},
		{"a column is inserted", func(f *excelize.File) { must(f.InsertCols("Assessment", "D", 2)) }, "1.1", want["1.1"].String(), nil},
		{"the descriptors are values", func(f *excelize.File) {
			must(f.SetCellValue("Assessment", "D6", tm.Criterion("1.1").Descriptors[number(want["1.1"])]))
		}, "1.1", want["1.1"].String(), nil},
		{"a level stands in the place of the descriptor", func(f *excelize.File) {
			must(f.SetCellValue("Assessment", "D6", "4 – Developing"))
			must(f.SetCellValue("Assessment", "E6", nil))
		}, "1.1", "", []models.Code{models.RowMixed}},
		{"a remark stands in the place of the descriptor", func(f *excelize.File) {
			must(f.SetCellValue("Assessment", "D6", "We argued about this."))
		}, "1.1", want["1.1"].String(), []models.Code{models.StrayText}},
		{"a descriptor is another", func(f *excelize.File) {
			must(f.SetCellValue("Levels", "D6", "Everything is in order."))
		}, "1.1", want["1.1"].String(), []models.Code{models.DescriptorEdited}},
		{"a descriptor is ticked, and no level is chosen", func(f *excelize.File) {
			must(f.SetCellValue("Assessment", "E6", nil))
			must(f.SetCellValue("Levels", "F6", "x"))
		}, "1.1", "", []models.Code{models.DescriptorEdited, models.LevelsColoured}},
		{"the level's descriptor is the answer", func(f *excelize.File) {
			must(f.SetCellValue("Assessment", "E6", tm.Criterion("1.1").Descriptors[3]))
		}, "1.1", "3", []models.Code{models.AnswerNormalised}},
		{"a number is typed", func(f *excelize.File) { must(f.SetCellValue("Assessment", "E6", 3)) }, "1.1", "3", nil},
		{"a number and words", func(f *excelize.File) { must(f.SetCellValue("Assessment", "E6", "3 or 4")) }, "1.1", "", []models.Code{models.AnswerAmbiguous}},
		{"a remark stands beside the levels", func(f *excelize.File) { must(f.SetCellValue("Levels", "K6", "Not sure")) }, "1.1", want["1.1"].String(), []models.Code{models.StrayText}},
	} {
		f := trybook.Open(t, whole)
		c.change(f)
		buf, err := f.WriteToBuffer()
		must(err)
		ret := read(t, tm, buf.Bytes())
		if got := level(ret, c.ref); got != c.is {
			t.Errorf("%s: %s is read as %q, want %q", c.name, c.ref, got, c.is)
		}
		var codes []models.Code
		for _, x := range ret.Findings {
			if x.Code != models.ContentDropped && !slices.Contains(codes, x.Code) {
				codes = append(codes, x.Code)
			}
		}
		slices.Sort(codes)
		if !slices.Equal(codes, c.codes) {
			t.Errorf("%s: findings %v, want %v: %v", c.name, codes, c.codes, trybook.FindingList(ret))
		}
		for _, x := range tm.Criteria {
			if x.Ref != c.ref && level(ret, x.Ref) != want[x.Ref].String() {
				t.Errorf("%s: %s is read as %q", c.name, x.Ref, level(ret, x.Ref))
			}
		}
	}
}

func number(c models.Choice) int { n, _ := c.Number(); return n }
