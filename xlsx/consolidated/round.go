package consolidated

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// book is the round as the workbook shows it: the criteria in the order of the Matrix, the recipients whose
// return counts, and their answers as numbers.
type book struct {
	in    Input
	t     *models.Template
	words *words.Words
	// criteria are the scored ones by topic (and by theme, where sections are rated), then the symptoms.
	criteria []criterion
	scored   int
	topics   []block
	sections []section
	themes   []models.Theme
	members  []member
	// levels and targets hold a row for each member, a number for each criterion.
	levels, targets []int16
	groups          []groupColumn
	steps           models.Scale
	symptoms        models.Scale
	hasTargets      bool
	commentRows     int      // of the sheet Comments: a long comment has several
	omitted         []string // refs left out of the edition for circulation
	weighted        bool
}

// What a cell of levels holds where no step was chosen.
const (
	blankAnswer   int16 = -1
	notApplicable int16 = -2
	notAsked      int16 = -3
)

type criterion struct {
	*models.Criterion
	topic, theme string // names
	scale        models.Scale
	weight       int64
}

// block is a run of the Matrix's columns: first to last, counted from 0; last < first for none.
type block struct {
	id, name    string
	first, last int
	level       *int
	// scale is the one that the criteria share, nil where they do not.
	scale models.Scale
}

func (x block) empty() bool { return x.last < x.first }

// section is the criteria of one topic and theme of a staged template.
type section struct {
	block
	topic, theme int // indices
	countsFor    int
	gates        bool
}

// member is a recipient whose return counts.
type member struct {
	index  int // in Input.Members
	id     string
	name   string
	groups []string
}

func newBook(in Input) *book {
	b := &book{in: in, t: in.Template, words: in.Round.Words(), themes: in.Template.Themes}
	b.hasTargets = in.Template.Answers.Targets
	b.orderCriteria()
	for i := range in.Members {
		m := &in.Members[i]
		if m.Return == nil {
			continue
		}
		b.members = append(b.members, member{i, m.Recipient.ID, m.Recipient.Name, b.groupsOf(m.Recipient)})
	}
	b.levels = make([]int16, len(b.members)*len(b.criteria))
	if b.hasTargets {
		b.targets = make([]int16, len(b.levels))
	}
	b.findGroups()
	return b
}

// sectioned says that criteria are rated by section, which the Matrix then keeps together.
func (b *book) sectioned() bool { return b.staged() }

func (b *book) orderCriteria() {
	topic, theme := map[string]int{}, map[string]int{}
	for i, x := range b.t.Topics {
		topic[x.ID] = i
	}
	for i, x := range b.t.Themes {
		theme[x.ID] = i
	}
	var scored, symptoms []criterion
	for i := range b.t.Criteria {
		c := &b.t.Criteria[i]
		x := criterion{Criterion: c, scale: b.t.Scale(c), weight: c.EffectiveWeight()}
		x.topic = b.t.Topics[topic[c.Topic]].Name
		if c.Theme != "" {
			x.theme = b.t.Themes[theme[c.Theme]].Name
		}
		if !c.Scored() {
			symptoms = append(symptoms, x)
			continue
		}
		scored = append(scored, x)
		if x.weight != scored[0].weight {
			b.weighted = true
		}
	}
	order := func(a, c criterion) int {
		by := cmp.Compare(topic[a.Topic], topic[c.Topic])
		if by == 0 && b.sectioned() {
			by = cmp.Compare(theme[a.Theme], theme[c.Theme])
		}
		return by
	}
	slices.SortStableFunc(scored, order)
	slices.SortStableFunc(symptoms, order)
	b.criteria, b.scored = append(scored, symptoms...), len(scored)
	for _, c := range scored {
		if len(c.scale) > len(b.steps) {
			b.steps = b.t.KindScale(c.Kind)
		}
	}
	if len(symptoms) > 0 {
		b.symptoms = b.t.SymptomScale()
	}
	for _, x := range b.t.Topics {
		b.topics = append(b.topics, b.run(x.ID, x.Name, x.Level, func(c *criterion) bool { return c.Topic == x.ID }))
	}
	if b.sectioned() {
		b.findSections()
	}
}

// run finds the columns of the scored criteria that belong together.
func (b *book) run(id, name string, level *int, in func(*criterion) bool) block {
	x := block{id: id, name: name, first: 0, last: -1, level: level}
	var kind models.Kind
	mixed := false
	for i := range b.criteria[:b.scored] {
		if !in(&b.criteria[i]) {
			continue
		}
		if x.empty() {
			x.first, kind = i, b.criteria[i].Kind
		}
		mixed = mixed || b.criteria[i].Kind != kind
		x.last = i
	}
	if !x.empty() && !mixed {
		x.scale = b.t.KindScale(kind)
	}
	return x
}

// findSections lists the sections with the lowest level first: one whose theme gates the next level counts for
// the level above its topic's.
func (b *book) findSections() {
	for ti, topic := range b.t.Topics {
		if topic.Level == nil {
			continue
		}
		// Criteria without a theme are a section too.
		for hi, theme := range append(slices.Clone(b.t.Themes), models.Theme{}) {
			x := b.run(strings.TrimSpace(topic.ID+" "+theme.ID), strings.TrimSpace(topic.ID+" "+theme.Name), topic.Level, func(c *criterion) bool { return c.Topic == topic.ID && c.Theme == theme.ID })
			if x.empty() {
				continue
			}
			s := section{block: x, topic: ti, theme: hi}
			s.countsFor, s.gates = b.t.CountsFor(topic, theme, b.in.Scoring.Method)
			b.sections = append(b.sections, s)
		}
	}
	slices.SortStableFunc(b.sections, func(x, y section) int {
		if by := cmp.Compare(x.countsFor, y.countsFor); by != 0 || x.gates == y.gates {
			return by
		}
		if x.gates {
			return -1
		}
		return 1
	})
}

// level is what member i answered to criterion c.
func (b *book) level(i, c int) int16 { return b.levels[i*len(b.criteria)+c] }

// target is what member i aims at for criterion c.
func (b *book) target(i, c int) int16 { return b.targets[i*len(b.criteria)+c] }

// keep takes a member's answers into levels and targets; positions gives each ref's column.
func (b *book) keep(i int, answers []models.Answer, positions map[string]int) {
	row := b.levels[i*len(b.criteria):][:len(b.criteria)]
	for c := range row {
		row[c] = blankAnswer
	}
	var targets []int16
	if b.hasTargets {
		targets = b.targets[i*len(b.criteria):][:len(b.criteria)]
		for c := range targets {
			targets[c] = blankAnswer
		}
	}
	seen := make([]bool, len(row))
	for k := range answers {
		c, ok := positions[answers[k].Ref]
		if !ok {
			continue
		}
		if !seen[c] && answers[k].Comment.Value != "" && b.criteria[c].Applies(b.in.Members[b.members[i].index].Recipient.Groups) {
			b.commentRows += len(pages.Pieces(answers[k].Comment.Value, commentWidth))
		}
		put(row, c, seen[c], b.encode(c, answers[k].Level.Value))
		if targets != nil {
			put(targets, c, seen[c], b.encode(c, answers[k].Target.Value))
		}
		seen[c] = true
	}
	b.leaveOut(i, row, targets)
}

// put sets a value; of two that contradict each other neither stands.
func put(row []int16, c int, seen bool, v int16) {
	if seen && row[c] != v {
		v = blankAnswer
	}
	row[c] = v
}

// encode is a choice as a number; one that is not on the criterion's scale is blank.
func (b *book) encode(c int, choice models.Choice) int16 {
	if choice.IsNotApplicable() {
		return notApplicable
	}
	if n, ok := choice.Number(); ok {
		if _, onScale := b.criteria[c].scale.Step(n); onScale {
			return int16(n)
		}
	}
	return blankAnswer
}

func (b *book) positions() map[string]int {
	at := make(map[string]int, len(b.criteria))
	for i := range b.criteria {
		at[b.criteria[i].Ref] = i
	}
	return at
}
