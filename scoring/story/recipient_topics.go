package story

import (
	"math"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/words"
)

// Share writes an achievement in per cent without decimals, or with as many as show on which side of the bound it lies:
// 84.96 where over 85 is asked is not 85.
func Share(w *words.Words, v float64, bound int) string {
	for places := range 4 {
		text := models.Some(100 * v).Format(places)
		edge := models.Some(float64(bound)).Format(places)
		if text != edge || math.Abs(100*v-float64(bound)) < 1e-9 {
			return w.Percent(text)
		}
	}
	return w.Percent(models.Some(100 * v).Format(4))
}

// topicsApart says which of the recipient's topics stand apart from its other criteria: at most one low and one high.
func (o *own) topicsApart() {
	tpl := o.results.Template.For(o.x.recipient)
	info := o.results.Scoring.Info()
	if info.AttainsLevels() {
		return
	}
	type side struct {
		topic, count        int
		share, mean, others float64
	}
	var low, high *side
	for i, topic := range tpl.Topics {
		a, b := o.sidesOf(tpl, topic.ID, nil, nil)
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		share := pairs(a, b)
		if !far(share) || dealt(a, b)*float64(len(tpl.Topics)) > unlikely {
			continue
		}
		scale := tpl.LevelScale()
		inside, outside := scale.Highest(), scale.Lowest() // the blanks at the ends that speak against it
		if share > 0.5 {
			inside, outside = outside, inside
		}
		a2, b2 := o.sidesOf(tpl, topic.ID, &inside, &outside)
		if worst := pairs(a2, b2); !far(worst) || worst > 0.5 != (share > 0.5) {
			continue
		}
		s := &side{i, len(a), share, mean(a), mean(b)}
		switch {
		case share < 0.5 && (low == nil || share < low.share):
			low = s
		case share > 0.5 && (high == nil || share > high.share):
			high = s
		}
	}
	for _, s := range []*side{low, high} {
		if s == nil {
			continue
		}
		key := "story.own_low"
		if s == high {
			key = "story.own_high"
		}
		x := headlines.Item{Rule: headlines.Result, Figures: figures("topic "+tpl.Topics[s.topic].ID, s.share, "mean", s.mean, "others", s.others)}
		x.Text = o.Words.Say(key, "topic", o.topic(s.topic))
		x.Title = x.Text
		x.More = o.Words.Say("story.own_apart", "count", s.count, "mean", o.Words.Number(models.Some(s.mean).Format(2)), "others", o.Words.Number(models.Some(s.others).Format(2)))
		o.mine.Apart = append(o.mine.Apart, headlines.Apart{Topic: tpl.Topics[s.topic].ID, Pairs: s.share})
		o.add(x)
	}
	if low == nil && high == nil {
		o.add(headlines.Item{Rule: headlines.Result, Text: o.Words.Get("story.own_alike"), Title: o.Words.Get("summary.by_topic_alone")})
	}
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(len(list))
}

// sidesOf are the numbers chosen inside a topic and outside it; a blank counts as given, or not at all.
func (o *own) sidesOf(tpl *models.Template, topic string, inside, outside *int) (a, b []float64) {
	chosen := map[string]models.Choice{}
	for i := range o.answers {
		chosen[o.answers[i].Ref] = o.answers[i].Level.Value
	}
	for i := range tpl.Criteria {
		c := &tpl.Criteria[i]
		if c.Kind != models.KindLevels {
			continue
		}
		list, blank := &b, outside
		if c.Topic == topic {
			list, blank = &a, inside
		}
		x := chosen[c.Ref]
		switch n, ok := x.Number(); {
		case ok:
			*list = append(*list, float64(n))
		case blank != nil && !x.IsNotApplicable():
			*list = append(*list, float64(*blank))
		}
	}
	return a, b
}

// ownTargets says how far its targets lie above.
func (o *own) ownTargets() {
	gap, ok := o.x.gap.Get()
	if !ok || 2*o.x.given < o.x.asked {
		return
	}
	o.add(headlines.Item{Rule: headlines.Targets, Figures: figures("above", o.x.above, "n", o.x.given, "gap", gap),
		Text: o.Words.Say("story.own_targets", "above", o.x.above, "n", o.x.given, "gap", o.Words.Number(models.Some(gap).Format(1)))})
}

// topicMoved says which topic moved: three criteria or more one way and none the other.
func (o *own) topicMoved() {
	if o.change == nil {
		return
	}
	tpl := o.results.Template
	up, down := map[string]int{}, map[string]int{}
	for _, m := range o.change.Moves {
		c := &tpl.Criteria[m.Criterion]
		switch {
		case !c.Scored() || m.Then < 0 || m.Now < 0:
		case m.Now > m.Then:
			up[c.Topic]++
		default:
			down[c.Topic]++
		}
	}
	best, most := -1, 2
	for i, topic := range tpl.Topics {
		if n := max(up[topic.ID], down[topic.ID]); min(up[topic.ID], down[topic.ID]) == 0 && n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return
	}
	key := "story.own_topic_rose"
	if down[tpl.Topics[best].ID] > 0 {
		key = "story.own_topic_fell"
	}
	o.add(headlines.Item{Rule: headlines.Change, Figures: figures("topic "+tpl.Topics[best].ID, most), Text: o.Words.Say(key, "topic", o.topic(best), "count", most)})
}

// beside says in how many topics the recipient stands clearly above, or below, the middle half of all returns: still so
// with one answer one level off and the blanks at the worse end.
func (o *own) beside() {
	d := o.results.Disclosure
	if d == nil || !o.results.Scoring.Info().HasOverall() && o.results.Scoring.Info().Score.Whole() {
		return
	}
	above, below, of := 0, 0, 0
	for i := range o.card.Topics {
		t := &o.card.Topics[i]
		if i >= len(d.Consolidation.All.Topics) || t.Answered == 0 {
			continue
		}
		all := d.Consolidation.All.Topics[i]
		q1, ok := all.Q1.Get()
		q3, ok2 := all.Q3.Get()
		if !ok || !ok2 {
			continue
		}
		of++
		off := 1 / float64(t.Answered)
		if t.Score.Low.Or(0)-off > q3 {
			above++
		}
		if t.Score.High.Or(0)+off < q1 {
			below++
		}
	}
	if of == 0 {
		return
	}
	n := d.Consolidation.Returned
	key := "story.own_middle"
	switch {
	case above+below == 0:
		key = "story.own_middle_neither"
	case below == 0:
		key = "story.own_middle_above"
	case above == 0:
		key = "story.own_middle_below"
	}
	o.add(headlines.Item{Rule: headlines.Beside, Figures: figures("above", above, "below", below, "topics", of, "n", n),
		Text: o.Words.Say(key, "n", n, "above", above, "topics", of, "below", below),
		More: o.Words.Get("story.own_middle_clearly")})
}

// earlierShares are the achievements that the sections had the last time, of those whose answers are all compared.
func (o *own) earlierShares() map[place]float64 {
	out := map[place]float64{}
	if o.change == nil || o.results.Comparison == nil {
		return out
	}
	compared := map[string]bool{}
	for i := range o.results.Comparison.Criteria {
		compared[o.results.Comparison.Criteria[i].Ref] = true
	}
	tpl := o.results.Template.For(o.x.recipient)
	then := map[string]models.Choice{}
	for i := range o.answers {
		then[o.answers[i].Ref] = o.answers[i].Level.Value
	}
	for _, m := range o.change.Moves {
		ref := o.results.Template.Criteria[m.Criterion].Ref
		switch {
		case m.Then >= 0:
			then[ref] = models.At(int(m.Then))
		case m.Then == headlines.MovedNotApplicable:
			then[ref] = models.NotApplicable()
		default:
			then[ref] = models.Blank()
		}
	}
	num, den, whole := map[place]float64{}, map[place]float64{}, map[place]bool{}
	for i := range tpl.Criteria {
		c := &tpl.Criteria[i]
		at := place{c.Topic, c.Theme, ""}
		if !c.Scored() {
			continue
		}
		if _, seen := whole[at]; !seen {
			whole[at] = true
		}
		whole[at] = whole[at] && compared[c.Ref]
		if n, ok := then[c.Ref].Number(); ok {
			s := tpl.Scale(c)
			w := float64(c.EffectiveWeight())
			num[at] += w * float64(n-s.Lowest())
			den[at] += w * float64(s.Highest()-s.Lowest())
		}
	}
	for at, ok := range whole {
		if ok && den[at] > 0 {
			out[at] = num[at] / den[at]
		}
	}
	for _, s := range o.card.Staged.Sections {
		if v, ok := out[place{s.Topic, s.Theme, ""}]; ok {
			o.mine.Then = append(o.mine.Then, headlines.Then{Topic: s.Topic, Theme: s.Theme, Share: v})
		}
	}
	return out
}
