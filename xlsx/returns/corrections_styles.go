package returns

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// styleGroups are the lists of a style sheet in their order (ECMA-376 Part 1, 18.8.39), with what the first entries of
// the four that cells need must be (18.8.20 for the two fills).
var styleGroups = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"}

var firstStyles = map[string][]string{
	"fonts":   {`<font><sz val="10"/><name val="Arial"/></font>`},
	"fills":   {`<fill><patternFill patternType="none"/></fill>`, `<fill><patternFill patternType="gray125"/></fill>`},
	"borders": {`<border><left/><right/><top/><bottom/><diagonal/></border>`},
	"cellXfs": {`<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`},
}

// styleSheet is a style sheet to which styles are added.
type styleSheet struct {
	d      *xmledit.Doc
	prefix string
	end    xmledit.Tag // of the root
	groups map[string]*styleGroup
}

// styleGroup is one list of a style sheet.
type styleGroup struct {
	open, close xmledit.Tag
	entries     [][]byte
	// there is how many entries the file has; those after it are added.
	there int
}

// readStyles reads a style sheet.
func readStyles(d *xmledit.Doc) (*styleSheet, error) {
	s := &styleSheet{d: d, groups: map[string]*styleGroup{}}
	var g *styleGroup
	from := 0
	return s, d.Walk(workbookSpaces, func(x *xmlscan.Scanner, t xmledit.Tag) error {
		switch {
		case t.Depth == 1 && t.End:
			s.end = t
		case t.Depth == 1:
			s.prefix = xmledit.Prefix(d.Bytes(t.From, t.To))
		case t.Depth == 2 && t.End:
			if g != nil {
				g.close = t
			}
			g = nil
		case t.Depth == 2:
			if name := string(x.Local); x.Space == inMain && s.groups[name] == nil {
				g = &styleGroup{open: t}
				s.groups[name] = g
			}
		case t.Depth == 3 && g != nil && !t.End:
			from = t.From
		case t.Depth == 3 && g != nil:
			g.entries = append(g.entries, d.Bytes(from, t.To))
			g.there++
		}
		return nil
	})
}

// add adds an entry to a list, and gives its number.
func (s *styleSheet) add(group string, entry []byte) int {
	g := s.groups[group]
	if g == nil {
		g = &styleGroup{}
		s.groups[group] = g
	}
	for _, first := range firstStyles[group][min(len(g.entries), len(firstStyles[group])):] {
		g.entries = append(g.entries, s.prefixed([]byte(first)))
	}
	g.entries = append(g.entries, entry)
	return len(g.entries) - 1
}

var tagName = regexp.MustCompile(`<(/?)([A-Za-z])`)

// prefixed gives XML of our own the prefix of the style sheet's elements.
func (s *styleSheet) prefixed(b []byte) []byte { return prefixed(s.prefix, b) }

func prefixed(prefix string, b []byte) []byte {
	if prefix == "" {
		return b
	}
	return tagName.ReplaceAll(b, []byte("<${1}"+prefix+"${2}"))
}

// marker gives a function that makes of a cell's style the same with fill and frame of something to mend.
func (s *styleSheet) marker(p draw.Palette) func(old int) int {
	fill := s.add("fills", s.prefixed(fmt.Appendf(nil, `<fill><patternFill patternType="solid"><fgColor rgb="FF%s"/><bgColor indexed="64"/></patternFill></fill>`, p.NeededFill)))
	var frame strings.Builder
	for _, side := range []string{"left", "right", "top", "bottom"} {
		fmt.Fprintf(&frame, `<%s style="medium"><color rgb="FF%s"/></%[1]s>`, side, p.Needed)
	}
	border := s.add("borders", s.prefixed([]byte("<border>"+frame.String()+"<diagonal/></border>")))
	made := map[int]int{}
	return func(old int) int {
		if id, ok := made[old]; ok {
			return id
		}
		xf := []byte(s.prefixed([]byte(firstStyles["cellXfs"][0])))
		if g := s.groups["cellXfs"]; g != nil && len(g.entries) > 0 {
			if old < 0 || old >= len(g.entries) {
				xf = g.entries[0]
			} else {
				xf = g.entries[old]
			}
		}
		made[old] = s.add("cellXfs", setIDs(xf, map[string]int{"fillId": fill, "borderId": border, "applyFill": 1, "applyBorder": 1}))
		return made[old]
	}
}

// setIDs gives a cell's style other numbers of what it is made of.
func setIDs(xf []byte, ids map[string]int) []byte {
	end := bytes.IndexByte(xf, '>') + 1
	tag := xf[:end]
	for _, name := range []string{"fontId", "fillId", "borderId", "applyFont", "applyFill", "applyBorder"} {
		if id, ok := ids[name]; ok {
			tag = xmledit.SetAttribute(tag, name, strconv.Itoa(id))
		}
	}
	return append(bytes.Clone(tag), xf[end:]...)
}

// take adds all that another style sheet, of our own making, has for cells, and says which style each becomes.
func (s *styleSheet) take(own *styleSheet) []int {
	number := map[string][]int{}
	for _, group := range []string{"fonts", "fills", "borders"} {
		if g := own.groups[group]; g != nil {
			for _, entry := range g.entries {
				number[group] = append(number[group], s.add(group, s.prefixed(entry)))
			}
		}
	}
	var styles []int
	for _, xf := range own.groups["cellXfs"].entries {
		ids := map[string]int{}
		for attribute, group := range map[string]string{"fontId": "fonts", "fillId": "fills", "borderId": "borders"} {
			ids[attribute] = number[group][xmledit.Number(xf, attribute)]
		}
		tag := setIDs(xf, ids)
		if s.groups["cellStyleXfs"] == nil {
			end := bytes.IndexByte(tag, '>') + 1
			tag = append(bytes.Clone(xmledit.WithoutAttribute(tag[:end], "xfId")), tag[end:]...)
		}
		styles = append(styles, s.add("cellXfs", s.prefixed(tag)))
	}
	return styles
}

// write puts what was added into the document.
func (s *styleSheet) write() {
	for i, name := range styleGroups {
		g := s.groups[name]
		if g == nil || len(g.entries) == g.there {
			continue
		}
		added := bytes.Join(g.entries[g.there:], nil)
		count := strconv.Itoa(len(g.entries))
		if g.open.To == 0 { // the file has no such list
			list := fmt.Appendf(nil, `<%s%s count="%s">%s</%[1]s%[2]s>`, s.prefix, name, count, added)
			at := s.end.From
			for _, later := range styleGroups[i+1:] {
				if l := s.groups[later]; l != nil && l.open.To > 0 {
					at = l.open.From
					break
				}
			}
			s.d.Replace(at, at, list)
			continue
		}
		tag := xmledit.SetAttribute(s.d.Bytes(g.open.From, g.open.To), "count", count)
		if g.open.Empty {
			s.d.Replace(g.open.From, g.open.To, xmledit.Fill(tag, added))
			continue
		}
		s.d.Replace(g.open.From, g.open.To, tag)
		s.d.Append(g.close, added)
	}
}
