package returns

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// People add a column of their own for the level that was agreed on, or give the column of answers another heading:
// such columns are known by what stands in them.

// unheaded is a column of a table whose heading is not known, with what stands in the rows of criteria.
type unheaded struct {
	col            int32
	levels, filled int
	first          *sheet.Cell // the first that holds a level
}

// fewLevels is the number of levels from which on a column looks like one of answers.
const fewLevels = 3

// answered says whether most of what stands in the column is levels.
func (u *unheaded) answered() bool { return u.levels >= fewLevels && 2*u.levels > u.filled }

// levelsBeside finds the columns of a table that hold levels although their headings are not known, from left to right.
func (rd *reading) levelsBeside(t *table) []*unheaded {
	if t.unheaded != nil {
		return *t.unheaded
	}
	byCol := map[int32]*unheaded{}
	for i := range t.sh.Cells {
		c := &t.sh.Cells[i]
		if i%1024 == 0 && rd.ctx.Err() != nil {
			break
		}
		if c.Kind == sheet.Empty || t.known.has(c.Col) || !t.asks(c.Row) {
			continue
		}
		ref := t.cell(c.Row, layout.Ref)
		if ref == nil {
			continue
		}
		criterion := rd.lex.refs[string(rd.book.Bytes(ref))]
		if criterion == nil {
			continue
		}
		u := byCol[c.Col]
		if u == nil {
			u = &unheaded{col: c.Col}
			byCol[c.Col] = u
		}
		u.filled++
		if v, _ := rd.choice(hit{t: t, row: c.Row, c: criterion}, c, models.Origin{}); !v.choice.IsBlank() {
			if u.levels++; u.levels == 1 {
				u.first = c
			}
		}
	}
	list := []*unheaded{}
	for _, u := range byCol {
		if u.answered() {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, func(a, b *unheaded) int { return int(a.col - b.col) })
	t.unheaded = &list
	return list
}

// named is a column in words: its letter, and what stands over it.
func (rd *reading) named(t *table, col int32) words.Said {
	letter := strings.TrimRight(sheet.Ref(1, col), "1")
	if c := t.sh.Find(t.header, col); c != nil && shows(rd.book.Bytes(c)) {
		return words.Sayf("Column %s, headed '%s',", letter, printable(rd.book.Text(c)))
	}
	return words.Sayf("Column %s, which has no heading,", letter)
}

// renamed says which column may be the one that is missing, or nothing.
func (rd *reading) renamed(t *table, missing layout.Column) words.Said {
	if missing != layout.Answer && missing != layout.Target {
		return words.Said{}
	}
	list := rd.levelsBeside(t)
	if len(list) == 0 {
		return words.Said{}
	}
	return rd.named(t, list[0].col)
}

// strayLevels reports the columns of levels that are none of the table's, and gives them.
func (rd *reading) strayLevels(t *table) map[int32]bool {
	reported := map[int32]bool{}
	for _, u := range rd.levelsBeside(t) {
		reported[u.col] = true
		counted := words.Sayf("No column of answers was counted.")
		if answers, ok := t.at(layout.Answer); ok {
			counted = words.Sayf("The answers were taken from column %s.", strings.TrimRight(sheet.Ref(1, answers), "1"))
		}
		f := models.NewFinding(models.StrayText, rd.cellAt(t.sh, u.first.Row, u.col), "%s holds %d levels. %s", rd.named(t, u.col), u.levels, counted)
		rd.add(f.Advising(words.Sayf("Ask the sender which column holds the answers they mean, and to put these under the heading '%s'.", layout.Answer.Said())))
	}
	return reported
}
