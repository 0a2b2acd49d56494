package pages

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
)

const (
	stringsPart = "xl/sharedStrings.xml"
	typesPart   = "[Content_Types].xml"
	corePart    = "docProps/core.xml"
)

// Save writes the workbook: the frame's parts as they are, and each sheet's part with its rows put in.
func (fr *Frame) Save(w io.Writer, title string) error {
	if fr.err != nil {
		return fr.err
	}
	var buf bytes.Buffer
	if err := fr.File.Write(&buf); err != nil {
		return err
	}
	base, err := splice.Parse(buf.Bytes())
	if err != nil {
		return err
	}
	types, _ := base.Part(typesPart)
	base.Set(typesPart, inOrder(types))
	base.Set(corePart, fr.core(title))
	for i := range fr.charts {
		base.Set(fmt.Sprintf("xl/charts/chart%d.xml", i+1), fr.chartXML(&fr.charts[i]))
	}
	for i, content := range fr.tables {
		base.Set(tablePart(i+1), content)
	}
	own := make([]string, 0, len(fr.pages)+1)
	for i := range fr.pages {
		own = append(own, sheetPart(i))
	}
	own = append(own, stringsPart)
	prepared, err := base.Prepare(nil, own...)
	if err != nil {
		return err
	}
	out, shared := prepared.NewWriter(w), sheetdata.NewStrings()
	for _, foremost := range []bool{true, false} {
		for i, p := range fr.pages {
			if p.Foremost != foremost {
				continue
			}
			part, _ := base.Part(sheetPart(i))
			if err := fr.saveSheet(out, shared, i, part); err != nil {
				return fmt.Errorf("sheet %s: %w", p.Name, err)
			}
		}
	}
	dst, err := out.Create(stringsPart)
	if err != nil {
		return err
	}
	if _, err := shared.WriteTo(dst); err != nil {
		return err
	}
	return out.Close()
}

// sheetPart is the part of the i-th sheet: excelize numbers them in the order in which they were added.
func sheetPart(i int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1) }

var rowsElement = regexp.MustCompile(`(?s)<sheetData\s*/>|<sheetData>.*</sheetData>`)

// afterRows finds the place for ignoredErrors among the elements after the rows (CT_Worksheet, ECMA-376 part
// 1, 18.3.1.99, is a sequence).
var afterRows = regexp.MustCompile(`<(smartTags|drawing|legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|</worksheet>`)

// excelize gives the ends of a data bar to programs of 2007; those in the extension, by which later programs go
// ([MS-XLSX], x14:dataBar), it leaves automatic, and the longest bar would be full whatever its share.
const (
	automaticEnds = `<x14:cfvo type="autoMin"></x14:cfvo><x14:cfvo type="autoMax"></x14:cfvo>`
	shareEnds     = `<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>1</xm:f></x14:cfvo>`
)

func (fr *Frame) saveSheet(out *splice.Writer, shared *sheetdata.Strings, i int, part []byte) error {
	part = bytes.ReplaceAll(part, []byte(automaticEnds), []byte(shareEnds))
	at := rowsElement.FindIndex(part)
	if at == nil {
		return fmt.Errorf("the part has no rows to put in")
	}
	dst, err := out.Create(sheetPart(i))
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(dst, "%s<sheetData>", part[:at[0]]); err != nil {
		return err
	}
	x := sheetdata.NewWriter(dst, shared)
	fr.pages[i].Write(x)
	if err := x.Close(); err != nil {
		return err
	}
	rest, err := fr.pages[i].withLinks(part[at[1]:])
	if err != nil {
		return err
	}
	// A conditional format may have an extLst of its own.
	formats := bytes.LastIndex(rest, []byte("</conditionalFormatting>")) + 1
	k := afterRows.FindIndex(rest[formats:])
	if k == nil {
		return fmt.Errorf("the part does not end")
	}
	after := formats + k[0]
	// Organisations' codes such as 0701 are text on purpose, and need no warning mark in each cell.
	_, err = fmt.Fprintf(dst, `</sheetData>%s<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>%s`, rest[:after], rest[after:])
	return err
}

var override = regexp.MustCompile(`<(Override|Default)\b[^>]*?(/>|></(Override|Default)>)`)

// inOrder sorts the content types, which excelize writes in an order that differs from run to run when there
// are charts.
func inOrder(types []byte) []byte {
	list := override.FindAllString(string(types), -1)
	slices.Sort(list)
	head := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`
	return []byte(head + strings.Join(list, "") + "</Types>")
}

// core writes the core properties (ISO/IEC 29500-2, 11): excelize leaves one element without its prefix, over
// which ExcelJS stumbles. The date is the round's, so that the same input gives the same bytes.
func (fr *Frame) core(title string) []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	element := func(name, attr, text string) {
		b.WriteString("<" + name + attr + ">")
		text, _ = sheetdata.Clean(text)
		_ = xml.EscapeText(&b, []byte(text)) // a write to a bytes.Buffer does not fail
		b.WriteString("</" + name + ">")
	}
	element("dc:title", "", title)
	element("dc:creator", "", FirstOf(fr.rd.Organiser, "rubric"))
	if fr.Mark != "" {
		element("dc:description", "", fr.Mark)
	}
	element("dc:language", "", fr.rd.Language)
	if !fr.rd.Issued.IsZero() {
		day := fr.rd.Issued.Format("2006-01-02T00:00:00Z")
		element("dcterms:created", ` xsi:type="dcterms:W3CDTF"`, day)
		element("dcterms:modified", ` xsi:type="dcterms:W3CDTF"`, day)
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.Bytes()
}

// FirstOf is the first text that is not empty.
func FirstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
