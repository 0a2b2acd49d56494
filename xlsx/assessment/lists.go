package assessment

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// The hidden sheet Lists holds the choices of the dropdowns, and beside them a row for each criterion that turns
// the chosen text into numbers. Results and Start count and add these up. Weights are whole thousandths
// (models.Criterion.EffectiveWeight), so that all sums on it are exact, and Results divides once.
const (
	listKey = iota + 10
	// listValue is the number of the chosen step, "na" for not applicable, "?" for a text that is no choice,
	// "" for blank.
	listValue
	listDone // 1 where something is chosen and the status is Done
	// The next are written only where criteria differ in weight; see book.weighted.
	listWeight
	listWeightAnswered
	listWeighted    // weight times value
	listWeightBlank // weight where nothing is chosen
	// The last two are written only where the method finds a level attained; see book.ladder.
	listWorth // what the step achieves, in parts of achievementUnit, times the weight where weights differ
	listShort // 1 where the step is not largely in place yet (more than half of the scale)
)

var listHeadings = []string{"Key", "Value", "Done", "Weight", "Weight answered", "Weighted value", "Weight blank",
	"Worth", "Short of largely"}

// has says whether the workbook needs a column of Lists.
func (b *book) has(col int) bool {
	switch {
	case col >= listWorth:
		return b.ladder()
	case col >= listWeight:
		return b.weighted()
	}
	return true
}

// weighted says whether the scored criteria differ in weight. Where they do not, each counts as 1: every figure is a
// ratio, out of which a weight that all share is cancelled.
func (b *book) weighted() bool {
	weight := int64(0)
	for i := range b.t.Criteria {
		c := &b.t.Criteria[i]
		if !c.Scored() {
			continue
		}
		switch w := c.EffectiveWeight(); {
		case w <= 0 || weight != 0 && w != weight:
			return true
		default:
			weight = w
		}
	}
	return false
}

const (
	valueNA      = "na"
	valueUnknown = "?"
)

// choiceList is a list of choices on Lists, with the number of each beside it.
type choiceList struct {
	// name is of all choices, targets of those without "not applicable".
	name, targets string
	scale         models.Scale
	col           int
	// forms are what a cell may hold for a choice, in their order on Lists.
	forms []form
}

// lists gives the list of each kind of criterion that the template has.
func (b *book) choiceLists() map[models.Kind]choiceList {
	all := map[models.Kind]choiceList{
		models.KindLevels:    b.listFor("Choices_level", "Choices_target_level", b.t.LevelScale(), 1),
		models.KindStatement: b.listFor("Choices_rating", "Choices_target_rating", b.t.RatingScale(), 4),
		models.KindSymptom:   b.listFor("Choices_symptom", "Choices_target_symptom", b.t.SymptomScale(), 7),
	}
	for kind := range all {
		if !hasKind(b.t, kind) {
			delete(all, kind)
		}
	}
	return all
}

func hasKind(t *models.Template, kind models.Kind) bool {
	for i := range t.Criteria {
		if t.Criteria[i].Kind == kind {
			return true
		}
	}
	return false
}

// kinds is the order in which the kinds of criteria are gone through.
var kinds = []models.Kind{models.KindLevels, models.KindStatement, models.KindSymptom}

// labels is the range of the labels of a list's steps.
func (c choiceList) labels() string {
	return draw.Fixed(layout.SheetLists, c.col, 2, c.col, 1+len(c.scale))
}

// writeLists fills the sheet Lists.
func (b *book) writeLists(p *plan) {
	head := draw.Look{Bold: true, Fill: b.Palette.Pale, Wrap: true}
	for _, kind := range kinds {
		list, ok := b.choiceLists()[kind]
		if !ok {
			continue
		}
		b.Width(layout.SheetLists, list.col, 28)
		b.writeList(list)
	}
	b.writeOwnLists()
	for i, h := range listHeadings {
		if b.has(listKey + i) {
			b.Put(layout.SheetLists, listKey+i, listsHeader, h, head)
		}
	}
	for _, c := range p.order {
		b.writeListRow(p, c)
	}
	if b.since != "" {
		b.writeCarriedLists(p)
	}
}

func (b *book) writeListRow(p *plan, c *models.Criterion) {
	row, list := p.in[c.Ref], b.listOf(c)
	plain := draw.Look{}
	on := func(col layout.Column) string {
		return layout.SheetAssessment + "!" + draw.Cell(p.columns[col], p.at[c.Ref])
	}
	b.writeListValue(p, c, "")
	v := draw.Cell(listValue, row)
	put := func(col int, formula string, value any) { b.Calc(layout.SheetLists, col, row, formula, value, plain) }
	put(listDone, fmt.Sprintf(`IF(AND(%s<>"",%s),1,0)`, v, b.says(on(layout.Status), layout.StatusDone)), 0)
	times := ""
	if b.weighted() {
		weight := c.EffectiveWeight()
		w := draw.Cell(listWeight, row)
		times = w + "*"
		b.Put(layout.SheetLists, listWeight, row, weight, plain)
		put(listWeightAnswered, fmt.Sprintf("IF(ISNUMBER(%s),%s,0)", v, w), 0)
		put(listWeighted, fmt.Sprintf("IF(ISNUMBER(%[1]s),%[2]s*%[1]s,0)", v, w), 0)
		put(listWeightBlank, fmt.Sprintf(`IF(OR(%[1]s="",%[1]s="%[2]s"),%[3]s,0)`, v, valueUnknown, w), weight)
	}
	if b.ladder() {
		lowest, span := list.scale.Lowest(), list.scale.Highest()-list.scale.Lowest()
		put(listWorth, fmt.Sprintf("IF(ISNUMBER(%[1]s),%[2]s(%[1]s-%[3]d)*%[4]d,0)", v, times, lowest, achievementUnit(b.t)/max(span, 1)), 0)
		put(listShort, fmt.Sprintf("IF(ISNUMBER(%[1]s),IF(2*(%[1]s-%[2]d)>%[3]d,0,1),0)", v, lowest, span), 0)
	}
}

// writeListValue writes the ref of a criterion and the number of what is chosen for it, with the value that it has in the
// workbook as it is written.
func (b *book) writeListValue(p *plan, c *models.Criterion, now any) {
	row, list := p.in[c.Ref], b.listOf(c)
	b.Put(layout.SheetLists, listKey, row, c.Ref, draw.Look{})
	x := layout.SheetAssessment + "!" + draw.Cell(p.columns[layout.Answer], p.at[c.Ref])
	value := here(list.number(x, `"`+valueUnknown+`"`))
	if b.t.Answers.NotApplicable {
		value = fmt.Sprintf(`IF(OR(%s=%s,%s="%s"),"%s",%s)`, x, b.Words.Quoted("not_applicable"), x, shortNA, valueNA, value)
	}
	b.Calc(layout.SheetLists, listValue, row, fmt.Sprintf(`IF(%s="","",%s)`, x, value), now, draw.Look{})
}

// here is a reference on Lists as a formula on that sheet writes it.
func here(ref string) string { return strings.ReplaceAll(ref, layout.SheetLists+"!", "") }

// over is a function over a column of Lists on the given rows: SUM(Lists!$P$2:$P$10,…).
func over(function string, col int, spans []draw.Span) string {
	if len(spans) == 0 {
		return "0" // of a topic or a cell without criteria
	}
	refs := make([]string, len(spans))
	for i, s := range spans {
		refs[i] = draw.Fixed(layout.SheetLists, col, s.From, col, s.To)
		if s.From == s.To && col == listValue {
			// HyperFormula fails over the text of a single cell, and passes text over in a range: the ref beside it is text.
			refs[i] = draw.Fixed(layout.SheetLists, col-1, s.From, col, s.To)
		}
	}
	return function + "(" + strings.Join(refs, ",") + ")"
}

// each is a formula for each run of rows, added up; %s in it is the values on Lists.
func each(formula string, spans []draw.Span) string {
	if len(spans) == 0 {
		return "0"
	}
	terms := make([]string, len(spans))
	for i, s := range spans {
		terms[i] = fmt.Sprintf(formula, draw.Fixed(layout.SheetLists, listValue, s.From, listValue, s.To))
	}
	return strings.Join(terms, "+")
}

// counting counts the values of a number on the given rows, marked those that are a text, and given all that are
// not blank.
func counting(number int, spans []draw.Span) string {
	return each(fmt.Sprintf("COUNTIF(%%s,%d)", number), spans)
}

func marked(text string, spans []draw.Span) string {
	return each(`COUNTIF(%s,"`+text+`")`, spans)
}

func given(spans []draw.Span) string { return each(`SUMPRODUCT((%s<>"")*1)`, spans) }

func total(spans []draw.Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

// achievementUnit is what a criterion at the top of its scale achieves for a weight of 1: a number that the spans
// of all scales divide, so that sums of achievements are whole.
func achievementUnit(t *models.Template) int {
	unit := 1
	if hasKind(t, models.KindStatement) {
		unit = models.FullyInPlace
	}
	if hasKind(t, models.KindLevels) {
		unit *= max(len(t.Levels)-1, 1)
	}
	return unit
}
