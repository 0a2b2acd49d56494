package scoring

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// rating is N, P, L or F as a number, so that ratings can be compared.
type rating int

const (
	unrated rating = iota - 1
	notInPlace
	partially
	largely
	fully
)

// upTo is the highest achievement, in percent, that earns the ratings N, P and L (ISO/IEC 33020:2019, process attribute rating scale).
// It is also what must be exceeded for the next.
var upTo = [...]int64{notInPlace: 15, partially: 50, largely: 85}

// grade rates an achievement; without one it is unrated.
func grade(r ratio) rating {
	if r.den == 0 {
		return unrated
	}
	for g, bound := range upTo {
		if 100*r.num <= bound*r.den {
			return rating(g)
		}
	}
	return fully
}

func (g rating) letter() string {
	if g == unrated {
		return ""
	}
	return models.Ratings[g].Code
}

// gate is a section, or for cumulative a criterion, that a level depends on.
type gate struct {
	topic, theme, ref string
	level             int
	applies           bool
	achievement       interval
}

// findSections lists the sections that hold a scored criterion, by the level they count for; within a level
// in template order, those that gate nothing last.
func (sc *Scorer) findSections(scale models.Scale) []section {
	t := sc.template
	themes := append(slices.Clone(t.Themes), models.Theme{}) // criteria without a theme are a section too
	var out []section
	for _, topic := range t.Topics {
		for _, theme := range themes {
			g := sc.gather(topic.ID, theme.ID, func(c *models.Criterion) bool {
				return c.Topic == topic.ID && c.Theme == theme.ID
			}, scale)
			if len(g.members) == 0 {
				continue
			}
			s := section{group: g}
			if topic.Level != nil {
				s.countsFor, s.gates = t.CountsFor(topic, theme, sc.scoring.Method)
			}
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b section) int {
		if a.countsFor == b.countsFor && a.gates != b.gates {
			if a.gates {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.countsFor, b.countsFor)
	})
	return out
}

// stand finds the level attained and what keeps the next away; nil where the template has no sections that
// count for a level.
func (sc *Scorer) stand(choices []models.Choice) *models.Staged {
	st := &models.Staged{}
	var gates []gate
	for i := range sc.sections {
		s := &sc.sections[i]
		gs, sum := sc.groupScore(&s.group, choices)
		gs.Rating = grade(sum.achievement.value).letter()
		st.Sections = append(st.Sections, models.Section{CountsFor: s.countsFor, Gates: s.gates, GroupScore: gs})
		if !s.gates {
			continue
		}
		if sc.scoring.Method == models.MethodStaged {
			gates = append(gates, gate{
				topic: s.topic, theme: s.theme, level: s.countsFor,
				applies: sum.tally.Answered+sum.tally.Blank > 0, achievement: sum.achievement,
			})
			continue
		}
		for _, at := range s.members {
			one := sc.add(&group{members: []int{at}}, choices)
			gates = append(gates, gate{
				topic: s.topic, theme: s.theme, ref: sc.items[at].ref, level: s.countsFor,
				applies: !choices[at].IsNotApplicable(), achievement: one.achievement,
			})
		}
	}
	if !slices.ContainsFunc(sc.sections, func(s section) bool { return s.gates }) {
		return nil
	}
	st.Level = sc.climb(gates, func(iv interval) ratio { return iv.value })
	st.Low = sc.climb(gates, func(iv interval) ratio { return iv.low })
	st.High = sc.climb(gates, func(iv interval) ratio { return iv.high })
	for _, level := range sc.template.Levels {
		if level.Number > st.Level && applies(gates, level.Number) {
			st.Next, st.HasNext = level.Number, true
			break
		}
	}
	if st.HasNext {
		st.Blockers = sc.blockers(gates, st.Next)
	}
	return st
}

// applies says whether anything that counts for the level is applicable.
func applies(gates []gate, level int) bool {
	return slices.ContainsFunc(gates, func(g gate) bool { return g.applies && g.level == level })
}

// needs is the lowest rating of g that the level can do with.
func (sc *Scorer) needs(g *gate, level int) rating {
	if g.level < level && sc.scoring.Method == models.MethodStaged {
		return fully
	}
	return largely
}

// climb finds the highest level attained with the achievements that pick takes.
func (sc *Scorer) climb(gates []gate, pick func(interval) ratio) int {
	levels := sc.template.Levels
	attained := levels[0].Number
	for _, level := range levels[1:] {
		if !applies(gates, level.Number) {
			continue
		}
		for i := range gates {
			g := &gates[i]
			if g.applies && g.level <= level.Number && grade(pick(g.achievement)) < sc.needs(g, level.Number) {
				return attained
			}
		}
		attained = level.Number
	}
	return attained
}

// blockers lists what keeps the level away.
func (sc *Scorer) blockers(gates []gate, level int) []models.Blocker {
	var out []models.Blocker
	for i := range gates {
		g := &gates[i]
		need := sc.needs(g, level)
		has := grade(g.achievement.value)
		if !g.applies || g.level > level || has >= need {
			continue
		}
		b := models.Blocker{
			Topic: g.topic, Theme: g.theme, Ref: g.ref, Needs: need.letter(), Has: has.letter(),
			Achievement: g.achievement.value.figure(),
		}
		if a := g.achievement.value; a.den != 0 {
			b.Short = ratio{upTo[need-1]*a.den - 100*a.num, 100 * a.den}.figure()
		}
		out = append(out, b)
	}
	return out
}
