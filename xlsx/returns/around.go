package returns

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// around reports what somebody typed above the table, below it and between its rows, and in text boxes that lie on
// the sheet: it may be a comment, or an answer.
func (rd *reading) around(used []*table) {
	var done []*sheet.Sheet
	for _, t := range used {
		if slices.Contains(done, t.sh) {
			continue
		}
		done = append(done, t.sh)
		for _, n := range t.sh.Drawn {
			if shows([]byte(n.Text)) {
				rd.find(models.StrayText, rd.cellAt(t.sh, n.Row, n.Col), "A text box or drawing says '%s'. Drawings are not read as answers or comments.", printable(n.Text))
			}
		}
		here := slices.DeleteFunc(slices.Clone(used), func(o *table) bool { return o.sh != t.sh })
		if len(here) == 1 { // with several, each is above or below another
			rd.strayRows(t)
		}
	}
}

// ownAbove is the number of texts that stand above the headings in the column of the references: the title, and the
// link to the sheet Start.
const ownAbove = 2

// strayRows looks at the rows that are no criterion's. The columns for answers are looked at by stray already.
func (rd *reading) strayRows(t *table) {
	ref, above, end := t.cols[layout.Ref], 0, int32(0)
	if n := len(t.criteria); n > 0 {
		end = t.criteria[n-1]
	}
	asked := map[int32]bool{}
	for _, col := range answerColumns {
		if n, ok := t.at(col); ok {
			asked[n] = true
		}
	}
	for _, n := range t.dropped {
		asked[n] = true
	}
	row, criterion := int32(0), false
	for i := range t.sh.Cells {
		c := &t.sh.Cells[i]
		if c.Row != row {
			row, criterion = c.Row, t.asks(c.Row)
		}
		if i%1024 == 0 && rd.ctx.Err() != nil {
			return
		}
		if c.Formula || c.Kind == sheet.Empty || c.Row == t.header || criterion || c.Row > t.header && asked[c.Col] {
			continue
		}
		if c.Col == ref && c.Row > t.header && c.Row < end { // a topic's name, or a reference that is none of ours
			continue
		}
		if b := rd.book.Bytes(c); rd.lex.between[string(b)] || !shows(b) || rd.ownWord(c) || rd.lex.between[rd.lex.key(b)] {
			continue
		}
		if c.Col == ref && c.Row < t.header {
			if above++; above <= ownAbove {
				continue
			}
		}
		message := "'%s' stands between the rows of the table."
		switch {
		case c.Row < t.header:
			message = "'%s' stands above the table."
		case c.Row > end:
			message = "'%s' stands below the table."
		}
		rd.find(models.StrayText, rd.cellAt(t.sh, c.Row, c.Col), message, printable(rd.book.Text(c)))
	}
}
