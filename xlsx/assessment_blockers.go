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
	r.calc(r.sheet, resultLabel, r.row, fmt.Sprintf(`IF(%[1]s="%[2]s","The highest level is attained.","What keeps level "&%[1]s&" away: "&%[3]s&IF(%[3]s=1," section"," sections"))`,
		goal, none, count), blockersTitle(next, len(blank)), title)
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
			more = fmt.Sprintf("and %d more", n)
		}
		r.calc(r.sheet, resultLabel, r.row, fmt.Sprintf(`IF(%[1]s>%[2]d,"and "&(%[1]s-%[2]d)&" more","")`, count, shown), more, l)
		r.row++
	}
	r.name("Blockers", fixed(r.sheet, resultLabel, first, resultFirst, first+shown-1))
}

func blockersTitle(next, n int) string {
	switch {
	case next == 0:
		return "The highest level is attained."
	case n == 1:
		return fmt.Sprintf("What keeps level %d away: 1 section", next)
	}
	return fmt.Sprintf("What keeps level %d away: %d sections", next, n)
}

// needs says what a section would need for the level whose number stands at goal, or "" where it does not keep
// it away; and what that says in the blank workbook, where the goal is next.
func (r *results) needs(g gate, goal string, next int) (formula, blank string) {
	short := func(col int) string { return cell(col, g.row) }
	if r.rd.ScoringFor(r.t).Method == models.MethodCumulative {
		open := g.sum(listShort) + "+" + blanks(g)
		formula = fmt.Sprintf(`IF(OR(%[1]s="%[2]s",%[3]s=0),"",IF(AND(%[4]d<=%[1]s,%[5]s=1),(%[6]s)&" of %[7]d not yet largely in place",""))`,
			goal, none, short(sectionApplies), g.level, short(sectionShort), open, total(g.spans))
		if next > 0 && g.level <= next {
			blank = fmt.Sprintf("%[1]d of %[1]d not yet largely in place", total(g.spans))
		}
		return formula, blank
	}
	need := func(rating string, bound int) string {
		return fmt.Sprintf(`"Needs %s, which is more than %d%%: "&IF(%s=0,"nothing answered yet","is at "&TEXT(%s/(%d*%s),"0.0%%"))`,
			rating, bound, g.answered(), g.sum(listWorth), g.unit, g.sum(listWeightAnswered))
	}
	formula = fmt.Sprintf(`IF(OR(%[1]s="%[2]s",%[3]s=0),"",IF(AND(%[4]d=%[1]s,%[5]s=1),%[6]s,IF(AND(%[4]d<%[1]s,%[7]s=1),%[8]s,"")))`,
		goal, none, short(sectionApplies), g.level, short(sectionShort), need("L", 50), short(sectionShortBelow), need("F", 85))
	switch {
	case next == 0 || g.level > next:
	case g.level == next:
		blank = "Needs L, which is more than 50%: nothing answered yet"
	default:
		blank = "Needs F, which is more than 85%: nothing answered yet"
	}
	return formula, blank
}

// blanks counts the blanks of a section.
func blanks(g gate) string {
	return fmt.Sprintf("(%d-%s-%s)", total(g.spans), g.answered(), g.sum(listNA))
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
