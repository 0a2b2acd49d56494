package xlsx

import (
	"fmt"

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
				name, of := topicTitle(topic), models.Theme{}
				if theme >= 0 {
					of = r.t.Themes[theme]
					name += " – " + of.Name
				}
				counts, gates := r.t.CountsFor(topic, of, r.rd.ScoringFor(r.t).Method)
				if len(g.spans) > 0 && gates && counts == level.Number {
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
	r.listTexts()
	levels := r.listLevels(gates)
	base, top := r.t.Levels[0].Number, r.t.Levels[len(r.t.Levels)-1].Number
	at := func(col int) string { return fixed(SheetLists, col, levels.to, col, levels.to) }
	all := r.group(r.p, -1, -1)

	r.heading(r.w.Get("level_attained"))
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

	line(r.w.Get("level"))
	row := r.row - 1
	r.height(r.sheet, row, 30)
	r.calc(r.sheet, resultFirst, row, known(at(levelAttained)), none, big)
	r.name("Level_attained", fixed(r.sheet, resultFirst, row, resultFirst, row))
	attained := fixed(r.sheet, resultFirst, row, resultFirst, row)
	r.merge(r.sheet, resultFirst+1, row, r.last, row, text)
	r.calc(r.sheet, resultFirst+1, row, r.levelText(attained, textName), "", look{bold: true, size: 12, down: "center", lines: lineBelow})

	line(r.w.Get("could_be"))
	row = r.row - 1
	number := look{down: "center", across: "left", lines: lineBelow, format: "0"}
	r.calc(r.sheet, resultFirst, row, unless(all.applicable()+"=0", at(levelAttainedLow)), base, number)
	r.put(r.sheet, resultFirst+1, row, r.w.Get("to"), look{down: "center", ink: r.pal.muted, lines: lineBelow})
	r.calc(r.sheet, resultFirst+2, row, unless(all.applicable()+"=0", at(levelAttainedHigh)), top, number)

	line(r.w.Get("next_level"))
	row = r.row - 1
	next := over("MIN", levelNext, []span{levels})
	r.calc(r.sheet, resultFirst, row, fmt.Sprintf(`IF(%s=0,"%s",%s)`, over("COUNT", levelNext, []span{levels}), none, next), r.t.Levels[1].Number, number)
	goal := fixed(r.sheet, resultFirst, row, resultFirst, row)
	r.merge(r.sheet, resultFirst+1, row, r.last, row, text)
	r.calc(r.sheet, resultFirst+1, row, r.levelText(goal, textMeaning), fmt.Sprintf("%s: %s", r.t.Levels[1].Name, r.t.Levels[1].Meaning), text)
	h := 0.0
	for _, l := range r.t.Levels {
		h = max(h, textHeight(l.Name+": "+l.Meaning, fontSize, false, r.across(resultFirst+1, r.last)))
	}
	r.height(r.sheet, row, rowHeight(h, 8))

	r.writeBlockers(gates, goal)
	r.writeAdvice(attained)
}

// The texts that go with a level stand on Lists, since a formula has no room for them: a row for each level with its
// name and its meaning, and a column for each level with its next steps.
const (
	textName = iota + 50
	textMeaning
	textAdvice
)

// listTexts writes the texts of the levels on Lists.
func (r *results) listTexts() {
	head := look{bold: true, fill: r.pal.pale, wrap: true}
	r.put(SheetLists, textName, listsHeader, "Name", head)
	r.put(SheetLists, textMeaning, listsHeader, "Name and meaning", head)
	for k, l := range r.t.Levels {
		row := listsHeader + 1 + k
		r.put(SheetLists, textName, row, l.Name, look{})
		r.put(SheetLists, textMeaning, row, l.Name+": "+l.Meaning, look{})
		r.put(SheetLists, textAdvice+k, listsHeader, fmt.Sprintf("Next steps from level %d", l.Number), head)
		for i, a := range r.t.AdviceFor(l.Number) {
			r.put(SheetLists, textAdvice+k, listsHeader+1+i, "•  "+a.Text, look{})
		}
	}
}

// pick is the formula for the text of the level whose number a cell holds, out of one text for each level.
func (r *results) pick(texts, at string) string {
	return fmt.Sprintf(`IF(ISNUMBER(%[1]s),INDEX(%[2]s,%[1]s-%[3]d)&"","")`, at, texts, r.t.Levels[0].Number-1)
}

// levelText spells out the level whose number a cell holds.
func (r *results) levelText(at string, col int) string {
	return r.pick(fixed(SheetLists, col, listsHeader+1, col, listsHeader+len(r.t.Levels)), at)
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
	r.heading(r.w.Get("next_steps"))
	for i := range most {
		h := 0.0
		for _, l := range r.t.Levels {
			if advice := r.t.AdviceFor(l.Number); i < len(advice) {
				h = max(h, textHeight("•  "+advice[i].Text, fontSize, false, r.across(resultLabel, r.last)))
			}
		}
		row := listsHeader + 1 + i
		f := r.pick(fixed(SheetLists, textAdvice, row, textAdvice+len(r.t.Levels)-1, row), attained)
		l := look{wrap: true, down: "center"}
		r.merge(r.sheet, resultLabel, r.row, r.last, r.row, l)
		r.calc(r.sheet, resultLabel, r.row, f, "", l)
		r.height(r.sheet, r.row, rowHeight(h, 6))
		r.row++
	}
}
