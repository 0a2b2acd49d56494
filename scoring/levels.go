package scoring

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// rating is N, P, L or F as a number, so that ratings can be compared.
type rating int

const (
	unrated rating = -1
	fully   rating = models.FullyInPlace
)

// grade rates an achievement; without one it is unrated.
func grade(r ratio) rating {
	if r.den == 0 {
		return unrated
	}
	for g, bound := range models.RatingBounds {
		if 100*r.num <= int64(bound)*r.den {
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

// ratingOf is the rating that a letter stands for.
func ratingOf(letter string) rating {
	return rating(slices.IndexFunc(models.Ratings, func(s models.Step) bool { return s.Code == letter }))
}

// gate is a section, or a criterion, that a level depends on; see models.Gate.
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

// attain finds the level attained, and what keeps the next away, with the gates that a section has. Where the template
// has no sections that count for a level, there is none.
func (sc *Scorer) attain(w *whole, card *models.Scorecard, gatesOf func(*section, *sums) []gate) models.Range {
	st := &models.Staged{}
	var gates []gate
	for i := range sc.sections {
		s := &sc.sections[i]
		gs, sum := sc.groupScore(&s.group, w.choices)
		gs.Rating = grade(sum.achievement.value).letter()
		st.Sections = append(st.Sections, models.Section{CountsFor: s.countsFor, Gates: s.gates, GroupScore: gs})
		if s.gates {
			gates = append(gates, gatesOf(s, &sum)...)
		}
	}
	if gatedLevels(sc) != nil {
		return models.Range{}
	}
	card.Staged = st
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
	var overall models.Range
	if w.all.tally.Answered+w.all.tally.Blank > 0 {
		overall.Low, overall.High = models.Some(float64(st.Low)), models.Some(float64(st.High))
		if w.all.tally.Answered > 0 {
			overall.Value = models.Some(float64(st.Level))
		}
	}
	return overall
}

// applies says whether anything that counts for the level is applicable.
func applies(gates []gate, level int) bool {
	return slices.ContainsFunc(gates, func(g gate) bool { return g.applies && g.level == level })
}

// needs is the lowest rating of g that the level can do with.
func (sc *Scorer) needs(g *gate, level int) rating {
	if g.level < level {
		return sc.needsBelow
	}
	return sc.needsOwn
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
			b.Short = ratio{int64(models.RatingBounds[need-1])*a.den - 100*a.num, 100 * a.den}.figure()
		}
		out = append(out, b)
	}
	return out
}
