package returns_test

import (
	"bytes"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

const (
	bookRels = "xl/_rels/workbook.xml.rels"
	rootRels = "_rels/.rels"
)

// renamed gives a part another name.
func renamed(p []trybook.Entry, from, to string) []trybook.Entry {
	p[trybook.Find(p, from)].Name = to
	return p
}

func without(name string) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry {
		i := trybook.Find(p, name)
		return append(p[:i:i], p[i+1:]...)
	})
}

func hostileWorkbooks() []damaged {
	twice, gone := refused(models.FileContradictory), refused(models.FileDamaged)
	rel := func(id, kind, target, more string) string {
		return `<Relationship Id="` + id + `" Type="` + trybook.RelTypes + kind + `" Target="` + target + `"` + more + `/>`
	}
	addRel := func(part, r string) func(*base) []byte { return swap(part, "</Relationships>", r+"</Relationships>") }
	list := []damaged{
		{name: "no list of content types", make: without(types), want: gone},
		{name: "no relationships", make: without(rootRels), want: refused(models.FileNotWorkbook)},
		{name: "no workbook", make: without(book), want: gone},
		{name: "no workbook relationships", make: without(bookRels), want: gone},
		{name: "no shared texts", make: without(strings1), want: gone},
		{name: "shared texts that nothing refers to", make: swap(bookRels, trybook.RelTypes+"sharedStrings", trybook.RelTypes+"sharedThings"), want: gone},
		{name: "no styles", make: without("xl/styles.xml"), want: gone},
		{name: "a sheet missing", make: without("xl/worksheets/sheet3.xml"), want: gone},
		{name: "a sheet without relationship", make: swap(book, `r:id="rId5"`, `r:id="rId55"`), want: gone},
		{name: "no theme, no pictures", make: packed(func(p []trybook.Entry) []trybook.Entry {
			kept := p[:0]
			for _, x := range p {
				if !strings.Contains(x.Name, "theme") && !strings.Contains(x.Name, "chart") {
					kept = append(kept, x)
				}
			}
			return kept
		}), want: same()},
		{name: "no properties", make: packed(func(p []trybook.Entry) []trybook.Entry {
			kept := p[:0]
			for _, x := range p {
				if !strings.HasPrefix(x.Name, "docProps/") {
					kept = append(kept, x)
				}
			}
			return kept
		}), want: same(models.FileNotStandard)},
		{name: "two sheets of one name", make: swap(book, `name="Results"`, `name="Assessment"`), want: twice},
		{name: "two sheets of one name but for case", make: swap(book, `name="Results"`, `name="ASSESSMENT"`), want: twice},
		{name: "a sheet without name", make: swap(book, `name="Results"`, `name=""`), want: twice},
		{name: "two sheets that are one part", make: swap(book, `r:id="rId5"`, `r:id="rId4"`), want: twice},
		{name: "two relationships to one sheet", make: swap(bookRels, "worksheets/sheet3.xml", "worksheets/sheet2.xml"), want: twice},
		{name: "two relationships of one name", make: addRel(bookRels, rel("rId4", "worksheet", "worksheets/sheet3.xml", "")), want: twice},
		{name: "two shared texts", make: packed(func(p []trybook.Entry) []trybook.Entry {
			p = trybook.Edit(p, bookRels, "</Relationships>", rel("rId99", "sharedStrings", "sharedStrings2.xml", "")+"</Relationships>")
			return append(p, trybook.NewPart("xl/sharedStrings2.xml", bytes.ReplaceAll(p[trybook.Find(p, strings1)].Body, []byte("1 – Beginning"), []byte("5 – Mastering"))))
		}), want: twice},
		{name: "two workbooks", make: packed(func(p []trybook.Entry) []trybook.Entry {
			p = trybook.Edit(p, rootRels, "</Relationships>", rel("rId99", "officeDocument", "xl/workbook2.xml", "")+"</Relationships>")
			return append(p, trybook.NewPart("xl/workbook2.xml", p[trybook.Find(p, book)].Body))
		}), want: twice},
		{name: "two content types of one part", make: swap(types, `</Types>`, `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`), want: twice},
		{name: "two lists of sheets", make: swap(book, `</sheets>`, `</sheets><sheets><sheet name="x" sheetId="9" r:id="rId5"/></sheets>`), want: twice},
		{name: "no sheets", make: body(book, func(b []byte) []byte {
			s := string(b)
			return []byte(s[:strings.Index(s, "<sheets>")] + s[strings.Index(s, "</sheets>")+9:])
		}), want: gone},
		{name: "shared texts under another name", make: packed(func(p []trybook.Entry) []trybook.Entry {
			return renamed(trybook.Edit(p, bookRels, "/xl/sharedStrings.xml", "texts/all.xml"), strings1, "xl/texts/all.xml")
		}), want: same()},
		{name: "a sheet in another folder, relative", make: packed(func(p []trybook.Entry) []trybook.Entry {
			return renamed(trybook.Edit(p, bookRels, "worksheets/sheet2.xml", "../sheets/./a%20b.xml"), sheet2, "sheets/a b.xml")
		}), want: same()},
		{name: "absolute targets", make: swapAll(bookRels, `Target="worksheets/`, `Target="/xl/worksheets/`), want: same()},
		{name: "targets in other case", make: swap(bookRels, "worksheets/sheet2.xml", "WorkSheets/Sheet2.XML"), want: same()},
		{name: "a target that climbs out", make: swap(bookRels, "worksheets/sheet2.xml", "../../../sheet2.xml"), want: gone},
		{name: "a relationship of the package that leads above its root", make: addRel(rootRels, rel("rId97", "customXml", "../customXml/item1.xml", "")), want: same()},
		{name: "a target that leads above the root and is there", make: swap(bookRels, "worksheets/sheet2.xml", "../../../xl/worksheets/sheet2.xml"), want: same()},
		{name: "a target with backslashes", make: swap(bookRels, "worksheets/sheet2.xml", `worksheets\sheet2.xml`), want: same()},
		{name: "a module of macros without a part", make: swap(book, "</sheets>", `<sheet name="Module1" sheetId="99" state="veryHidden" r:id="" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></sheets>`), want: same(models.FileMacros)},
		{name: "a sheet outside the file", make: swap(bookRels, `Target="worksheets/sheet2.xml"`, `TargetMode="External" Target="http://example.org/sheet2.xml"`), want: refused(models.FileSheetUnsupported)},
		{name: "shared texts outside the file", make: swap(bookRels, `Target="/xl/sharedStrings.xml"`, `TargetMode="External" Target="http://example.org/s.xml"`), want: refused(models.FileSheetUnsupported)},
		{name: "links to other places", make: addRel(bookRels, rel("rId98", "hyperlink", "file:///C:\\x", ` TargetMode="External"`)), want: same()},
		{name: "a relationship without name", make: addRel(bookRels, rel("", "theme", "theme/theme1.xml", "")), want: twice},
		{name: "a dialog sheet", make: swapAll(bookRels, `Target="worksheets/sheet3.xml" Type="`+trybook.RelTypes+`worksheet"`, `Target="worksheets/sheet3.xml" Type="`+trybook.RelTypes+`dialogsheet"`), want: same()},
		{name: "a sheet of an unknown kind", make: swapAll(bookRels, `Target="worksheets/sheet3.xml" Type="`+trybook.RelTypes+`worksheet"`, `Target="worksheets/sheet3.xml" Type="`+trybook.RelTypes+`newsheet"`), want: refused(models.FileSheetUnsupported)},
		{name: "strict relationships", make: packed(func(p []trybook.Entry) []trybook.Entry {
			for _, n := range []string{bookRels, rootRels, book, sheet2} {
				i := trybook.Find(p, n)
				p[i].Body = bytes.ReplaceAll(p[i].Body, []byte("http://schemas.openxmlformats.org/officeDocument/2006/relationships"), []byte("http://purl.oclc.org/ooxml/officeDocument/relationships"))
				p[i].Body = bytes.ReplaceAll(p[i].Body, []byte("http://schemas.openxmlformats.org/spreadsheetml/2006/main"), []byte("http://purl.oclc.org/ooxml/spreadsheetml/main"))
			}
			return p
		}), want: same()},
		{name: "dates from 1904", make: swap(book, "<workbookPr ", `<workbookPr date1904="1" `), want: same()},
		{name: "a workbook with macros", make: packed(func(p []trybook.Entry) []trybook.Entry {
			p = trybook.Edit(p, types, "spreadsheetml.sheet.main+xml", "XX")
			p = trybook.Edit(p, types, "application/vnd.openxmlformats-officedocument.XX", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
			p = trybook.Edit(p, bookRels, "</Relationships>", `<Relationship Id="rId97" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`)
			return append(p, trybook.NewPart("xl/vbaProject.bin", []byte("macros")))
		}), want: same(models.FileMacros)},
		{name: "saved as a template", make: swap(types, "spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml"), want: same()},
		{name: "a binary workbook", make: packed(func(p []trybook.Entry) []trybook.Entry {
			return trybook.Edit(p, types, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main")
		}), want: refused(models.FileBinaryExcel)},
		{name: "a text document", make: swap(types, "spreadsheetml.sheet.main+xml", "wordprocessingml.document.main+xml"), want: refused(models.FileDocument)},
		{name: "a presentation", make: swap(types, "spreadsheetml.sheet.main+xml", "presentationml.presentation.main+xml"), want: refused(models.FileDocument)},
		{name: "an office document of no known kind", make: swap(types, "spreadsheetml.sheet.main+xml", "something.else+xml"), want: refused(models.FileNotWorkbook)},
		{name: "a part of styles that is none", make: body("xl/styles.xml", func([]byte) []byte { return []byte("<a/>") }), want: gone},
		{name: "shared texts that are none", make: body(strings1, func([]byte) []byte { return []byte("<a/>") }), want: gone},
		{name: "a property twice", make: swap("docProps/custom.xml", `name="rubric.recipient"`, `name="rubric.round"`), want: same(models.ManifestContradictory)},
		{name: "properties that end too soon", make: body("docProps/custom.xml", func(b []byte) []byte { return b[:len(b)-20] }), want: gone},
		{name: "300 sheets", make: packed(func(p []trybook.Entry) []trybook.Entry {
			var sheets, rels strings.Builder
			for i := range 300 {
				n := string(rune('a'+i/26)) + string(rune('a'+i%26))
				sheets.WriteString(`<sheet name="` + n + `" sheetId="` + n + `" r:id="x` + n + `"/>`)
				rels.WriteString(rel("x"+n, "worksheet", "worksheets/"+n+".xml", ""))
			}
			p = trybook.Edit(p, book, "</sheets>", sheets.String()+"</sheets>")
			return trybook.Edit(p, bookRels, "</Relationships>", rels.String()+"</Relationships>")
		}), want: refused(models.FileOverLimit)},
	}
	for i := range list {
		list[i].class = "workbook"
	}
	return list
}
