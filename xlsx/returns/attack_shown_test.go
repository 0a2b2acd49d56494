package returns_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// conditional puts a number into I6, and a conditional format on the range that shows numbers by the code.
func conditional(v, code, where string) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry {
		p = trybook.Edit(p, sheet2, i6, `<c r="I6" s="12"><v>`+v+`</v></c>`)
		styles := string(p[trybook.Find(p, "xl/styles.xml")].Body)
		n := strings.Count(styles, "<dxf>")
		p = trybook.Edit(p, "xl/styles.xml", "</dxfs>", `<dxf><numFmt numFmtId="190" formatCode="`+strings.ReplaceAll(escape(code), `"`, "&quot;")+`"/></dxf></dxfs>`)
		return trybook.Edit(p, sheet2, "</sheetData>", fmt.Sprintf(`</sheetData><conditionalFormatting sqref="%s"><cfRule type="cellIs" dxfId="%d" priority="1" operator="equal"><formula>4</formula></cfRule></conditionalFormatting>`, where, n))
	})
}

// extended is a rule as Excel 2010 and later keep it.
func extended(code, where string) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry {
		p = trybook.Edit(p, sheet2, i6, `<c r="I6" s="12"><v>4</v></c>`)
		return trybook.Edit(p, sheet2, "</worksheet>", `<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="expression" priority="2" id="{0}"><xm:f>TRUE</xm:f><x14:dxf><numFmt numFmtId="0" formatCode="`+
			strings.ReplaceAll(escape(code), `"`, "&quot;")+`"/></x14:dxf></x14:cfRule><xm:sqref>`+where+`</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>`)
	})
}

// beside types a text into a cell of the sheet with the answers.
func beside(cell, text string) func(*base) []byte {
	return byHand(func(_ *base, f *excelize.File) { must(f.SetCellStr(answerSheet, cell, text)) })
}

// TestAttackShown is about what people see: a number that a conditional format shows as another, and texts around
// the table and over it.
func TestAttackShown(t *testing.T) {
	b := baseOf(t, "uk-dmm")
	last := "A" + strings.TrimLeft(b.plain.Answers()[len(b.plain.Answers())-1].Level.Origin.Cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	below := func(n int) string {
		row := 0
		_, _ = fmt.Sscan(last[1:], &row)
		return fmt.Sprint("A", row+n)
	}
	box := func(text string) func(*base) []byte {
		return byHand(func(_ *base, f *excelize.File) {
			must(f.AddShape(answerSheet, &excelize.Shape{Cell: "I9", Type: "rect", Width: 200, Height: 60, Paragraph: []excelize.RichTextRun{{Text: text}}}))
		})
	}
	four := one(r6, models.At(4), models.AnswerNormalised)
	hidden := one(r6, models.Blank(), models.AnswerHiddenValue)
	for _, d := range []damaged{
		{name: "a conditional format shows 5 for 4", want: hidden, make: conditional("4", `"5"`, "I6:I20")},
		{name: "a conditional format hides the row", want: outcome{changed: hidden.changed, codes: []models.Code{models.AnswerHiddenValue, models.TargetNotInList}}, make: conditional("4", `;;;`, "A6:M6 A1:B2")},
		{name: "a conditional format shows a date", want: hidden, make: conditional("4", `d/m/yyyy`, "B2 I6")},
		{name: "a conditional format at a place that cannot be", want: hidden, make: conditional("4", `"5"`, "I:I")},
		{name: "a conditional format shows 4.0", want: four, make: conditional("4", `0.0`, "I6:I20")},
		{name: "a conditional format on other cells", want: four, make: conditional("4", `"5"`, "J6:J20")},
		{name: "a conditional format of General", want: four, make: conditional("4", `General`, "I6:I20")},
		{name: "an extended conditional format shows 5 for 4", want: hidden, make: extended(`"5"`, "I6")},
		{name: "an extended conditional format on other cells", want: four, make: extended(`"5"`, "I7:I9")},
		{name: "a text box over the answers", want: same(models.StrayText), make: box("All of these are 2")},
		{name: "a text box without text", want: same(), make: box(" ")},
		{name: "a drawing on a sheet of .ods", want: same(models.StrayText), make: odsOf("", map[string]string{"table": `<table:shapes><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:text-box><text:p>All of <text:span>these</text:span> are 2</text:p></draw:text-box></draw:frame></table:shapes>`})},
		{name: "a text above the table", want: same(models.StrayText), make: beside("I1", "North campus only")},
		{name: "a text below the table", want: same(models.StrayText), make: beside(below(1), "North campus only")},
		{name: "a text far below the table", want: same(models.StrayText), make: beside(below(40), "We disagree with 1.1")},
		{name: "a text in the row of a topic", want: same(models.StrayText), make: beside("C4", "none of this applies")},
	} {
		t.Run(d.name, func(t *testing.T) {
			ret := read(t, b.tm, d.make(b))
			for _, p := range d.check(b, ret) {
				t.Error(p)
			}
			said := trybook.HasCode(ret, models.StrayText)
			if wants := len(d.want.codes) > 0 && d.want.codes[0] == models.StrayText; said != wants {
				t.Errorf("a finding on stray text: %v; findings %v", said, trybook.FindingList(ret))
			}
		})
	}
}
