package returns_test

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// odsOf writes the answers of the intact workbook as an OpenDocument spreadsheet. cell is the cell with the
// answer to 1.1, more goes where it is asked for: "row", "styles", "table", "spreadsheet", "document", "manifest".
func odsOf(cell string, more map[string]string) func(*base) []byte {
	return func(b *base) []byte {
		var s strings.Builder
		var styles []trybook.Entry
		if more["named"] != "" {
			styles = append(styles, trybook.NewPart("styles.xml", []byte(`<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:styles>`+more["named"]+`</office:styles></office:document-styles>`)))
		}
		text := func(t string) string {
			if t == "" {
				return "<table:table-cell/>"
			}
			var e strings.Builder
			must(xml.EscapeText(&e, []byte(t)))
			return `<table:table-cell office:value-type="string"><text:p>` + strings.ReplaceAll(strings.ReplaceAll(e.String(), "&#xA;", "</text:p><text:p>"), "  ", ` <text:s/>`) + `</text:p></table:table-cell>`
		}
		s.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + more["before"] + `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
			`<office:automatic-styles><style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>` + more["styles"] + `</office:automatic-styles><office:body><office:spreadsheet>` + more["spreadsheet"])
		s.WriteString(`<table:table table:name="Assessment"` + more["attributes"] + `>` + more["table"] + `<table:table-header-rows><table:table-row>`)
		for _, h := range []string{"Ref", "Criterion", "Current level", "Target level", "Evidence", "Comment"} {
			s.WriteString(text(h))
		}
		s.WriteString(`<table:table-cell table:number-columns-repeated="1000"/></table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated="7"/>`)
		for _, a := range b.plain.Answers() {
			c := b.tm.Criterion(a.Ref)
			answer := text(b.tm.Scale(c).Label(a.Level.Value))
			if a.Ref == r6 && cell != "" {
				answer = cell
			}
			fmt.Fprintf(&s, `<table:table-row%s>%s%s%s%s%s%s</table:table-row>`, more["row"], text(a.Ref), text(c.Subject), answer, text(b.tm.Scale(c).Label(a.Target.Value)), text(a.Evidence.Value), text(a.Comment.Value))
		}
		s.WriteString(more["end"] + `<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table><table:table table:name="Start">`)
		for _, q := range b.tm.Questions {
			s.WriteString(`<table:table-row><table:table-cell/>` + text(q.Text) + `</table:table-row>`)
		}
		s.WriteString(`</table:table>` + more["document"] + `</office:spreadsheet></office:body></office:document-content>` + more["after"])
		mime := trybook.NewPart("mimetype", []byte("application/vnd.oasis.opendocument.spreadsheet"))
		mime.Stored = true
		return trybook.Pack(append([]trybook.Entry{mime, trybook.NewPart("content.xml", []byte(s.String())),
			trybook.NewPart("META-INF/manifest.xml", []byte(`<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml">`+more["manifest"]+`</manifest:file-entry></manifest:manifest>`))}, styles...), trybook.Packing{})
	}
}

func hostileODS() []damaged {
	var list []damaged
	add := func(name, cell string, want outcome, more ...string) {
		m := map[string]string{}
		for i := 0; i+1 < len(more); i += 2 {
			m[more[i]] = more[i+1]
		}
		list = append(list, damaged{class: "ods", name: name, make: odsOf(cell, m), want: want})
	}
	blank := models.Blank()
	add("as it is", "", same())
	add("typed 4", trybook.OdsCell(`office:value-type="string"`, "4"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 4", trybook.OdsCell(`office:value-type="float" office:value="4"`, "4"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 4 shown as 5", trybook.OdsCell(`office:value-type="float" office:value="4"`, "5"), one(r6, blank, models.AnswerHiddenValue))
	add("number 4 shown as nothing", trybook.OdsCell(`office:value-type="float" office:value="4"`, ""), one(r6, blank, models.AnswerHiddenValue))
	add("number 3.6 shown as 4", trybook.OdsCell(`office:value-type="float" office:value="3.6"`, "4"), one(r6, blank, models.AnswerHiddenValue))
	add("400 %", trybook.OdsCell(`office:value-type="percentage" office:value="4"`, "400%"), one(r6, blank, models.AnswerHiddenValue))
	add("text shown as another", trybook.OdsCell(`office:value-type="string" office:string-value="4 – Developing"`, "5 – Mastering"), one(r6, blank, models.AnswerHiddenValue))
	add("date", trybook.OdsCell(`office:value-type="date" office:date-value="2026-04-03"`, "3-4"), one(r6, blank, models.AnswerIsDate))
	add("time", trybook.OdsCell(`office:value-type="time" office:time-value="PT03H04M00S"`, "3:04"), one(r6, blank, models.AnswerIsDate))
	add("truth value", trybook.OdsCell(`office:value-type="boolean" office:boolean-value="true"`, "TRUE"), one(r6, blank, models.AnswerNotInList))
	add("error", trybook.OdsCell(`table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"`, "#N/A"), one(r6, blank, models.AnswerIsError))
	add("formula with a label", trybook.OdsCell(`table:formula="of:=A1" office:value-type="string" office:string-value="4 – Developing"`, "4 – Developing"), one(r6, models.At(4), models.AnswerFormula))
	add("formula without result", trybook.OdsCell(`table:formula="of:=A1"`, ""), one(r6, blank, models.AnswerNoValue))
	add("with an annotation", `<table:table-cell office:value-type="string"><office:annotation><dc:creator>x</dc:creator><text:p>5 – Mastering</text:p></office:annotation><text:p>4 – Developing</text:p></table:table-cell>`, one(r6, models.At(4), models.StrayText))
	add("with spans, spaces and links", trybook.OdsCell(`office:value-type="string"`, `<text:span>4<text:s/>–</text:span> <text:a>Devel</text:a>oping`), one(r6, models.At(4)))
	add("two paragraphs", `<table:table-cell office:value-type="string"><text:p>4 – Developing</text:p><text:p>5 – Mastering</text:p></table:table-cell>`, one(r6, blank, models.AnswerAmbiguous))
	add("a list in a cell", `<table:table-cell office:value-type="string"><text:list><text:list-item><text:p>4</text:p></text:list-item></text:list></table:table-cell>`, refused(models.FileSheetUnsupported))
	add("number that is none", trybook.OdsCell(`office:value-type="float" office:value="four"`, "4"), refused(models.FileDamaged))
	add("number 1E999", trybook.OdsCell(`office:value-type="float" office:value="1E999"`, "4"), refused(models.FileDamaged))
	add("number without value", trybook.OdsCell(`office:value-type="float"`, "4"), refused(models.FileDamaged))
	add("date that is none", trybook.OdsCell(`office:value-type="date" office:date-value="soon"`, "soon"), one(r6, blank, models.AnswerIsDate))
	add("kind that is unknown", trybook.OdsCell(`office:value-type="colour"`, "4"), refused(models.FileSheetUnsupported))
	add("text between cells", "4", refused(models.FileDamaged))
	add("something unknown in a row", "<table:cell/>", refused(models.FileSheetUnsupported))
	add("column repeated 0 times", `<table:table-cell table:number-columns-repeated="0"/>`, refused(models.FileDamaged))
	add("column repeated -1 times", `<table:table-cell table:number-columns-repeated="-1"/>`, refused(models.FileDamaged))
	add("column repeated beyond the sheet", `<table:table-cell table:number-columns-repeated="17000"/>`, refused(models.FileDamaged))
	add("a row with content repeated a million times", "", refused(models.FileOverLimit), "end", `<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>`)
	add("a cell with content repeated 16,000 times in 100 rows", "", refused(models.FileOverLimit), "end", `<table:table-row table:number-rows-repeated="100"><table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>`)
	add("too many rows", "", refused(models.FileDamaged), "end", `<table:table-row table:number-rows-repeated="1000000"/>`)
	add("rows hidden", "", same(models.RowHidden), "row", ` table:visibility="filter"`)
	add("sheet hidden", "", same(models.SheetHidden), "attributes", ` table:style-name="h"`)
	add("two sheets of one name", "", refused(models.FileContradictory), "document", `<table:table table:name="assessment"/>`)
	add("tracked changes", "", same(), "spreadsheet", `<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell office:value-type="string"><text:p>1.1</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>`)
	add("drawings with text", "", same(models.StrayText), "table", `<table:shapes><text:p>1.1</text:p></table:shapes>`)
	add("a table inside", "", refused(models.FileSheetUnsupported), "table", `<table:table table:name="x"/>`)
	add("encrypted", "", refused(models.FilePassword), "manifest", `<manifest:encryption-data/>`)
	add("document type declaration", "", refused(models.FileHostile), "before", `<!DOCTYPE office:document-content>`)
	add("text after the end", "", refused(models.FileDamaged), "after", "more")
	add("spaces in the thousands", trybook.OdsCell(`office:value-type="string"`, `4<text:s text:c="99999999"/>`), refused(models.FileDamaged))
	add("same answer written with a tab", trybook.OdsCell(`office:value-type="string"`, "4<text:tab/>– Developing"), one(r6, models.At(4), models.AnswerNormalised))
	// A conditional format as LibreOffice saves it: the file holds what the cells show without it.
	four := trybook.OdsCell(`office:value-type="float" office:value="4"`, "4")
	conditional := func(where, style string) string {
		return `<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="` + where + `"><calcext:condition calcext:apply-style-name="` + style + `" calcext:value="formula-is(1)" calcext:base-cell-address="Assessment.C9"/></calcext:conditional-format></calcext:conditional-formats>`
	}
	const named = `<style:style style:name="Seen_5f_1" style:display-name="Seen_1" style:family="table-cell" style:data-style-name="N146"/><style:style style:name="Bold" style:family="table-cell"/>`
	add("number 4 that a condition shows as something else", four, one(r6, blank, models.AnswerHiddenValue), "end", conditional("Assessment.B2:Assessment.D99", "Seen_1"), "named", named)
	add("number 4 that a condition shows as something else, one cell", four, one(r6, blank, models.AnswerHiddenValue), "end", conditional("$'It''s. a'.$A$1 $Assessment.$C$9", "Seen_1"), "named", named)
	add("number 4 that a condition shows as something else, nobody knows where", four, one(r6, blank, models.AnswerHiddenValue), "end", conditional("Assessment.C:Assessment.C", "Seen_1"), "named", named)
	add("number 4 that a condition shows in bold", four, one(r6, models.At(4), models.AnswerNormalised), "end", conditional("Assessment.B2:Assessment.D99", "Bold"), "named", named)
	// As LibreOffice saves them: for icons it is the first entry that says that the value is not shown, for bars the bar itself.
	covered := func(inside string) string {
		return `<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="Assessment.C9:Assessment.C9">` + inside + `</calcext:conditional-format></calcext:conditional-formats>`
	}
	entries := func(first string) string {
		return `<calcext:icon-set calcext:icon-set-type="3TrafficLights1"><calcext:formatting-entry` + first + ` calcext:value="0" calcext:type="number"/><calcext:formatting-entry calcext:value="2" calcext:type="number"/></calcext:icon-set>`
	}
	add("an icon in place of the value", "", same(models.AnswerLook), "end", covered(entries(` calcext:show-value="false"`)))
	add("an icon beside the value", "", same(), "end", covered(entries("")))
	add("a bar in place of the value", "", same(models.AnswerLook), "end", covered(`<calcext:data-bar calcext:show-value="false"><calcext:formatting-entry calcext:value="0" calcext:type="number"/></calcext:data-bar>`))
	add("number 4 beside a condition", four, one(r6, models.At(4), models.AnswerNormalised), "end", conditional("Assessment.C10:Assessment.C99 Assessment.D9", "Seen_1"), "named", named)
	add("labels under a condition for numbers", "", same(), "end", conditional("Assessment.A1:Assessment.Z999", "Seen_1"), "named", named)
	return list
}
