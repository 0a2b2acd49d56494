package story

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models/headlines"
)

// block is how many a section keeps back: certainly, as the answers stand, and at most; and for how many nothing else is
// missing, certainly and as they stand.
type block struct {
	place
	certain, now, most, only, onlyNow int
}

// holdsBack says what keeps most of those at the most common level below the top from the next.
func (t *telling) holdsBack() {
	if t.byLowest() {
		t.lowestHolds()
		return
	}
	k, list := t.commonBelowTop()
	least := t.minimum()
	if len(list) < least || !t.enough(len(list)) || !t.levelsShown() || t.reader == Outside && !t.whole() {
		return
	}
	blocks := t.blocks(list)
	if len(blocks) == 0 || blocks[0].certain == 0 {
		return
	}
	c := blocks[0].certain
	var joined []block
	for _, b := range blocks {
		if b == blocks[0] || b.most >= c {
			joined = append(joined, b)
		}
	}
	if len(joined) > 3 {
		return
	}
	n, next := len(list), list[0].level+1
	x := headlines.Item{Rule: headlines.HoldsBack}
	var names []string
	now, atLeast := 0, c
	for _, b := range joined {
		if !t.keepsBack(b.place, b.now) {
			return
		}
		names = append(names, t.section(b.topic, b.theme, b.ref))
		atLeast, now = min(atLeast, b.certain), max(now, b.now)
		x.Figures = append(x.Figures, figures(b.topic+" "+b.theme+" "+b.ref, b.certain)...)
	}
	if !t.tells(atLeast, n) || !t.tells(now, n) {
		return
	}
	x.Figures = append(x.Figures, figures("level", k, "n", n)...)
	key := "story.held"
	if len(joined) > 1 {
		key = "story.held_each"
	}
	x.Text = t.Words.Say(key, "count", t.least(atLeast, now, "story.or_more"), "n", n, "level", k, "next", next, "section", t.enumerate(names))
	if b := joined[0]; len(joined) == 1 && b.only > 0 && t.reader == Office {
		x.Text = t.Words.Say("story.held_only", "held", x.Text, "only", t.least(b.only, b.onlyNow, "story.at_least_lower"))
		x.Figures = append(x.Figures, figures("only", b.only)...)
	}
	t.helpsMost(&x)
	t.add(x)
}

// helpsMost adds which statement would help most up, at whichever level they stand: the first row of what is lacking. It is
// for the office, as that list is.
func (t *telling) helpsMost(x *headlines.Item) {
	if t.reader != Office || len(t.charts.Lacking) == 0 || t.charts.Lacking[0].Kept < t.minimum() {
		return
	}
	first := t.charts.Lacking[0]
	x.More = t.Words.Say("story.help_most", "criterion", t.section("", "", first.Ref), "count", first.Kept)
	x.Figures = append(x.Figures, figures("lacking "+first.Ref, first.Kept)...)
}

// commonBelowTop is the level below the top at which most stand who have one to reach, and these.
func (t *telling) commonBelowTop() (int, []*fact) {
	at := map[int][]*fact{}
	for _, x := range t.list {
		if x.hasNext && len(x.away) > 0 {
			at[x.level] = append(at[x.level], x)
		}
	}
	best := 0
	var list []*fact
	for _, k := range t.levels() {
		if len(at[k]) > len(list) {
			best, list = k, at[k]
		}
	}
	return best, list
}

// blocks counts whom each section keeps back, those with most for certain first.
func (t *telling) blocks(list []*fact) []block {
	counts := map[place]*block{}
	for _, x := range list {
		blocking, open := 0, 0
		for i := range x.away {
			if x.away[i].Steps > 0 {
				blocking++
			}
			if x.away[i].Lowest > 0 {
				open++
			}
		}
		for i := range x.away {
			a := &x.away[i]
			b := counts[placeOf(a)]
			if b == nil {
				b = &block{place: placeOf(a)}
				counts[b.place] = b
			}
			if a.Lowest > 0 {
				b.most++
			}
			if a.Certain {
				b.certain++
			}
			if a.Steps > 0 {
				b.now++
				if blocking == 1 {
					b.onlyNow++
				}
			}
			if a.Certain && open == 1 && a.Lowest > 0 {
				b.only++
			}
		}
	}
	var out []block
	for _, b := range counts {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b block) int {
		return cmp.Or(cmp.Compare(b.certain, a.certain), cmp.Compare(t.order(a.place), t.order(b.place)))
	})
	return out
}

// near says how many are three steps or fewer from their next level.
func (t *telling) nearTheNext() {
	n, now, certain := 0, 0, 0
	for _, x := range t.list {
		if x.steps == 0 {
			continue
		}
		n++
		if x.near() {
			now++
		}
		if x.nearForCertain() {
			certain++
		}
	}
	least := t.minimum()
	if n < least || certain < 1 || !t.tells(certain, n) || t.reader == Outside && (!t.tells(now, n) || !t.whole() || !t.levelsShown()) {
		return
	}
	count, near, title := t.least(certain, now, "story.or_more"), "story.near", "story.near_title"
	if certain == 1 && now == 1 {
		near, title = "story.near_one", "story.near_title_one"
	}
	t.add(headlines.Item{Rule: headlines.Near, Figures: figures("near", certain, "now", now, "n", n),
		Text: t.Words.Say(near, "count", count, "n", n), More: t.Words.Get("story.a_step"),
		Title: t.Words.Say(title, "count", count, "n", n)})
}
