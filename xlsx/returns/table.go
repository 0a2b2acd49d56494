package returns

import (
	"slices"
	"sort"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// table is a heading row with the rows below it, up to the next heading row or the end of the sheet.
type table struct {
	sh     *sheet.Sheet
	header int32
	last   int32
	// cols are the columns by what they are for, 0 for none.
	cols   [colStatement + 1]int32
	levels []levelColumn // columns of descriptors, the first of each level
	// other are the columns without a heading that is known: a text in them belongs nowhere.
	known columnSet
	twice []columnTwice
	// criteria are the rows that are a criterion's, in order.
	criteria []int32
	// dropped are columns of answers that were taken away, since they slipped.
	dropped []int32
	// unheaded are the columns that hold levels under headings that are not known, nil before they were looked for.
	unheaded *[]*unheaded
	// from and to are the first and last of its columns.
	from, to int32
}

// open says that no row has been found yet with which the table ends.
func (t *table) open() bool { return t.last == 0 }

// has says whether a cell lies in the table.
func (t *table) has(row, col int32) bool {
	return row >= t.header && row <= t.last && col >= t.from && col <= t.to
}

// asks says whether a row is a criterion's.
func (t *table) asks(row int32) bool {
	_, ok := slices.BinarySearch(t.criteria, row)
	return ok
}

// columnSet is a set of columns, as bits.
type columnSet []uint64

func (s *columnSet) add(col int32) {
	for len(*s) <= int(col>>6) {
		*s = append(*s, 0)
	}
	(*s)[col>>6] |= 1 << (col & 63)
}

func (s columnSet) has(col int32) bool { return int(col>>6) < len(s) && s[col>>6]&(1<<(col&63)) != 0 }

// columnTwice is a second column of one meaning.
type columnTwice struct {
	col    layout.Column
	second int32
}

// levelColumn is a column of descriptors.
type levelColumn struct {
	number int
	col    int32
}

// at is the column for something, if there is one.
func (t *table) at(c layout.Column) (int32, bool) { return t.cols[c], t.cols[c] > 0 }

// level is the column of a level's descriptors.
func (t *table) level(number int) (int32, bool) {
	for _, l := range t.levels {
		if l.number == number {
			return l.col, true
		}
	}
	return 0, false
}

// tables finds the tables of answers on all sheets.
func (rd *reading) tables() ([]*table, error) {
	var list []*table
	for _, sh := range rd.book.Sheets {
		var here []*table
		row := int32(0)
		for _, i := range rd.words(sh) {
			if sh.Cells[i].Row == row || !rd.decisive(&sh.Cells[i]) {
				continue
			}
			if err := rd.ctx.Err(); err != nil {
				return nil, err
			}
			row = sh.Cells[i].Row
			if t := rd.headerBeside(sh, sh.Row(row), here); t != nil {
				for _, o := range here {
					if o.open() && o.from <= t.to && t.from <= o.to {
						o.last = row - 1
					}
				}
				here = append(here, t)
			}
			if rd.headings > maxTables || len(here) > 0 && len(here[len(here)-1].twice) > maxTables {
				return nil, refuse.At(sh.Name, "", refuse.New(models.FileOverLimit, "the workbook has far more headings than the assessment"))
			}
		}
		for _, o := range here {
			if o.open() {
				o.last = sh.Cells[len(sh.Cells)-1].Row
			}
		}
		list = append(list, here...)
	}
	return list, nil
}

// maxTables is the largest number of rows in a workbook that can be heading rows of answers, and of columns in
// one of them that stand twice. Each costs a look at all cells.
const maxTables = 100

// headerBeside reads a row as a heading row. A table can begin beside another one that goes on, such as a copy
// that somebody keeps to the right: so what stands outside the others is looked at first.
func (rd *reading) headerBeside(sh *sheet.Sheet, row []sheet.Cell, others []*table) *table {
	if len(others) == 0 {
		return rd.header(sh, row)
	}
	var outside []sheet.Cell
	for i := range row {
		if !slices.ContainsFunc(others, func(o *table) bool { return o.open() && row[i].Col >= o.from && row[i].Col <= o.to }) {
			outside = append(outside, row[i])
		}
	}
	if len(outside) < len(row) && len(outside) > 1 {
		if t := rd.header(sh, outside); t != nil {
			return t
		}
	}
	return rd.header(sh, row)
}

// header reads a row as a heading row, or gives nil.
func (rd *reading) header(sh *sheet.Sheet, row []sheet.Cell) *table {
	if !slices.ContainsFunc(row, func(c sheet.Cell) bool { return rd.decisive(&c) }) {
		return nil
	}
	changed := map[layout.Column]string{}
	t := &table{sh: sh, header: row[0].Row}
	for i := range row {
		c := &row[i]
		w, ok := rd.headingAt(c)
		if !ok {
			continue
		}
		t.known.add(c.Col)
		if w.isLevel {
			if _, ok := t.level(w.level); !ok {
				t.levels = append(t.levels, levelColumn{w.level, c.Col})
			}
			continue
		}
		if _, ok := t.at(w.h.col); ok {
			t.twice = append(t.twice, columnTwice{w.h.col, c.Col})
			continue
		}
		t.cols[w.h.col] = c.Col
		if w.h.changed {
			changed[w.h.col] = rd.book.Text(c)
		}
	}
	words := 0
	for _, c := range []layout.Column{layout.Answer, layout.Target, layout.Evidence, layout.Comment, layout.Status, layout.Subject} {
		if _, ok := t.at(c); ok {
			words++
		}
	}
	_, hasRef := t.at(layout.Ref)
	_, hasAnswer := t.at(layout.Answer)
	if hasRef && (hasAnswer || words >= 2) || hasAnswer && words >= 2 {
		rd.headings++
	}
	switch {
	case hasRef && (hasAnswer || words >= 2 || len(t.levels) >= 2 && words >= 1):
	case hasAnswer && words >= 2:
		if !rd.refColumn(t) {
			return nil
		}
	default:
		return nil
	}
	if rd.isConsensus() {
		rd.viewColumns(t, row)
	}
	t.from, t.to = t.cols[layout.Ref], t.cols[layout.Ref]
	for i := range row {
		if col := row[i].Col; t.known.has(col) {
			t.from, t.to = min(t.from, col), max(t.to, col)
		}
	}
	cols := make([]layout.Column, 0, len(changed))
	for c := range changed {
		cols = append(cols, c)
	}
	sort.Slice(cols, func(i, j int) bool { return cols[i] < cols[j] })
	for _, c := range cols {
		rd.find(models.HeadingChanged, rd.cellAt(sh, t.header, t.cols[c]),
			"The heading '%s' was read as '%s'.", printable(changed[c]), c.Said())
	}
	return t
}

// decisive says whether a cell is a heading without which no row is a heading row: that of the references or that of
// the answers.
func (rd *reading) decisive(c *sheet.Cell) bool {
	w, ok := rd.headingAt(c)
	return ok && !w.isLevel && (w.h.col == layout.Ref || w.h.col == layout.Answer)
}

// shortestHeading is the length of the shortest text that can be a heading.
const shortestHeading = 3

// headingAt says what a cell stands for as a heading, if it is one.
func (rd *reading) headingAt(c *sheet.Cell) (w written, ok bool) {
	if c.Kind != sheet.Text {
		return written{}, false
	}
	text := rd.book.Bytes(c)
	if len(text) > rd.lex.longest || len(text) < shortestHeading {
		return written{}, false
	}
	w = rd.lex.heading(text)
	return w, w.isColumn || w.isLevel
}

// refColumn finds the column of the refs by what stands in it, where its heading is lost.
func (rd *reading) refColumn(t *table) bool {
	count := map[int32]int{}
	for i := range t.sh.Cells {
		c := &t.sh.Cells[i]
		if c.Row <= t.header || t.known.has(c.Col) || c.Kind != sheet.Text {
			continue
		}
		if rd.lex.refs[string(rd.book.Bytes(c))] != nil {
			count[c.Col]++
		}
	}
	best, most, next := int32(0), 0, 0
	for col, n := range count {
		if n > most {
			best, most, next = col, n, most
		} else if n > next {
			next = n
		}
	}
	if most < 3 || next > 0 {
		return false
	}
	t.cols[layout.Ref] = best
	t.known.add(best)
	rd.find(models.HeadingChanged, rd.cellAt(t.sh, t.header, best), "The heading over the references is missing; the column was found by the references in it.")
	return true
}

// cell finds the cell of a column in a row, or nil.
func (t *table) cell(row int32, c layout.Column) *sheet.Cell {
	col, ok := t.at(c)
	if !ok {
		return nil
	}
	return t.sh.Find(row, col)
}
