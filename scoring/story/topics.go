package story

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring"
)

// leastPaired is how many returns a test over topics needs.
const leastPaired = 10

// halvesChart counts how many returns have each topic in the lower and the upper half of their own topics.
func (t *telling) halvesChart() {
	if t.attains() || t.results.Scoring.Info().Score.Whole() || len(t.results.Template.Topics) < 3 {
		return
	}
	low, up := t.halves(asIs, false)
	apart := t.standApart()
	for i, topic := range t.results.Template.Topics {
		t.charts.Topics = append(t.charts.Topics, headlines.Halves{Topic: topic.ID, Lower: low[i], Upper: up[i], Apart: apart[i] != 0})
	}
	if t.reader == Office && !slices.ContainsFunc(apart, func(side int) bool { return side != 0 }) && t.butForDoubtful() {
		for _, x := range t.list {
			if x.doubtful {
				t.charts.Doubtful++
			}
		}
	}
}

// halves counts by topic the returns that have it below, and above, the middle of their own topics.
func (t *telling) halves(end int, sure bool) (low, up []int) {
	n := len(t.results.Template.Topics)
	low, up = make([]int, n), make([]int, n)
	for _, x := range t.list {
		if sure && x.doubtful {
			continue
		}
		count(x.topics[end], low, up)
	}
	return low, up
}

// count adds to low and up which figures lie below, and above, the middle of all.
func count(list []models.Figure, low, up []int) {
	var known []float64
	for _, f := range list {
		if v, ok := f.Get(); ok {
			known = append(known, v)
		}
	}
	middle := scoring.SpreadOf(known).Median.Or(0)
	for i, f := range list {
		switch v, ok := f.Get(); {
		case !ok:
		case v < middle-1e-9:
			low[i]++
		case v > middle+1e-9:
			up[i]++
		}
	}
}

// standApart says of each topic -1 where it stands low, 1 where it stands high, by the sign test, which must hold at both
// ends of the blanks and without the doubtful returns.
func (t *telling) standApart() []int {
	n := len(t.results.Template.Topics)
	out := make([]int, n)
	if len(t.list) < leastPaired {
		return out
	}
	for i := range out {
		out[i] = t.side(i, asIs, false)
		if t.side(i, lowest, false) != out[i] || t.side(i, highest, false) != out[i] || t.side(i, asIs, true) != out[i] {
			out[i] = 0
		}
	}
	return out
}

// butForDoubtful says that some topic would stand apart but for the doubtful returns.
func (t *telling) butForDoubtful() bool {
	if len(t.list) < leastPaired {
		return false
	}
	for i := range t.results.Template.Topics {
		if s := t.side(i, asIs, false); s != 0 && t.side(i, lowest, false) == s && t.side(i, highest, false) == s {
			return true
		}
	}
	return false
}

// side is -1 or 1 where most returns have the topic in the lower, or the upper, half of their own, by the sign test.
func (t *telling) side(topic, end int, sure bool) int {
	low, up := t.halves(end, sure)
	n := len(low)
	switch u := low[topic] + up[topic]; {
	case leaning(low[topic], u, n):
		return -1
	case leaning(up[topic], u, n):
		return 1
	}
	return 0
}

// apart says which topics stand apart, and by how many returns.
func (t *telling) apart() {
	apart := t.standApart()
	if !t.whole() || t.reader == Outside && len(t.list) < 2*t.minimum() {
		return
	}
	var low, high []int
	for i, side := range apart {
		c := t.charts.Topics
		switch {
		case i >= len(c) || t.reader == Outside && (!t.tells(c[i].Lower, len(t.list)) || !t.tells(c[i].Upper, len(t.list))):
		case side < 0:
			low = append(low, i)
		case side > 0:
			high = append(high, i)
		}
	}
	if len(low) > 3 {
		low = nil
	}
	if len(high) > 3 {
		high = nil
	}
	if len(low)+len(high) == 0 {
		return
	}
	x := headlines.Item{Rule: headlines.Result, Title: t.Words.Count("story.apart_title", len(low)+len(high), "n", len(apart))}
	more := headlines.Item{Rule: headlines.InHalves}
	var texts, counts []string
	for _, side := range []struct {
		list           []int
		one, all, half string
		upper          bool
	}{{low, "story.apart_low", "story.apart_low_all", "story.in_lower", false}, {high, "story.apart_high", "story.apart_high_all", "story.in_upper", true}} {
		if len(side.list) == 0 {
			continue
		}
		var names []string
		for _, i := range side.list {
			names = append(names, t.topic(i))
			h := t.charts.Topics[i]
			c := h.Lower
			if side.upper {
				c = h.Upper
			}
			values := []any{"count", c, "n", len(t.list), "topic", t.topic(i)}
			counts = append(counts, t.Words.Say(side.half, values...))
			more.Figures = append(more.Figures, figures(h.Topic, c)...)
		}
		key := side.one
		if len(names) > 1 {
			key = side.all
		}
		texts = append(texts, t.Words.Say(key, "topics", t.enumerate(names)))
	}
	x.Text, x.Figures = texts[0], more.Figures
	if len(texts) > 1 {
		x.Text = t.Words.Say("story.apart_both", "low", texts[0], "high", texts[1])
	}
	more.Text = counts[0]
	for _, c := range counts[1:] {
		more.Text += "; " + c
	}
	if rest := len(apart) - len(low) - len(high); rest > 0 {
		more.More = t.Words.Count("story.others_alike", rest)
	}
	t.add(x)
	t.add(more)
}

// topicChange says which topics rose, or fell, in most of the recipients that returned both times.
func (t *telling) topicChange(c *models.Comparison) {
	if !t.whole() || t.reader == Outside && len(t.results.Disclosure.LeftOut) > 0 {
		return
	}
	n := len(t.results.Template.Topics)
	tally := func(i int, sure bool) (up, down, pairs int) {
		for k := range c.Recipients {
			r := &c.Recipients[k]
			if !t.hasReturn(r.Recipient) || sure && t.doubted[r.Recipient] || i >= len(r.Topics) {
				continue
			}
			v, ok := r.Topics[i].Change.Get()
			switch {
			case !ok:
				continue
			case v > 1e-9:
				up++
			case v < -1e-9:
				down++
			}
			pairs++
		}
		return up, down, pairs
	}
	type moved struct{ topic, up, down, pairs int }
	var said []moved
	both, up, down := 0, 0, 0
	for i := range n {
		m := moved{topic: i}
		m.up, m.down, m.pairs = tally(i, false)
		both = max(both, m.pairs)
		most := max(m.up, m.down)
		if m.pairs < leastPaired || 2*most < m.pairs || !leaning(most, m.up+m.down, n) {
			continue
		}
		if u, d, _ := tally(i, true); !leaning(max(u, d), u+d, n) || u > d != (m.up > m.down) {
			continue
		}
		if t.reader == Outside && (m.pairs < 2*t.minimum() || !t.tells(most, m.pairs)) {
			continue
		}
		if m.up > m.down {
			up++
		} else {
			down++
		}
		said = append(said, m)
	}
	if len(said) == 0 {
		if both >= leastPaired && t.reader == Office {
			t.add(headlines.Item{Rule: headlines.Change, Text: t.Words.Say("story.topics_stayed", "since", t.since(), "pairs", both), More: t.Words.Get("story.topics_chance"), Figures: figures("pairs", both)})
		}
		return
	}
	slices.SortStableFunc(said, func(a, b moved) int { return cmp.Compare(max(b.up, b.down), max(a.up, a.down)) })
	m := said[0]
	key := "story.topic_rose"
	if m.down > m.up {
		key = "story.topic_fell"
		down--
	} else {
		up--
	}
	if min(m.up, m.down) == 0 {
		key += "_only"
	}
	x := headlines.Item{Rule: headlines.Change, Figures: figures("topic "+t.results.Template.Topics[m.topic].ID, m.up, "down", m.down, "pairs", m.pairs)}
	x.Text = t.Words.Say(key, "topic", t.topic(m.topic), "up", m.up, "down", m.down, "pairs", m.pairs)
	if up+down > 0 {
		x.More = t.Words.Say("story.topics_also", "up", up, "down", down)
		x.Figures = append(x.Figures, figures("other topics up", up, "other topics down", down)...)
	}
	t.add(x)
}
