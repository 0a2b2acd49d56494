package scoring

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// Scorer scores many returns by one template and one method. It works out once what depends on the template alone. It
// is safe for concurrent use, as long as nobody changes the template.
type Scorer struct {
	template *models.Template
	scoring  models.Scoring
	method   known
	items    []item
	index    map[string]int
	// unit is what a criterion at the top of its scale achieves, per weight: a number that the spans of all
	// scales divide, so that achievements are sums of whole numbers.
	unit     int64
	overall  group
	topics   []group
	themes   []group
	cells    []group
	sections []section
	// needsOwn and needsBelow are the ratings that the method's line has as Needs and NeedsBelow.
	needsOwn, needsBelow rating
}

// item is a criterion with what scoring needs of it.
type item struct {
	ref       string
	kind      models.Kind
	weight    int64
	low, high int
}

// worth is what the given step achieves, in parts of unit.
func (it *item) worth(number int, unit int64) int64 {
	if it.high == it.low {
		return 0
	}
	return int64(number-it.low) * (unit / int64(it.high-it.low))
}

// group is criteria that are scored together, as positions in Scorer.items.
type group struct {
	topic, theme string
	members      []int
	// scale is the one that the criteria share; nil where they do not.
	scale models.Scale
}

// section is a group that counts for a level.
type section struct {
	group
	countsFor int
	gates     bool
}

// NewScorer makes a Scorer. A method that needs a choice of mean takes average-of-averages where s has none.
func NewScorer(t *models.Template, s models.Scoring) *Scorer {
	m, _ := find(s.Method)
	if m.ChoosesMean && s.Mean == "" {
		s.Mean = methods.AverageOfAverages
	}
	sc := &Scorer{template: t, scoring: s, method: m, index: make(map[string]int, len(t.Criteria)),
		needsOwn: ratingOf(m.Needs), needsBelow: ratingOf(m.NeedsBelow)}
	levels := t.LevelScale()
	sc.unit = models.FullyInPlace
	if len(levels) > 1 {
		sc.unit *= int64(levels.Highest() - levels.Lowest())
	}
	for i := range t.Criteria {
		c := &t.Criteria[i]
		scale := t.Scale(c)
		sc.index[c.Ref] = i
		sc.items = append(sc.items, item{c.Ref, c.Kind, c.EffectiveWeight(), scale.Lowest(), scale.Highest()})
	}
	sc.overall = sc.gather("", "", func(*models.Criterion) bool { return true }, levels)
	shared := sc.overall.scale
	for _, topic := range t.Topics {
		sc.topics = append(sc.topics, sc.gather(topic.ID, "", func(c *models.Criterion) bool { return c.Topic == topic.ID }, shared))
		for _, theme := range t.Themes {
			sc.cells = append(sc.cells, sc.gather(topic.ID, theme.ID, func(c *models.Criterion) bool {
				return c.Topic == topic.ID && c.Theme == theme.ID
			}, shared))
		}
	}
	for _, theme := range t.Themes {
		sc.themes = append(sc.themes, sc.gather("", theme.ID, func(c *models.Criterion) bool { return c.Theme == theme.ID }, shared))
	}
	sc.sections = sc.findSections(shared)
	return sc
}

// of is the scorer for a recipient: of the criteria that it is asked.
func (sc *Scorer) of(rc models.Recipient) *Scorer {
	asked := sc.template.For(rc)
	if asked == sc.template {
		return sc
	}
	return NewScorer(asked, sc.scoring)
}

// gather collects the scored criteria that belong. A group without any takes the scale given, so that it
// shows as the others do.
func (sc *Scorer) gather(topic, theme string, belongs func(*models.Criterion) bool, scale models.Scale) group {
	g := group{topic: topic, theme: theme}
	mixed := false
	for i := range sc.template.Criteria {
		c := &sc.template.Criteria[i]
		if !c.Scored() || !belongs(c) {
			continue
		}
		mixed = mixed || len(g.members) > 0 && sc.items[g.members[0]].kind != c.Kind
		g.members = append(g.members, i)
	}
	switch {
	case mixed:
	case len(g.members) > 0:
		g.scale = sc.template.Scale(&sc.template.Criteria[g.members[0]])
	default:
		g.scale = scale
	}
	return g
}

// choices lays the levels chosen out by criterion.
func (sc *Scorer) choices(answers []models.Answer) []models.Choice {
	return sc.layOut(answers, func(a *models.Answer) models.Choice { return a.Level.Value })
}

// layOut puts what pick takes of the answers in the order of the criteria; what is not there, not on the scale
// or contradictory is blank.
func (sc *Scorer) layOut(answers []models.Answer, pick func(*models.Answer) models.Choice) []models.Choice {
	out := make([]models.Choice, len(sc.items))
	seen := make([]bool, len(sc.items))
	torn := make([]bool, len(sc.items))
	for i := range answers {
		at, ok := sc.index[answers[i].Ref]
		if !ok {
			continue
		}
		choice := pick(&answers[i])
		if n, ok := choice.Number(); ok && (n < sc.items[at].low || n > sc.items[at].high) {
			choice = models.Blank()
		}
		torn[at] = torn[at] || seen[at] && out[at] != choice
		seen[at] = true
		out[at] = choice
	}
	for i := range out {
		if torn[i] {
			out[i] = models.Blank()
		}
	}
	return out
}
