package sheet

import (
	"bytes"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// ObjectKind is what an object is.
type ObjectKind uint8

// The kinds of objects. Charts are none: a workbook has its own.
const (
	Picture  ObjectKind = iota
	Embedded            // a file inside the file
	Control             // a checkbox, a button, or another control
)

// Object is something on a sheet that is not a value of a cell, and that nothing is read from.
type Object struct {
	// Row and Col are the cell at which it begins; 1, 1 where the file does not say.
	Row, Col int32
	Kind     ObjectKind
	// Name is what the file calls it, "" for nothing.
	Name string
	// Placed says that the file says where it lies.
	Placed bool
	// Of and Rel lead to its content: the relationship with the id Rel of the part Of. Rel is "" where there is none.
	Of, Rel string
	id      string // of its shape
}

// maxObjects is the largest number of objects, and of links, on a sheet that is read.
const maxObjects = 2000

// Link is an address outside of the workbook that cells lead to.
type Link struct {
	Range
	Address string
	rel     string
}

// Link is the address that a cell leads to, by a link of its own or by the function HYPERLINK, or "" for none.
// computed says that the cell has the function, and that its address is worked out.
func (s *Sheet) Link(row, col int32) (address string, computed bool) {
	for i := range s.links {
		if s.links[i].Has(row, col) && s.links[i].Address != "" {
			return s.links[i].Address, false
		}
	}
	if f, ok := s.special[[2]int32{row, col}]; ok && strings.Contains(f, "HYPERLINK(") {
		address = firstText(f, "HYPERLINK(")
		return address, address == ""
	}
	return "", false
}

// HoldsPicture says whether a cell holds a picture in place of a value: one that Excel placed in the cell, or the
// result of the functions IMAGE and (of WPS) DISPIMG.
func (s *Sheet) HoldsPicture(c *Cell) bool {
	if c.Rich {
		return true
	}
	f, ok := s.special[[2]int32{c.Row, c.Col}]
	return ok && (strings.Contains(f, "IMAGE(") || strings.Contains(f, "DISPIMG("))
}

// firstText is the text that is a function's first argument, "" where that is no plain text.
func firstText(formula, function string) string {
	_, rest, _ := strings.Cut(formula, function)
	rest = strings.TrimSpace(rest)
	if !strings.HasPrefix(rest, `"`) {
		return ""
	}
	var b strings.Builder
	for i := 1; i < len(rest); i++ {
		if rest[i] != '"' {
			b.WriteByte(rest[i])
			continue
		}
		if i++; i == len(rest) || rest[i] != '"' { // two stand for one
			after := strings.TrimSpace(rest[i:])
			if strings.HasPrefix(after, ",") || strings.HasPrefix(after, ";") || strings.HasPrefix(after, ")") {
				return b.String()
			}
			return ""
		}
		b.WriteByte('"')
	}
	return ""
}

// isSpecial says whether a formula may have a function that leads to another place or shows a picture. Most formulas lack
// a letter of their names, which is quickly seen.
func isSpecial(formula []byte) bool {
	return bytes.IndexByte(formula, 'Y') >= 0 && bytes.Contains(formula, []byte("HYPERLINK(")) ||
		bytes.IndexByte(formula, 'G') >= 0 && (bytes.Contains(formula, []byte("IMAGE(")) || bytes.Contains(formula, []byte("DISPIMG(")))
}

// keepFormula keeps the formula of a cell, if it is special.
func (s *Sheet) keepFormula(row, col int32, formula []byte) error {
	if !isSpecial(formula) {
		return nil
	}
	if len(s.special) == maxObjects {
		return refuse.New(models.FileOverLimit, "it has more links than a return may have")
	}
	if s.special == nil {
		s.special = map[[2]int32]string{}
	}
	s.special[[2]int32{row, col}] = string(formula)
	return nil
}

// links reads the links of a sheet (18.3.1.48); where they lead is said by its relationships.
func (c *cellReader) links(s *xmlscan.Scanner) error {
	return children(s, func() error {
		rel, _ := s.Value(nsRel, "id")
		if !s.Is(nsMain, "hyperlink") || rel == "" { // to a place in the workbook
			return s.Skip()
		}
		ref, _ := s.Raw("ref")
		where, ok := parseRange(ref)
		if !ok {
			return s.Skip()
		}
		if len(c.sh.links) == maxObjects {
			return refuse.New(models.FileOverLimit, "it has more links than a return may have")
		}
		c.sh.links = append(c.sh.links, Link{Range: where, rel: rel})
		return s.Skip()
	})
}

// resolveLinks finds where the links of a sheet lead.
func (sh *Sheet) resolveLinks(rels []opc.Relation) {
	if len(sh.links) == 0 {
		return
	}
	to := make(map[string]string, len(rels))
	for _, r := range rels {
		if r.External {
			to[r.ID] = r.Target
		}
	}
	for i := range sh.links {
		sh.links[i].Address = to[sh.links[i].rel]
	}
}

// aside reads the embedded files and controls of a sheet (18.3.1.59, 18.3.1.21), also where they stand in several
// versions, of which a program takes the first that it understands (ECMA-376 Part 3, 7.5). Cells, or what matters for
// reading them, are refused there.
func (c *cellReader) aside(s *xmlscan.Scanner) error {
	depth := s.Depth()
	at, begun := -1, false
	note := func(kind ObjectKind, name string) (err error) {
		id := attr(s, "shapeId")
		at, err = c.sh.addObject(Object{Row: 1, Col: 1, Kind: kind, Name: name, id: id})
		return err
	}
	if s.Space == nsMain && string(s.Local) == "control" {
		if err := note(Control, attr(s, "name")); err != nil {
			return err
		}
	}
	for {
		ev, err := s.Next()
		if err != nil {
			return err
		}
		if ev == xmlscan.End && s.Depth() < depth {
			return nil
		}
		if ev != xmlscan.Start {
			continue
		}
		switch local := string(s.Local); local {
		case "sheetData", "cols", "mergeCells", "conditionalFormatting", "sheetFormatPr":
			if s.Space == nsMain {
				return refuse.New(models.FileSheetUnsupported, "it holds its cells in several versions")
			}
		case "oleObject":
			if err = note(Embedded, attr(s, "progId")); err == nil {
				c.sh.Objects[at].Rel, _ = s.Value(nsRel, "id")
			}
		case "control":
			err = note(Control, attr(s, "name"))
		case "from", "to":
			begun = local == "from"
		case "row", "col":
			if begun && at >= 0 {
				err = c.place(s, &c.sh.Objects[at], local == "row")
			}
		}
		if err != nil {
			return err
		}
	}
}

// place reads the row or column at which an object begins. The scanner stands at it.
func (c *cellReader) place(s *xmlscan.Scanner, o *Object, row bool) error {
	n, err := c.w.wholeNumber(s)
	switch {
	case err != nil || n < 0:
		return err
	case row && n < maxRow:
		o.Row, o.Placed = int32(n)+1, true
	case !row && n < maxCol:
		o.Col, o.Placed = int32(n)+1, true
	}
	return nil
}

// wholeNumber reads the number that an element holds, or gives -1 where it holds none.
func (w *Workbook) wholeNumber(s *xmlscan.Scanner) (int, error) {
	from := len(w.texts)
	if err := w.rawText(s); err != nil {
		return 0, err
	}
	n, ok := small(bytes.TrimSpace(w.texts[from:]))
	if w.texts = w.texts[:from]; !ok {
		return -1, nil
	}
	return n, nil
}

// addObject adds an object, unless its shape is there already, and gives its place in the list.
func (sh *Sheet) addObject(o Object) (int, error) {
	for i := range sh.Objects {
		if o.id != "" && sh.Objects[i].id == o.id {
			return i, nil
		}
	}
	if len(sh.Objects) == maxObjects {
		return 0, refuse.New(models.FileOverLimit, "it has more pictures and embedded files than a return may have")
	}
	sh.Objects = append(sh.Objects, o)
	return len(sh.Objects) - 1, nil
}
