package returns

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// block is a run of criteria in rows that follow each other, such as those of a topic.
type block struct{ first, last int32 }

// mostSlipped is the number of rows up to which a column can be seen to have slipped.
const mostSlipped = 5

// slipped takes away a column of levels that slipped by some rows, as when it was pasted one row too low, or a cell was
// inserted in it: each level below is another criterion's then.
func (rd *reading) slipped(t *table) {
	var blocks []block
	for _, row := range t.criteria {
		if n := len(blocks); n > 0 && blocks[n-1].last == row-1 {
			blocks[n-1].last = row
		} else {
			blocks = append(blocks, block{row, row})
		}
	}
	for _, col := range []layout.Column{layout.Answer, layout.Target} {
		at, ok := t.at(col)
		if !ok {
			continue
		}
		var strays []int32
		for i := range t.sh.Cells {
			c := &t.sh.Cells[i]
			if c.Col == at && c.Row > t.header && c.Row <= t.last && !c.Formula && !t.asks(c.Row) && rd.isLevel(c) {
				strays = append(strays, c.Row)
			}
		}
		if len(strays) < 2 || len(strays) > mostSlipped*(len(blocks)+1) {
			continue
		}
		for by := int32(1); by <= mostSlipped; by++ {
			if t.slippedBy(blocks, strays, at, by) || t.slippedBy(blocks, strays, at, -by) {
				t.dropped = append(t.dropped, at)
				rd.find(models.AnswersSlipped, rd.cellAt(t.sh, strays[0], at), "In the column '%s', %d levels stand beside headings instead of criteria, and criteria after a heading are blank: levels slipped by a row or more. The column was not counted.", col.Said(), len(strays))
				t.cols[col] = 0
				break
			}
		}
	}
}

// slippedBy says whether the levels lie as they do when they slipped down by some rows (up, if by is less than 0) from
// some row on: each that stands beside a heading came from a criterion; where a heading's row came from there is
// nothing; and where the slip began there is a gap.
func (t *table) slippedBy(blocks []block, strays []int32, col, by int32) bool {
	for _, row := range strays {
		if !t.asks(row - by) {
			return false
		}
	}
	blank := func(row int32) bool {
		c := t.sh.Find(row, col)
		return c == nil || c.Kind == sheet.Empty
	}
	signs, began := 0, false
	for _, b := range blocks {
		if by > 0 && b.last < strays[0] || by < 0 && b.first > strays[len(strays)-1] {
			for row := b.first; row <= b.last && !began; row++ {
				began = blank(row)
			}
			continue
		}
		for row := b.first; row <= b.last; row++ {
			if t.asks(row - by) {
				continue
			}
			if !blank(row) {
				return false
			}
			signs++
		}
	}
	return began && signs > 0
}

// isLevel says whether a cell holds a choice of one of the template's scales.
func (rd *reading) isLevel(c *sheet.Cell) bool {
	if c.Kind != sheet.Text && c.Kind != sheet.Number {
		return false
	}
	for _, ch := range []*choices{rd.lex.levelChoices, rd.lex.ratings, rd.lex.symptoms} {
		if v := ch.text(rd.book.Text(c), nil); !v.choice.IsBlank() {
			return true
		}
	}
	return false
}
