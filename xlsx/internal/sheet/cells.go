package sheet

import (
	"bytes"
	"errors"
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// errOrder says that rows or cells are not in order, so that the sheet has to be read with its empty cells too:
// only then does it show whether a cell or row stands twice.
var errOrder = errors.New("rows or cells out of order")

// readSheet reads the cells of a worksheet (ECMA-376 Part 1, 18.3.1).
func (w *Workbook) readSheet(p *opc.Package, name string, sh *Sheet) error {
	cells, texts := w.cells, len(w.texts)
	sh.Cells = make([]Cell, 0, min(p.Size(name)/48, 8192))
	err := (&cellReader{w: w, sh: sh}).read(p, name)
	if errors.Is(err, errOrder) {
		w.cells, w.texts = cells, w.texts[:texts]
		*sh = Sheet{Name: sh.Name, Hidden: sh.Hidden}
		if err = (&cellReader{w: w, sh: sh, all: true}).read(p, name); err == nil {
			w.Notes = append(w.Notes, "The rows or cells of the sheet '"+sh.Name+"' are not in order in the file.")
		}
	}
	return err
}

type cellReader struct {
	w        *Workbook
	sh       *Sheet
	all      bool // keep empty cells, and take rows and cells in any order
	row, col int32
	hidden   bool // the current row
	rows     []int32
	data     int // number of sheetData elements
	now      Cell
	typ      [maxKind]byte
}

func (c *cellReader) read(p *opc.Package, name string) error {
	err := p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
		if s.Depth() == 1 {
			if !s.Is(nsMain, "worksheet") {
				return refuse.Damaged("it is not a worksheet")
			}
			return mustUnderstand(s)
		}
		if s.Space != nsMain {
			return s.Skip()
		}
		switch string(s.Local) {
		case "sheetData":
			if c.data++; c.data > 1 {
				return refuse.New(models.FileContradictory, "it has two tables of cells")
			}
			return c.sheetData(s)
		case "cols":
			return c.columns(s)
		case "mergeCells":
			return c.merges(s)
		}
		return s.Skip()
	})
	if err != nil {
		return err
	}
	if c.data == 0 {
		return refuse.In(name, refuse.Damaged("it has no table of cells"))
	}
	if c.all {
		return refuse.In(name, c.sort())
	}
	return nil
}

// children calls start for each child element of the one that the scanner stands at.
func children(s *xmlscan.Scanner, start func() error) error {
	depth := s.Depth()
	for {
		ev, err := s.Next()
		if err != nil {
			return err
		}
		switch ev {
		case xmlscan.Start:
			if err := start(); err != nil {
				return err
			}
		case xmlscan.End:
			if s.Depth() < depth {
				return nil
			}
		case xmlscan.Text:
			if !s.Blank() {
				return refuse.Damaged("it has text where none may be")
			}
		}
	}
}

func (c *cellReader) columns(s *xmlscan.Scanner) error {
	return children(s, func() error {
		hidden, _ := s.Raw("hidden")
		if s.Is(nsMain, "col") && isTrue(hidden) {
			from, ok := number(s, "min", maxCol)
			to, ok2 := number(s, "max", maxCol)
			if !ok || !ok2 || len(c.sh.hiddenCols) > maxCol {
				return refuse.Damaged("it has a column that cannot be")
			}
			c.sh.hiddenCols = append(c.sh.hiddenCols, [2]int32{from, to})
		}
		return s.Skip()
	})
}

func (c *cellReader) merges(s *xmlscan.Scanner) error {
	return children(s, func() error {
		if s.Is(nsMain, "mergeCell") {
			ref, _ := s.Raw("ref")
			m, ok := parseRange(ref)
			if !ok {
				return refuse.Damaged("it has merged cells that cannot be (%q)", ref)
			}
			if len(c.sh.Merges) == maxMerges {
				return refuse.New(models.FileOverLimit, "it has more than %d merged cells", maxMerges)
			}
			c.sh.Merges = append(c.sh.Merges, m)
		}
		return s.Skip()
	})
}

func number(s *xmlscan.Scanner, attr string, limit int64) (int32, bool) {
	b, _ := s.Raw(attr)
	n, err := strconv.ParseInt(string(b), 10, 32)
	return int32(n), err == nil && n >= 1 && n <= limit
}

func isTrue(b []byte) bool { return string(b) == "1" || string(b) == "true" }

func (c *cellReader) sheetData(s *xmlscan.Scanner) error {
	return children(s, func() error {
		if !s.Is(nsMain, "row") {
			return refuse.New(models.FileSheetUnsupported, "its table of cells holds something that is not understood")
		}
		row := c.row + 1
		c.hidden = false
		for i := range s.Attrs {
			switch a := &s.Attrs[i]; {
			case a.Space != xmlscan.NoSpace:
			case string(a.Local) == "r":
				var ok bool
				if row, ok = parseRow(a.Value); !ok {
					return refuse.Damaged("it has a row that cannot be (%q)", a.Value)
				}
			case string(a.Local) == "hidden":
				c.hidden = isTrue(a.Value)
			}
		}
		if row > maxRow {
			return refuse.Damaged("it has more rows than a sheet can have")
		}
		if row <= c.row && !c.all {
			return errOrder
		}
		c.row, c.col = row, 0
		if c.all {
			c.rows = append(c.rows, row)
		}
		return c.cellsOf(s)
	})
}

func (c *cellReader) cellsOf(s *xmlscan.Scanner) error {
	had := len(c.sh.Cells)
	if err := c.plainCells(s); err != nil {
		return err
	}
	err := children(s, func() error {
		if s.Is(nsMain, "c") {
			if err := c.cell(s); err != nil {
				return err
			}
			return c.plainCells(s)
		}
		if s.Is(nsMain, "extLst") {
			return s.Skip()
		}
		return refuse.New(models.FileSheetUnsupported, "a row in it holds something that is not understood")
	})
	if c.hidden && len(c.sh.Cells) > had {
		c.sh.hiddenRows = append(c.sh.hiddenRows, c.row)
	}
	return err
}

// plainCells reads the cells that follow, as long as they are of the simplest kind.
func (c *cellReader) plainCells(s *xmlscan.Scanner) error {
	for {
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
}

// plainContent is content for a cell of the simplest kind.
func (c *cellReader) plainContent(inside []xmlscan.Child, kind []byte, cl *Cell) error {
	from := len(c.w.texts)
	has := false
	for i := range inside {
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
	row, col := c.row, c.col+1
	for i := range s.Attrs {
		a := &s.Attrs[i]
		if a.Space != xmlscan.NoSpace || len(a.Local) != 1 {
			continue
		}
		switch a.Local[0] {
		case 'r':
			var ok bool
			if row, col, ok = parseRef(a.Value); !ok || row != c.row {
				return nil, refuse.Damaged("it has a cell that cannot be (%q in row %d)", a.Value, c.row)
			}
		case 's':
			n, ok := small(a.Value)
			if !ok || n >= len(c.w.formats) {
				return nil, refuse.At("", Ref(row, col), refuse.Damaged("a cell has a format that does not exist"))
			}
			cl.format = uint32(n)
		case 't':
			if len(a.Value) > len(c.typ) {
				return nil, refuse.New(models.FileSheetUnsupported, "it has a cell of an unknown kind (%q)", a.Value)
			}
			kind = c.typ[:copy(c.typ[:], a.Value)]
		}
	}
	if col > maxCol {
		return nil, refuse.Damaged("it has more columns than a sheet can have")
	}
	if col <= c.col && !c.all {
		return nil, errOrder
	}
	c.col = col
	cl.Row, cl.Col = row, col
	return kind, nil
}

// small reads a whole number that is not negative.
func small(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
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
			if err := s.Skip(); err != nil {
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

// classify makes a typed cell of the text from the given offset on (18.18.11, ST_CellType).
func (c *cellReader) classify(kind []byte, has bool, from int, cl *Cell) error {
	w := c.w
	v := w.texts[from:]
	cl.text, cl.textEnd = uint32(from), uint32(len(w.texts))
	text := string(kind) == "str" || string(kind) == "inlineStr"
	if !text {
		v = bytes.TrimSpace(v)
		copy(w.texts[from:], v)
		w.texts = w.texts[:from+len(v)]
		v = w.texts[from:]
		cl.textEnd = uint32(len(w.texts))
	}
	if !has || len(v) == 0 && !text {
		if has && string(kind) == "s" {
			return refuse.Damaged("a cell refers to a shared text without saying which")
		}
		w.texts = w.texts[:from]
		cl.textEnd = cl.text
		cl.NoValue = cl.Formula
		return nil
	}
	switch string(kind) {
	case "", "n":
		if !isNumber(v) {
			return refuse.Damaged("a cell holds a number that is none (%q)", clip(v))
		}
		cl.Kind = Number
		if w.formats[cl.format].Date {
			cl.Kind = Date
		}
	case "s":
		n, ok := small(v)
		if !ok || n >= len(w.strings) {
			return refuse.Damaged("a cell refers to a shared text that does not exist (%q)", clip(v))
		}
		w.texts = w.texts[:from]
		cl.Kind, cl.text, cl.textEnd = Text, 0, w.strings[n]
		if n > 0 {
			cl.text = w.strings[n-1]
		}
	case "str", "inlineStr":
		if string(kind) == "str" && bytes.Contains(v, []byte("_x")) {
			w.texts = w.texts[:from+len(unescape(v))]
			cl.textEnd = uint32(len(w.texts))
		}
		cl.Kind = Text
	case "b":
		switch string(v) {
		case "1", "true":
			w.texts = append(w.texts[:from], '1')
		case "0", "false":
			w.texts = append(w.texts[:from], '0')
		default:
			return refuse.Damaged("a cell holds a truth value that is none (%q)", clip(v))
		}
		cl.textEnd = uint32(len(w.texts))
		cl.Kind = Bool
	case "e":
		if v[0] != '#' {
			return refuse.Damaged("a cell holds an error value that is none (%q)", clip(v))
		}
		cl.Kind = Fault
	case "d":
		if _, ok := isoDate(string(v)); !ok {
			return refuse.Damaged("a cell holds a date that is none (%q)", clip(v))
		}
		cl.Kind = Date
	default:
		return refuse.New(models.FileSheetUnsupported, "a cell is of a kind that is not understood (%q)", clip(kind))
	}
	if cl.Kind == Text && cl.text == cl.textEnd && !cl.Formula {
		cl.Kind = Empty
	}
	return nil
}

func clip(b []byte) []byte { return b[:min(len(b), 40)] }

// isNumber says whether b is a finite decimal number as XML Schema writes a double.
func isNumber(b []byte) bool {
	i, digits := 0, 0
	if b[0] == '-' || b[0] == '+' {
		i++
	}
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
		digits++
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
			digits++
		}
	}
	if digits == 0 {
		return false
	}
	if i == len(b) && digits < 300 {
		return true
	}
	if len(b) > 400 || i < len(b) && b[i] != 'e' && b[i] != 'E' {
		return false
	}
	_, err := strconv.ParseFloat(string(b), 64)
	return err == nil
}

// sort puts the cells in order and drops the empty ones.
func (c *cellReader) sort() error {
	slices.Sort(c.rows)
	for i := 1; i < len(c.rows); i++ {
		if c.rows[i] == c.rows[i-1] {
			return refuse.New(models.FileContradictory, "it has row %d twice", c.rows[i])
		}
	}
	cells := c.sh.Cells
	slices.SortFunc(cells, func(a, b Cell) int {
		if a.Row != b.Row {
			return int(a.Row - b.Row)
		}
		return int(a.Col - b.Col)
	})
	for i := 1; i < len(cells); i++ {
		if cells[i].Row == cells[i-1].Row && cells[i].Col == cells[i-1].Col {
			return refuse.At("", Ref(cells[i].Row, cells[i].Col), refuse.New(models.FileContradictory, "it has a cell twice"))
		}
	}
	c.sh.Cells = slices.DeleteFunc(cells, func(cl Cell) bool { return cl.Kind == Empty && !cl.NoValue })
	slices.Sort(c.sh.hiddenRows)
	return nil
}
