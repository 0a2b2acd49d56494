package ods

import (
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// The size of a sheet in LibreOffice and Excel.
const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

// rowCell is a cell of the row that is being read: the row may be repeated.
type rowCell struct {
	col   int32
	count int32
	value sheet.Stored
}

// table reads a table (OpenDocument 1.3 Part 3, 9.1.2). The scanner stands at its Start, and then at its End.
func (r *reader) table(s *xmlscan.Scanner) error {
	name, _ := s.Value(nsTable, "name")
	style, _ := s.Value(nsTable, "style-name")
	if name == "" {
		return refuse.Damaged("it has a sheet without a name")
	}
	if err := r.b.Sheet(name, r.hidden[style]); err != nil {
		return err
	}
	r.row, r.col, r.struckCols = 0, 0, r.struckCols[:0]
	return refuse.At(name, "", r.part(s, false))
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

// part reads the columns and rows of a table, or of a group of them.
func (r *reader) part(s *xmlscan.Scanner, hidden bool) error {
	return children(s, func() error {
		if s.Is(nsCalc, "conditional-formats") {
			return r.conditionals(s)
		}
		if s.Space != nsTable {
			return s.Skip()
		}
		switch string(s.Local) {
		case "table-columns", "table-header-columns", "table-column-group", "table-rows", "table-header-rows", "table-row-group":
			display, _ := s.Value(nsTable, "display")
			return r.part(s, hidden || display == "false")
		case "table-column":
			n, err := count(s, "number-columns-repeated", maxCol)
			if err != nil {
				return err
			}
			if v, _ := s.Value(nsTable, "visibility"); v == "collapse" || v == "filter" || hidden {
				r.b.HideColumns(r.col+1, r.col+n)
			}
			if style, _ := s.Value(nsTable, "default-cell-style-name"); r.struck[style] {
				r.struckCols = append(r.struckCols, [2]int32{r.col + 1, r.col + n})
			}
			if r.col += n; r.col > maxCol {
				return refuse.Damaged("it has more columns than a sheet can have")
			}
			return s.Skip()
		case "table-row":
			return r.tableRow(s, hidden)
		case "shapes":
			return r.shapes(s)
		case "table":
			return refuse.New(models.FileSheetUnsupported, "it has a table inside a table")
		}
		return s.Skip()
	})
}

// count reads an attribute that says how often something is repeated: 1 where it is not given.
func count(s *xmlscan.Scanner, attr string, limit int64) (int32, error) {
	v, ok := s.Value(nsTable, attr)
	if !ok {
		return 1, nil
	}
	n, err := strconv.ParseInt(v, 10, 32)
	if err != nil || n < 1 || n > limit {
		return 0, refuse.Damaged("it repeats a cell, row or column in a way that cannot be (%q)", v)
	}
	return int32(n), nil
}

// tableRow reads a row and repeats it as often as it says.
func (r *reader) tableRow(s *xmlscan.Scanner, hidden bool) error {
	repeated, err := count(s, "number-rows-repeated", maxRow)
	if err != nil {
		return err
	}
	if v, _ := s.Value(nsTable, "visibility"); v == "collapse" || v == "filter" {
		hidden = true
	}
	style, _ := s.Value(nsTable, "default-cell-style-name")
	r.struckRow = r.struck[style]
	r.cells = r.cells[:0]
	col := int32(1)
	err = children(s, func() error {
		if s.Space != nsTable || string(s.Local) != "table-cell" && string(s.Local) != "covered-table-cell" {
			return refuse.New(models.FileSheetUnsupported, "a row in it holds something that is not understood")
		}
		n, err := count(s, "number-columns-repeated", maxCol)
		if err != nil {
			return err
		}
		if err := r.merge(s, col); err != nil {
			return err
		}
		if col+n-1 > maxCol {
			return refuse.Damaged("it has more columns than a sheet can have")
		}
		struck, style := r.isStruck(s, col), ""
		if own, ok := s.Value(nsTable, "style-name"); ok {
			style = own
		}
		v, err := r.cell(s)
		if err != nil {
			return refuse.At("", sheet.Ref(r.row+1, col), err)
		}
		if len(r.drawn) > 0 {
			if err := r.b.Drawn(r.row+1, col, string(r.drawn)); err != nil {
				return err
			}
		}
		for _, o := range r.objects {
			o.Placed = true
			if err := r.b.Object(r.row+1, col, o); err != nil {
				return err
			}
		}
		if err := r.b.Leads(sheet.Range{Top: r.row + 1, Left: col, Bottom: r.row + repeated, Right: col + n - 1}, r.link, r.formula); err != nil {
			return err
		}
		if r.note != "" {
			if err := r.b.Note(r.row+1, col, r.note); err != nil {
				return err
			}
		}
		if v.Kind != sheet.Empty || v.NoValue {
			v.Struck, v.Unseen = struck || r.struckText, sheet.Unreadable(r.colours[style], r.grounds[style])
			v.Ground = r.grounds[style]
			stored, err := r.b.Store(v)
			if err != nil {
				return err
			}
			r.cells = append(r.cells, rowCell{col, n, stored})
		}
		col += n
		return nil
	})
	if err != nil {
		return err
	}
	if r.row+repeated > maxRow {
		return refuse.Damaged("it has more rows than a sheet can have")
	}
	if len(r.cells) > 0 {
		for i := range repeated {
			for _, c := range r.cells {
				for j := range c.count {
					if err := r.b.Add(r.row+1+i, c.col+j, c.value); err != nil {
						return err
					}
				}
			}
			if hidden {
				r.b.HideRow(r.row + 1 + i)
			}
		}
	}
	r.row += repeated
	return nil
}

// isStruck says whether a cell is struck through by its own style, or else by that of its row or column (9.1.4). The
// scanner stands at it.
func (r *reader) isStruck(s *xmlscan.Scanner, col int32) bool {
	if own, ok := s.Value(nsTable, "style-name"); ok {
		return r.struck[own]
	}
	return r.struckRow || slices.ContainsFunc(r.struckCols, func(c [2]int32) bool { return col >= c[0] && col <= c[1] })
}

// merge notes the cells that a cell is spread over.
func (r *reader) merge(s *xmlscan.Scanner, col int32) error {
	wide, err := count(s, "number-columns-spanned", maxCol)
	if err != nil {
		return err
	}
	high, err := count(s, "number-rows-spanned", maxRow)
	if err != nil {
		return err
	}
	if wide == 1 && high == 1 {
		return nil
	}
	return r.b.Merge(sheet.Range{Top: r.row + 1, Left: col, Bottom: r.row + high, Right: col + wide - 1})
}
