package xlsx

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
)

// mostBlockers is how many of the sections that keep the next level away are listed; the table of sections has
// the achievement of all.
const mostBlockers = 6

// writeBlockers lists the sections that keep the next level away, with what each would need.
func (r *results) writeBlockers(gates []gate, goal string) {
	from, to := gates[0].row, gates[len(gates)-1].row
	rows := func(col int) string { return fixed(SheetLists, col, from, col, to) }
	head := look{bold: true, fill: r.pal.pale, wrap: true}
	r.put(SheetLists, sectionText, listsHeader, "What it needs", head)
	r.put(SheetLists, sectionOrder, listsHeader, "Place", head)
	next := r.firstGoal(gates)
	var blank []gate
	for _, g := range gates {
		formula, text := r.needs(g, goal, next)
		place := any("")
		if text != "" {
			blank = append(blank, g)
			place = g.row - from + 1
		}
		r.calc(SheetLists, sectionText, g.row, formula, text, look{})
		r.calc(SheetLists, sectionOrder, g.row, fmt.Sprintf(`IF(%s="","",%d)`, cell(sectionText, g.row), g.row-from+1), place, look{})
	}
	r.row++
	count := "COUNT(" + rows(sectionOrder) + ")"
	title := look{bold: true, down: "center"}
	r.merge(r.sheet, resultLabel, r.row, r.last, r.row, title)
	r.calc(r.sheet, resultLabel, r.row, fmt.Sprintf(`IF(%s="%s",%s,IF(%s=1,%s,%s))`,
		goal, none, r.w.Quoted("highest_attained"), count, r.w.Formula("keeps_away_one", "level", goal), r.w.Formula("keeps_away", "level", goal, "count", count)),
		r.blockersTitle(next, len(blank)), title)
	r.height(r.sheet, r.row, 22)
	r.row++
	shown := min(len(gates), mostBlockers)
	first := r.row
	for i := range shown {
		name, text := "", ""
		if i < len(blank) {
			_, text = r.needs(blank[i], goal, next)
			name = blank[i].name
		}
		l := look{down: "center", wrap: true}
		pick := func(col int) string {
			return fmt.Sprintf(`IF(%s<%d,"",INDEX(%s,SMALL(%s,%d)))`, count, i+1, rows(col), rows(sectionOrder), i+1)
		}
		r.calc(r.sheet, resultLabel, r.row, pick(sectionName), name, l)
		r.merge(r.sheet, resultFirst, r.row, r.last, r.row, l)
		r.calc(r.sheet, resultFirst, r.row, pick(sectionText), text, l)
		r.height(r.sheet, r.row, 20)
		r.row++
	}
	if len(gates) > shown {
		l := look{ink: r.pal.muted, down: "center"}
		more := ""
		if n := len(blank) - shown; n > 0 {
			more = r.w.Say("and_more", "count", n)
		}
		r.calc(r.sheet, resultLabel, r.row, fmt.Sprintf(`IF(%s>%d,%s,"")`, count, shown, r.w.Formula("and_more", "count", fmt.Sprintf("(%s-%d)", count, shown))), more, l)
		r.row++
	}
	r.name("Blockers", fixed(r.sheet, resultLabel, first, resultFirst, first+shown-1))
}

func (r *results) blockersTitle(next, n int) string {
	switch {
	case next == 0:
		return r.w.Get("highest_attained")
	case n == 1:
		return r.w.Say("keeps_away_one", "level", next)
	}
	return r.w.Say("keeps_away", "level", next, "count", n)
}

// needs says what a section would need for the level whose number stands at goal, or "" where it does not keep
// it away; and what that says in the blank workbook, where the goal is next.
func (r *results) needs(g gate, goal string, next int) (formula, blank string) {
	short := func(col int) string { return cell(col, g.row) }
	if r.scoring().Info().Gate == models.CriterionGate {
		open := g.sum(listShort) + "+" + g.blanks()
		formula = fmt.Sprintf(`IF(OR(%[1]s="%[2]s",%[3]s=0),"",IF(AND(%[4]d<=%[1]s,%[5]s=1),%[6]s,""))`,
			goal, none, short(sectionApplies), g.level, short(sectionShort), r.w.Formula("open_statements", "count", "("+open+")", "total", quoted(total(g.spans))))
		if next > 0 && g.level <= next {
			blank = r.w.Say("open_statements", "count", total(g.spans), "total", total(g.spans))
		}
		return formula, blank
	}
	need := func(rating string) string {
		state := fmt.Sprintf(`IF(%s=0,%s,%s)`, g.answered(), r.w.Quoted("needs_nothing_yet"),
			r.w.Formula("needs_is_at", "percent", fmt.Sprintf(`TEXT(%s/(%d*%s),"0.0%%")`, g.sum(listWorth), g.unit, g.weightAnswered())))
		return r.w.Formula("needs", "rating", `"`+rating+`"`, "percent", fmt.Sprintf(`"%d%%"`, models.RatingBound(rating)), "state", state)
	}
	info := r.scoring().Info()
	formula = fmt.Sprintf(`IF(OR(%[1]s="%[2]s",%[3]s=0),"",IF(AND(%[4]d=%[1]s,%[5]s=1),%[6]s,IF(AND(%[4]d<%[1]s,%[7]s=1),%[8]s,"")))`,
		goal, none, short(sectionApplies), g.level, short(sectionShort), need(info.Needs), short(sectionShortBelow), need(info.NeedsBelow))
	rating := info.Needs
	if g.level < next {
		rating = info.NeedsBelow
	}
	if next > 0 && g.level <= next {
		blank = r.w.Say("needs", "rating", rating, "percent", fmt.Sprintf("%d%%", models.RatingBound(rating)), "state", r.w.Get("needs_nothing_yet"))
	}
	return formula, blank
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
