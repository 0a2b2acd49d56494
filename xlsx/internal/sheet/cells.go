package sheet

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// plainCells reads the cells that follow, as long as they are of the simplest kind.
func (c *cellReader) plainCells(s *xmlscan.Scanner) error {
	for !c.w.byPiece {
		if !c.all {
			n, _ := c.quickCells(s.Plain(nsMain), 0)
			s.Pass(n)
		}
		inside, ok := s.Flat("c", nsMain)
		if !ok {
			return nil
		}
		cl := &c.now
		*cl = Cell{}
		kind, err := c.attributes(s, cl)
		if err != nil {
			return err
		}
		if err := c.plainContent(inside, kind, cl); err != nil {
			return refuse.At("", Ref(cl.Row, cl.Col), err)
		}
		if err := c.keep(cl); err != nil {
			return err
		}
	}
	return nil
}

// plainContent is content for a cell of the simplest kind.
func (c *cellReader) plainContent(inside []xmlscan.Child, kind []byte, cl *Cell) error {
	from := len(c.w.texts)
	has := false
	for i := range inside {
		at := len(c.w.texts)
		switch x := &inside[i]; string(x.Local) {
		case "v":
			if has {
				return refuse.New(models.FileContradictory, "a cell has two values")
			}
			has = true
			c.w.texts = x.AppendText(c.w.texts)
			if len(c.w.texts) > c.w.limits.Text {
				return refuse.New(models.FileOverLimit, "the workbook holds more text than a return may have")
			}
		case "f":
			if cl.Formula {
				return refuse.New(models.FileContradictory, "a cell has two formulas")
			}
			cl.Formula = true
			c.w.texts = x.AppendText(c.w.texts)
			formula := c.w.texts[at:]
			if c.w.texts = c.w.texts[:at]; len(formula) > maxCellText {
				return tooLong()
			}
			if err := c.sh.keepFormula(cl.Row, cl.Col, formula); err != nil {
				return err
			}
		case "is":
			if len(x.Text) > 0 {
				return refuse.Damaged("it has text where none may be")
			}
			if has {
				return refuse.New(models.FileContradictory, "a cell has two values")
			}
			has = true
			if string(kind) != "inlineStr" {
				return refuse.New(models.FileContradictory, "a cell is of one kind and holds another")
			}
		default:
			return refuse.New(models.FileSheetUnsupported, "a cell holds something that is not understood")
		}
	}
	if has && string(kind) == "inlineStr" && string(inside[len(inside)-1].Local) != "is" {
		return refuse.New(models.FileContradictory, "a cell is of one kind and holds another")
	}
	return c.classify(kind, has, from, cl)
}

// maxKind is the length of the longest name of a kind of cells that is looked at.
const maxKind = 12

// cell reads one cell (18.3.1.4). The scanner stands at its Start, and then at its End.
func (c *cellReader) cell(s *xmlscan.Scanner) error {
	cl := &c.now
	*cl = Cell{}
	kind, err := c.attributes(s, cl)
	if err != nil {
		return err
	}
	if err := c.content(s, kind, cl); err != nil {
		return refuse.At("", Ref(cl.Row, cl.Col), err)
	}
	return c.keep(cl)
}

// attributes reads where a cell stands, its format and its kind, which is good until the next cell.
func (c *cellReader) attributes(s *xmlscan.Scanner, cl *Cell) (kind []byte, err error) {
	var ref, style []byte
	for i := range s.Attrs {
		a := &s.Attrs[i]
		if a.Space == xmlscan.NoSpace && string(a.Local) == "vm" {
			cl.Rich = true
		}
		if a.Space != xmlscan.NoSpace || len(a.Local) != 1 {
			continue
		}
		switch a.Local[0] {
		case 'r':
			ref = a.Value
		case 's':
			style = a.Value
		case 't':
			kind = a.Value
		}
	}
	if err := c.begin(cl, ref, style, kind); err != nil {
		return nil, err
	}
	return c.typ[:copy(c.typ[:], kind)], nil
}

// begin takes a cell's attributes as they are written; nil is for none.
func (c *cellReader) begin(cl *Cell, ref, style, kind []byte) error {
	row, col := c.row, c.col+1
	if ref != nil {
		var ok bool
		if row, col, ok = parseRef(ref); !ok || row != c.row {
			return refuse.Damaged("it has a cell that cannot be (%q in row %d)", ref, c.row)
		}
	}
	if len(style) > 0 { // an empty one says nothing
		n, ok := small(style)
		if !ok || n >= len(c.w.formats) {
			return refuse.At("", Ref(row, col), refuse.Damaged("a cell has a format that does not exist"))
		}
		cl.format = uint32(n)
	}
	switch {
	case len(kind) > maxKind:
		return refuse.New(models.FileSheetUnsupported, "it has a cell of an unknown kind (%q)", kind)
	case col > maxCol:
		return refuse.Damaged("it has more columns than a sheet can have")
	case col <= c.col && !c.all:
		return errOrder
	}
	c.col = col
	cl.Row, cl.Col = row, col
	return nil
}

// keep adds a cell to the sheet, if it has content.
func (c *cellReader) keep(cl *Cell) error {
	if cl.Kind == Empty && !cl.NoValue && !c.all {
		return nil
	}
	if c.w.cells++; c.w.cells > c.w.limits.Cells {
		return refuse.New(models.FileOverLimit, "the workbook has more than %d cells with content", c.w.limits.Cells)
	}
	c.sh.Cells = append(c.sh.Cells, *cl)
	return nil
}

// content reads what is inside a cell.
func (c *cellReader) content(s *xmlscan.Scanner, kind []byte, cl *Cell) error {
	w := c.w
	from := len(w.texts)
	hasValue, hasInline := false, false
	depth := s.Depth()
	for {
		ev, err := s.Next()
		if err != nil {
			return err
		}
		if ev == xmlscan.End && s.Depth() < depth {
			break
		}
		if ev == xmlscan.Text {
			if !s.Blank() {
				return refuse.Damaged("it has text where none may be")
			}
			continue
		}
		if ev != xmlscan.Start {
			continue
		}
		switch {
		case s.Is(nsMain, "v"):
			if hasValue || hasInline {
				return refuse.New(models.FileContradictory, "a cell has two values")
			}
			hasValue = true
			if err := w.rawText(s); err != nil {
				return err
			}
		case s.Is(nsMain, "f"):
			if cl.Formula {
				return refuse.New(models.FileContradictory, "a cell has two formulas")
			}
			cl.Formula = true
			at := len(w.texts)
			if err := w.rawText(s); err != nil {
				return err
			}
			formula := w.texts[at:]
			if w.texts = w.texts[:at]; len(formula) > maxCellText {
				return tooLong()
			}
			if err := c.sh.keepFormula(cl.Row, cl.Col, formula); err != nil {
				return err
			}
		case s.Is(nsMain, "is"):
			if hasValue || hasInline {
				return refuse.New(models.FileContradictory, "a cell has two values")
			}
			hasInline = true
			if _, err := w.richText(s); err != nil {
				return err
			}
		case s.Is(nsMain, "extLst"):
			if err := s.Skip(); err != nil {
				return err
			}
		default:
			return refuse.New(models.FileSheetUnsupported, "a cell holds something that is not understood")
		}
	}
	if hasInline != (string(kind) == "inlineStr") && (hasInline || hasValue) {
		return refuse.New(models.FileContradictory, "a cell is of one kind and holds another")
	}
	return c.classify(kind, hasValue || hasInline, from, cl)
}
