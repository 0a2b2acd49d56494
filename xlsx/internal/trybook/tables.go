package trybook

import (
	"fmt"
	"strings"
)

// RelTypes is what the types of relationships begin with.
const RelTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// ColumnLetters is the name of a column, from 1 for A.
func ColumnLetters(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = fmt.Sprint(string(rune('A'+(n-1)%26)), s)
	}
	return s
}

// OdsCell is a cell of an OpenDocument spreadsheet that shows a text.
func OdsCell(attributes, text string) string {
	if text != "" {
		text = "<text:p>" + text + "</text:p>"
	}
	return `<table:table-cell ` + attributes + `>` + text + `</table:table-cell>`
}

// TableSheet is a sheet of a workbook that a test writes: its state, the XML of its rows, and what follows them.
type TableSheet struct{ Name, state, Rows, after string }

// SheetOf is a sheet with a name, a state, rows, and what stands after the rows, as they are written in the file.
func SheetOf(name, state, rows, after string) TableSheet { return TableSheet{name, state, rows, after} }

// tableFormats are the number formats of the styles 1, 2, … of TableWorkbook.
var tableFormats = []string{"0000", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd hh:mm", "@", "0.00", "0%", `"No. "0`, "0.00E+00", "#,##0", ";;;", "d-mmm", "mmm-yy"}

// TableWorkbook writes a workbook part by part, without a program that could have its own ideas of it.
func TableWorkbook(shared string, sheets ...TableSheet) []byte {
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const ct = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	list, rels, kinds, fmts, xfs := "", "", "", "", `<xf numFmtId="0"/>`
	var parts []Entry
	for i, s := range sheets {
		state := ""
		if s.state != "" {
			state = ` state="` + s.state + `"`
		}
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="s%d"%s/>`, s.Name, i+1, i+1, state)
		rels += fmt.Sprintf(`<Relationship Id="s%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i+1, RelTypes, i+1)
		kinds += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, ct)
		parts = append(parts, NewPart(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), []byte(head+`<worksheet `+main+`><sheetData>`+s.Rows+`</sheetData>`+s.after+`</worksheet>`)))
	}
	for i, f := range tableFormats {
		fmts += fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, strings.ReplaceAll(f, `"`, "&quot;"))
		xfs += fmt.Sprintf(`<xf numFmtId="%d" applyNumberFormat="1"/>`, 200+i)
	}
	rels += `<Relationship Id="st" Type="` + RelTypes + `styles" Target="styles.xml"/><Relationship Id="sst" Type="` + RelTypes + `sharedStrings" Target="sharedStrings.xml"/>`
	parts = append(parts,
		NewPart("[Content_Types].xml", []byte(head+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Override PartName="/xl/workbook.xml" ContentType="`+ct+`sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="`+ct+`styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="`+ct+`sharedStrings+xml"/>`+kinds+`</Types>`)),
		NewPart("_rels/.rels", []byte(head+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="w" Type="`+RelTypes+`officeDocument" Target="xl/workbook.xml"/></Relationships>`)),
		NewPart("xl/workbook.xml", []byte(head+`<workbook `+main+` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`+list+`</sheets></workbook>`)),
		NewPart("xl/_rels/workbook.xml.rels", []byte(head+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels+`</Relationships>`)),
		NewPart("xl/styles.xml", []byte(head+`<styleSheet `+main+`><numFmts>`+fmts+`</numFmts><cellXfs>`+xfs+`</cellXfs></styleSheet>`)),
		NewPart("xl/sharedStrings.xml", []byte(head+`<sst `+main+`>`+shared+`</sst>`)),
	)
	for i := range parts {
		parts[i].Stored = true // packing them is most of the work
	}
	return Pack(parts, Packing{})
}

// TableODS is an OpenDocument spreadsheet with the rows given on its sheets; the state hidden hides one.
func TableODS(sheets ...TableSheet) []byte {
	body := ""
	for _, s := range sheets {
		style := ""
		if s.state != "" {
			style = ` table:style-name="h"`
		}
		body += `<table:table table:name="` + s.Name + `"` + style + `>` + s.Rows + `</table:table>`
	}
	mime := NewPart("mimetype", []byte("application/vnd.oasis.opendocument.spreadsheet"))
	mime.Stored = true
	return Pack([]Entry{mime,
		NewPart("content.xml", []byte(`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">`+
			`<office:automatic-styles><style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>`+body+`</office:spreadsheet></office:body></office:document-content>`)),
		NewPart("META-INF/manifest.xml", []byte(`<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`))}, Packing{})
}
