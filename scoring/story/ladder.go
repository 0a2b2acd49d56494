package story

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring"
)

// levelsChart counts who stands at which level, and how they got there.
func (t *telling) levelsChart() {
	info := t.results.Scoring.Info()
	if !info.HasOverall() || !info.Overall.Whole() {
		return
	}
	if t.reader == Outside { // as the disclosure has them, which may rest on fewer criteria
		if v := t.view(); v != nil && v.Returned > 0 {
			for _, s := range v.Attained {
				t.charts.Levels = append(t.charts.Levels, headlines.Level{Number: s.Number, Before: s.Count})
			}
		}
		return
	}
	low := t.results.Template.Levels[0].Number
	for _, k := range t.levels() {
		t.charts.Levels = append(t.charts.Levels, headlines.Level{Number: k})
	}
	for _, x := range t.list {
		v, ok := x.overall[asIs].Get()
		if !ok || int(v) < low || int(v)-low >= len(t.charts.Levels) {
			continue
		}
		l := &t.charts.Levels[int(v)-low]
		c := t.results.Change(x.recipient.ID)
		if !t.attains() {
			c = nil
		}
		moved := 0.0
		if c != nil {
			moved = c.Overall.Change.Or(0)
		}
		switch {
		case t.results.Comparison == nil || c != nil && moved == 0:
			l.Before++
		case c == nil:
			l.New++
		case moved > 0 && c.Certain:
			l.Up++
			t.charts.Up = append(t.charts.Up, x.recipient.ID)
		case moved > 0:
			l.UpOpen++
			t.charts.Open = append(t.charts.Open, x.recipient.ID)
		case c.Certain:
			l.Down++
			t.charts.Down = append(t.charts.Down, x.recipient.ID)
		default:
			l.DownOpen++
			t.charts.Open = append(t.charts.Open, x.recipient.ID)
		}
	}
}

// place is a section, or a criterion, in the template's order.
type place struct{ topic, theme, ref string }

func placeOf(a *scoring.Away) place { return place{a.Topic, a.Theme, a.Ref} }

func (t *telling) order(p place) int {
	tpl := t.results.Template
	at := slices.IndexFunc(tpl.Topics, func(x models.Topic) bool { return x.ID == p.topic }) * 10000
	if p.ref != "" {
		return at + slices.IndexFunc(tpl.Criteria, func(c models.Criterion) bool { return c.Ref == p.ref })
	}
	return at + slices.IndexFunc(tpl.Themes, func(x models.Theme) bool { return x.ID == p.theme })
}

// heldChart says which sections keep whom from the next level, by weight.
func (t *telling) heldChart() {
	held := map[place]*headlines.Held{}
	common, there := t.commonBelowTop()
	t.charts.Common, t.charts.CommonCount = common, len(there)
	for _, x := range t.list {
		ahead := headlines.Ahead{Member: x.member, Steps: x.steps}
		for _, a := range x.away {
			if a.Steps > 0 {
				ahead.Held = append(ahead.Held, headlines.Away{Topic: a.Topic, Theme: a.Theme, Ref: a.Ref, Steps: a.Steps})
			}
		}
		if x.steps > 0 {
			t.charts.Ahead = append(t.charts.Ahead, ahead)
		}
		for i := range x.away {
			a := &x.away[i]
			if a.Steps == 0 {
				continue
			}
			h := held[placeOf(a)]
			if h == nil {
				h = &headlines.Held{Topic: a.Topic, Theme: a.Theme, Ref: a.Ref}
				held[placeOf(a)] = h
			}
			h.Weight += x.weight()
			if x.near() {
				h.NearNow++
			}
			if x.hasNext && x.level == common {
				h.Common++
			}
			switch {
			case !a.Certain || x.near() && !x.nearForCertain():
				h.Open++
			case x.near():
				h.Near++
			default:
				h.Far++
			}
		}
	}
	for _, h := range held {
		t.charts.Held = append(t.charts.Held, *h)
	}
	slices.SortFunc(t.charts.Held, func(a, b headlines.Held) int {
		return cmp.Or(compareWeight(b.Weight, a.Weight), cmp.Compare(b.Count(), a.Count()),
			cmp.Compare(t.order(place{a.Topic, a.Theme, a.Ref}), t.order(place{b.Topic, b.Theme, b.Ref})))
	})
}

// compareWeight compares sums that were added up in different orders.
func compareWeight(a, b float64) int {
	if a-b < 1e-9 && b-a < 1e-9 {
		return 0
	}
	return cmp.Compare(a, b)
}

// waysChart counts how many steps it is to the next level.
func (t *telling) waysChart() {
	ways := map[int]*headlines.Way{}
	for _, x := range t.list {
		if x.steps == 0 {
			continue
		}
		w := ways[x.level]
		if w == nil {
			w = &headlines.Way{From: x.level, To: x.level + 1}
			ways[x.level] = w
		}
		at := 0
		for at < len(headlines.Bounds) && x.steps > headlines.Bounds[at] {
			at++
		}
		w.Counts[at]++
		if at == 0 && !x.nearForCertain() {
			w.Open++
		}
	}
	for _, k := range slices.Backward(t.levels()) {
		if w := ways[k]; w != nil {
			t.charts.Ways = append(t.charts.Ways, *w)
		}
	}
}

// lackingChart ranks the criteria that those lack whom their section keeps from the next level.
func (t *telling) lackingChart() {
	all := map[string]*headlines.Lacking{}
	for _, x := range t.list {
		for _, a := range x.away {
			if a.Steps == 0 {
				continue
			}
			for _, l := range a.Lacks {
				c := all[l.Ref]
				if c == nil {
					c = &headlines.Lacking{Ref: l.Ref}
					all[l.Ref] = c
				}
				c.Kept++
				share := l.Share
				if a.Ref != "" {
					share = 1
				}
				c.Weight += x.weight() * share
				if x.near() {
					c.Near++
				}
			}
		}
	}
	tpl := t.results.Template
	for i := range tpl.Criteria {
		if c := all[tpl.Criteria[i].Ref]; c != nil {
			t.charts.Lacking = append(t.charts.Lacking, *c)
		}
	}
	slices.SortStableFunc(t.charts.Lacking, func(a, b headlines.Lacking) int {
		return cmp.Or(compareWeight(b.Weight, a.Weight), cmp.Compare(b.Kept, a.Kept))
	})
}
