package returns_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// secondCopy copies the sheet with the answers, empties the copy's answers, and lets change go on.
func secondCopy(change func(f *excelize.File, sheet string, row int)) func(*base) []byte {
	return byHand(func(b *base, f *excelize.File) {
		from, err := f.GetSheetIndex(answerSheet)
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
	for _, a := range b.plain.Answers() {
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
		merges, err := f.GetMergeCells(answerSheet) // they stand in the way of inserting cells, so people take them away
		must(err)
		for _, m := range merges {
			must(f.UnmergeCell(answerSheet, m.GetStartAxis(), m.GetEndAxis()))
		}
		for row := rows[len(rows)-1] + by; row >= from; row-- {
			v := ""
			if row-by >= from {
				var err error
				v, err = f.GetCellValue(answerSheet, fmt.Sprint(col, row-by))
				must(err)
			}
			must(f.SetCellValue(answerSheet, fmt.Sprint(col, row), nil))
			if v != "" {
				must(f.SetCellStr(answerSheet, fmt.Sprint(col, row), v))
			}
		}
	})
}

// merged merges cells of the sheet with the answers as a program does that keeps what they hold.
func merged(ranges string) func(*base) []byte {
	return Text(func(s string) string {
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
			must(f.SetCellStr(answerSheet, "N3", "Agreed level"))
			for _, row := range criterionRows(b) {
				must(f.SetCellStr(answerSheet, fmt.Sprint("N", row), "5 – Mastering"))
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
					must(f.SetCellStr(answerSheet, fmt.Sprint("I", rows[i-1]+1), "3 – Learning"))
				}
			}
		}), want: same(models.StrayText)},
		{name: "answer and target merged, one of them blank", make: byHand(func(_ *base, f *excelize.File) {
			must(f.SetCellValue(answerSheet, "J6", nil))
			must(f.MergeCell(answerSheet, "I6", "J6"))
		}), want: one(r6, blank, models.MergedAnswer)},
		{name: "target and texts merged", make: merged("K6:L6"), want: same(models.AnswerHiddenValue)},
		{name: "a sign that turns 0.4 round to 4.0", make: typed("\u202e4.0"), want: one(r6, blank, models.AnswerAmbiguous)},
		{name: "a sign that turns the label round", make: typed("\u202e4 – Developing\u202c"), want: one(r6, blank, models.AnswerAmbiguous)},
		{name: "nothing but signs that turn characters round", make: typed("\u202e\u202d\u202c"), want: one(r6, blank)},
		{name: "something else typed over the criterion", make: byHand(func(_ *base, f *excelize.File) { must(f.SetCellStr(answerSheet, "C6", "we do not")) }), want: same(models.DescriptorEdited)},
		{name: "a saved message under another name", make: func(*base) []byte {
			return []byte("Return-Path: <a@example.org>\r\nFrom: A <a@example.org>\r\nSubject: Our return\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHere it is.\r\n--x--\r\n")
		}, want: refused(models.FileNotWorkbook)},
		{name: "the date of sign-off without its format", make: byHand(func(_ *base, f *excelize.File) {
			rows, err := f.GetRows("Start")
			must(err)
			plain, err := f.NewStyle(&excelize.Style{})
			must(err)
			for i, row := range rows {
				if len(row) > 1 && strings.HasPrefix(row[1], "Date completed") {
					at := fmt.Sprint("C", i+1)
					must(f.SetCellStyle("Start", at, at, plain))
					must(f.SetCellInt("Start", at, 46320))
				}
			}
		}), want: same(models.QuestionNormalised)},
		{name: "a label between marks of direction", make: typed("\u200f4 – Developing\u200e"), want: one(r6, models.At(4), models.AnswerNormalised)},
	}
	list = append(append(list, hostileLooks()...), hostileAside()...)
	for i := range list {
		list[i].class = "people"
	}
	return list
}

// looking puts a text into a cell and gives the cell a font and a fill.
func looking(cell, is, font, fill string) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry {
		styles := string(p[trybook.Find(p, "xl/styles.xml")].Body)
		count := func(list, item string) string {
			a, b := strings.Index(styles, "<"+list), strings.Index(styles, "</"+list+">")
			return itoa(strings.Count(styles[a:b], "<"+item+">") + strings.Count(styles[a:b], "<"+item+" "))
		}
		p = trybook.Edit(p, "xl/styles.xml", "</fonts>", "<font>"+font+"</font></fonts>")
		p = trybook.Edit(p, "xl/styles.xml", "</fills>", "<fill>"+fill+"</fill></fills>")
		p = trybook.Edit(p, "xl/styles.xml", "</cellXfs>", `<xf numFmtId="0" fontId="`+count("fonts", "font")+`" fillId="`+count("fills", "fill")+`" borderId="0" xfId="0"/></cellXfs>`)
		i := trybook.Find(p, sheet2)
		p[i].Body = regexp.MustCompile(`<c r="`+cell+`".*?</c>`).ReplaceAllLiteral(p[i].Body, []byte(`<c r="`+cell+`" s="`+count("cellXfs", "xf")+`" t="inlineStr"><is>`+is+`</is></c>`))
		return p
	})
}

// hostileLooks are what a person sees of an answer and a reader of values does not: lines through it, its colour, and
// rows and columns without height and width.
func hostileLooks() []damaged {
	blank := models.Blank()
	label, plain := "<t>4 – Developing</t>", `<patternFill patternType="none"/>`
	struck := one(r6, blank, models.AnswerStruck)
	unseen := one(r6, models.At(4), models.AnswerUnseen)
	four := one(r6, models.At(4))
	list := []damaged{
		{name: "an answer struck through", make: looking("I6", label, "<strike/>", plain), want: struck},
		{name: "an answer struck through, said with true", make: looking("I6", label, `<sz val="10"/><strike val="true"/>`, plain), want: struck},
		{name: "an answer not struck through, said so", make: looking("I6", label, `<strike val="0"/>`, plain), want: four},
		{name: "an answer of which all runs are struck through", make: looking("I6", `<r><rPr><strike/></rPr><t>4 – </t></r><r><rPr><b/><strike val="1"/></rPr><t>Developing</t></r>`, "", plain), want: struck},
		{name: "3 struck through, and 4 after it", make: looking("I6", `<r><rPr><strike/></rPr><t xml:space="preserve">3 </t></r><r><t>4</t></r>`, "", plain), want: struck},
		{name: "a space struck through", make: looking("I6", `<r><t>4 – Developing</t></r><r><rPr><strike/></rPr><t xml:space="preserve"> </t></r>`, "", plain), want: one(r6, models.At(4), models.AnswerNormalised)},
		{name: "a target struck through", make: looking("J6", label, "<strike/>", plain), want: same(models.TargetNotInList)},
		{name: "a comment struck through in part", make: looking("L6", `<r><t>We are </t></r><r><rPr><strike/></rPr><t>not </t></r><r><t>ready.</t></r>`, "", plain), want: same(models.TextStruck)},
		{name: "an answer in white", make: looking("I6", label, `<color rgb="FFFFFFFF"/>`, plain), want: unseen},
		{name: "an answer in the theme's white", make: looking("I6", label, `<color theme="0"/>`, plain), want: unseen},
		{name: "an answer in white on pale yellow", make: looking("I6", label, `<color indexed="9"/>`, `<patternFill patternType="solid"><fgColor rgb="FFFFF2CC"/></patternFill>`), want: unseen},
		{name: "an answer in black on black", make: looking("I6", label, `<color theme="1"/>`, `<patternFill patternType="solid"><fgColor indexed="8"/></patternFill>`), want: unseen},
		{name: "an answer in white on dark blue", make: looking("I6", label, `<color rgb="FFFFFFFF"/>`, `<patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill>`), want: four},
		{name: "an answer in white on a colour of the theme", make: looking("I6", label, `<color rgb="FFFFFFFF"/>`, `<patternFill patternType="solid"><fgColor theme="4"/></patternFill>`), want: four},
		{name: "an answer in a shade of the theme's white", make: looking("I6", label, `<color theme="0" tint="-0.5"/>`, plain), want: four},
		{name: "a row without height", make: rowAs(6, `<row r="6" ht="0">`), want: same(models.RowHidden)},
		{name: "a row of half a point", make: rowAs(6, `<row r="6" ht="0.5">`), want: same(models.RowHidden)},
		{name: "a column without width", make: Text(func(s string) string {
			return regexp.MustCompile(`(max="10" min="9" width=)"[^"]*"`).ReplaceAllString(s, `${1}"0"`)
		}), want: same(models.ColumnHidden)},
		{name: "an answer struck through in .ods", make: odsOf(`<table:table-cell table:style-name="ce1" office:value-type="string"><text:p>4 – Developing</text:p></table:table-cell>`, map[string]string{"styles": lineThrough("ce1", "table-cell")}), want: struck},
		{name: "a word of an answer struck through in .ods", make: odsOf(`<table:table-cell office:value-type="string"><text:p>4 <text:span text:style-name="T1">– Developing</text:span></text:p></table:table-cell>`, map[string]string{"styles": lineThrough("T1", "text")}), want: struck},
		{name: "an answer in white in .ods", make: odsOf(`<table:table-cell table:style-name="ce1" office:value-type="string"><text:p>4 – Developing</text:p></table:table-cell>`, map[string]string{"styles": whiteText("")}), want: unseen},
		{name: "an answer in white on blue in .ods", make: odsOf(`<table:table-cell table:style-name="ce1" office:value-type="string"><text:p>4 – Developing</text:p></table:table-cell>`, map[string]string{"styles": whiteText(`<style:table-cell-properties fo:background-color="#1f3864"/>`)}), want: four},
		{name: "a column struck through in .ods", make: odsOf("", map[string]string{"styles": lineThrough("ce1", "table-cell"),
			"table": `<table:table-column table:number-columns-repeated="3"/><table:table-column table:default-cell-style-name="ce1"/>`}), want: same(models.TargetNotInList)},
	}
	for _, code := range []string{"[White]0", "[Color2]General"} {
		list = append(list, damaged{name: "number 4 shown by " + code, make: formatted("4", code), want: one(r6, blank, models.AnswerHiddenValue)})
	}
	return list
}

// lineThrough is a style of a .ods that strikes texts through.
func lineThrough(name, family string) string {
	return `<style:style style:name="` + name + `" style:family="` + family + `"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>`
}

// related adds a part to the sheet with the answers, under a relationship of the given type.
func related(kind, contentType, content string) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry {
		const rels, part = "xl/worksheets/_rels/sheet2.xml.rels", "xl/aside9.xml"
		relation := `<Relationship Id="rIdAside" Type="` + kind + `" Target="../aside9.xml"/></Relationships>`
		if slices.ContainsFunc(p, func(e trybook.Entry) bool { return e.Name == rels }) {
			p = trybook.Edit(p, rels, "</Relationships>", relation)
		} else {
			p = append(p, trybook.NewPart(rels, []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+relation)))
		}
		p = trybook.Edit(p, "[Content_Types].xml", "</Types>", `<Override PartName="/`+part+`" ContentType="`+contentType+`"/></Types>`)
		return append(p, trybook.NewPart(part, []byte(content)))
	})
}

// hostileAside is what stands beside the cells in a sheet's part.
func hostileAside() []damaged {
	const compat = `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" Requires="x14">`
	thread := func(cell string) string {
		return `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="` + cell + `" dT="2026-01-01T00:00:00.00" personId="{0}" id="{1}"><text>we meant 5</text></threadedComment></ThreadedComments>`
	}
	const threads, threadType = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "application/vnd.ms-excel.threadedcomments+xml"
	return []damaged{
		{name: "merged cells in one of two versions", make: swap(sheet2, "<mergeCells", compat+`<mergeCells><mergeCell ref="I6:I7"/></mergeCells></mc:Choice><mc:Fallback/></mc:AlternateContent><mergeCells`), want: refused(models.FileSheetUnsupported)},
		{name: "cells in one of two versions", make: swap(sheet2, "<sheetData>", compat+`<sheetData><row r="6"><c r="I6"><v>5</v></c></row></sheetData></mc:Choice></mc:AlternateContent><sheetData>`), want: refused(models.FileSheetUnsupported)},
		{name: "controls in one of two versions", make: swap(sheet2, "</sheetData>", "</sheetData>"+compat+`<controls><control shapeId="1" name="x"/></controls></mc:Choice></mc:AlternateContent>`), want: same(models.ControlNotRead)},
		{name: "rows hidden unless they have a height", make: Text(func(s string) string {
			s = strings.Replace(s, `<sheetFormatPr `, `<sheetFormatPr zeroHeight="1" `, 1)
			return regexp.MustCompile(`<row r="6"[^>]*>`).ReplaceAllString(s, `<row r="6">`)
		}), want: same(models.RowHidden)},
		{name: "a comment with replies, and no note", make: related(threads, threadType, thread("I6")), want: same(models.StrayText)},
		{name: "a note struck through on an earlier sheet", make: packed(func(p []trybook.Entry) []trybook.Entry {
			p = trybook.Edit(p, "xl/worksheets/_rels/sheet1.xml.rels", "</Relationships>", `<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../aside9.xml"/></Relationships>`)
			p = append(p, trybook.NewPart("xl/aside9.xml", []byte(`<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>A</author></authors><commentList><comment ref="A1" authorId="0"><text><r><rPr><strike/></rPr><t>old</t></r></text></comment></commentList></comments>`)))
			p = trybook.Edit(p, "[Content_Types].xml", "</Types>", `<Override PartName="/xl/aside9.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/></Types>`)
			i := trybook.Find(p, sheet2) // the answer is to be the first text in the sheet itself
			p[i].Body = regexp.MustCompile(`<c r="(D2|A5)".*?</c>`).ReplaceAll(p[i].Body, nil)
			return trybook.Edit(p, sheet2, i6, `<c r="I6" s="12" t="inlineStr"><is><t>4 – Developing</t></is></c>`)
		}), want: one(r6, models.At(4))},
		{name: "a comment with replies on a cell that cannot be", make: related(threads, threadType, thread("I0")), want: refused(models.FileDamaged)},
	}
}

// whiteText is a style of a .ods with white text, named ce1.
func whiteText(more string) string {
	return strings.ReplaceAll(`<style:style style:name="ce1" style:family="table-cell">`+more+`<style:text-properties fo:color="#ffffff"/></style:style>`,
		" fo:", ` xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" fo:`)
}

// rowAs writes the beginning of a row of the sheet with the answers in another way.
func rowAs(row int, tag string) func(*base) []byte {
	return body(sheet2, func(b []byte) []byte {
		return regexp.MustCompile(fmt.Sprintf(`<row r="%d"[^>]*>`, row)).ReplaceAll(b, []byte(tag))
	})
}
