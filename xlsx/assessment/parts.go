package assessment

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/amend"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
	"github.com/xuri/excelize/v2"
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
	{layout.KeyFormat, layout.ManifestFormat},
	{layout.KeyRound, gapRound},
	{layout.KeyTemplate, gapTemplate},
	{layout.KeyTemplateVersion, gapTemplateVersion},
	{layout.KeyTemplateDigest, gapTemplateDigest},
	{layout.KeyRecipient, gapRecipient},
	{layout.KeyName, gapSealedName},
	{layout.KeySeal, gapSeal},
	{layout.KeyReference, gapReference},
	{layout.KeyLayout, layout.Layout},
}

func (b *book) writeManifest() {
	for i, kv := range b.manifestGaps() {
		b.Put(layout.SheetManifest, 1, i+1, kv[0], draw.Look{})
		b.Put(layout.SheetManifest, 2, i+1, kv[1], draw.Look{})
	}
}

// page says how a sheet is printed: paper of the round, the given orientation, as wide as the paper.
func (b *book) page(sheet, orientation string) {
	b.Paper(sheet, orientation)
	b.Check(b.File.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddHeader: b.header(), OddFooter: b.footer(),
	}))
}

// header and footer are those of every sheet. An ampersand begins a code there (ECMA-376 part 1, 18.3.1.46), and
// each has 255 characters at most.
func (b *book) header() string {
	left := b.Round.Title
	if b.Round.Look.Header != "" {
		left = b.Round.Look.Header
	}
	s := "&L&8" + headerText(" "+left, 44)
	if b.Round.Look.Marking != "" {
		s += "&C&8" + headerText(" "+b.Round.Look.Marking, 32)
	}
	return s + "&R&8 " + gapHeader
}

func (b *book) footer() string {
	s := "&L&8 " + draw.PageText(b.Words.Say("footer_reference", "reference", gapReference), 60)
	if b.Round.Look.Footer != "" {
		s += "&C&8" + headerText(" "+b.Round.Look.Footer, 60)
	}
	return s + "&R&8 " + b.PageNumber()
}

// headerName is the most of an organisation's name that the header of a page has room for, beside
// the title at the left and a marking in the middle.
const headerName = 44

// headerText is draw.PageText for where excelize writes it, which knows nothing of ST_Xstring (ECMA-376 part 1,
// 22.9.2.19).
func headerText(s string, most int) string {
	return sheetdata.Underscores(draw.PageText(s, most))
}

// finish turns the workbook into parts: formulas get their cached values, and the parts that excelize leaves to
// chance, or writes in a way that other programs cannot read, are written anew.
func (b *book) finish() (*splice.Base, error) {
	if b.Err != nil {
		return nil, b.Err
	}
	for sheet, last := range b.Used {
		// Excelize leaves the dimension at A1, and programs that read row by row (openpyxl) stop there.
		b.Check(b.File.SetSheetDimension(sheet, "A1:"+draw.Cell(last[0], last[1])))
	}
	if b.Err != nil {
		return nil, b.Err
	}
	buf, err := b.File.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	base, err := splice.Parse(buf.Bytes())
	if err != nil {
		return nil, err
	}
	for i, sheet := range b.File.GetSheetList() {
		name := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		part, ok := base.Part(name)
		if !ok {
			return nil, fmt.Errorf("the workbook has no part %s for the sheet %s", name, sheet)
		}
		if !b.prefilled || sheet == layout.SheetStart { // its counts know what is carried over
			if part, err = withCached(part, b.Cached[sheet]); err != nil {
				return nil, fmt.Errorf("sheet %s: %w", sheet, err)
			}
		}
		if b.grow[sheet] != nil {
			part = b.free(sheet, part)
		}
		base.Set(name, part)
	}
	if b.prefilled {
		if err := amend.Calculate(base, buf.Bytes(), nil); err != nil {
			return nil, err
		}
	}
	for i, part := range b.charts {
		base.Set(fmt.Sprintf("xl/charts/chart%d.xml", i+1), part)
	}
	for _, name := range base.Names() {
		if part, _ := base.Part(name); name == "[Content_Types].xml" {
			base.Set(name, amend.SortedTypes(part))
		}
	}
	nameSheets(base, b.Words)
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

// coreProperties says title, language and times. The prefixes are the usual ones, since some programs look for
// them instead of the namespaces.
func (b *book) coreProperties() []byte {
	creator := b.Round.Organiser
	if creator == "" {
		creator = b.Round.Contact.Name
	}
	at := b.Round.Issued.UTC().Format(time.RFC3339)
	return []byte(xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(b.Round.Title) + `</dc:title><dc:subject>` + escaped(b.t.Title) + `</dc:subject>` +
		`<dc:creator>` + escaped(creator) + `</dc:creator><cp:lastModifiedBy>` + escaped(creator) + `</cp:lastModifiedBy>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at +
		`</dcterms:modified><dc:language>` + escaped(b.language()) + `</dc:language></cp:coreProperties>`)
}

// language is the BCP 47 tag of most of the workbook's texts: the round's, where the template has that language.
func (b *book) language() string {
	if words.Language(b.Round.Language) == words.Language(b.t.Language) {
		return b.Round.Language
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
