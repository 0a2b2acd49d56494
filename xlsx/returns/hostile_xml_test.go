package returns_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// body makes a package in which f has changed the bytes of one part.
func body(name string, f func(b []byte) []byte) func(*base) []byte {
	return on(name, func(p *trybook.Entry) { p.Body = f(p.Body) })
}

// swap makes a package in which text in one part is replaced, once.
func swap(name, old, new string) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry { return trybook.Edit(p, name, old, new) })
}

// swapAll replaces all occurrences.
func swapAll(name string, oldNew ...string) func(*base) []byte {
	return body(name, func(b []byte) []byte { return []byte(strings.NewReplacer(oldNew...).Replace(string(b))) })
}

func asUTF16(order binary.AppendByteOrder, mark string, encoding string) func([]byte) []byte {
	return func(b []byte) []byte {
		s := strings.Replace(string(b), `encoding="UTF-8"`, `encoding="`+encoding+`"`, 1)
		out := []byte(mark)
		for _, u := range utf16.Encode([]rune(s)) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
}

func hostileXML() []damaged {
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	cutAt := func(mark string) func([]byte) []byte {
		return func(b []byte) []byte { return b[:bytes.Index(b, []byte(mark))] }
	}
	list := []damaged{
		{name: "sheet cut off in a row", make: body(sheet2, cutAt(`<row r="50"`)), want: refused(models.FileDamaged)},
		{name: "sheet cut off in a tag", make: body(sheet2, func(b []byte) []byte { return b[:bytes.Index(b, []byte(`<row r="50"`))+6] }), want: refused(models.FileDamaged)},
		{name: "sheet cut off in a character", make: body(sheet2, func(b []byte) []byte {
			return append(b[:bytes.Index(b, []byte(`<row r="50"`))], "<row><c t=\"inlineStr\"><is><t>\xE2\x80"...)
		}), want: refused(models.FileDamaged)},
		{name: "texts cut off", make: body(strings1, func(b []byte) []byte { return b[:len(b)-3000] }), want: refused(models.FileDamaged)},
		{name: "texts cut off and closed", make: body(strings1, func(b []byte) []byte {
			return append(b[:bytes.LastIndex(b[:len(b)-3000], []byte("<si>"))], "</sst>"...)
		}), want: refused(models.FileDamaged)},
		{name: "sheet malformed from a row on", make: swap(sheet2, `<row r="50"`, `<row r="50" <`), want: refused(models.FileDamaged)},
		{name: "a tag closed by another", make: swap(sheet2, `</row>`, `</c>`), want: refused(models.FileDamaged)},
		{name: "text after the end of the sheet", make: body(sheet2, func(b []byte) []byte { return append(b, "more"...) }), want: refused(models.FileDamaged)},
		{name: "a second root element", make: body(sheet2, func(b []byte) []byte { return append(b, "<more/>"...) }), want: refused(models.FileDamaged)},
		{name: "blank lines after the end of the sheet", make: body(sheet2, func(b []byte) []byte { return append(b, "\n\n"...) }), want: same()},
		{name: "an attribute twice", make: swap(sheet2, `<c r="I6"`, `<c r="I6" r="I7"`), want: refused(models.FileDamaged)},
		{name: "an attribute without quotes", make: swap(sheet2, `<c r="I6"`, `<c r=I6`), want: refused(models.FileDamaged)},
		{name: "an attribute whose name ends in a character without width", make: swap(sheet2, i6, strings.Replace(i6, ` t=`, " t\u200b=", 1)), want: refused(models.FileDamaged)},
		{name: "an attribute in single quotes", make: swap(sheet2, `<c r="I6"`, `<c r='I6'`), want: same()},
		{name: "a greater-than sign in an attribute", make: swap(sheet2, `<row r="6"`, `<row spans="1>2" r="6"`), want: same()},
		{name: "white space in tags", make: swapAll(sheet2, `<row r=`, "<row\n\tr=", `</row>`, "</row \n>"), want: same()},
		{name: "document type declaration", make: swap(sheet2, "?>", `?><!DOCTYPE worksheet>`), want: refused(models.FileHostile)},
		{name: "entities that grow", make: swap(strings1, "?>", `?><!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>`), want: refused(models.FileHostile)},
		{name: "an entity from a file", make: swap(book, "?>", `?><!DOCTYPE workbook [<!ENTITY a SYSTEM "file:///etc/passwd">]>`), want: refused(models.FileHostile)},
		{name: "an entity that is not declared", make: swap(strings1, "<t>Choice</t>", "<t>&copy;</t>"), want: refused(models.FileDamaged)},
		{name: "a bare ampersand", make: swap(strings1, "<t>Choice</t>", "<t>this & that</t>"), want: refused(models.FileDamaged)},
		{name: "a reference to no character", make: swap(strings1, "<t>Choice</t>", "<t>&#0;</t>"), want: refused(models.FileDamaged)},
		{name: "a reference to half a character", make: swap(strings1, "<t>Choice</t>", "<t>&#xD800;</t>"), want: refused(models.FileDamaged)},
		{name: "references in an answer", make: swap(strings1, "<t>4 – Developing</t>", "<t>4 &#8211; &#x44;eveloping</t>"), want: same()},
		{name: "CDATA in an answer", make: swap(strings1, "<t>4 – Developing</t>", "<t>4 <![CDATA[– Dev]]>eloping</t>"), want: same()},
		{name: "a comment in an answer", make: swap(strings1, "<t>4 – Developing</t>", "<t>4 – <!-- 5 – Mastering -->Developing</t>"), want: same()},
		{name: "a comment with two dashes", make: swap(strings1, "<t>4 – Developing</t>", "<t>4 – <!-- -- -->Developing</t>"), want: refused(models.FileDamaged)},
		{name: "an instruction in an answer", make: swap(strings1, "<t>4 – Developing</t>", "<t>4 – <?x 5?>Developing</t>"), want: same()},
		{name: "]]> in a text", make: swap(strings1, "<t>Choice</t>", "<t>]]></t>"), want: refused(models.FileDamaged)},
		{name: "a control character", make: swap(strings1, "<t>Choice</t>", "<t>Cho\x01ice</t>"), want: refused(models.FileDamaged)},
		{name: "a zero", make: swap(strings1, "<t>Choice</t>", "<t>Cho\x00ice</t>"), want: refused(models.FileDamaged)},
		{name: "bad UTF-8", make: swap(strings1, "<t>Choice</t>", "<t>Cho\xFFice</t>"), want: refused(models.FileDamaged)},
		{name: "overlong UTF-8", make: swap(strings1, "<t>Choice</t>", "<t>Cho\xC0\xAFice</t>"), want: refused(models.FileDamaged)},
		{name: "a surrogate in UTF-8", make: swap(strings1, "<t>Choice</t>", "<t>Cho\xED\xA0\x80ice</t>"), want: refused(models.FileDamaged)},
		{name: "U+FFFF", make: swap(strings1, "<t>Choice</t>", "<t>Cho\uFFFFice</t>"), want: refused(models.FileDamaged)},
		{name: "byte order mark", make: body(sheet2, func(b []byte) []byte { return append([]byte("\xEF\xBB\xBF"), b...) }), want: same()},
		{name: "no XML declaration", make: body(sheet2, func(b []byte) []byte { return b[bytes.Index(b, []byte("<worksheet")):] }), want: same()},
		{name: "XML declaration not at the start", make: body(sheet2, func(b []byte) []byte { return append([]byte("\n"), b...) }), want: refused(models.FileDamaged)},
		{name: "UTF-16, little end first", make: body(strings1, asUTF16(binary.LittleEndian, "\xFF\xFE", "UTF-16")), want: same()},
		{name: "UTF-16, big end first", make: body(sheet2, asUTF16(binary.BigEndian, "\xFE\xFF", "UTF-16")), want: same()},
		{name: "UTF-16 that says UTF-8", make: body(sheet2, asUTF16(binary.LittleEndian, "\xFF\xFE", "UTF-8")), want: refused(models.FileSheetUnsupported)},
		{name: "UTF-16 without its mark", make: body(sheet2, asUTF16(binary.LittleEndian, "", "UTF-16")), want: refused(models.FileSheetUnsupported)},
		{name: "UTF-16 with half a character", make: body(sheet2, func(b []byte) []byte {
			return append(asUTF16(binary.LittleEndian, "\xFF\xFE", "UTF-16")(b), 0x20)
		}), want: refused(models.FileDamaged)},
		{name: "Latin 1", make: swap(strings1, `encoding="UTF-8"`, `encoding="ISO-8859-1"`), want: refused(models.FileSheetUnsupported)},
		{name: "UTF-8 without its dash", make: swap(strings1, `encoding="UTF-8"`, `encoding="utf8"`), want: same()},
		{name: "US-ASCII that is UTF-8", make: swap(sheet2, `encoding="UTF-8"`, `encoding="us-ascii"`), want: same()},
		{name: "UTF-7", make: swap(strings1, `encoding="UTF-8"`, `encoding="UTF-7"`), want: refused(models.FileSheetUnsupported)},
		{name: "XML 1.1", make: swap(strings1, `version="1.0"`, `version="1.1"`), want: refused(models.FileSheetUnsupported)},
		{name: "nested 5,000 deep", make: swap(sheet2, "<sheetData>", strings.Repeat("<x>", 5000)+strings.Repeat("</x>", 5000)+"<sheetData>"), want: refused(models.FileOverLimit)},
		{name: "a thousand attributes", make: swap(sheet2, "<sheetData>", "<x"+attributes(1000)+"/><sheetData>"), want: refused(models.FileOverLimit)},
		{name: "a tag of 1 MB", make: swap(sheet2, "<sheetData>", `<x a="`+strings.Repeat("a", 1<<20)+`"/><sheetData>`), want: refused(models.FileOverLimit)},
		{name: "a tag of 200 kB, as long as a cell's text can be", make: swap(sheet2, "<sheetData>", `<x a="`+strings.Repeat("a", 200000)+`"/><sheetData>`), want: same()},
		{name: "a text of 1 MB", make: swap(strings1, "<t>Choice</t>", "<t>"+strings.Repeat("a", 1<<20)+"</t>"), want: refused(models.FileOverLimit)},
		{name: "a comment of 1 MB", make: swap(sheet2, "<sheetData>", "<!--"+strings.Repeat("a", 1<<20)+"--><sheetData>"), want: refused(models.FileOverLimit)},
		{name: "a prefix that is not declared", make: swap(sheet2, "<sheetData>", "<q:x/><sheetData>"), want: refused(models.FileDamaged)},
		{name: "another namespace inside", make: swap(sheet2, "<sheetData>", `<q:x xmlns:q="urn:q"><q:sheetData/></q:x><sheetData>`), want: same()},
		{name: "the strict namespace", make: swapAll(sheet2, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"), want: same()},
		{name: "a namespace of another kind", make: swapAll(sheet2, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "urn:sheets"), want: refused(models.FileDamaged)},
		{name: "no namespace", make: swap(sheet2, main, ""), want: refused(models.FileDamaged)},
		{name: "a prefix for every element", make: body(sheet2, prefixed), want: same()},
		{name: "cells in a namespace of their own", make: swap(sheet2, `<sheetData>`, `<sheetData xmlns="urn:q">`), want: refused(models.FileDamaged)},
		{name: "an extension that must be understood", make: swap(sheet2, "<worksheet ", `<worksheet mc:MustUnderstand="mc" `), want: refused(models.FileSheetUnsupported)},
		{name: "a choice of contents among the rows", make: swap(sheet2, `<row r="6"`, `<mc:AlternateContent><mc:Choice Requires="mc"/></mc:AlternateContent><row r="6"`), want: refused(models.FileSheetUnsupported)},
		{name: "an extension list in a cell", make: swap(sheet2, `<c r="I6" s="12" t="s"><v>2</v>`, `<c r="I6" s="12" t="s"><v>2</v><extLst><ext uri="x"><v>6</v></ext></extLst>`), want: same()},
	}
	for i := range list {
		list[i].class = "xml"
	}
	return list
}

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a")
		for ; i > 0; i /= 26 {
			b.WriteByte(byte('a' + i%26))
		}
		b.WriteString(`=""`)
	}
	return b.String()
}

// prefixed gives every element of a part a prefix.
func prefixed(b []byte) []byte {
	s := strings.Replace(string(b), "xmlns=", "xmlns:x=", 1)
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		out.WriteByte(s[i])
		if s[i] == '<' && s[i+1] != '?' && s[i+1] != '/' {
			out.WriteString("x:")
		} else if s[i] == '/' && s[i-1] == '<' {
			out.WriteString("x:")
		}
	}
	return []byte(out.String())
}
