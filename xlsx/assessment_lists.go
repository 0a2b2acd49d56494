package xlsx

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// The hidden sheet Lists holds the choices of the dropdowns, and beside them a row for each criterion that turns
// the chosen text into numbers. Weights are whole thousandths (models.Criterion.EffectiveWeight), so that all
// sums on it are exact, and Results divides once.
const (
	listKey = iota + 10
	listWeight
	// listValue is the number of the chosen step, "na" for not applicable, "?" for a text that is no choice,
	// "" for blank.
	listValue
	listGiven    // 1 where something is chosen
	listAnswered // 1 where a step is chosen
	listNA       // 1 where "not applicable" is chosen
	listWeightAnswered
	listWeighted    // weight times value
	listWeightBlank // weight where nothing is chosen
	listDone        // 1 where the status is Done
	// The last two are written only where the method finds a level attained; see book.ladder.
	listWorth // weight times what the step achieves, in parts of achievementUnit
	listShort // 1 where the step is not largely in place yet (more than half of the scale)
)

var listHeadings = []string{"Key", "Weight", "Value", "Given", "Answered",
	"Not applicable", "Weight answered", "Weighted value", "Weight blank", "Done", "Worth", "Short of largely"}

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
}

// lists gives the list of each kind of criterion that the template has.
func (b *book) choiceLists() map[models.Kind]choiceList {
	all := map[models.Kind]choiceList{
		models.KindLevels:    {"Choices_level", "Choices_target_level", b.t.LevelScale(), 1},
		models.KindStatement: {"Choices_rating", "Choices_target_rating", b.t.RatingScale(), 4},
		models.KindSymptom:   {"Choices_symptom", "Choices_target_symptom", b.t.SymptomScale(), 7},
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

// labels and numbers are the references of a list's columns.
func (c choiceList) labels() string {
	return fixed(SheetLists, c.col, 2, c.col, 1+len(c.scale))
}

func (c choiceList) numbers() string {
	return fixed(SheetLists, c.col+1, 2, c.col+1, 1+len(c.scale))
}

// writeLists fills the sheet Lists.
func (b *book) writeLists(p *plan) {
	head := look{bold: true, fill: b.pal.pale, wrap: true}
	for _, kind := range kinds {
		list, ok := b.choiceLists()[kind]
		if !ok {
			continue
		}
		b.width(SheetLists, list.col, 28)
		b.writeList(list)
	}
	b.writeOwnLists()
	for i, h := range listHeadings {
		if listKey+i < listWorth || b.ladder() {
			b.put(SheetLists, listKey+i, listsHeader, h, head)
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
	weight := c.EffectiveWeight()
	plain := look{}
	b.put(SheetLists, listKey, row, c.Ref, plain)
	b.put(SheetLists, listWeight, row, weight, plain)

	// Comparing with = inside SUMPRODUCT knows no wildcards, unlike MATCH: an asterisk is no choice.
	x := fixed(SheetAssessment, p.columns[colAnswer], p.at[c.Ref], p.columns[colAnswer], p.at[c.Ref])
	value := fmt.Sprintf(`IF(SUMPRODUCT((%[1]s=%[2]s)*1)=0,"%[4]s",SUMPRODUCT((%[1]s=%[2]s)*%[3]s))`,
		here(list.labels()), x, here(list.numbers()), valueUnknown)
	if b.t.Answers.NotApplicable {
		value = fmt.Sprintf(`IF(%s=%s,"%s",%s)`, x, b.w.Quoted("not_applicable"), valueNA, value)
	}
	b.calc(SheetLists, listValue, row, fmt.Sprintf(`IF(%s="","",%s)`, x, value), "", plain)

	v, w := cell(listValue, row), cell(listWeight, row)
	given, answered := cell(listGiven, row), cell(listAnswered, row)
	flag := func(col int, formula string, value any) { b.calc(SheetLists, col, row, formula, value, plain) }
	flag(listGiven, fmt.Sprintf(`IF(%s="",0,1)`, v), 0)
	flag(listAnswered, fmt.Sprintf(`IF(ISNUMBER(%s),1,0)`, v), 0)
	flag(listNA, fmt.Sprintf(`IF(%s="%s",1,0)`, v, valueNA), 0)
	flag(listWeightAnswered, answered+"*"+w, 0)
	flag(listWeighted, fmt.Sprintf(`IF(%s=1,%s*%s,0)`, answered, w, v), 0)
	flag(listWeightBlank, fmt.Sprintf(`IF(OR(%[1]s="",%[1]s="%[2]s"),%[3]s,0)`, v, valueUnknown, w), weight)
	status := fixed(SheetAssessment, p.columns[colStatus], p.at[c.Ref], p.columns[colStatus], p.at[c.Ref])
	flag(listDone, fmt.Sprintf(`IF(AND(%s=1,%s=%s),1,0)`, given, status, b.w.Quoted(statusDone)), 0)
	if b.ladder() {
		lowest, span := list.scale.Lowest(), list.scale.Highest()-list.scale.Lowest()
		flag(listWorth, fmt.Sprintf("IF(%s=1,%s*(%s-%d)*%d,0)", answered, w, v, lowest, achievementUnit(b.t)/max(span, 1)), 0)
		flag(listShort, fmt.Sprintf("IF(%s=1,IF(2*(%s-%d)>%d,0,1),0)", answered, v, lowest, span), 0)
	}
}

// here is a reference on Lists as a formula on that sheet writes it.
func here(ref string) string { return strings.TrimPrefix(ref, SheetLists+"!") }

// over is a function over a column of Lists on the given rows: SUM(Lists!$P$2:$P$10,…).
func over(function string, col int, spans []span) string {
	if len(spans) == 0 {
		return "0" // of a topic or a cell without criteria
	}
	refs := make([]string, len(spans))
	for i, s := range spans {
		refs[i] = fixed(SheetLists, col, s.from, col, s.to)
	}
	return function + "(" + strings.Join(refs, ",") + ")"
}

// counting counts the values of a number on the given rows.
func counting(number int, spans []span) string {
	terms := make([]string, len(spans), len(spans)+1)
	if len(spans) == 0 {
		terms = append(terms, "0")
	}
	for i, s := range spans {
		terms[i] = fmt.Sprintf("COUNTIF(%s,%d)", fixed(SheetLists, listValue, s.from, listValue, s.to), number)
	}
	return strings.Join(terms, "+")
}

func total(spans []span) int {
	n := 0
	for _, s := range spans {
		n += s.len()
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

// writeList writes the choices of a dropdown with their numbers, and names the ranges that dropdowns offer.
func (b *book) writeList(list choiceList) {
	head := look{bold: true, fill: b.pal.pale, wrap: true}
	b.put(SheetLists, list.col, 1, "Choice", head)
	b.put(SheetLists, list.col+1, 1, "Number", head)
	for i, step := range list.scale {
		b.put(SheetLists, list.col, 2+i, step.Label(), look{})
		b.put(SheetLists, list.col+1, 2+i, step.Number, look{})
	}
	end := 1 + len(list.scale)
	if b.t.Answers.Targets {
		b.name(list.targets, fixed(SheetLists, list.col, 2, list.col, end))
	}
	if b.t.Answers.NotApplicable {
		end++
		b.put(SheetLists, list.col, end, b.t.NotApplicable(), look{})
	}
	b.name(list.name, fixed(SheetLists, list.col, 2, list.col, end))
}
