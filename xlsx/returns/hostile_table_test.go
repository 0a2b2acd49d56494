package returns_test

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
)

// byHand changes the workbook as a person in a spreadsheet program could.
func byHand(change func(b *base, f *excelize.File)) func(*base) []byte {
	return func(b *base) []byte {
		f, err := excelize.OpenReader(bytes.NewReader(b.whole))
		if err != nil {
			b.t.Fatal(err)
		}
		change(b, f)
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			b.t.Fatal(err)
		}
		return out.Bytes()
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

const answerSheet = "Assessment"

// all gives the same outcome for every answer that the intact workbook has.
func all(c models.Choice, codes ...models.Code) outcome {
	o := outcome{changed: map[string]models.Choice{}, codes: codes}
	tm, err := templates.Builtin("uk-dmm")
	must(err)
	for _, x := range tm.Criteria {
		o.changed[x.Ref] = c
	}
	return o
}

// but is the outcome with some more answers that differ.
func (o outcome) but(c models.Choice, refs ...string) outcome {
	changed := maps.Clone(o.changed)
	if changed == nil {
		changed = map[string]models.Choice{}
	}
	for _, r := range refs {
		changed[r] = c
	}
	o.changed = changed
	return o
}

// moveRows puts the rows of the sheet into another order, as sorting does: each row keeps its cells.
func moveRows(order func(rows []string) []string) func(*base) []byte {
	return Text(func(s string) string {
		rows := regexp.MustCompile(`(?s)<row r="\d+".*?</row>`).FindAllString(s, -1)
		moved := order(append([]string(nil), rows...))
		// Formulas of the rows refer to their old places; that changes no answer.
		var out strings.Builder
		for i, r := range moved {
			n := fmt.Sprint(i + 1)
			r = regexp.MustCompile(`<row r="\d+"`).ReplaceAllString(r, `<row r="`+n+`"`)
			r = regexp.MustCompile(`<c r="([A-Z]+)\d+"`).ReplaceAllString(r, `<c r="${1}`+n+`"`)
			out.WriteString(r)
		}
		a, b := strings.Index(s, "<sheetData>"), strings.Index(s, "</sheetData>")
		s = s[:a] + "<sheetData>" + out.String() + s[b:]
		return regexp.MustCompile(`(?s)<mergeCells.*</mergeCells>`).ReplaceAllString(s, "")
	})
}

func hostileTables() []damaged {
	blank := models.Blank()
	set := func(cell string, v any) func(*base) []byte {
		return byHand(func(_ *base, f *excelize.File) { must(f.SetCellValue(answerSheet, cell, v)) })
	}
	list := []damaged{
		{name: "rows turned round below the heading", make: moveRows(func(r []string) []string {
			for i, j := 3, len(r)-1; i < j; i, j = i+1, j-1 {
				r[i], r[j] = r[j], r[i]
			}
			return r
		}), want: same()},
		{name: "rows inserted", make: byHand(func(_ *base, f *excelize.File) { must(f.InsertRows(answerSheet, 5, 3)) }), want: same()},
		{name: "rows inserted above the heading", make: byHand(func(_ *base, f *excelize.File) { must(f.InsertRows(answerSheet, 1, 4)) }), want: same()},
		{name: "columns inserted", make: byHand(func(_ *base, f *excelize.File) { must(f.InsertCols(answerSheet, "I", 2)) }), want: same()},
		{name: "columns inserted at the left", make: byHand(func(_ *base, f *excelize.File) { must(f.InsertCols(answerSheet, "A", 1)) }), want: same()},
		{name: "columns of descriptors deleted", make: byHand(func(_ *base, f *excelize.File) {
			for range 5 {
				must(f.RemoveCol(answerSheet, "D"))
			}
		}), want: same()},
		{name: "a row deleted", make: byHand(func(_ *base, f *excelize.File) { must(f.RemoveRow(answerSheet, 6)) }), want: one(r6, blank, models.RowMissing)},
		{name: "the heading row deleted", make: byHand(func(_ *base, f *excelize.File) { must(f.RemoveRow(answerSheet, 3)) }), want: all(blank, models.NoAnswersFound)},
		{name: "rows hidden", make: byHand(func(_ *base, f *excelize.File) {
			for r := 6; r < 20; r++ {
				must(f.SetRowVisible(answerSheet, r, false))
			}
		}), want: same(models.RowHidden)},
		{name: "the column of answers hidden", make: byHand(func(_ *base, f *excelize.File) { must(f.SetColVisible(answerSheet, "I", false)) }), want: same(models.ColumnHidden)},
		{name: "the column of answers deleted", make: byHand(func(_ *base, f *excelize.File) { must(f.RemoveCol(answerSheet, "I")) }), want: all(blank, models.ColumnMissing)},
		{name: "the column of comments deleted", make: byHand(func(_ *base, f *excelize.File) { must(f.RemoveCol(answerSheet, "L")) }), want: same(models.TextColumnMissing)},
		{name: "a heading changed to another word for it", make: set("L3", "Comments"), want: same(models.HeadingChanged)},
		{name: "the heading of the refs deleted", make: set("A3", ""), want: same(models.HeadingChanged)},
		{name: "the heading of the answers deleted", make: set("I3", ""), want: all(blank, models.ColumnMissing)},
		{name: "headings with line ends and capitals", make: byHand(func(_ *base, f *excelize.File) {
			must(f.SetCellValue(answerSheet, "I3", "CURRENT\nLEVEL "))
			must(f.SetCellValue(answerSheet, "L3", "comment:"))
		}), want: same()},
		{name: "two columns of answers, one empty", make: set("N3", "Current level"), want: all(blank, models.ColumnTwice)},
		{name: "two columns of comments", make: byHand(func(_ *base, f *excelize.File) {
			must(f.SetCellValue(answerSheet, "N3", "Comment"))
			must(f.SetCellValue(answerSheet, "N6", "another comment"))
		}), want: same(models.ColumnTwice)},
		{name: "the sheet renamed", make: byHand(func(_ *base, f *excelize.File) { must(f.SetSheetName(answerSheet, "Our answers")) }), want: same(models.SheetRenamed)},
		{name: "the sheets in another order, with one more before them", make: byHand(func(_ *base, f *excelize.File) {
			_, err := f.NewSheet("Our notes")
			must(err)
			must(f.SetCellStr("Our notes", "A1", "1.1 is hard"))
			must(f.MoveSheet("Our notes", "Start"))
			must(f.MoveSheet(answerSheet, "Our notes"))
		}), want: same()},
		{name: "the sheet hidden", make: byHand(func(_ *base, f *excelize.File) { must(f.SetSheetVisible(answerSheet, false)) }), want: same(models.SheetHidden)},
		{name: "the sheet deleted", make: byHand(func(_ *base, f *excelize.File) { must(f.DeleteSheet(answerSheet)) }), want: all(blank, models.NoAnswersFound)},
		{name: "the sheet copied", make: byHand(func(_ *base, f *excelize.File) {
			n, err := f.NewSheet("Copy")
			must(err)
			must(f.CopySheet(1, n))
		}), want: same(models.RowTwiceSame)},
		{name: "the sheet copied, one answer changed", make: byHand(func(_ *base, f *excelize.File) {
			n, err := f.NewSheet("Copy")
			must(err)
			must(f.CopySheet(1, n))
			must(f.SetCellValue("Copy", "I6", "5 – Mastering"))
		}), want: one(r6, blank, models.RowTwice)},
		{name: "the sheet copied, one answer removed", make: byHand(func(_ *base, f *excelize.File) {
			n, err := f.NewSheet("Copy")
			must(err)
			must(f.CopySheet(1, n))
			must(f.SetCellValue("Copy", "I6", nil))
		}), want: one(r6, blank, models.RowTwice)},
		{name: "the sheet copied before it was filled in", make: byHand(func(b *base, f *excelize.File) {
			n, err := f.NewSheet("Copy")
			must(err)
			must(f.CopySheet(1, n))
			for row := 4; row <= 120; row++ {
				for _, col := range []string{"I", "J", "K", "L"} {
					must(f.SetCellValue("Copy", fmt.Sprint(col, row), nil))
				}
			}
		}), want: same(models.EmptyCopy)},
		{name: "the table pasted into a new workbook", make: pasted, want: same(models.SheetRenamed)},
		{name: "a row copied below itself", make: byHand(func(_ *base, f *excelize.File) { must(f.DuplicateRow(answerSheet, 6)) }), want: same(models.RowTwiceSame)},
		{name: "a row copied, with another answer", make: byHand(func(_ *base, f *excelize.File) {
			must(f.DuplicateRow(answerSheet, 6))
			must(f.SetCellValue(answerSheet, "I7", "5 – Mastering"))
		}), want: one(r6, blank, models.RowTwice)},
		{name: "the refs sorted without the rest", make: byHand(func(_ *base, f *excelize.File) {
			must(f.SetCellValue(answerSheet, "A6", "1.2"))
			must(f.SetCellValue(answerSheet, "A7", "1.1"))
		}), want: same(models.RowMixed).but(blank, "1.1", "1.2")},
		{name: "a descriptor changed", make: set("G6", "We are somewhere between."), want: same(models.DescriptorEdited)},
		{name: "the subject of a row overwritten", make: set("C6", "Our own topic"), want: same(models.DescriptorEdited)},
		{name: "a ref overwritten with text", make: set("A6", "our own"), want: one(r6, blank, models.RowMissing, models.RefUnknown)},
		{name: "a ref deleted", make: set("A6", nil), want: same(models.RefRestored)},
		{name: "a ref turned into a number", make: set("A6", 1.1), want: same(models.RefRestored)},
		{name: "a ref turned into a number, its text gone", make: byHand(func(_ *base, f *excelize.File) {
			must(f.SetCellValue(answerSheet, "A6", 1.1))
			must(f.SetCellValue(answerSheet, "C6", "something else"))
		}), want: same(models.DescriptorEdited)}, // there is no 1.10 in this template
		{name: "a ref turned into a date", make: byHand(func(_ *base, f *excelize.File) {
			st, err := f.NewStyle(&excelize.Style{NumFmt: 16})
			must(err)
			must(f.SetCellValue(answerSheet, "A6", 46023))
			must(f.SetCellStyle(answerSheet, "A6", "A6", st))
		}), want: same(models.RefRestored)},
		{name: "a ref turned into a date, its text gone", make: byHand(func(_ *base, f *excelize.File) {
			st, err := f.NewStyle(&excelize.Style{NumFmt: 16})
			must(err)
			must(f.SetCellValue(answerSheet, "A6", 46023))
			must(f.SetCellValue(answerSheet, "C6", "something else"))
			must(f.SetCellStyle(answerSheet, "A6", "A6", st))
		}), want: one(r6, blank, models.RefFromDate)},
		{name: "a ref with spaces", make: set("A6", " 1.1\u00a0"), want: same()},
		{name: "answers merged", make: byHand(func(_ *base, f *excelize.File) { must(f.MergeCell(answerSheet, "I6", "I8")) }), want: same(models.MergedAnswer).but(blank, "1.1", "1.2", "1.3")},
		{name: "answer and target merged", make: swap(sheet2, "</mergeCells>", `<mergeCell ref="I6:J6"/></mergeCells>`), want: one(r6, blank, models.MergedAnswer)},
		{name: "an answer under a merged descriptor", make: swap(sheet2, "</mergeCells>", `<mergeCell ref="H6:I6"/></mergeCells>`), want: one(r6, blank, models.AnswerHiddenValue)},
		{name: "comments merged", make: byHand(func(_ *base, f *excelize.File) { must(f.MergeCell(answerSheet, "L6", "L8")) }), want: same(models.MergedText)},
		{name: "text beside the table", make: set("O6", "we were not sure"), want: same(models.StrayText)},
		{name: "a comment in the row of a topic", make: set("L4", "this whole topic is hard"), want: same(models.StrayText)},
		{name: "answers of our own below the table", make: byHand(func(_ *base, f *excelize.File) {
			must(f.SetCellValue(answerSheet, "A125", "11.1"))
			must(f.SetCellValue(answerSheet, "I125", "4 – Developing"))
		}), want: same(models.RefUnknown)},
	}
	for _, col := range []string{"C", "D", "G", "H", "I"} {
		list = append(list,
			damaged{name: "a cell inserted at " + col + ", the rest of the row moved to the right", make: shiftRow(6, col, 1), want: one(r6, blank, models.RowMixed)},
			damaged{name: "the cell at " + col + " deleted, the rest of the row moved to the left", make: shiftRow(6, col, -1), want: one(r6, blank, models.RowMixed)})
	}
	for i := range list {
		list[i].class = "table"
	}
	return list
}

// shiftRow inserts a cell in a row (by 1) or deletes one (by -1), and moves those behind it to the side.
func shiftRow(row int, from string, by int) func(*base) []byte {
	return Text(func(s string) string {
		n := fmt.Sprint(row)
		return regexp.MustCompile(`(?s)<row r="`+n+`".*?</row>`).ReplaceAllStringFunc(s, func(r string) string {
			return regexp.MustCompile(`(?s)<c r="([A-Z])`+n+`"([^>]*?/>|.*?</c>)`).ReplaceAllStringFunc(r, func(c string) string {
				switch at := c[len(`<c r="`)]; {
				case at < from[0]:
					return c
				case at == from[0] && by < 0:
					return ""
				default:
					return `<c r="` + string(rune(int(at)+by)) + c[len(`<c r="A`):]
				}
			})
		})
	})
}

// pasted is the table pasted into a new workbook, not at its corner.
func pasted(b *base) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(b.whole))
	must(err)
	rows, err := f.GetRows(answerSheet)
	must(err)
	g := excelize.NewFile()
	for i, r := range rows {
		for j, v := range r {
			name, _ := excelize.CoordinatesToCellName(j+3, i+5)
			must(g.SetCellStr("Sheet1", name, v))
		}
	}
	var out bytes.Buffer
	must(g.Write(&out))
	return out.Bytes()
}
