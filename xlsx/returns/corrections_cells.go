package returns

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/xmledit"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// place is a cell: row and column from 1.
type place struct{ row, col int32 }

// cellMarker marks cells of one sheet, in one pass over its rows.
type cellMarker struct {
	d      *xmledit.Doc
	prefix string
	// want are the columns to be marked, in order, by row; rows are the rows in order.
	want map[int32][]int32
	rows []int32
	// style gives the mark to a style.
	style func(old int) int
	sizes *sizes

	inData   bool
	data     xmledit.Tag
	row, col int32
	rowTag   xmledit.Tag
	rowStyle int // that of cells that are not there yet; -1 for none
	met      map[place]bool
	rowsMet  map[int32]bool
	// before is where a row, or a cell of this row, that is not there yet has its place; 0 for at the end.
	before     map[int32]int
	cellBefore map[int32]int
	// nextRow and nextCol are the first ones of which that is not known.
	nextRow, nextCol int
}

// sizes are widths of columns in units of width, and heights of rows in points, as far as notes need them.
type sizes struct {
	cols   []columnSize
	rows   map[int32]float64
	height float64
}

type columnSize struct {
	first, last int32
	width       float64
	style       int
}

// markCells gives cells the mark. What a cell holds stays; a cell that is not there is added, and so is its row. It
// returns the sizes that tell where notes go.
func markCells(d *xmledit.Doc, cells []place, style func(old int) int) (*sizes, error) {
	m := &cellMarker{d: d, want: map[int32][]int32{}, style: style, sizes: &sizes{rows: map[int32]float64{}, height: 15},
		met: map[place]bool{}, rowsMet: map[int32]bool{}, before: map[int32]int{}, cellBefore: map[int32]int{}}
	for _, c := range cells {
		m.want[c.row] = append(m.want[c.row], c.col)
	}
	for row, cols := range m.want {
		slices.Sort(cols)
		m.want[row] = slices.Compact(cols)
		m.rows = append(m.rows, row)
	}
	slices.Sort(m.rows)
	return m.sizes, d.Walk(workbookSpaces, m.visit)
}

func (m *cellMarker) visit(s *xmlscan.Scanner, t xmledit.Tag) error {
	switch {
	case t.Depth == 1 && !t.End:
		m.prefix = xmledit.Prefix(m.d.Bytes(t.From, t.To))
	case s.Space != inMain:
	case t.Depth == 2 && string(s.Local) == "sheetFormatPr" && !t.End:
		m.sizes.height = number(s, "defaultRowHeight", m.sizes.height)
	case t.Depth == 3 && string(s.Local) == "col" && !t.End:
		m.column(s)
	case t.Depth == 2 && string(s.Local) == "sheetData":
		if !t.End {
			m.inData, m.data = true, t
			return nil
		}
		m.inData = false
		m.addRows(t)
	case !m.inData:
	case t.Depth == 3 && string(s.Local) == "row":
		if t.End {
			m.endRow(t)
			return nil
		}
		m.startRow(s, t)
	case t.Depth == 4 && string(s.Local) == "c" && !t.End:
		m.cell(s, t)
	}
	return nil
}

// number is an attribute that is a number.
func number(s *xmlscan.Scanner, name string, otherwise float64) float64 {
	v, ok := s.Raw(name)
	if x, err := strconv.ParseFloat(string(v), 64); ok && err == nil {
		return x
	}
	return otherwise
}

func (m *cellMarker) column(s *xmlscan.Scanner) {
	c := columnSize{int32(number(s, "min", 0)), int32(number(s, "max", 0)), number(s, "width", 0), int(number(s, "style", 0))}
	if hidden, _ := s.Raw("hidden"); string(hidden) == "1" || string(hidden) == "true" {
		c.width = 0
	}
	m.sizes.cols = append(m.sizes.cols, c)
}

func (m *cellMarker) startRow(s *xmlscan.Scanner, t xmledit.Tag) {
	m.row = int32(number(s, "r", float64(m.row+1)))
	m.rowTag, m.col, m.nextCol = t, 0, 0
	clear(m.cellBefore)
	m.rowStyle = -1
	if custom, _ := s.Raw("customFormat"); string(custom) == "1" || string(custom) == "true" {
		m.rowStyle = int(number(s, "s", 0))
	}
	if len(m.want[m.row]) > 0 {
		m.rowsMet[m.row] = true
	}
	for ; m.nextRow < len(m.rows) && m.rows[m.nextRow] < m.row; m.nextRow++ {
		m.before[m.rows[m.nextRow]] = t.From
	}
	if i, _ := slices.BinarySearch(m.rows, m.row+1); i > 0 && m.row-m.rows[i-1] <= noteRows {
		ht := number(s, "ht", m.sizes.height)
		if hidden, _ := s.Raw("hidden"); string(hidden) == "1" || string(hidden) == "true" {
			ht = 0
		}
		m.sizes.rows[m.row] = ht
	}
}

func (m *cellMarker) cell(s *xmlscan.Scanner, t xmledit.Tag) {
	m.col++
	if ref, ok := s.Raw("r"); ok {
		if _, col, ok := sheet.ParseRef(ref); ok {
			m.col = col
		}
	}
	cols := m.want[m.row]
	for ; m.nextCol < len(cols) && cols[m.nextCol] < m.col; m.nextCol++ {
		m.cellBefore[cols[m.nextCol]] = t.From
	}
	if _, ok := slices.BinarySearch(cols, m.col); !ok || m.met[place{m.row, m.col}] {
		return
	}
	m.met[place{m.row, m.col}] = true
	tag := m.d.Bytes(t.From, t.To)
	m.d.Replace(t.From, t.To, xmledit.SetAttribute(tag, "s", strconv.Itoa(m.style(int(number(s, "s", 0))))))
}

// endRow adds the cells of a row that are not there.
func (m *cellMarker) endRow(t xmledit.Tag) {
	added := map[int][]byte{}
	at := []int{}
	for _, col := range m.want[m.row] {
		if m.met[place{m.row, col}] {
			continue
		}
		m.met[place{m.row, col}] = true
		where := m.cellBefore[col]
		if where == 0 {
			where = t.From
		}
		if added[where] == nil {
			at = append(at, where)
		}
		added[where] = m.newCell(added[where], m.row, col, m.rowStyle)
	}
	if len(at) == 0 {
		return
	}
	// The row may say which columns it has, and no longer be right.
	tag := xmledit.WithoutAttribute(m.d.Bytes(m.rowTag.From, m.rowTag.To), "spans")
	if m.rowTag.Empty {
		m.d.Replace(m.rowTag.From, m.rowTag.To, xmledit.Fill(tag, added[t.From]))
		return
	}
	m.d.Replace(m.rowTag.From, m.rowTag.To, tag)
	for _, where := range at {
		m.d.Replace(where, where, added[where])
	}
}

// newCell appends an empty cell with the mark.
func (m *cellMarker) newCell(b []byte, row, col int32, style int) []byte {
	for _, c := range m.sizes.cols {
		if style < 0 && col >= c.first && col <= c.last {
			style = c.style
		}
	}
	return fmt.Appendf(b, `<%sc r="%s" s="%d"/>`, m.prefix, sheet.Ref(row, col), m.style(max(style, 0)))
}

// addRows adds the rows that are not there; t ends the rows.
func (m *cellMarker) addRows(t xmledit.Tag) {
	var atEnd []byte
	for _, row := range m.rows {
		if m.rowsMet[row] {
			continue
		}
		var b bytes.Buffer
		fmt.Fprintf(&b, `<%srow r="%d">`, m.prefix, row)
		for _, col := range m.want[row] {
			b.Write(m.newCell(nil, row, col, -1))
		}
		fmt.Fprintf(&b, `</%srow>`, m.prefix)
		if at := m.before[row]; at > 0 {
			m.d.Replace(at, at, b.Bytes())
			continue
		}
		atEnd = append(atEnd, b.Bytes()...)
	}
	switch {
	case atEnd == nil:
	case m.data.Empty:
		m.d.Append(m.data, atEnd)
	default:
		m.d.Append(t, atEnd)
	}
}
