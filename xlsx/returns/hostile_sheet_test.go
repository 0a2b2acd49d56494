package returns_test

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// In the intact workbook criterion 1.1 stands in row 6: the answer in I6, the target in J6, evidence in K6 and
// the comment in L6; 1.2 follows in row 7.
const (
	i6 = `<c r="I6" s="12" t="s"><v>2</v></c>`
	r6 = "1.1"
)

func cellI6(new string) func(*base) []byte { return swap(sheet2, i6, new) }

// theRow takes a row out of the sheet.
func theRow(s string, n int) string {
	return regexp.MustCompile(fmt.Sprintf(`(?s)<row r="%d".*?</row>`, n)).FindString(s)
}

func Text(f func(s string) string) func(*base) []byte {
	return body(sheet2, func(b []byte) []byte { return []byte(f(string(b))) })
}

func hostileSheets() []damaged {
	damagedFile := refused(models.FileDamaged)
	twice := refused(models.FileContradictory)
	_, chosen := trybook.ChoicesOf(trybook.SmallTemplate())
	b6 := chosen[r6]
	var refAttr = regexp.MustCompile(` r="[A-Z]*[0-9]+"`)
	list := []damaged{
		{name: "reference A0", make: cellI6(`<c r="I0" s="12" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "reference 1A", make: cellI6(`<c r="6I" s="12" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "reference with dollar signs", make: cellI6(`<c r="$I$6" s="12" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "reference in small letters", make: cellI6(`<c r="i6" s="12" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "reference empty", make: cellI6(`<c r="" s="12" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "reference beyond the last column", make: cellI6(`<c r="XFE6" s="12" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "reference beyond the last row", make: swap(sheet2, `<row r="120"`, `<row r="1048577"`), want: damagedFile},
		{name: "row 0", make: swap(sheet2, `<row r="6"`, `<row r="0"`), want: damagedFile},
		{name: "row -1", make: swap(sheet2, `<row r="6"`, `<row r="-1"`), want: damagedFile},
		{name: "row with a leading zero", make: swap(sheet2, `<row r="6"`, `<row r="06"`), want: damagedFile},
		{name: "row with a huge number", make: swap(sheet2, `<row r="6"`, `<row r="99999999999999999999"`), want: damagedFile},
		{name: "cell of another row", make: cellI6(`<c r="I7" s="12" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "no references at all", make: Text(func(s string) string {
			head, tail, _ := strings.Cut(s, "<sheetData>")
			rows, end, _ := strings.Cut(tail, "</sheetData>")
			return head + "<sheetData>" + refAttr.ReplaceAllString(fillGaps(rows), "") + "</sheetData>" + end
		}), want: same()},
		{name: "rows out of order", make: Text(func(s string) string {
			a, b := theRow(s, 6), theRow(s, 9)
			return strings.NewReplacer(a, b, b, a).Replace(s)
		}), want: same(models.FileNotStandard)},
		{name: "cells out of order", make: Text(func(s string) string {
			return strings.Replace(strings.Replace(s, i6, "", 1), `<c r="A6"`, i6+`<c r="A6"`, 1)
		}), want: same(models.FileNotStandard)},
		{name: "a row twice", make: Text(func(s string) string { return strings.Replace(s, theRow(s, 6), theRow(s, 6)+theRow(s, 6), 1) }), want: twice},
		{name: "a row twice, apart", make: Text(func(s string) string {
			return strings.Replace(s, "</sheetData>", strings.Replace(theRow(s, 6), "<v>2</v>", "<v>3</v>", 1)+"</sheetData>", 1)
		}), want: twice},
		{name: "a row twice, once empty", make: Text(func(s string) string {
			return strings.Replace(s, "</sheetData>", `<row r="6"/></sheetData>`, 1)
		}), want: twice},
		{name: "a cell twice", make: cellI6(i6 + `<c r="I6" t="s"><v>3</v></c>`), want: twice},
		{name: "a cell twice, once empty", make: cellI6(i6 + `<c r="I6" s="1"/>`), want: twice},
		{name: "two tables of cells", make: swap(sheet2, "</sheetData>", "</sheetData><sheetData/>"), want: twice},
		{name: "no table of cells", make: Text(func(s string) string {
			return regexp.MustCompile(`(?s)<sheetData>.*</sheetData>`).ReplaceAllString(s, "")
		}), want: damagedFile},
		{name: "not a worksheet", make: body(sheet2, func([]byte) []byte { return []byte(`<html><body>sign in</body></html>`) }), want: damagedFile},
		{name: "an empty sheet part", make: body(sheet2, func([]byte) []byte { return nil }), want: damagedFile},
		{name: "shared text beyond the last", make: cellI6(`<c r="I6" s="12" t="s"><v>99999</v></c>`), want: damagedFile},
		{name: "shared text -1", make: cellI6(`<c r="I6" s="12" t="s"><v>-1</v></c>`), want: damagedFile},
		{name: "shared text 1.5", make: cellI6(`<c r="I6" s="12" t="s"><v>1.5</v></c>`), want: damagedFile},
		{name: "shared text without number", make: cellI6(`<c r="I6" s="12" t="s"><v></v></c>`), want: damagedFile},
		{name: "shared text number with spaces", make: cellI6(`<c r="I6" s="12" t="s"><v> 2 </v></c>`), want: same()},
		{name: "shared text +2", make: cellI6(`<c r="I6" s="12" t="s"><v>+2</v></c>`), want: damagedFile},
		{name: "format beyond the last", make: cellI6(`<c r="I6" s="999" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "format empty", make: cellI6(`<c r="I6" s="" t="s"><v>2</v></c>`), want: same()},
		{name: "a time of day in a comment, as strict files have it", make: commentL6(`<c r="L6" t="d"><v>10:59:59.9999999999984025</v></c>`), want: one(r6, b6)},
		{name: "a duration in a comment", make: commentL6(`<c r="L6" t="d"><v>PT0H11M0.000S</v></c>`), want: one(r6, b6)},
		{name: "a duration of days in a comment", make: commentL6(`<c r="L6" t="d"><v>P3DT4H</v></c>`), want: one(r6, b6)},
		{name: "a duration for an answer", make: cellI6(`<c r="I6" t="d"><v>PT4H</v></c>`), want: one(r6, models.Blank(), models.AnswerIsDate)},
		{name: "no date and no duration", make: commentL6(`<c r="L6" t="d"><v>PT</v></c>`), want: one(r6, b6, models.TextNotDate)},
		{name: "a day that there is not, in a comment", make: commentL6(`<c r="L6" t="d"><v>2026-02-31</v></c>`), want: one(r6, b6, models.TextNotDate)},
		{name: "format -1", make: cellI6(`<c r="I6" s="-1" t="s"><v>2</v></c>`), want: damagedFile},
		{name: "cell of an unknown kind", make: cellI6(`<c r="I6" s="12" t="q"><v>2</v></c>`), want: refused(models.FileSheetUnsupported)},
		{name: "cell of a long unknown kind", make: cellI6(`<c r="I6" s="12" t="inlineStringOfAKind"><v>2</v></c>`), want: refused(models.FileSheetUnsupported)},
		{name: "cell with two values", make: cellI6(`<c r="I6" s="12" t="s"><v>2</v><v>3</v></c>`), want: twice},
		{name: "cell with a value and an inline text", make: cellI6(`<c r="I6" s="12" t="s"><v>2</v><is><t>5 – Mastering</t></is></c>`), want: twice},
		{name: "inline text in a cell of another kind", make: cellI6(`<c r="I6" s="12" t="n"><is><t>1 – Beginning</t></is></c>`), want: twice},
		{name: "cell with two formulas", make: cellI6(`<c r="I6" s="12"><f>1</f><f>2</f><v>1</v></c>`), want: twice},
		{name: "text in a cell", make: cellI6(`<c r="I6" s="12" t="s">4<v>2</v></c>`), want: damagedFile},
		{name: "text in a row", make: swap(sheet2, `<c r="A6"`, `4<c r="A6"`), want: damagedFile},
		{name: "something unknown in a cell", make: cellI6(`<c r="I6" s="12" t="s"><w>3</w><v>2</v></c>`), want: refused(models.FileSheetUnsupported)},
		{name: "something unknown in a row", make: swap(sheet2, `<c r="A6"`, `<cc r="I6"/><c r="A6"`), want: refused(models.FileSheetUnsupported)},
		{name: "an element inside a value", make: cellI6(`<c r="I6" s="12" t="s"><v><b>2</b></v></c>`), want: refused(models.FileSheetUnsupported)},
		{name: "number 1E999", make: cellI6(`<c r="I6" s="12"><v>1E999</v></c>`), want: damagedFile},
		{name: "number NaN", make: cellI6(`<c r="I6" s="12"><v>NaN</v></c>`), want: damagedFile},
		{name: "number 0x4", make: cellI6(`<c r="I6" s="12"><v>0x4</v></c>`), want: damagedFile},
		{name: "number 4,0", make: cellI6(`<c r="I6" s="12"><v>4,0</v></c>`), want: damagedFile},
		{name: "text in a cell of numbers", make: cellI6(`<c r="I6" s="12"><v>1 – Beginning</v></c>`), want: damagedFile},
		{name: "truth value 2", make: cellI6(`<c r="I6" s="12" t="b"><v>2</v></c>`), want: damagedFile},
		{name: "error value that is none", make: cellI6(`<c r="I6" s="12" t="e"><v>oops</v></c>`), want: damagedFile},
		{name: "date that is none", make: cellI6(`<c r="I6" s="12" t="d"><v>yesterday</v></c>`), want: one(r6, models.Blank(), models.AnswerIsDate)},
		{name: "date that is none, in a reference", make: Text(func(s string) string {
			return regexp.MustCompile(`<c r="A6"( s="\d+")? t="s"><v>\d+</v></c>`).ReplaceAllString(s, `<c r="A6"$1 t="d"><v>yesterday</v></c>`)
		}), want: one(r6, models.Blank(), models.RowMissing, models.StrayText)},
		{name: "a reference with a comma", make: Text(func(s string) string {
			return regexp.MustCompile(`<c r="A6"( s="\d+")? t="s"><v>\d+</v></c>`).ReplaceAllString(s, `<c r="A6"$1 t="inlineStr"><is><t>1,1</t></is></c>`)
		}), want: same(models.RefRestored)},
		{name: "inline text", make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><t>1 – Beginning</t></is></c>`), want: same()},
		{name: "inline text in runs", make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><r><rPr><b/></rPr><t>1 – </t></r><r><t>Beginning</t></r></is></c>`), want: same()},
		{name: "phonetic run", make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><t>1 – Beginning</t><rPh sb="0" eb="1"><t>5 – Mastering</t></rPh><phoneticPr fontId="1"/></is></c>`), want: same()},
		{name: "shared text in runs with phonetic run", make: swap(strings1, "<si><t>1 – Beginning</t></si>", `<si><r><t xml:space="preserve">1 – </t></r><r><rPr><sz val="11"/></rPr><t>Beginning</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>`), want: same()},
		{name: "text as the result of a formula", make: cellI6(`<c r="I6" s="12" t="str"><v>1 – Beginning</v></c>`), want: same()},
		{name: "escaped dash", make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><t>1 _x2013_ Beginning</t></is></c>`), want: same()},
		{name: "escaped line end", make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><t>1 – Beginning_x000D__x000A_</t></is></c>`), want: one(r6, models.At(1), models.AnswerNormalised)},
		{name: "escaped underscore", make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><t>_x005F_x0031_ – Beginning</t></is></c>`), want: one(r6, models.Blank(), models.AnswerAmbiguous)},
		{name: "empty value", make: cellI6(`<c r="I6" s="12"><v></v></c>`), want: one(r6, models.Blank())},
		{name: "empty inline text", make: cellI6(`<c r="I6" s="12" t="inlineStr"><is><t></t></is></c>`), want: one(r6, models.Blank())},
		{name: "merged cells that cannot be", make: swap(sheet2, `</mergeCells>`, `<mergeCell ref="Z9:A1"/></mergeCells>`), want: damagedFile},
		{name: "merged cells without a reference", make: swap(sheet2, `</mergeCells>`, `<mergeCell/></mergeCells>`), want: damagedFile},
		{name: "hidden columns that cannot be", make: swap(sheet2, `</cols>`, `<col hidden="1" min="0" max="99999"/></cols>`), want: damagedFile},
	}
	for i := range list {
		list[i].class = "sheet"
	}
	return list
}

// fillGaps adds the cells and rows that are left out between two others, so that they can be counted.
func fillGaps(rows string) string {
	var out strings.Builder
	row := 0
	for _, r := range regexp.MustCompile(`(?s)<row r="(\d+)".*?</row>`).FindAllStringSubmatch(rows, -1) {
		n := 0
		fmt.Sscan(r[1], &n)
		for row++; row < n; row++ {
			out.WriteString("<row/>")
		}
		head, cells, _ := strings.Cut(r[0], ">")
		out.WriteString(head + ">")
		col := 0
		for _, c := range regexp.MustCompile(`(?s)<c r="([A-Z]+)\d+".*?</c>`).FindAllStringSubmatch(cells, -1) {
			at := 0
			for _, l := range c[1] {
				at = at*26 + int(l-'A') + 1
			}
			for col++; col < at; col++ {
				out.WriteString("<c/>")
			}
			out.WriteString(c[0])
		}
		out.WriteString("</row>")
	}
	return out.String()
}
