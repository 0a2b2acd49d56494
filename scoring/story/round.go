package story

import (
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/models/withholding"
)

// change says how levels, or topics, moved since the earlier round.
func (t *telling) change() {
	c := t.results.Comparison
	if c == nil {
		return
	}
	if !t.attains() {
		t.topicChange(c)
		return
	}
	pairs, up, down, open := 0, 0, 0, 0
	for i := range c.Recipients {
		x := &c.Recipients[i]
		moved, ok := x.Overall.Change.Get()
		switch {
		case !t.hasReturn(x.Recipient) || !ok:
			continue
		case moved != 0 && !x.Certain:
			open++
		case moved > 0:
			up++
		case moved < 0:
			down++
		}
		pairs++
	}
	stayed := pairs - up - down - open
	if pairs < t.minimum() || !t.whole() || t.reader == Outside && len(t.results.Disclosure.LeftOut) > 0 || !t.tells(max(up, down, open, stayed), pairs) || len(c.Altered)+len(c.Added)+len(c.Dropped) > 0 {
		return
	}
	x := headlines.Item{Rule: headlines.Change, Figures: figures("pairs", pairs, "up", up, "down", down, "stayed", stayed, "open", open)}
	x.Text = t.Words.Say("story.change", "since", t.since(), "up", up, "pairs", pairs, "down", down, "stayed", stayed)
	x.Title = t.Words.Say("story.change_title", "up", up, "pairs", pairs, "down", down)
	if open > 0 {
		x.More = t.Words.Count("story.change_open", open)
	}
	t.add(x)
}

// since names the earlier round by its month.
func (t *telling) since() string {
	if t.earlier.IsZero() {
		return t.results.Earlier
	}
	return t.Words.Month(t.earlier.Time)
}

func (t *telling) hasReturn(id string) bool { return t.has[id] }

// result says where the organisations stand.
func (t *telling) result() {
	info := t.results.Scoring.Info()
	switch {
	case info.AttainsLevels():
		t.levelCounts()
	case info.HasOverall() && info.Overall.Whole():
		t.levelCounts()
	default:
		if info.HasOverall() {
			t.middle()
		}
		t.apart()
	}
}

// levelsShown says that the levels may be shown to the reader.
func (t *telling) levelsShown() bool {
	n := 0
	for _, l := range t.charts.Levels {
		n += l.Count()
	}
	return t.enough(n)
}

// whole says that a reader outside may be told of what the disclosure has no figures of: of all returns, where the facts
// are of none of the criteria that are left out.
func (t *telling) whole() bool {
	if t.reader == Office {
		return true
	}
	d := t.results.Disclosure
	return t.column == "" && d != nil && !slices.ContainsFunc(d.LeftOut, func(x withholding.LeftOut) bool { return t.results.Template.Criterion(x.Ref) != nil })
}

// levelCounts says how many stand at which level, the most common first.
func (t *telling) levelCounts() {
	if !t.levelsShown() {
		return
	}
	counts, n := map[int]int{}, 0
	for _, l := range t.charts.Levels {
		counts[l.Number] = l.Count()
		n += l.Count()
	}
	first := t.mostCommon()
	if len(first) == 0 || len(first) > 2 {
		return
	}
	k := first[0]
	x := headlines.Item{Rule: headlines.Result, Figures: figures("n", n, "level", k, "count", counts[k])}
	x.Text = t.Words.Say("story.levels", "count", counts[k], "n", n, "level", k)
	x.Title = x.Text
	if len(first) == 2 {
		x.Text = t.Words.Say("story.levels_tie", "count", counts[k], "n", n, "level", k, "other", first[1])
		x.Title = x.Text
	}
	if rest := t.otherLevels(first, counts, &x); len(rest) > 0 {
		x.Text = t.Words.Say("story.levels_more", "levels", x.Text, "others", t.enumerate(rest))
	}
	unsure := 0
	for _, r := range t.list {
		if t.attains() && r.low != r.high {
			unsure++
		}
	}
	if _, certain := t.certainly(); unsure > 0 && !certain && t.whole() && t.tells(unsure, n) {
		x.More = t.Words.Count("story.levels_blank", unsure)
		x.Figures = append(x.Figures, figures("blanks", unsure)...)
	}
	t.add(x)
}

// otherLevels counts those at the levels besides the most common; more than three fold into below and above.
func (t *telling) otherLevels(first []int, counts map[int]int, x *headlines.Item) []string {
	var used []int
	below, above := 0, 0
	for _, l := range t.charts.Levels {
		if slices.Contains(first, l.Number) || counts[l.Number] == 0 {
			continue
		}
		used = append(used, l.Number)
		x.Figures = append(x.Figures, figures(fmt.Sprintf("level %d", l.Number), counts[l.Number])...)
		if l.Number < first[0] {
			below += counts[l.Number]
		} else {
			above += counts[l.Number]
		}
	}
	var out []string
	if len(used) > 3 && len(first) == 1 {
		if below > 0 {
			out = append(out, t.Words.Say("story.level_below", "count", below))
		}
		if above > 0 {
			out = append(out, t.Words.Say("story.level_above", "count", above))
		}
		return out
	}
	for _, k := range used {
		out = append(out, t.Words.Say("story.level_count", "count", counts[k], "level", k))
	}
	return out
}

// mostCommon are the levels at which most stand.
func (t *telling) mostCommon() []int {
	most := 0
	var out []int
	for _, l := range t.charts.Levels {
		switch n := l.Count(); {
		case n > most:
			most, out = n, []int{l.Number}
		case n == most && n > 0:
			out = append(out, l.Number)
		}
	}
	return out
}

// certainly says that the most common level stays so whatever the blanks and the outstanding returns say.
func (t *telling) certainly() (level int, ok bool) {
	first := t.mostCommon()
	if len(first) != 1 || !t.attains() {
		return 0, false
	}
	firm, other := 0, map[int]int{}
	for _, x := range t.list {
		if x.low == first[0] && x.high == first[0] {
			firm++
		}
		for k := x.low; k <= x.high; k++ {
			other[k]++
		}
	}
	for _, k := range t.levels() {
		if k != first[0] && other[k]+t.recipients-len(t.list) >= firm {
			return first[0], false
		}
	}
	return first[0], true
}

// middle says between which scores the middle half lies.
func (t *telling) middle() {
	v := t.view()
	if v == nil || !v.Overall.Q1.Known() || t.reader == Office && v.Overall.N < 4*t.minimum() {
		return
	}
	low, high := v.Overall.Q1, v.Overall.Q3
	top := t.results.Template.LevelScale().Highest()
	x := headlines.Item{Rule: headlines.Result, Figures: figures("low", low.Or(0), "high", high.Or(0), "n", v.Overall.N)}
	places := 1
	if t.reader == Office {
		places = 2
	}
	x.Text = t.Words.Say("story.middle", "low", t.Words.Number(low.Format(places)), "high", t.Words.Number(high.Format(places)), "top", top)
	t.add(x)
}

// view is the figures of all, or of the group, that the reader may see.
func (t *telling) view() *models.GroupView {
	c := &t.results.Consolidation
	if t.reader == Outside {
		if t.results.Disclosure == nil {
			return nil
		}
		c = &t.results.Disclosure.Consolidation
	}
	if t.column == "" {
		return &c.All
	}
	for i := range c.Groups {
		if g := &c.Groups[i]; g.Column == t.column && g.Value == t.value {
			return g
		}
	}
	return nil
}

// views are how the criteria were answered, as far as the reader may see it.
func (t *telling) views() []models.CriterionView {
	switch v := t.view(); {
	case v == nil:
		return nil
	case t.column != "":
		return v.Criteria
	case t.reader == Outside:
		return t.results.Disclosure.Consolidation.Criteria
	}
	return t.results.Consolidation.Criteria
}
