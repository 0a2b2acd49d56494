package sheet

import (
	"errors"
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
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
	sh.Cells = w.newCells(int(min(p.Size(name)/48, 8192)))
	err := (&cellReader{w: w, sh: sh}).read(p, name)
	if errors.Is(err, errOrder) && w.take != nil {
		return refuse.In(name, refuse.New(models.FileSheetUnsupported, "its rows or cells are not in order in the file; open it in a spreadsheet program and save it"))
	}
	if errors.Is(err, errOrder) {
		w.cells, w.texts = cells, w.texts[:texts]
		w.forget(uint32(texts))
		*sh = Sheet{Name: sh.Name, Hidden: sh.Hidden}
		if err = (&cellReader{w: w, sh: sh, all: true}).read(p, name); err == nil {
			w.Notes = append(w.Notes, words.Sayf("The rows or cells of the sheet '%s' are not in order in the file.", sh.Name))
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
	zero     bool // rows are hidden unless they say how high they are
	rows     []int32
	data     int // number of sheetData elements
	now      Cell
	typ      [maxKind]byte
	tag      rowTag
}

func (c *cellReader) read(p *opc.Package, name string) error {
	err := p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
		if s.Depth() == 1 {
			if !s.Is(nsMain, "worksheet") {
				return refuse.Damaged("it is not a worksheet")
			}
			return mustUnderstand(s)
		}
		if s.Is(nsCompat, "AlternateContent") {
			return c.aside(s)
		}
		if s.Space != nsMain {
			return s.Skip()
		}
		switch string(s.Local) {
		case "sheetFormatPr":
			zero, _ := s.Raw("zeroHeight")
			c.zero = isTrue(zero)
			return s.Skip()
		case "sheetData":
			if c.data++; c.data > 1 {
				return refuse.New(models.FileContradictory, "it has two tables of cells")
			}
			return c.sheetData(s)
		case "cols":
			return c.columns(s)
		case "mergeCells":
			return c.merges(s)
		case "conditionalFormatting":
			return c.conditional(s)
		case "extLst":
			return c.extension(s)
		case "hyperlinks":
			return c.links(s)
		case "oleObjects", "controls":
			return c.aside(s)
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
		width, _ := s.Raw("width")
		if s.Is(nsMain, "col") && (isTrue(hidden) || nothing(width)) {
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
			if c.sh.Merges == nil {
				c.sh.Merges = make([]Range, 0, 32)
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

func has(s *xmlscan.Scanner, attr string) bool {
	_, ok := s.Raw(attr)
	return ok
}

// nothing says whether a height or width is so small that nothing can be seen: less than 1.
func nothing(b []byte) bool { return len(b) > 0 && b[0] == '0' }

func isTrue(b []byte) bool { return string(b) == "1" || string(b) == "true" }

func (c *cellReader) sheetData(s *xmlscan.Scanner) error {
	if err := c.quickRows(s); err != nil {
		return err
	}
	return children(s, func() error {
		if !s.Is(nsMain, "row") {
			return refuse.New(models.FileSheetUnsupported, "its table of cells holds something that is not understood")
		}
		row := c.row + 1
		c.hidden = c.zero && !has(s, "ht")
		for i := range s.Attrs {
			switch a := &s.Attrs[i]; {
			case a.Space != xmlscan.NoSpace:
			case string(a.Local) == "r":
				var ok bool
				if row, ok = parseRow(a.Value); !ok {
					return refuse.Damaged("it has a row that cannot be (%q)", a.Value)
				}
			case string(a.Local) == "hidden" && isTrue(a.Value), string(a.Local) == "ht" && nothing(a.Value):
				c.hidden = true
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
			if len(c.rows) == maxRow {
				return refuse.New(models.FileContradictory, "it has rows twice")
			}
			c.rows = append(c.rows, row)
		}
		if err := c.cellsOf(s, len(c.sh.Cells), len(c.w.texts)); err != nil {
			return err
		}
		return c.quickRows(s)
	})
}

// cellsOf reads the cells of the row that the scanner is in. had is the number of cells before the
// row, texts the length of w.texts.
func (c *cellReader) cellsOf(s *xmlscan.Scanner, had, texts int) error {
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
	if err != nil {
		return err
	}
	return c.flow(had, texts)
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
