package xlsx_test

import (
	"fmt"
	"strings"
)

// relTypes is what the types of relationships begin with.
const relTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

func columnLetters(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = fmt.Sprint(string(rune('A'+(n-1)%26)), s)
	}
	return s
}

func odsCell(attributes, text string) string {
	if text != "" {
		text = "<text:p>" + text + "</text:p>"
	}
	return `<table:table-cell ` + attributes + `>` + text + `</table:table-cell>`
}

// tableSheet is a sheet of a workbook that a test writes: its state, the XML of its rows, and what follows them.
type tableSheet struct{ name, state, rows, after string }

// tableFormats are the number formats of the styles 1, 2, … of tableWorkbook.
var tableFormats = []string{"0000", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd hh:mm", "@", "0.00", "0%", `"No. "0`, "0.00E+00", "#,##0", ";;;", "d-mmm", "mmm-yy"}

// tableWorkbook writes a workbook part by part, without a program that could have its own ideas of it.
func tableWorkbook(shared string, sheets ...tableSheet) []byte {
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const ct = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	list, rels, kinds, fmts, xfs := "", "", "", "", `<xf numFmtId="0"/>`
	var parts []entry
	for i, s := range sheets {
		state := ""
		if s.state != "" {
			state = ` state="` + s.state + `"`
		}
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="s%d"%s/>`, s.name, i+1, i+1, state)
		rels += fmt.Sprintf(`<Relationship Id="s%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relTypes, i+1)
		kinds += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, ct)
		parts = append(parts, newPart(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), []byte(head+`<worksheet `+main+`><sheetData>`+s.rows+`</sheetData>`+s.after+`</worksheet>`)))
	}
	for i, f := range tableFormats {
		fmts += fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, strings.ReplaceAll(f, `"`, "&quot;"))
		xfs += fmt.Sprintf(`<xf numFmtId="%d" applyNumberFormat="1"/>`, 200+i)
	}
	rels += `<Relationship Id="st" Type="` + relTypes + `styles" Target="styles.xml"/><Relationship Id="sst" Type="` + relTypes + `sharedStrings" Target="sharedStrings.xml"/>`
	parts = append(parts,
		newPart("[Content_Types].xml", []byte(head+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Override PartName="/xl/workbook.xml" ContentType="`+ct+`sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="`+ct+`styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="`+ct+`sharedStrings+xml"/>`+kinds+`</Types>`)),
		newPart("_rels/.rels", []byte(head+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="w" Type="`+relTypes+`officeDocument" Target="xl/workbook.xml"/></Relationships>`)),
		newPart("xl/workbook.xml", []byte(head+`<workbook `+main+` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`+list+`</sheets></workbook>`)),
		newPart("xl/_rels/workbook.xml.rels", []byte(head+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels+`</Relationships>`)),
		newPart("xl/styles.xml", []byte(head+`<styleSheet `+main+`><numFmts>`+fmts+`</numFmts><cellXfs>`+xfs+`</cellXfs></styleSheet>`)),
		newPart("xl/sharedStrings.xml", []byte(head+`<sst `+main+`>`+shared+`</sst>`)),
	)
	for i := range parts {
		parts[i].stored = true // packing them is most of the work
	}
	return pack(parts, packing{})
}

// tableODS is an OpenDocument spreadsheet with the rows given on its sheets; the state hidden hides one.
func tableODS(sheets ...tableSheet) []byte {
	body := ""
	for _, s := range sheets {
		style := ""
		if s.state != "" {
			style = ` table:style-name="h"`
		}
		body += `<table:table table:name="` + s.name + `"` + style + `>` + s.rows + `</table:table>`
	}
	mime := newPart("mimetype", []byte("application/vnd.oasis.opendocument.spreadsheet"))
	mime.stored = true
	return pack([]entry{mime,
		newPart("content.xml", []byte(`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">`+
			`<office:automatic-styles><style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>`+body+`</office:spreadsheet></office:body></office:document-content>`)),
		newPart("META-INF/manifest.xml", []byte(`<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`))}, packing{})
}
