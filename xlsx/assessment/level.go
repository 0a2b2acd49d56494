package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
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
				name, of := layout.TopicTitle(topic), models.Theme{}
				if theme >= 0 {
					of = r.t.Themes[theme]
					name += " – " + of.Name
				}
				counts, gates := r.t.CountsFor(topic, of, r.scoring().Method)
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
	at := func(col int) string { return draw.Fixed(layout.SheetLists, col, levels.To, col, levels.To) }
	all := r.group(r.p, -1, -1)

	r.Heading(r.Words.Get("level_attained"))
	label := draw.Look{Bold: true, Down: "center", Lines: draw.LineBelow}
	big := draw.Look{Size: 14, Bold: true, Ink: r.Palette.AccentInk, Down: "center", Across: "left", Lines: draw.LineBelow, Format: "0"}
	text := draw.Look{Down: "center", Lines: draw.LineBelow, Wrap: true}
	line := func(name string) {
		r.Dress(r.Sheet, resultLabel, r.Row, r.Last, r.Row, text)
		r.Put(r.Sheet, resultLabel, r.Row, name, label)
		r.Height(r.Sheet, r.Row, 24)
		r.Row++
	}
	known := func(f string) string { return unless(all.answered()+"=0", f) }

	line(r.Words.Get("level"))
	row := r.Row - 1
	r.Height(r.Sheet, row, 30)
	r.Calc(r.Sheet, resultFirst, row, known(at(levelAttained)), none, big)
	r.Name("Level_attained", draw.Fixed(r.Sheet, resultFirst, row, resultFirst, row))
	attained := draw.Fixed(r.Sheet, resultFirst, row, resultFirst, row)
	r.attained = attained
	r.Merge(r.Sheet, resultFirst+1, row, r.Last, row, text)
	r.Calc(r.Sheet, resultFirst+1, row, r.levelText(attained, textName), "", draw.Look{Bold: true, Size: 12, Down: "center", Lines: draw.LineBelow})

	line(r.Words.Get("could_be"))
	row = r.Row - 1
	number := draw.Look{Down: "center", Across: "left", Lines: draw.LineBelow, Format: "0"}
	r.Calc(r.Sheet, resultFirst, row, unless(all.applicable()+"=0", at(levelAttainedLow)), base, number)
	r.Put(r.Sheet, resultFirst+1, row, r.Words.Get("to"), draw.Look{Down: "center", Ink: r.Palette.Muted, Lines: draw.LineBelow})
	r.Calc(r.Sheet, resultFirst+2, row, unless(all.applicable()+"=0", at(levelAttainedHigh)), top, number)

	line(r.Words.Get("next_level"))
	row = r.Row - 1
	next := over("MIN", levelNext, []draw.Span{levels})
	r.Calc(r.Sheet, resultFirst, row, fmt.Sprintf(`IF(%s=0,"%s",%s)`, over("COUNT", levelNext, []draw.Span{levels}), none, next), r.t.Levels[1].Number, number)
	goal := draw.Fixed(r.Sheet, resultFirst, row, resultFirst, row)
	r.Merge(r.Sheet, resultFirst+1, row, r.Last, row, text)
	r.Calc(r.Sheet, resultFirst+1, row, r.levelText(goal, textMeaning), fmt.Sprintf("%s: %s", r.t.Levels[1].Name, r.t.Levels[1].Meaning), text)
	h := 0.0
	for _, l := range r.t.Levels {
		h = max(h, draw.TextHeight(l.Name+": "+l.Meaning, draw.FontSize, false, r.Across(resultFirst+1, r.Last)))
	}
	r.Height(r.Sheet, row, draw.RowHeight(h, 8))

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
	head := draw.Look{Bold: true, Fill: r.Palette.Pale, Wrap: true}
	r.Put(layout.SheetLists, textName, listsHeader, "Name", head)
	r.Put(layout.SheetLists, textMeaning, listsHeader, "Name and meaning", head)
	for k, l := range r.t.Levels {
		row := listsHeader + 1 + k
		r.Put(layout.SheetLists, textName, row, l.Name, draw.Look{})
		r.Put(layout.SheetLists, textMeaning, row, l.Name+": "+l.Meaning, draw.Look{})
		r.Put(layout.SheetLists, textAdvice+k, listsHeader, fmt.Sprintf("Next steps from level %d", l.Number), head)
		for i, a := range r.t.AdviceFor(l.Number) {
			r.Put(layout.SheetLists, textAdvice+k, listsHeader+1+i, "•  "+a.Text, draw.Look{})
		}
	}
}

// downTo and acrossTo say where a level's text stands in a column or a row: a row and a column are given, since a row of
// one is read as a column by some programs.
const (
	downTo   = "%[1]s-%[3]d,1"
	acrossTo = "1,%[1]s-%[3]d"
)

// pick is the formula for the text of the level whose number a cell holds, out of one text for each level.
func (r *results) pick(texts, place, at string) string {
	return fmt.Sprintf(`IF(ISNUMBER(%[1]s),INDEX(%[2]s,`+place+`)&"","")`, at, texts, r.t.Levels[0].Number-1)
}

// levelText spells out the level whose number a cell holds.
func (r *results) levelText(at string, col int) string {
	return r.pick(draw.Fixed(layout.SheetLists, col, listsHeader+1, col, listsHeader+len(r.t.Levels)), downTo, at)
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
	r.Heading(r.Words.Get("next_steps"))
	for i := range most {
		h := 0.0
		for _, l := range r.t.Levels {
			if advice := r.t.AdviceFor(l.Number); i < len(advice) {
				h = max(h, draw.TextHeight("•  "+advice[i].Text, draw.FontSize, false, r.Across(resultLabel, r.Last)))
			}
		}
		row := listsHeader + 1 + i
		f := r.pick(draw.Fixed(layout.SheetLists, textAdvice, row, textAdvice+len(r.t.Levels)-1, row), acrossTo, attained)
		l := draw.Look{Wrap: true, Down: "center"}
		r.Merge(r.Sheet, resultLabel, r.Row, r.Last, r.Row, l)
		r.Calc(r.Sheet, resultLabel, r.Row, f, "", l)
		r.Height(r.Sheet, r.Row, draw.RowHeight(h, 6))
		r.Row++
	}
}
