package scoring

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// Tallies count how some of a round's members scored and answered: all that their Consolidation is made from. Tallies of
// several parts of a round add up to those of the whole, exactly and in any order, since there are few different scores and
// levels. They can be encoded by encoding/gob.
type Tallies struct {
	All Tally
	// Groups has for each group column in turn the tallies of its values; NoValue stands for none.
	Groups []map[string]*Tally
}

// Tally is that of one group of members.
type Tally struct {
	Recipients, Returned int
	// Attained counts by level, for methods that attain levels.
	Attained map[int]int
	// Scores counts the members by their score: overall, by topic, theme and cell, as they stand in a scorecard.
	Scores []map[float64]int
	// Criteria are in the order of the template.
	Criteria []CriterionTally
}

// CriterionTally counts the answers to a criterion; Asked is of how many returns, Levels by place on its scale.
type CriterionTally struct {
	Asked, Blank, NotApplicable, WithTarget, AtTarget int
	Levels                                            []int
}

// Tally counts members; groups are the columns by which they are grouped. Those with a return and no scorecard are scored.
func (sc *Scorer) Tally(groups []string, members []models.Member) *Tallies {
	out := &Tallies{Groups: make([]map[string]*Tally, len(groups))}
	for k := range groups {
		out.Groups[k] = map[string]*Tally{}
	}
	in := make([]*Tally, 1+len(groups))
	in[0] = &out.All
	for i := range members {
		m := &members[i]
		for k, column := range groups {
			in[1+k] = out.group(k, valueOf(m, column))
		}
		sc.count(m, in)
	}
	return out
}

// valueOf is a member's in a group column.
func valueOf(m *models.Member, column string) string {
	return cmp.Or(strings.TrimSpace(m.Recipient.Groups[column]), NoValue)
}

func (t *Tallies) group(column int, value string) *Tally {
	g := t.Groups[column][value]
	if g == nil {
		g = &Tally{}
		t.Groups[column][value] = g
	}
	return g
}

// count counts one member in several tallies.
func (sc *Scorer) count(m *models.Member, in []*Tally) {
	for _, t := range in {
		t.Recipients++
	}
	card := m.Scorecard
	if card == nil && m.Return != nil {
		scored := sc.of(m.Recipient).Score(m.Return.Answers())
		card = &scored
	}
	if card != nil {
		at, scores := sc.standingOf(card), scoresOf(card)
		for _, t := range in {
			t.score(at, scores)
		}
	}
	if m.Return == nil {
		return
	}
	b := sc.ballotOf(m)
	for _, t := range in {
		t.vote(sc, b)
	}
}

func (t *Tally) score(at *standing, scores []models.Figure) {
	t.Returned++
	if at.attained {
		if t.Attained == nil {
			t.Attained = map[int]int{}
		}
		t.Attained[at.level]++
	}
	if t.Scores == nil {
		t.Scores = make([]map[float64]int, len(scores))
	}
	for i, s := range scores {
		if x, ok := s.Get(); ok {
			if t.Scores[i] == nil {
				t.Scores[i] = map[float64]int{}
			}
			t.Scores[i][x]++
		}
	}
}

func (t *Tally) vote(sc *Scorer, b ballot) {
	if t.Criteria == nil {
		t.Criteria = make([]CriterionTally, len(sc.items))
		for at := range t.Criteria {
			t.Criteria[at].Levels = make([]int, len(sc.template.Scale(&sc.template.Criteria[at])))
		}
	}
	for at, x := range b {
		v := &t.Criteria[at]
		if x.level == markNotAsked {
			continue
		}
		v.Asked++
		switch x.level {
		case markBlank:
			v.Blank++
		case markNotApplicable:
			v.NotApplicable++
		default:
			v.Levels[int(x.level)-sc.items[at].low]++
			if x.target >= 0 {
				v.WithTarget++
				if x.level >= x.target {
					v.AtTarget++
				}
			}
		}
	}
}

// Add adds the tallies of another part of the same round.
func (t *Tallies) Add(other *Tallies) {
	t.All.add(&other.All)
	if len(t.Groups) == 0 {
		t.Groups = make([]map[string]*Tally, len(other.Groups))
	}
	for k, values := range other.Groups {
		if t.Groups[k] == nil {
			t.Groups[k] = map[string]*Tally{}
		}
		for value, g := range values {
			t.group(k, value).add(g)
		}
	}
}

func (t *Tally) add(other *Tally) {
	t.Recipients += other.Recipients
	t.Returned += other.Returned
	t.Attained = added(t.Attained, other.Attained)
	if len(t.Scores) == 0 { // of members without a return there are none
		t.Scores = make([]map[float64]int, len(other.Scores))
	}
	for i := range other.Scores {
		t.Scores[i] = added(t.Scores[i], other.Scores[i])
	}
	if len(t.Criteria) == 0 {
		t.Criteria = make([]CriterionTally, len(other.Criteria))
	}
	for i := range other.Criteria {
		a, b := &t.Criteria[i], &other.Criteria[i]
		a.Asked, a.Blank, a.NotApplicable = a.Asked+b.Asked, a.Blank+b.Blank, a.NotApplicable+b.NotApplicable
		a.WithTarget, a.AtTarget = a.WithTarget+b.WithTarget, a.AtTarget+b.AtTarget
		if len(a.Levels) == 0 {
			a.Levels = make([]int, len(b.Levels))
		}
		for k, n := range b.Levels {
			a.Levels[k] += n
		}
	}
}

func added[K comparable](counts, more map[K]int) map[K]int {
	if counts == nil && len(more) > 0 {
		counts = make(map[K]int, len(more))
	}
	for x, n := range more {
		counts[x] += n
	}
	return counts
}

// Consolidation is that of the members that were counted; groups are as Tally had them.
func (sc *Scorer) Consolidation(groups []string, t *Tallies) models.Consolidation {
	c := models.Consolidation{Recipients: t.All.Recipients, Returned: t.All.Returned, All: sc.view(&t.All), Criteria: sc.criteria(&t.All)}
	for k, column := range groups {
		for _, value := range slices.SortedFunc(maps.Keys(t.Groups[k]), byValue) {
			g := t.Groups[k][value]
			v := sc.view(g)
			v.Column, v.Value, v.Criteria = column, value, sc.criteria(g)
			c.Groups = append(c.Groups, v)
		}
	}
	return c
}

// byValue compares values of a group column: NoValue comes last.
func byValue(a, b string) int {
	if (a == NoValue) != (b == NoValue) {
		if a == NoValue {
			return 1
		}
		return -1
	}
	return strings.Compare(a, b)
}
