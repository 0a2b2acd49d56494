package returns_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"

	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// theParts are the parts that matter most, some more often.
var theParts = []string{sheet2, sheet2, sheet2, sheet2, strings1, strings1, strings1, book, bookRels, types, rootRels, "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet6.xml", "docProps/custom.xml", "docProps/core.xml", "content.xml", "content.xml", "meta.xml"}

var pieces = []string{`<`, `>`, `"`, `'`, `&`, `&amp;`, `&lt;`, `</row>`, `<row>`, `</c>`, `<c r="I6"`, `<c r="I7" t="s"><v>3</v></c>`, `<v>`, `</v>`, `<v>3</v>`, ` t="s"`, ` t="str"`, ` t="n"`, ` s="0"`, ` r="6"`,
	`<is><t>4 – Developing</t></is>`, `<f>1+1</f>`, `<!--`, `-->`, `<![CDATA[`, `]]>`, `<?x?>`, `<!DOCTYPE a>`, `_x000D_`, "\u00a0", "\u200b", "\r", "\n", "\x00", "\x0b", "\xff", "\xe2\x80", "0", "9", "-", "E", "  ", `xmlns="urn:x"`, `</sheetData>`, `<sheetData>`, `</si>`, `<si><t>x</t></si>`, `<rPh sb="0" eb="1"><t>x</t></rPh>`}

var (
	elements = regexp.MustCompile(`(?s)<(row|c|si|sheet|Relationship|Override|property|xf|v|t|mergeCell|col|table:table-cell|table:table-row|text:p|meta:user-defined)\b[^>]*>.*?</(row|c|si|sheet|Relationship|Override|property|xf|v|t|mergeCell|col|table:table-cell|table:table-row|text:p|meta:user-defined)>`)
	numbers  = regexp.MustCompile(`[0-9]+`)
)

// mutateXML changes the XML of one part and packs the workbook anew, so that all checksums fit.
func mutateXML(r *rand.Rand, b *base) mutation {
	parts := b.parts()
	var there []string
	for _, n := range theParts {
		if slices.ContainsFunc(parts, func(e trybook.Entry) bool { return e.Name == n }) {
			there = append(there, n)
		}
	}
	name := there[r.IntN(len(there))]
	i := trybook.Find(parts, name)
	body := parts[i].Body
	what := name + ": "
	for range 1 + r.IntN(2) {
		if len(body) < 50 {
			break
		}
		at := r.IntN(len(body) - 41)
		n := 1 + r.IntN(40)
		switch r.IntN(10) {
		case 0:
			what += fmt.Sprintf("byte at %d; ", at)
			body[at] = byte(r.Uint32())
		case 1:
			what += fmt.Sprintf("%d bytes removed at %d; ", n, at)
			body = slices.Delete(body, at, at+n)
		case 2:
			what += fmt.Sprintf("%d bytes doubled at %d; ", n, at)
			body = slices.Insert(body, at, bytes.Clone(body[at:at+n])...)
		case 3:
			p := pieces[r.IntN(len(pieces))]
			what += fmt.Sprintf("%q put at %d; ", p, at)
			body = slices.Insert(body, at, []byte(p)...)
		case 4, 5: // a number changed
			if all := numbers.FindAllIndex(body, -1); len(all) > 0 {
				x := all[r.IntN(len(all))]
				p := []string{fmt.Sprint(r.IntN(1200)), fmt.Sprint(r.IntN(10)), "-1", "", "1048577", "99999999999"}[r.IntN(6)]
				what += fmt.Sprintf("%s at %d is %q; ", body[x[0]:x[1]], x[0], p)
				body = slices.Replace(body, x[0], x[1], []byte(p)...)
			}
		default: // an element removed, doubled, moved or swapped with another of its kind
			all := elements.FindAllIndex(body, -1)
			if len(all) == 0 {
				continue
			}
			x, y := all[r.IntN(len(all))], all[r.IntN(len(all))]
			e, f := bytes.Clone(body[x[0]:x[1]]), bytes.Clone(body[y[0]:y[1]])
			switch r.IntN(4) {
			case 0:
				what += fmt.Sprintf("%.40q removed; ", e)
				body = slices.Delete(body, x[0], x[1])
			case 1:
				what += fmt.Sprintf("%.40q doubled; ", e)
				body = slices.Insert(body, x[1], e...)
			case 2:
				what += fmt.Sprintf("%.40q instead of %.40q; ", e, f)
				body = slices.Replace(body, y[0], y[1], e...)
			case 3:
				if x[1] <= y[0] {
					what += fmt.Sprintf("%.40q and %.40q swapped; ", e, f)
					body = slices.Replace(body, y[0], y[1], e...)
					body = slices.Replace(body, x[0], x[1], f...)
				}
			}
		}
	}
	parts[i].Body = body
	return mutation{what: what, data: trybook.Pack(parts, trybook.Packing{}), valid: true}
}
