package story

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring"
)

// mostFurthest is how many criteria are looked at as those furthest short of the level to reach.
const mostFurthest = 6

// furthestChart ranks the criteria by how far the returns are from the level to reach, the middle of the scale: a return
// at that level or above counts 0.
func (t *telling) furthestChart() {
	tpl := t.results.Template
	s := tpl.LevelScale()
	t.charts.Aim = (s.Lowest() + s.Highest() + 1) / 2
	if t.attains() {
		return
	}
	for _, v := range t.views() {
		c := tpl.Criterion(v.Ref)
		if c == nil || c.Kind != models.KindLevels || v.Answered == 0 {
			continue
		}
		x := headlines.Short{Ref: v.Ref, N: v.Answered}
		sum := 0
		for _, d := range v.Distribution {
			if d.Number < t.charts.Aim {
				x.Below += d.Count
				sum += d.Count * (t.charts.Aim - d.Number)
			}
		}
		x.Mean = float64(sum) / float64(v.Answered)
		if x.Below > 0 {
			t.charts.Furthest = append(t.charts.Furthest, x)
		}
	}
	slices.SortStableFunc(t.charts.Furthest, func(a, b headlines.Short) int {
		return cmp.Or(compareWeight(b.Mean, a.Mean), cmp.Compare(b.Below, a.Below))
	})
}

// furthest says that the criteria furthest short of the level to reach are mostly of one topic.
func (t *telling) furthest() {
	first := t.charts.Furthest
	if len(first) < mostFurthest {
		return
	}
	first = first[:mostFurthest]
	tpl := t.results.Template
	scored, of, here := 0, map[string]int{}, map[string][]headlines.Short{}
	for i := range tpl.Criteria {
		if c := &tpl.Criteria[i]; c.Scored() {
			scored++
			of[c.Topic]++
		}
	}
	for _, x := range first {
		topic := tpl.Criterion(x.Ref).Topic
		here[topic] = append(here[topic], x)
	}
	for i, topic := range tpl.Topics {
		list := here[topic.ID]
		// Four or more, and more than twice the topic's share of all criteria.
		if len(list) < 4 || len(list)*scored <= 2*mostFurthest*of[topic.ID] || !t.tells(list[0].Below, list[0].N) {
			continue
		}
		c := t.Template.Criterion(list[0].Ref)
		x := headlines.Item{Rule: headlines.FurthestOff, Title: t.Words.Say("story.furthest_title", "level", t.charts.Aim)}
		values := []any{"level", t.charts.Aim, "topic", t.topic(i), "criterion", t.quoted(c.Subject), "below", list[0].Below, "n", list[0].N}
		if len(list) == mostFurthest {
			x.Text = t.Words.Say("story.furthest_all", values...)
		} else {
			x.Text = t.Words.Say("story.furthest", append(values, "count", len(list))...)
		}
		x.Figures = figures("topic "+topic.ID, len(list), list[0].Ref, list[0].Below, "n", list[0].N)
		t.add(x)
		return
	}
	t.furthestFirst(first)
}

// furthestFirst names the first criteria where no topic holds most of them, so that the office reads where to begin.
func (t *telling) furthestFirst(list []headlines.Short) {
	if t.reader != Office || len(t.list) < t.minimum() {
		return
	}
	x := headlines.Item{Rule: headlines.FurthestOff, Title: t.Words.Say("story.furthest_title", "level", t.charts.Aim)}
	var names []string
	for _, s := range list[:mostFirst] {
		names = append(names, t.Words.Say("story.furthest_named", "criterion", t.section("", "", s.Ref), "below", s.Below, "n", s.N))
		x.Figures = append(x.Figures, figures(s.Ref, s.Below, "n", s.N)...)
	}
	x.Text = t.Words.Say("story.furthest_first", "level", t.charts.Aim, "criteria", t.enumerate(names))
	t.add(x)
}

// risk says which symptom most name as still true, where a quarter of those do who answered it.
func (t *telling) risk() {
	type said struct {
		ref      string
		count, n int
	}
	var best []said
	for _, v := range t.views() {
		c := t.results.Template.Criterion(v.Ref)
		if c == nil || c.Kind != models.KindSymptom {
			continue
		}
		x := said{ref: v.Ref, n: v.Answered}
		for _, d := range v.Distribution {
			if d.Number == models.Symptoms.Highest() {
				x.count = d.Count
			}
		}
		if x.count < t.minimum() || 4*x.count < x.n || !t.tells(x.count, x.n) {
			continue
		}
		switch {
		case len(best) == 0 || x.count > best[0].count:
			best = []said{x}
		case x.count == best[0].count && x.n == best[0].n:
			best = append(best, x)
		}
	}
	if len(best) == 0 || len(best) > 3 {
		return
	}
	var texts []string
	x := headlines.Item{Rule: headlines.Risk}
	for _, s := range best {
		texts = append(texts, t.quoted(strings.TrimSuffix(t.Template.Criterion(s.ref).Text(), ".")))
		x.Figures = append(x.Figures, figures(s.ref, s.count, "n", s.n)...)
	}
	key := "story.risk"
	if len(best) > 1 {
		key = "story.risk_each"
	}
	x.Text = t.Words.Say(key, "count", best[0].count, "n", best[0].n, "symptom", t.enumerate(texts))
	t.add(x)
}

// targets says how far the targets lie above the present level, where half of the returns give them on half of their criteria.
func (t *telling) targets() {
	if !t.results.Template.Answers.Targets || t.reader == Outside {
		return // for readers outside they would have to be in the disclosure, return by return
	}
	give, given, above := 0, 0, 0
	var gaps []float64
	for _, x := range t.list {
		if 2*x.given >= x.asked && x.given > 0 {
			give++
		}
		given, above = given+x.given, above+x.above
		if v, ok := x.gap.Get(); ok {
			gaps = append(gaps, v)
		}
	}
	if 2*give < len(t.list) || given == 0 || len(gaps) < t.minimum() {
		return
	}
	gap := scoring.SpreadOf(gaps).Median
	x := headlines.Item{Rule: headlines.Targets, Figures: figures("above", above, "n", given, "gap", gap.Or(0))}
	x.Text = t.Words.Say("story.targets", "above", above, "n", given, "gap", t.Words.Number(gap.Format(1)))
	x.More = t.Words.Get("story.targets_alike")
	if wide := t.widest(); wide >= 0 {
		x.More = t.Words.Say("story.targets_widest", "topic", t.topic(wide))
		x.Figures = append(x.Figures, figures("widest "+t.results.Template.Topics[wide].ID, 1)...)
	}
	t.add(x)
}

// widest is the one topic whose gaps stand above the recipients' other gaps by the sign test, or -1.
func (t *telling) widest() int {
	n := len(t.results.Template.Topics)
	wide := -1
	for i := range n {
		passes := true
		for _, sure := range []bool{false, true} {
			low, up := make([]int, n), make([]int, n)
			for _, x := range t.list {
				if !(sure && x.doubtful) {
					count(x.gaps, low, up)
				}
			}
			passes = passes && len(t.list) >= leastPaired && leaning(up[i], low[i]+up[i], n)
		}
		if passes && wide >= 0 {
			return -1 // more than one: none is the widest
		}
		if passes {
			wide = i
		}
	}
	return wide
}
