package sheet

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// restyled is a range whose cells a conditional format may show in another number format.
type restyled struct {
	where Range
	look  *Format
}

// maxRestyled is the largest number of such ranges on a sheet.
const maxRestyled = 2000

// conditionalLook reads what one differential format (ECMA-376 Part 1, 18.8.14) does to what a cell shows: its number
// format, whether it strikes the text through or gives it the colour of its background; nil for nothing of that. The
// scanner stands at the dxf.
func conditionalLook(s *xmlscan.Scanner) (*Format, error) {
	var f Format
	text, ground := colour{}, white
	err := children(s, func() error {
		switch string(s.Local) {
		case "numFmt":
			own := NewFormat(attr(s, "formatCode"))
			f.Code, f.Date, f.sections = own.Code, own.Date, own.sections
		case "font":
			return children(s, func() error {
				switch string(s.Local) {
				case "strike":
					f.look.struck = isOn(s)
				case "color":
					text = readColour(s)
				case "sz":
					f.look.unseen = f.look.unseen || isTiny(s)
				}
				return s.Skip()
			})
		case "fill":
			return children(s, func() error {
				ground = colour{}
				return children(s, func() error {
					if string(s.Local) == "bgColor" { // which is the colour of a plain fill here (18.8.32)
						ground = readColour(s)
					}
					return s.Skip()
				})
			})
		}
		return s.Skip()
	})
	f.look.unseen = f.look.unseen || text.known && ground.known && contrast(text, ground) < leastContrast
	if len(f.sections) == 0 && f.look == (look{}) {
		return nil, err
	}
	return &f, err
}

// conditional reads a set of rules of a sheet (18.3.1.18), for what they do to number formats.
func (c *cellReader) conditional(s *xmlscan.Scanner) error {
	ranges, _ := s.Raw("sqref")
	ranges = bytes.Clone(ranges)
	c.sh.Conditional = true
	return children(s, func() error {
		if !s.Is(nsMain, "cfRule") {
			return s.Skip()
		}
		v, ok := s.Raw("dxfId")
		if n, err := strconv.Atoi(string(v)); ok && err == nil && n >= 0 && n < len(c.w.conditional) {
			if err := c.restyle(ranges, c.w.conditional[n]); err != nil {
				return err
			}
		}
		return children(s, func() error {
			if isCover(s) {
				if err := c.restyle(ranges, &covered); err != nil {
					return err
				}
			}
			return s.Skip()
		})
	})
}

// covered is the look of a cell that shows an icon or a bar in place of its value.
var covered = Format{look: look{unseen: true}}

// isCover says whether a rule shows icons or bars without the value (18.3.1.49, 18.3.1.28). The scanner stands at it.
func isCover(s *xmlscan.Scanner) bool {
	if local := string(s.Local); local != "iconSet" && local != "dataBar" {
		return false
	}
	v, ok := s.Raw("showValue")
	return ok && !isTrue(v)
}

// extension reads the rules that Excel 2010 and later keep beside the others ([MS-XLSX] 2.6.10): each holds its
// format and, after it, its range.
func (c *cellReader) extension(s *xmlscan.Scanner) error {
	var looks []*Format
	depth := s.Depth()
	for {
		ev, err := s.Next()
		if err != nil {
			return err
		}
		switch ev {
		case xmlscan.End:
			if s.Depth() < depth {
				return nil
			}
		case xmlscan.Start:
			switch string(s.Local) {
			case "conditionalFormatting":
				c.sh.Conditional = true
				looks = looks[:0]
			case "iconSet", "dataBar":
				if isCover(s) {
					looks = append(looks, &covered)
				}
			case "dxf":
				f, err := conditionalLook(s)
				if err != nil {
					return err
				}
				if f != nil {
					looks = append(looks, f)
				}
			case "sqref":
				from := len(c.w.texts)
				if err := c.w.rawText(s); err != nil {
					return err
				}
				ranges := bytes.Clone(c.w.texts[from:])
				c.w.texts = c.w.texts[:from]
				for _, f := range looks {
					if err := c.restyle(ranges, f); err != nil {
						return err
					}
				}
			}
		}
	}
}

func (c *cellReader) restyle(ranges []byte, f *Format) error {
	if f == nil {
		return nil
	}
	for _, one := range bytes.Fields(ranges) {
		m, ok := parseRange(one)
		if !ok {
			m = Range{1, 1, maxRow, maxCol} // it is not known where: anywhere
		}
		if len(c.sh.restyled) == maxRestyled {
			return refuse.New(models.FileOverLimit, "it has more conditional formats than a return may have")
		}
		c.sh.restyled = append(c.sh.restyled, restyled{m, f})
	}
	return nil
}

// ShownElse is what the cell shows where a conditional format applies that has a number format of its own, if that
// is something else than the cell shows otherwise. known says whether it could be worked out.
func (w *Workbook) ShownElse(sh *Sheet, c *Cell) (text string, known, differs bool) {
	shown, ok := w.Shown(c)
	for _, r := range sh.restyled {
		if !r.where.Has(c.Row, c.Col) || len(r.look.sections) == 0 {
			continue
		}
		text, known = "", false
		switch c.Kind {
		case Number:
			if x, err := strconv.ParseFloat(w.Text(c), 64); err == nil {
				text, known = r.look.Show(x)
			}
		case Text:
			text, known = r.look.ShowText(w.Text(c))
		default:
			continue
		}
		if !known || !ok || text != shown {
			return text, known, true
		}
	}
	return "", false, false
}

// MayLookOtherwise says whether a conditional format may strike the cell's text through, hide it, or show an icon or a
// bar in its place.
func (s *Sheet) MayLookOtherwise(c *Cell) bool {
	return slices.ContainsFunc(s.restyled, func(r restyled) bool {
		return (r.look.look.struck || r.look.look.unseen) && r.where.Has(c.Row, c.Col)
	})
}

// readDrawing reads the texts of the text boxes and shapes that lie on a sheet (20.5), with the cell at which each
// begins. Pictures and charts have none.
func (w *Workbook) readDrawing(p *opc.Package, rels []opc.Relation, sh *Sheet) error {
	for _, r := range rels {
		if r.External || !strings.HasSuffix(r.Type, "/drawing") || !p.Has(r.Target) {
			continue
		}
		var n Note
		unnamed, last := -1, -1 // the object whose name comes next, and the last picture
		err := p.Scan(r.Target, spaces, func(s *xmlscan.Scanner) (err error) {
			switch string(s.Local) {
			case "pic":
				unnamed, err = sh.addObject(Object{Row: max(n.Row, 1), Col: max(n.Col, 1), Kind: Picture, Placed: n.Row > 0, Of: r.Target})
				last = unnamed
				return err
			case "blip":
				if last >= 0 && sh.Objects[last].Rel == "" {
					sh.Objects[last].Rel, _ = s.Value(nsRel, "embed")
				}
				return nil
			case "cNvPr":
				if unnamed >= 0 {
					sh.Objects[unnamed].Name = cmp.Or(attr(s, "descr"), attr(s, "name"))
					unnamed = -1
				}
				return nil
			case "from":
				n.Row, n.Col = 1, 1
				return children(s, func() error {
					if local := string(s.Local); local == "row" || local == "col" {
						at, err := w.wholeNumber(s)
						switch {
						case err != nil || at < 0:
							return err
						case local == "row" && at < maxRow:
							n.Row = int32(at) + 1
						case local == "col" && at < maxCol:
							n.Col = int32(at) + 1
						}
						return nil
					}
					return s.Skip()
				})
			case "txBody":
				n.Row, n.Col = max(n.Row, 1), max(n.Col, 1)
				var err error
				if n.Text, err = w.drawnText(s); err != nil {
					return err
				}
				return w.addDrawn(sh, n)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// drawnText collects the texts of a shape, its paragraphs on a line each.
func (w *Workbook) drawnText(s *xmlscan.Scanner) (string, error) {
	from, depth := len(w.texts), s.Depth()
	defer func() { w.texts = w.texts[:from] }()
	for {
		ev, err := s.Next()
		if err != nil {
			return "", err
		}
		switch {
		case ev == xmlscan.End && s.Depth() < depth:
			return string(w.texts[from:]), nil
		case ev == xmlscan.Start && string(s.Local) == "p" && len(w.texts) > from:
			w.texts = append(w.texts, '\n')
		case ev == xmlscan.Start && string(s.Local) == "t":
			if err := w.rawText(s); err != nil {
				return "", err
			}
		}
	}
}

func (w *Workbook) addDrawn(sh *Sheet, n Note) error {
	if w.notes += len(n.Text); w.notes > w.limits.Text || len(sh.Drawn) == maxNotes {
		return refuse.New(models.FileOverLimit, "it has more drawings with text than a return may have")
	}
	sh.Drawn = append(sh.Drawn, n)
	return nil
}
