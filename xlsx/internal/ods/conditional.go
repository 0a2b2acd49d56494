package ods

import (
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// conditional is a range to whose cells LibreOffice gives a style where a condition holds.
type conditional struct {
	sh           *sheet.Sheet
	where, style string
	// cover says that it shows an icon or a bar in place of the value.
	cover bool
}

// maxConditional is the largest number of such ranges.
const maxConditional = 5000

// conditionals notes the conditional formats of a table, which LibreOffice writes after its rows in a namespace of its
// own. The file holds what the cells show without them.
func (r *reader) conditionals(s *xmlscan.Scanner) error {
	sheets := r.b.Workbook().Sheets
	return children(s, func() error {
		if !s.Is(nsCalc, "conditional-format") {
			return s.Skip()
		}
		sheets[len(sheets)-1].Conditional = true
		where, _ := s.Value(nsCalc, "target-range-address")
		return children(s, func() error {
			style, ok := s.Value(nsCalc, "apply-style-name")
			if !ok {
				style, ok = s.Value(nsCalc, "style") // of a condition about dates
			}
			cover := false
			if s.Is(nsCalc, "icon-set") || s.Is(nsCalc, "data-bar") {
				var err error
				if cover, err = hidesValue(s); err != nil {
					return err
				}
			}
			if ok || cover {
				if len(r.conditional) == maxConditional {
					return refuse.New(models.FileOverLimit, "it has more conditional formats than a return may have")
				}
				r.conditional = append(r.conditional, conditional{sheets[len(sheets)-1], where, style, cover})
			}
			if s.Is(nsCalc, "icon-set") || s.Is(nsCalc, "data-bar") {
				return nil // it was read to its end
			}
			return s.Skip()
		})
	})
}

// hidesValue says whether icons or bars stand in place of the value. LibreOffice writes that on the element of bars, and on
// the first entry of icons. The scanner stands at the Start of the element, and then at its End.
func hidesValue(s *xmlscan.Scanner) (bool, error) {
	shows, _ := s.Value(nsCalc, "show-value")
	hides := shows == "false"
	err := children(s, func() error {
		if shows, _ := s.Value(nsCalc, "show-value"); shows == "false" {
			hides = true
		}
		return s.Skip()
	})
	return hides, err
}

// restyle finds the conditional formats whose style has a number format of its own (19.473, style:data-style-name): what
// the cells show then is not followed; and those that strike the text through, hide it, or cover it.
func (r *reader) restyle(p *opc.Package) error {
	if len(r.conditional) == 0 {
		return nil
	}
	own, hides, err := r.looks(p)
	if err != nil {
		return err
	}
	for _, c := range r.conditional {
		for _, where := range ranges(c.where) {
			if own[c.style] {
				err = r.b.Restyle(c.sh, where)
			}
			if err == nil && (hides[c.style] || c.cover) {
				err = r.b.Hide(c.sh, where)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// looks lists the styles that have a number format of their own, and those that strike text through or give it the colour
// of its background. A style is meant by either of its names.
func (r *reader) looks(p *opc.Package) (own, hides map[string]bool, err error) {
	own, hides = map[string]bool{}, map[string]bool{}
	if !p.Has("styles.xml") {
		return own, hides, nil
	}
	var names []string
	text, ground, struck := "", "", false
	err = p.Scan("styles.xml", spaces, func(s *xmlscan.Scanner) error {
		switch {
		case s.Is(nsStyle, "style"):
			names, text, ground, struck = nil, "", "", false
			_, formats := s.Value(nsStyle, "data-style-name")
			for _, key := range []string{"name", "display-name"} {
				if v, ok := s.Value(nsStyle, key); ok {
					names = append(names, v)
					own[v] = own[v] || formats
				}
			}
		case s.Is(nsStyle, "text-properties"), s.Is(nsStyle, "table-cell-properties"):
			if v, ok := s.Value(nsFO, "color"); ok {
				text = v
			}
			if v, ok := s.Value(nsFO, "background-color"); ok && s.Is(nsStyle, "table-cell-properties") {
				ground = v
			}
			struck = struck || lined(s, "text-line-through-style") || lined(s, "text-line-through-type")
			for _, name := range names {
				hides[name] = struck || sheet.Unreadable(text, ground)
			}
		}
		if len(own) > 2*maxConditional {
			return refuse.New(models.FileOverLimit, "it has more styles than a return may have")
		}
		return nil
	})
	return own, hides, err
}

// ranges makes A1:B2 of each range of a list such as Sheet.A1:Sheet.B2 'My sheet'.C3 (18.3.5).
func ranges(list string) (out []string) {
	one, from, quoted := "", 0, false
	cell := func(end int) { // a cell's address ends: what follows the last dot of it
		at := list[from:end]
		one += strings.ReplaceAll(at[strings.LastIndexByte(at, '.')+1:], "$", "")
		from = end + 1
	}
	for i := range len(list) {
		switch c := list[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == ':':
			cell(i)
			one += ":"
		case c == ' ':
			cell(i)
			out, one = append(out, one), ""
		}
	}
	cell(len(list))
	return append(out, one)
}
