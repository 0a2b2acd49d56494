package returns

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// objects reports the pictures, embedded files and controls that lie on the sheets with answers: nothing is read from
// them, and they may be evidence, or even answers.
func (rd *reading) objects(used []*table) {
	var done []*sheet.Sheet
	for _, t := range used {
		if slices.Contains(done, t.sh) {
			continue
		}
		done = append(done, t.sh)
		for _, o := range t.sh.Objects {
			called := words.Said{}
			if name := printable(o.Name); name != "" {
				called = words.Sayf(" ('%s')", name)
			}
			where := words.Sayf(" over the cell")
			if !o.Placed {
				where = words.Sayf(" on the sheet; the file does not say where")
			}
			at := rd.cellAt(t.sh, o.Row, o.Col)
			rd.showsObject(used, t.sh, o, at)
			switch o.Kind {
			case sheet.Picture:
				rd.inRow(used, models.PictureNotRead, at, o.Row, t.sh, "A picture%s lies%s.", called, where)
			case sheet.Embedded:
				rd.inRow(used, models.ObjectNotRead, at, o.Row, t.sh, "An embedded file%s lies%s.", called, where)
			default:
				rd.inRow(used, models.ControlNotRead, at, o.Row, t.sh, "A checkbox or another control%s lies%s.", called, where)
			}
		}
	}
}

// inRow adds a finding, with the criterion in whose row it is.
func (rd *reading) inRow(used []*table, code models.Code, at models.Origin, row int32, sh *sheet.Sheet, message string, values ...any) {
	f := models.NewFinding(code, at, message, values...)
	f.Ref = rd.refInRow(used, row, sh)
	rd.add(f)
}

// refInRow is the criterion in whose row something lies, "" for none.
func (rd *reading) refInRow(used []*table, row int32, sh *sheet.Sheet) (ref string) {
	for _, t := range used {
		if t.sh != sh || row <= t.header || row > t.last {
			continue
		}
		if cell := t.cell(row, layout.Ref); cell != nil {
			if c := rd.lex.refs[rd.book.Text(cell)]; c != nil {
				ref = c.Ref
			}
		}
	}
	return ref
}

// linked is a text with the address that its cell leads to beside it, unless the text has it itself.
func (rd *reading) linked(h hit, c *sheet.Cell, at models.Origin, text string) string {
	address, computed := h.t.sh.Link(c.Row, c.Col)
	switch {
	case computed:
		rd.about(models.TextLink, at, h.c, "The cell is a link whose address is worked out by a formula; the address was not kept.")
	case address != "":
		address = printable(address)
		rd.about(models.TextLink, at, h.c, "The cell is a link to %s. The address is kept with the text.", address)
		if !strings.Contains(text, address) {
			return strings.TrimSpace(text + " <" + address + ">")
		}
	}
	return text
}

// linkWithoutText keeps the address of a link whose cell has no text, and says of a cell that is empty to the eye of a
// reader of values that a picture is in it.
func (rd *reading) linkWithoutText(h hit, col layout.Column, at models.Origin) string {
	n, ok := h.t.at(col)
	if !ok {
		return ""
	}
	return rd.linked(h, &sheet.Cell{Row: h.row, Col: n}, at, "")
}

// coloured reports descriptors that are marked in rows without a level: some people colour what holds, put a cross over
// it, or strike out the rest, and leave the list alone.
func (rd *reading) coloured(used []*table) {
	rd.colouredElsewhere()
	for _, t := range used {
		var first models.Origin
		rows, how := 0, words.Said{}
		answers := rd.ret.Answers()
		for i := range answers {
			a := &answers[i]
			row, ok := rowOf(a.Level.Origin.Cell)
			if !ok || a.Level.Origin.Sheet != t.sh.Name || !a.Level.Value.IsBlank() || row <= t.header || row > t.last {
				continue
			}
			if col, by, ok := rd.marked(t, row); ok {
				if rows++; rows == 1 {
					first, how = rd.cellAt(t.sh, row, col), by
				}
			}
		}
		rd.markedRows(first, rows, how)
	}
}

func (rd *reading) markedRows(first models.Origin, rows int, how words.Said) {
	if rows > 0 {
		rd.find(models.LevelsColoured, first, "In %d of the rows without a level, descriptions of levels are %s, from here on. That is not read as an answer.", rows, how)
	}
}

// colouredElsewhere is coloured for descriptors that stand on another sheet than the answers.
func (rd *reading) colouredElsewhere() {
	var first models.Origin
	rows, how := 0, words.Said{}
	answers := rd.ret.Answers()
	for i := range answers {
		h, ok := rd.levelsOf[rd.lex.refs[answers[i].Ref]]
		if !ok || !answers[i].Level.Value.IsBlank() {
			continue
		}
		if col, by, ok := rd.marked(h.t, h.row); ok {
			if rows++; rows == 1 {
				first, how = rd.cellAt(h.t.sh, h.row, col), by
			}
		}
	}
	rd.markedRows(first, rows, how)
}

// crosses are what people put in a cell to tick it.
var crosses = map[string]bool{"x": true, "xx": true, "*": true, "✓": true, "✔": true, "✗": true, "✘": true, "☑": true, "☒": true, "√": true, "●": true, "•": true}

// cross says whether a cell holds nothing but a tick.
func (rd *reading) cross(c *sheet.Cell) bool {
	return c.Kind == sheet.Text && !c.Formula && len(rd.book.Bytes(c)) < 40 && crosses[clean(rd.book.Text(c))]
}

// marked finds the first descriptor of a row that is marked, and how: a cross stands in its place, it is left while others
// are struck out, or its background has another colour than most of the row's have.
func (rd *reading) marked(t *table, row int32) (col int32, how words.Said, ok bool) {
	count := map[string]int{}
	type cell struct {
		col    int32
		ground string
	}
	var cells []cell
	struck, left := 0, int32(0)
	for _, l := range rd.lex.t.Levels {
		col, ok := t.level(l.Number)
		if !ok {
			continue
		}
		if c := t.sh.Find(row, col); c != nil {
			if rd.cross(c) {
				return col, words.Sayf("overwritten with a cross or a tick"), true
			}
			if rd.book.Struck(c) {
				struck++
			} else if left == 0 {
				left = col
			}
			g := rd.book.Ground(c)
			count[g]++
			cells = append(cells, cell{col, g})
		}
	}
	if struck > 0 && left > 0 {
		return left, words.Sayf("struck out, but for some"), true
	}
	for _, c := range cells {
		if c.ground != "" && 2*count[c.ground] < len(cells) {
			return c.col, words.Sayf("marked with a colour"), true
		}
	}
	return 0, how, false
}
