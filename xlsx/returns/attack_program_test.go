package returns_test

import (
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// inFormat puts a number into a cell, in one of the number formats that files refer to without holding them.
func inFormat(cell string, v float64, format int) func(*base) []byte {
	return byHand(func(_ *base, f *excelize.File) {
		st, err := f.NewStyle(&excelize.Style{NumFmt: format})
		must(err)
		must(f.SetCellValue(answerSheet, cell, v))
		must(f.SetCellStyle(answerSheet, cell, cell, st))
	})
}

// TestAttackTimeOfDay has a respondent enter 12:00 as a comment.
func TestAttackTimeOfDay(t *testing.T) {
	b := baseOf(t, "uk-dmm")
	ret := read(t, b.tm, inFormat("L6", 0.5, 20)(b))
	if got := ret.Answer(r6).Comment.Value; got != "12:00:00" {
		t.Errorf("the comment 12:00 was read as %q", got)
	}
}

// TestAttackProgram reads what programs other than ours can write, and what a program keeps of what people do.
func TestAttackProgram(t *testing.T) {
	b := baseOf(t, "uk-dmm")
	label := b.tm.Scale(b.tm.Criterion(r6)).Label(b.want[r6])
	for _, d := range []damaged{
		{name: "a note on an answer, saved by LibreOffice as .ods", want: same(models.StrayText),
			make: odsOf(`<table:table-cell office:value-type="string"><office:annotation><dc:creator>Head</dc:creator><text:p>this is last year's level</text:p></office:annotation><text:p>`+label+`</text:p></table:table-cell>`, nil)},
		{name: "an answer shown as money by a format that the file only names", want: one(r6, models.Blank(), models.AnswerHiddenValue),
			make: inFormat("I6", 4, 44)},
		{name: "the table called Results", want: same(models.SheetRenamed),
			make: byHand(func(b *base, f *excelize.File) {
				must(f.DeleteSheet("Results"))
				must(f.SetSheetName(answerSheet, "Results"))
			})},
		{name: "an answer of runs, phonetics and escapes", want: same(),
			make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><r><rPr><b/></rPr><t>` + label[:1] + `</t></r><r><t xml:space="preserve">` + label[1:] + `</t></r><rPh sb="0" eb="1"><t>5</t></rPh></is></c>`)},
		{name: "a value in pieces, with a remark between", want: one(r6, models.At(4), models.AnswerNormalised),
			make: cellI6(`<c r="I6" s="12"><v>4<!-- 5 --></v></c>`)},
		{name: "two sheets that are one part, told apart by case", want: refused(models.FileContradictory),
			make: packed(func(p []trybook.Entry) []trybook.Entry {
				p = trybook.Edit(p, book, `</sheets>`, `<sheet name="Again" sheetId="99" r:id="rIdAgain"/></sheets>`)
				return trybook.Edit(p, "xl/_rels/workbook.xml.rels", `</Relationships>`, `<Relationship Id="rIdAgain" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/SHEET2.xml"/></Relationships>`)
			})},
	} {
		t.Run(d.name, func(t *testing.T) {
			for _, p := range d.check(b, read(t, b.tm, d.make(b))) {
				t.Error(p)
			}
		})
	}
}
