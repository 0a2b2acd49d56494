package story

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
)

// byLowest says whether the overall score in force is the lowest level among the criteria: such a method attains no levels,
// and what keeps a return where it is are the criteria that stand there.
func (f *Facts) byLowest() bool {
	info := f.results.Scoring.Info()
	return !info.AttainsLevels() && info.HasOverall() && info.Overall.Whole()
}

// standing keeps which criteria are answered with the lowest level of a return, and which are blank.
func (x *fact) standing(t *models.Template, answers []models.Answer) {
	level, ok := x.overall[asIs].Get()
	if !ok {
		return
	}
	x.atLowest, x.unanswered = map[string]bool{}, map[string]bool{}
	for i := range answers {
		c := t.Criterion(answers[i].Ref)
		if c == nil || !c.Scored() {
			continue
		}
		if n, ok := answers[i].Level.Value.Number(); ok && float64(n) == level {
			x.atLowest[c.Ref] = true
		} else if answers[i].Level.Value.IsBlank() {
			x.unanswered[c.Ref] = true
		}
	}
}

// lowestHolds says which criterion keeps most of those at the most common lowest level from the next: the criterion with
// most certain cases, joined by those that may come as near. It is for the office: no plan of what may be shown has it.
func (t *telling) lowestHolds() {
	levels := t.levels()
	at := map[int][]*fact{}
	for _, x := range t.list {
		if level, ok := x.overall[asIs].Get(); ok && x.atLowest != nil && int(level) < levels[len(levels)-1] {
			at[int(level)] = append(at[int(level)], x)
		}
	}
	k, list := 0, []*fact(nil)
	for _, level := range levels {
		if len(at[level]) > len(list) {
			k, list = level, at[level]
		}
	}
	if t.reader != Office || len(list) < t.minimum() {
		return
	}
	var joined []block
	most := block{}
	var blocks []block
	for i := range t.Template.Criteria {
		b := block{place: place{ref: t.Template.Criteria[i].Ref}}
		for _, x := range list {
			sure := x.overall[lowest].Known() && x.overall[lowest].Or(0) == float64(k)
			switch {
			case x.atLowest[b.ref]:
				b.now, b.most = b.now+1, b.most+1
				if sure {
					b.certain++
				}
			case x.unanswered[b.ref]:
				b.most++
			}
		}
		if blocks = append(blocks, b); b.certain > most.certain {
			most = b
		}
	}
	if most.certain == 0 {
		return
	}
	x := headlines.Item{Rule: headlines.HoldsBack}
	var names []string
	atLeast, now := most.certain, 0
	for _, b := range blocks {
		if b.place != most.place && b.most < most.certain {
			continue
		}
		joined = append(joined, b)
		names = append(names, t.section("", "", b.ref))
		atLeast, now = min(atLeast, b.certain), max(now, b.now)
		x.Figures = append(x.Figures, figures(fmt.Sprint("lowest ", b.ref), b.certain)...)
	}
	if len(joined) > 3 || atLeast == 0 {
		return
	}
	key := "story.held"
	if len(joined) > 1 {
		key = "story.held_each"
	}
	x.Figures = append(x.Figures, figures("level", k, "n", len(list))...)
	x.Text = t.Words.Say(key, "count", t.least(atLeast, now, "story.or_more"), "n", len(list), "level", k, "next", k+1, "section", t.enumerate(names))
	t.add(x)
}
