package xlsx

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// The level attained is worked out on Lists, beside the criteria: a row for each section that counts for a level,
// and a row for each level above the lowest. Each question is asked three times: of the answers there are, and
// were every blank the lowest choice, or the highest.
const (
	sectionName = iota + 28
	sectionLevel
	sectionApplies // 1 where some criterion applies
	// sectionShort, and the two after it: 1 where the section is too low for the level that it counts for.
	sectionShort
	sectionShortLow
	sectionShortHigh
	// sectionShortBelow, and the two after it: 1 where it is too low for any higher level.
	sectionShortBelow
	sectionShortBelowLow
	sectionShortBelowHigh
	sectionText  // what keeps the next level away
	sectionOrder // the section's place among all, where it keeps the next level away
)

const (
	levelNumber = iota + 39
	levelApplies
	// levelAttained, and the two after it: the highest level attained up to this one.
	levelAttained
	levelAttainedLow
	levelAttainedHigh
	// levelStopped, and the two after it: 1 where this or a lower level was not attained.
	levelStopped
	levelStoppedLow
	levelStoppedHigh
	levelNext // the level's number where it lies above the one attained and something applies to it
)

// gate is a section with the level that it counts for.
type gate struct {
	group
	topic, theme int
	level        int
	name         string
	row          int // on Lists
}

// gates lists the sections that count for a level, lowest level first, in template order within a level.
func (r *results) gates() []gate {
	var out []gate
	for _, level := range r.t.Levels {
		for ti, topic := range r.t.Topics {
			if topic.Level == nil {
				continue
			}
			for _, theme := range append(indexes(len(r.t.Themes)), -1) {
				g := r.cell(ti, theme)
				counts := *topic.Level
				name := topicTitle(topic)
				if theme >= 0 {
					name += " – " + r.t.Themes[theme].Name
					if r.t.Themes[theme].GatesNextLevel {
						counts++
					}
				}
				if len(g.spans) > 0 && counts == level.Number {
					out = append(out, gate{g, ti, theme, counts, name, listsHeader + 1 + len(out)})
				}
			}
		}
	}
	return out
}

// writeLevel shows the level attained and what keeps the next away.
func (r *results) writeLevel() {
	gates := r.gates()
	if len(gates) == 0 {
		return
	}
	r.listSections(gates)
	levels := r.listLevels(gates)
	base, top := r.t.Levels[0].Number, r.t.Levels[len(r.t.Levels)-1].Number
	at := func(col int) string { return fixed(SheetLists, col, levels.to, col, levels.to) }
	all := r.group(r.p, -1, -1)

	r.heading("Level attained")
	label := look{bold: true, down: "center", lines: lineBelow}
	big := look{size: 14, bold: true, ink: r.pal.accentInk, down: "center", across: "left", lines: lineBelow, format: "0"}
	text := look{down: "center", lines: lineBelow, wrap: true}
	line := func(name string) {
		r.dress(r.sheet, resultLabel, r.row, r.last, r.row, text)
		r.put(r.sheet, resultLabel, r.row, name, label)
		r.height(r.sheet, r.row, 24)
		r.row++
	}
	known := func(f string) string { return unless(all.answered()+"=0", f) }

	line("Level")
	row := r.row - 1
	r.height(r.sheet, row, 30)
	r.calc(r.sheet, resultFirst, row, known(at(levelAttained)), none, big)
	r.name("Level_attained", fixed(r.sheet, resultFirst, row, resultFirst, row))
	attained := fixed(r.sheet, resultFirst, row, resultFirst, row)
	r.merge(r.sheet, resultFirst+1, row, r.last, row, text)
	r.calc(r.sheet, resultFirst+1, row, r.levelText(attained, nameOnly), "", look{bold: true, size: 12, down: "center", lines: lineBelow})

	line("Could be")
	row = r.row - 1
	number := look{down: "center", across: "left", lines: lineBelow, format: "0"}
	r.calc(r.sheet, resultFirst, row, unless(all.applicable()+"=0", at(levelAttainedLow)), base, number)
	r.put(r.sheet, resultFirst+1, row, "to", look{down: "center", ink: r.pal.muted, lines: lineBelow})
	r.calc(r.sheet, resultFirst+2, row, unless(all.applicable()+"=0", at(levelAttainedHigh)), top, number)

	line("Next level")
	row = r.row - 1
	next := over("MIN", levelNext, []span{levels})
	r.calc(r.sheet, resultFirst, row, fmt.Sprintf(`IF(%s=0,"%s",%s)`, over("COUNT", levelNext, []span{levels}), none, next), r.t.Levels[1].Number, number)
	goal := fixed(r.sheet, resultFirst, row, resultFirst, row)
	r.merge(r.sheet, resultFirst+1, row, r.last, row, text)
	r.calc(r.sheet, resultFirst+1, row, r.levelText(goal, nameAndMeaning), fmt.Sprintf("%s: %s", r.t.Levels[1].Name, r.t.Levels[1].Meaning), text)
	h := 0.0
	for _, l := range r.t.Levels {
		h = max(h, textHeight(l.Name+": "+l.Meaning, fontSize, false, r.across(resultFirst+1, r.last)))
	}
	r.height(r.sheet, row, rowHeight(h, 8))

	r.writeBlockers(gates, goal)
	r.writeAdvice(attained)
}

func nameOnly(l models.Level) string       { return l.Name }
func nameAndMeaning(l models.Level) string { return l.Name + ": " + l.Meaning }

// levelText spells out the level whose number a cell holds.
func (r *results) levelText(at string, text func(models.Level) string) string {
	f := `""`
	for i := len(r.t.Levels) - 1; i >= 0; i-- {
		l := r.t.Levels[i]
		f = fmt.Sprintf(`IF(%s=%d,"%s",%s)`, at, l.Number, quoted(text(l)), f)
	}
	return f
}

// quoted writes a text for use inside quotation marks in a formula, where it may have 255 characters at most.
func quoted(s string) string {
	runes := []rune(s)
	if len(runes) > 250 {
		runes = append(runes[:249], '…')
	}
	return strings.ReplaceAll(string(runes), `"`, `""`)
}

// listSections writes the rows of the sections on Lists.
func (r *results) listSections(gates []gate) {
	head := look{bold: true, fill: r.pal.pale, wrap: true}
	for i, h := range []string{"Section", "Counts for level", "Applies", "Too low", "Too low at lowest", "Too low at highest",
		"Too low for higher", "Too low for higher at lowest", "Too low for higher at highest"} {
		r.put(SheetLists, sectionName+i, listsHeader, h, head)
	}
	cumulative := r.rd.ScoringFor(r.t).Method == models.MethodCumulative
	for _, g := range gates {
		put := func(col int, formula string, blank int) { r.calc(SheetLists, col, g.row, formula, blank, look{}) }
		r.put(SheetLists, sectionName, g.row, g.name, look{})
		r.put(SheetLists, sectionLevel, g.row, g.level, look{})
		put(sectionApplies, fmt.Sprintf("IF(%s>0,1,0)", g.applicable()), 1)
		worth, answered, blank := g.sum(listWorth), g.sum(listWeightAnswered), g.sum(listWeightBlank)
		short := func(col int, percent int) {
			if cumulative {
				// One criterion that is not largely in place is enough; at the highest only those answered.
				some := func(f string) string { return fmt.Sprintf("IF(%s>0,1,0)", f) }
				put(col, some(blank+"+"+g.sum(listShort)), 1)
				put(col+1, some(blank+"+"+g.sum(listShort)), 1)
				put(col+2, some(g.sum(listShort)), 0)
				return
			}
			low := func(num, den string) string {
				return fmt.Sprintf("IF(%s=0,0,IF(100*%s<=%d*%d*%s,1,0))", g.applicable(), num, percent, g.unit, den)
			}
			put(col, low(worth, answered), 1)
			put(col+1, low(worth, g.applicable()), 1)
			put(col+2, low(fmt.Sprintf("(%s+%d*%s)", worth, g.unit, blank), g.applicable()), 0)
		}
		short(sectionShort, 50)
		short(sectionShortBelow, 85)
	}
}

// listLevels writes the rows of the levels above the lowest on Lists, and says which they are. A level is
// attained where nothing of it or below is too low; one to which nothing applies is stepped over.
func (r *results) listLevels(gates []gate) span {
	head := look{bold: true, fill: r.pal.pale, wrap: true}
	for i, h := range []string{"Level", "Applies", "Attained", "Attained at lowest", "Attained at highest",
		"Stopped", "Stopped at lowest", "Stopped at highest", "Next"} {
		r.put(SheetLists, levelNumber+i, listsHeader, h, head)
	}
	from, to := gates[0].row, gates[len(gates)-1].row
	rows := func(col int) string { return fixed(SheetLists, col, from, col, to) }
	base := r.t.Levels[0].Number
	levels := span{listsHeader + 1, listsHeader + len(r.t.Levels) - 1}
	for i, l := range r.t.Levels[1:] {
		row := levels.from + i
		put := func(col int, formula string, blank any) { r.calc(SheetLists, col, row, formula, blank, look{}) }
		r.put(SheetLists, levelNumber, row, l.Number, look{})
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
				before, stopped = cell(levelAttained+k, row-1), cell(levelStopped+k, row-1)
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
			put(levelStopped+k, fmt.Sprintf("IF(%s=1,1,IF(AND(%s=1,%s>0),1,0))", stopped, cell(levelApplies, row), short), stop)
			put(levelAttained+k, fmt.Sprintf("IF(OR(%s=1,%s=0),%s,%d)", cell(levelStopped+k, row), cell(levelApplies, row), before, l.Number), attained)
		}
		var next any = ""
		if has == 1 {
			next = l.Number
		}
		put(levelNext, fmt.Sprintf(`IF(AND(%[1]s=1,%[2]d>%[3]s),%[2]d,"")`, cell(levelApplies, row), l.Number,
			fixed(SheetLists, levelAttained, levels.to, levelAttained, levels.to)), next)
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
		open := fmt.Sprintf("(%s+%s)", g.sum(listShort), strings.TrimSuffix(strings.TrimPrefix(r.blankCount(g), "("), ")"))
		formula = fmt.Sprintf(`IF(OR(%[1]s="%[2]s",%[3]s=0),"",IF(AND(%[4]d<=%[1]s,%[5]s=1),%[6]s&" of %[7]d not yet largely in place",""))`,
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

func (r *results) blankCount(g gate) string {
	f, _ := figureBlank.of(g.group)
	return "(" + f + ")"
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

// writeAdvice shows the next steps for the level attained.
func (r *results) writeAdvice(attained string) {
	most := 0
	for _, l := range r.t.Levels {
		most = max(most, len(r.t.AdviceFor(l.Number)))
	}
	if most == 0 {
		return
	}
	r.heading("Next steps")
	for i := range most {
		h := 0.0
		f := `""`
		for k := len(r.t.Levels) - 1; k >= 0; k-- {
			advice := r.t.AdviceFor(r.t.Levels[k].Number)
			if i < len(advice) {
				h = max(h, textHeight(advice[i].Text, fontSize, false, r.across(resultLabel, r.last)-2))
				f = fmt.Sprintf(`IF(%s=%d,"%s",%s)`, attained, r.t.Levels[k].Number, quoted("•  "+advice[i].Text), f)
			}
		}
		l := look{wrap: true, down: "center"}
		r.merge(r.sheet, resultLabel, r.row, r.last, r.row, l)
		r.calc(r.sheet, resultLabel, r.row, f, "", l)
		r.height(r.sheet, r.row, rowHeight(h, 6))
		r.row++
	}
}
