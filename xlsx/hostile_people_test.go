package xlsx_test

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
)

// secondCopy copies the sheet with the answers, empties the copy's answers, and lets change go on.
func secondCopy(change func(f *excelize.File, sheet string, row int)) func(*base) []byte {
	return byHand(func(b *base, f *excelize.File) {
		from, err := f.GetSheetIndex(assessment)
		must(err)
		to, err := f.NewSheet("Final")
		must(err)
		must(f.CopySheet(from, to))
		for _, row := range criterionRows(b) {
			for _, col := range []string{"I", "J", "K", "L"} {
				must(f.SetCellValue("Final", fmt.Sprint(col, row), nil))
			}
			change(f, "Final", row)
		}
	})
}

// criterionRows are the rows of the criteria.
func criterionRows(b *base) []int {
	var rows []int
	for _, a := range b.plain.Answers {
		n := 0
		_, err := fmt.Sscan(strings.TrimLeft(a.Level.Origin.Cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), &n)
		must(err)
		rows = append(rows, n)
	}
	return rows
}

// moveDown moves a column down by some rows from a row on, as inserting cells does.
func moveDown(col string, from, by int) func(*base) []byte {
	return byHand(func(b *base, f *excelize.File) {
		rows := criterionRows(b)
		merges, err := f.GetMergeCells(assessment) // they stand in the way of inserting cells, so people take them away
		must(err)
		for _, m := range merges {
			must(f.UnmergeCell(assessment, m.GetStartAxis(), m.GetEndAxis()))
		}
		for row := rows[len(rows)-1] + by; row >= from; row-- {
			v := ""
			if row-by >= from {
				var err error
				v, err = f.GetCellValue(assessment, fmt.Sprint(col, row-by))
				must(err)
			}
			must(f.SetCellValue(assessment, fmt.Sprint(col, row), nil))
			if v != "" {
				must(f.SetCellStr(assessment, fmt.Sprint(col, row), v))
			}
		}
	})
}

// merged merges cells of the sheet with the answers as a program does that keeps what they hold.
func merged(ranges string) func(*base) []byte {
	return sheetText(func(s string) string {
		return strings.Replace(s, "</mergeCells>", `<mergeCell ref="`+ranges+`"/></mergeCells>`, 1)
	})
}

func hostilePeople() []damaged {
	blank := models.Blank()
	list := []damaged{
		{name: "a final copy with its answers in a column of its own", make: secondCopy(func(f *excelize.File, sheet string, row int) {
			must(f.SetCellStr(sheet, "N3", "Agreed"))
			must(f.SetCellInt(sheet, fmt.Sprint("N", row), 5))
		}), want: all(blank, models.RowTwice, models.StrayText)},
		{name: "a final copy under another heading", make: secondCopy(func(f *excelize.File, sheet string, row int) {
			must(f.SetCellStr(sheet, "I3", "Final level"))
			must(f.SetCellStr(sheet, fmt.Sprint("I", row), "5 – Mastering"))
		}), want: all(blank, models.RowTwice, models.ColumnMissing)},
		{name: "an empty copy with numbers of its own", make: secondCopy(func(f *excelize.File, sheet string, row int) {
			must(f.SetCellStr(sheet, "N3", "No."))
			must(f.SetCellInt(sheet, fmt.Sprint("N", row), int64(row)))
		}), want: same(models.EmptyCopy)},
		{name: "a column of agreed levels beside the answers", make: byHand(func(b *base, f *excelize.File) {
			must(f.SetCellStr(assessment, "N3", "Agreed level"))
			for _, row := range criterionRows(b) {
				must(f.SetCellStr(assessment, fmt.Sprint("N", row), "5 – Mastering"))
			}
		}), want: same(models.StrayText)},
		{name: "the answers moved down by one row", make: moveDown("I", 6, 1), want: all(blank, models.AnswersSlipped, models.StrayText)},
		{name: "the answers moved down by three rows", make: moveDown("I", 6, 3), want: all(blank, models.AnswersSlipped)},
		{name: "a cell inserted in the middle of the answers", make: moveDown("I", 48, 1), want: all(blank, models.AnswersSlipped)},
		{name: "the targets moved down by one row", make: moveDown("J", 6, 1), want: same(models.AnswersSlipped)},
		{name: "levels beside the topics, and no criterion blank", make: byHand(func(b *base, f *excelize.File) {
			rows := criterionRows(b)
			for i, row := range rows {
				if i > 0 && row > rows[i-1]+1 {
					must(f.SetCellStr(assessment, fmt.Sprint("I", rows[i-1]+1), "3 – Learning"))
				}
			}
		}), want: same(models.StrayText)},
		{name: "answer and target merged, one of them blank", make: byHand(func(_ *base, f *excelize.File) {
			must(f.SetCellValue(assessment, "J6", nil))
			must(f.MergeCell(assessment, "I6", "J6"))
		}), want: one(r6, blank, models.MergedAnswer)},
		{name: "target and texts merged", make: merged("K6:L6"), want: same(models.AnswerHiddenValue)},
		{name: "a sign that turns 0.4 round to 4.0", make: typed("\u202e4.0"), want: one(r6, blank, models.AnswerAmbiguous)},
		{name: "a sign that turns the label round", make: typed("\u202e4 – Developing\u202c"), want: one(r6, blank, models.AnswerAmbiguous)},
		{name: "a label between marks of direction", make: typed("\u200f4 – Developing\u200e"), want: one(r6, models.At(4), models.AnswerNormalised)},
	}
	for i := range list {
		list[i].class = "people"
	}
	return list
}
