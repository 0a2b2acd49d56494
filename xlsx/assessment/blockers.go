package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// mostBlockers is how many of the sections that keep the next level away are listed; the table of sections has
// the achievement of all.
const mostBlockers = 6

// writeBlockers lists the sections that keep the next level away, with what each would need.
func (r *results) writeBlockers(gates []gate, goal string) {
	from, to := gates[0].row, gates[len(gates)-1].row
	rows := func(col int) string { return draw.Fixed(layout.SheetLists, col, from, col, to) }
	head := draw.Look{Bold: true, Fill: r.Palette.Pale, Wrap: true}
	r.Put(layout.SheetLists, sectionText, listsHeader, "What it needs", head)
	r.Put(layout.SheetLists, sectionOrder, listsHeader, "Place", head)
	next := r.firstGoal(gates)
	var blank []gate
	for _, g := range gates {
		formula, text := r.needs(g, goal, next)
		place := any("")
		if text != "" {
			blank = append(blank, g)
			place = g.row - from + 1
		}
		r.Calc(layout.SheetLists, sectionText, g.row, formula, text, draw.Look{})
		r.Calc(layout.SheetLists, sectionOrder, g.row, fmt.Sprintf(`IF(%s="","",%d)`, draw.Cell(sectionText, g.row), g.row-from+1), place, draw.Look{})
	}
	r.Row++
	count := "COUNT(" + rows(sectionOrder) + ")"
	title := draw.Look{Bold: true, Down: "center"}
	r.Merge(r.Sheet, resultLabel, r.Row, r.Last, r.Row, title)
	r.Calc(r.Sheet, resultLabel, r.Row, fmt.Sprintf(`IF(%s="%s",%s,IF(%s=1,%s,%s))`,
		goal, none, r.Words.Quoted("highest_attained"), count, r.Words.Formula("keeps_away_one", "level", goal), r.Words.Formula("keeps_away", "level", goal, "count", count)),
		r.blockersTitle(next, len(blank)), title)
	r.Height(r.Sheet, r.Row, 22)
	r.Row++
	shown := min(len(gates), mostBlockers)
	first := r.Row
	for i := range shown {
		name, text := "", ""
		if i < len(blank) {
			_, text = r.needs(blank[i], goal, next)
			name = blank[i].name
		}
		l := draw.Look{Down: "center", Wrap: true}
		pick := func(col int) string {
			return fmt.Sprintf(`IF(%s<%d,"",INDEX(%s,SMALL(%s,%d)))`, count, i+1, rows(col), rows(sectionOrder), i+1)
		}
		r.Calc(r.Sheet, resultLabel, r.Row, pick(sectionName), name, l)
		r.Merge(r.Sheet, resultFirst, r.Row, r.Last, r.Row, l)
		r.Calc(r.Sheet, resultFirst, r.Row, pick(sectionText), text, l)
		r.Height(r.Sheet, r.Row, 20)
		r.Row++
	}
	if len(gates) > shown {
		l := draw.Look{Ink: r.Palette.Muted, Down: "center"}
		more := ""
		if n := len(blank) - shown; n > 0 {
			more = r.Words.Say("and_more", "count", n)
		}
		r.Calc(r.Sheet, resultLabel, r.Row, fmt.Sprintf(`IF(%s>%d,%s,"")`, count, shown, r.Words.Formula("and_more", "count", fmt.Sprintf("(%s-%d)", count, shown))), more, l)
		r.Row++
	}
	r.Name("Blockers", draw.Fixed(r.Sheet, resultLabel, first, resultFirst, first+shown-1))
}

func (r *results) blockersTitle(next, n int) string {
	switch {
	case next == 0:
		return r.Words.Get("highest_attained")
	case n == 1:
		return r.Words.Say("keeps_away_one", "level", next)
	}
	return r.Words.Say("keeps_away", "level", next, "count", n)
}

// firstGoal is the lowest level above the first for which some section counts, or 0.
func (r *results) firstGoal(gates []gate) int {
	for _, g := range gates {
		if g.level > r.t.Levels[0].Number {
			return g.level
		}
	}
	return 0
}
