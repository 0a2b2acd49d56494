package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
)

// The gaps: what stands in the workbook of a round where each copy has something of its own. They are made of
// private-use characters, which no template or round has.
const (
	gapName = "\ue000\ue010\ue001"
	// gapHeader is the name once more, written for the header of a page.
	gapHeader          = "\ue000\ue011\ue001"
	gapReference       = "\ue000\ue012\ue001"
	gapRecipient       = "\ue000\ue013\ue001"
	gapSeal            = "\ue000\ue014\ue001"
	gapRound           = "\ue000\ue015\ue001"
	gapTemplate        = "\ue000\ue016\ue001"
	gapTemplateVersion = "\ue000\ue017\ue001"
	gapTemplateDigest  = "\ue000\ue018\ue001"
	gapSealedName      = "\ue000\ue019\ue001" // as the seal covers it
)

var wholeGaps = []string{gapName, gapHeader, gapReference, gapRecipient, gapSeal, gapRound, gapTemplate, gapTemplateVersion, gapTemplateDigest, gapSealedName}

// wholeManifest are the keys and values of the manifest, in the order in which they are written.
var wholeManifest = [][2]string{
	{keyFormat, manifestFormat},
	{keyRound, gapRound},
	{keyTemplate, gapTemplate},
	{keyTemplateVersion, gapTemplateVersion},
	{keyTemplateDigest, gapTemplateDigest},
	{keyRecipient, gapRecipient},
	{keyName, gapSealedName},
	{keySeal, gapSeal},
	{keyReference, gapReference},
}

func (b *book) writeManifest() {
	for i, kv := range b.manifestGaps() {
		b.put(SheetManifest, 1, i+1, kv[0], look{})
		b.put(SheetManifest, 2, i+1, kv[1], look{})
	}
}

// header and footer are those of every sheet. An ampersand begins a code there (ECMA-376 part 1, 18.3.1.46), and
// each has 255 characters at most.
func (b *book) header() string {
	left := b.rd.Title
	if b.rd.Look.Header != "" {
		left = b.rd.Look.Header
	}
	s := "&L&8" + headerText(" "+left, 44)
	if b.rd.Look.Marking != "" {
		s += "&C&8" + headerText(" "+b.rd.Look.Marking, 32)
	}
	return s + "&R&8 " + gapHeader
}

func (b *book) footer() string {
	s := "&L&8 " + pageText(b.w.Say("footer_reference", "reference", gapReference), 60)
	if b.rd.Look.Footer != "" {
		s += "&C&8" + headerText(" "+b.rd.Look.Footer, 60)
	}
	return s + "&R&8 " + b.pageNumber()
}

// pageNumber is the number of a page in its footer, and of how many.
func (b *book) pageNumber() string {
	text := strings.ReplaceAll(pageText(b.w.Get("footer_page"), 60), "{page}", "&P")
	return strings.ReplaceAll(text, "{pages}", "&N")
}

// headerName is the most of an organisation's name that the header of a page has room for, beside
// the title at the left and a marking in the middle.
const headerName = 44

// pageText writes a text for the header of a page, cut to a number of characters.
func pageText(s string, most int) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	text := string(runes)
	if strings.HasPrefix(s, " ") {
		text = " " + text
	}
	return strings.ReplaceAll(text, "&", "&&")
}

// headerText is pageText for where excelize writes it, which knows nothing of ST_Xstring (ECMA-376 part 1,
// 22.9.2.19).
func headerText(s string, most int) string {
	return sheetdata.Underscores(pageText(s, most))
}

// escaped writes a text for XML, as content or as attribute. Characters that XML cannot hold become U+FFFD.
func escaped(s string) string {
	var b strings.Builder
	// A strings.Builder does not fail.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// finish turns the workbook into parts: formulas get their cached values, and the parts that excelize leaves to
// chance, or writes in a way that other programs cannot read, are written anew.
func (b *book) finish() (*splice.Base, error) {
	if b.err != nil {
		return nil, b.err
	}
	for sheet, last := range b.used {
		// Excelize leaves the dimension at A1, and programs that read row by row (openpyxl) stop there.
		b.check(b.f.SetSheetDimension(sheet, "A1:"+cell(last[0], last[1])))
	}
	if b.err != nil {
		return nil, b.err
	}
	buf, err := b.f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	base, err := splice.Parse(buf.Bytes())
	if err != nil {
		return nil, err
	}
	for i, sheet := range b.f.GetSheetList() {
		name := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		part, ok := base.Part(name)
		if !ok {
			return nil, fmt.Errorf("the workbook has no part %s for the sheet %s", name, sheet)
		}
		part, err := withCached(part, b.cached[sheet])
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", sheet, err)
		}
		base.Set(name, part)
	}
	for i, part := range b.charts {
		base.Set(fmt.Sprintf("xl/charts/chart%d.xml", i+1), part)
	}
	for _, name := range base.Names() {
		if part, _ := base.Part(name); name == "[Content_Types].xml" {
			base.Set(name, sortedTypes(part))
		}
	}
	nameSheets(base, b.w)
	base.Set("docProps/core.xml", b.coreProperties())
	base.Set("docProps/custom.xml", b.customProperties())
	return base, nil
}

var formulaCell = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?) t="str"><f>([^<]*)</f>(?:<v></v>|<v/>)?</c>`)

// withCached adds to each formula of a sheet the value that it has in the blank workbook.
func withCached(part []byte, cached map[string]any) ([]byte, error) {
	n := 0
	out := formulaCell.ReplaceAllFunc(part, func(m []byte) []byte {
		x := formulaCell.FindSubmatch(m)
		n++
		kind, value := ` t="str"`, ""
		switch v := cached[string(x[1])].(type) {
		case string:
			value = sheetdata.Escape(v)
		case float64:
			kind, value = "", strconv.FormatFloat(v, 'g', -1, 64)
		default:
			kind, value = "", fmt.Sprint(v)
		}
		return fmt.Appendf(nil, `<c r="%s"%s%s><f>%s</f><v>%s</v></c>`, x[1], x[2], kind, x[3], value)
	})
	if have := bytes.Count(part, []byte("<f>")); n != have || n != len(cached) {
		return nil, fmt.Errorf("%d formulas with %d values, %d of them matched", have, len(cached), n)
	}
	return out, nil
}

var typeEntry = regexp.MustCompile(`<(?:Default|Override) [^>]*>(?:</(?:Default|Override)>)?`)

// sortedTypes puts the content types in order: excelize lists them as they come out of a map.
func sortedTypes(part []byte) []byte {
	entries := typeEntry.FindAll(part, -1)
	slices.SortFunc(entries, bytes.Compare)
	entries = slices.CompactFunc(entries, bytes.Equal)
	var out bytes.Buffer
	out.WriteString(xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`)
	out.Write(bytes.Join(entries, nil))
	out.WriteString("</Types>")
	return out.Bytes()
}

// coreProperties says title, language and times. The prefixes are the usual ones, since some programs look for
// them instead of the namespaces.
func (b *book) coreProperties() []byte {
	creator := b.rd.Organiser
	if creator == "" {
		creator = b.rd.Contact.Name
	}
	at := b.rd.Issued.UTC().Format(time.RFC3339)
	return []byte(xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(b.rd.Title) + `</dc:title><dc:subject>` + escaped(b.t.Title) + `</dc:subject>` +
		`<dc:creator>` + escaped(creator) + `</dc:creator><cp:lastModifiedBy>` + escaped(creator) + `</cp:lastModifiedBy>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at +
		`</dcterms:modified><dc:language>` + escaped(b.language()) + `</dc:language></cp:coreProperties>`)
}

// language is the BCP 47 tag of most of the workbook's texts: the round's, where the template has that language.
func (b *book) language() string {
	if words.Language(b.rd.Language) == words.Language(b.t.Language) {
		return b.rd.Language
	}
	return b.t.Language
}

// customProperties is the manifest as custom document properties (ECMA-376 part 1, 22.3).
func (b *book) customProperties() []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"` +
		` xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`)
	for i, kv := range b.manifestGaps() {
		// The format id is the one of custom properties; ids 0 and 1 are reserved.
		fmt.Fprintf(&out, `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="rubric.%s"><vt:lpwstr>%s</vt:lpwstr></property>`,
			i+2, kv[0], kv[1])
	}
	out.WriteString("</Properties>")
	return out.Bytes()
}
