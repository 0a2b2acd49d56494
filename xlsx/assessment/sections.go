package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// listSections writes the rows of the sections on Lists.
func (r *results) listSections(gates []gate) {
	head := draw.Look{Bold: true, Fill: r.Palette.Pale, Wrap: true}
	for i, h := range []string{"Section", "Counts for level", "Applies", "Too low", "Too low at lowest", "Too low at highest",
		"Too low for higher", "Too low for higher at lowest", "Too low for higher at highest"} {
		r.Put(layout.SheetLists, sectionName+i, listsHeader, h, head)
	}
	for _, g := range gates {
		put := func(col int, formula string, blank int) {
			r.Calc(layout.SheetLists, col, g.row, formula, blank, draw.Look{})
		}
		r.Put(layout.SheetLists, sectionName, g.row, g.name, draw.Look{})
		r.Put(layout.SheetLists, sectionLevel, g.row, g.level, draw.Look{})
		put(sectionApplies, fmt.Sprintf("IF(%s>0,1,0)", g.applicable()), 1)
		for i, short := range r.shorts(g) {
			put(sectionShort+i, short.formula, short.blank)
		}
	}
}

// listLevels writes the rows of the levels above the lowest on Lists, and says which they are. A level is
// attained where nothing of it or below is too low; one to which nothing applies is stepped over.
func (r *results) listLevels(gates []gate) draw.Span {
	head := draw.Look{Bold: true, Fill: r.Palette.Pale, Wrap: true}
	for i, h := range []string{"Level", "Applies", "Attained", "Attained at lowest", "Attained at highest",
		"Stopped", "Stopped at lowest", "Stopped at highest", "Next"} {
		r.Put(layout.SheetLists, levelNumber+i, listsHeader, h, head)
	}
	from, to := gates[0].row, gates[len(gates)-1].row
	rows := func(col int) string { return draw.Fixed(layout.SheetLists, col, from, col, to) }
	base := r.t.Levels[0].Number
	levels := draw.Span{From: listsHeader + 1, To: listsHeader + len(r.t.Levels) - 1}
	for i, l := range r.t.Levels[1:] {
		row := levels.From + i
		put := func(col int, formula string, blank any) {
			r.Calc(layout.SheetLists, col, row, formula, blank, draw.Look{})
		}
		r.Put(layout.SheetLists, levelNumber, row, l.Number, draw.Look{})
		has := 0
		for _, g := range gates {
			if g.level == l.Number {
				has = 1
			}
		}
		put(levelApplies, fmt.Sprintf("IF(SUMPRODUCT((%s=%d)*%s)>0,1,0)", rows(sectionLevel), l.Number, rows(sectionApplies)), has)
		for k := range 3 {
			before, stopped := fmt.Sprint(base), "0"
			if i > 0 {
				before, stopped = draw.Cell(levelAttained+k, row-1), draw.Cell(levelStopped+k, row-1)
			}
			short := fmt.Sprintf("SUMPRODUCT((%[1]s=%[2]d)*%[3]s)+SUMPRODUCT((%[1]s<%[2]d)*%[4]s)",
				rows(sectionLevel), l.Number, rows(sectionShort+k), rows(sectionShortBelow+k))
			// Blank: the lowest level at first, and were all blanks the highest, every level to which something applies.
			attained, stop := base, 0
			if k == 2 {
				attained = r.highestBelow(gates, l.Number)
			} else if r.appliesUpTo(gates, l.Number) {
				stop = 1
			}
			put(levelStopped+k, fmt.Sprintf("IF(%s=1,1,IF(AND(%s=1,%s>0),1,0))", stopped, draw.Cell(levelApplies, row), short), stop)
			put(levelAttained+k, fmt.Sprintf("IF(OR(%s=1,%s=0),%s,%d)", draw.Cell(levelStopped+k, row), draw.Cell(levelApplies, row), before, l.Number), attained)
		}
		var next any = ""
		if has == 1 {
			next = l.Number
		}
		put(levelNext, fmt.Sprintf(`IF(AND(%[1]s=1,%[2]d>%[3]s),%[2]d,"")`, draw.Cell(levelApplies, row), l.Number,
			draw.Fixed(layout.SheetLists, levelAttained, levels.To, levelAttained, levels.To)), next)
	}
	return levels
}

// appliesUpTo says whether some section counts for a level from the second up to the given one.
func (r *results) appliesUpTo(gates []gate, level int) bool {
	return r.highestBelow(gates, level) > r.t.Levels[0].Number
}

// highestBelow is the highest level up to the given one for which some section counts.
func (r *results) highestBelow(gates []gate, level int) int {
	highest := r.t.Levels[0].Number
	for _, g := range gates {
		if g.level <= level {
			highest = max(highest, g.level)
		}
	}
	return highest
}
