package pages

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
)

// link leads from a cell to a place in the same workbook.
type link struct{ at, to, tip string }

// mostLinks is how many cells of a sheet can be links (Microsoft, "Excel specifications and limits": 65,530), less those to
// files; mostFileLinks is well below it.
const mostLinks, mostFileLinks = 60_000, 3000

// Link makes a cell lead to a cell of another page, and says so by a tip. A page has so many at most; what comes after stays
// plain. They are written with the rows: excelize looks for each among all before it.
func (p *Page) Link(at string, to *Page, cell, tip string) {
	if len(p.links) < mostLinks {
		p.links = append(p.links, link{at, Quoted(to.Name) + "!" + cell, tip})
	}
}

var (
	linksElement = []byte("<hyperlinks>")
	// afterLinks finds the place of hyperlinks among the elements after the rows (CT_Worksheet, ECMA-376 part 1, 18.3.1.99).
	afterLinks = regexp.MustCompile(`<(printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches|ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts)\b|</worksheet>`)
)

// withLinks puts the links of a page into what follows its rows, which may have some to files already.
func (p *Page) withLinks(rest []byte) ([]byte, error) {
	if len(p.links) == 0 {
		return rest, nil
	}
	var b bytes.Buffer
	for _, l := range p.links {
		fmt.Fprintf(&b, `<hyperlink ref="%s" location="%s" tooltip="%s"></hyperlink>`, l.at, attribute(l.to), attribute(l.tip))
	}
	if i := bytes.Index(rest, linksElement); i >= 0 {
		i += len(linksElement)
		return bytes.Join([][]byte{rest[:i], b.Bytes(), rest[i:]}, nil), nil
	}
	at := afterLinks.FindIndex(rest)
	if at == nil {
		return nil, fmt.Errorf("the part does not end")
	}
	return bytes.Join([][]byte{rest[:at[0]], linksElement, b.Bytes(), []byte("</hyperlinks>"), rest[at[0]:]}, nil), nil
}

func attribute(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}
