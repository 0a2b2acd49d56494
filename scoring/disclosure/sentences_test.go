package disclosure_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/story"
	"github.com/rubric-project/rubric/words"
)

// said is a count that a sentence has, or the chart beside it: of how many returns something is so.
type said struct {
	what  string
	count int
	of    []bool // by code
}

// sentences are what is told to readers outside of all returns, as the counts that it rests on, and of each group.
func (l *leaves) sentences() error {
	r := l.at.results(l.plan)
	facts, err := story.Gather(story.Input{Results: r.WithoutLeftOut()})
	if err != nil {
		return err
	}
	in := story.In{Words: words.English(), Template: r.Template}
	told := facts.Round(in, story.Outside)
	for _, x := range told.Items {
		if err := l.sentence(&x, &told.Charts); err != nil {
			return err
		}
	}
	for _, h := range told.Charts.Held {
		if err := l.held(place{h.Topic, h.Theme, h.Ref}, h.Count(), -1); err != nil {
			return err
		}
	}
	for k, h := range told.Charts.Topics {
		if h.Lower+h.Upper > 0 {
			l.halves(k, h)
		}
	}
	if (len(told.Charts.Levels) > 0) && !l.attained && l.at.template.Scoring.Method.Info().AttainsLevels() {
		return fmt.Errorf("the levels attained are drawn, and the plan withholds them")
	}
	for _, g := range l.plan.Consolidation.Groups {
		for _, x := range facts.Group(in, story.Outside, g.Column, g.Value).Items {
			switch x.Rule {
			case headlines.Response, headlines.Caveat:
			case headlines.Result:
				if !g.Overall.Q1.Known() || x.Figures[0].Value != g.Overall.Q1.Or(0) || x.Figures[1].Value != g.Overall.Q3.Or(0) {
					return fmt.Errorf("of a group it says %q, which the plan has not", x.Text)
				}
			default:
				return fmt.Errorf("of a group it says %q, which the attack does not read", x.Text)
			}
		}
	}
	return nil
}

// sentence takes what one sentence says. Of what the attack cannot read it fails.
func (l *leaves) sentence(x *headlines.Item, charts *headlines.Charts) error {
	figure := map[string]int{}
	for _, f := range x.Figures {
		figure[f.Name] = int(math.Round(f.Value))
	}
	switch x.Rule {
	case headlines.Response, headlines.Caveat: // how many returned; and what follows from the levels
	case headlines.Result: // of levels: their counts; of scores: their quartiles; or the counts that InHalves has
		if l.at.template.Scoring.Method.Info().AttainsLevels() && !l.attained {
			return fmt.Errorf("it says %q, which the plan withholds", x.Text)
		}
	case headlines.InHalves:
		for id, n := range figure {
			k := slices.IndexFunc(charts.Topics, func(h headlines.Halves) bool { return h.Topic == id })
			if k < 0 || n != charts.Topics[k].Lower && n != charts.Topics[k].Upper {
				return fmt.Errorf("it says %q, which is not drawn", x.Text)
			}
		}
	case headlines.HoldsBack:
		for name, n := range figure {
			if name == "level" || name == "n" {
				continue
			}
			var p place
			for i, part := range strings.Split(name, " ") {
				*[]*string{&p.topic, &p.theme, &p.ref}[i] = part
			}
			if err := l.held(p, n, figure["level"]-l.at.template.Levels[0].Number); err != nil {
				return err
			}
		}
	case headlines.Near:
		steps := l.steps()
		l.say("near their next level", figure["now"], func(code int) bool { return steps[code] > 0 && steps[code] <= 3 })
		l.say("with a next level", figure["n"], func(code int) bool { return steps[code] > 0 })
	default:
		return fmt.Errorf("it says %q, which the attack does not read", x.Text)
	}
	return nil
}

func (l *leaves) say(what string, count int, of func(code int) bool) {
	x := said{what: what, count: count, of: make([]bool, len(l.table.rank))}
	for code := range x.of {
		x.of[code] = of(code)
	}
	l.said = append(l.said, x)
}

// saidTruly says where what a sentence counts is not so of what was truly answered: the attack would read it wrongly.
func (l *leaves) saidTruly() error {
	for _, x := range l.said {
		n := 0
		for _, levels := range l.at.levels {
			if levels != nil && x.of[l.table.code(levels)] {
				n++
			}
		}
		if n != x.count {
			return fmt.Errorf("%s: %d are said to be so, %d are", x.what, x.count, n)
		}
	}
	return nil
}

// held takes how many a place keeps from their next level: of all, or of those at a level.
func (l *leaves) held(p place, count, level int) error {
	at := slices.Index(l.table.places, p)
	if at < 0 {
		return fmt.Errorf("it says what %v keeps back, which nothing does", p)
	}
	l.say(fmt.Sprint("kept back by ", p), count, func(code int) bool {
		return l.table.blocked[code]>>at&1 == 1 && (level < 0 || l.table.attained[code] == level)
	})
	return nil
}

// halves takes how many have a topic in the lower and the upper half of their own.
func (l *leaves) halves(topic int, h headlines.Halves) {
	side := func(code int) int {
		var known []float64
		for k := range l.at.template.Topics {
			if x, ok := l.table.score(code, 1+k); ok {
				known = append(known, x)
			}
		}
		slices.Sort(known)
		x, ok := l.table.score(code, 1+topic)
		if !ok {
			return 0
		}
		d := x - (known[(len(known)-1)/2]+known[len(known)/2])/2
		switch {
		case d < -1e-9:
			return -1
		case d > 1e-9:
			return 1
		}
		return 0
	}
	l.say("lower half: "+h.Topic, h.Lower, func(code int) bool { return side(code) < 0 })
	l.say("upper half: "+h.Topic, h.Upper, func(code int) bool { return side(code) > 0 })
}

// steps is of each code how many steps it is from the next level.
func (l *leaves) steps() []int {
	t := *l.at.template
	t.Criteria = slices.DeleteFunc(slices.Clone(t.Criteria), func(c models.Criterion) bool { return l.left[c.Ref] })
	sc := scoring.NewScorer(&t, t.Scoring)
	out := make([]int, len(l.table.rank))
	for code := range out {
		answers := l.at.answers(l.table.levels(code))
		for _, a := range sc.Away(models.Recipient{}, answers, sc.Score(answers).Staged) {
			out[code] += a.Steps
		}
	}
	return out
}

// results are the world's, as a report takes them.
func (w *world) results(d *models.Disclosure) *models.Results {
	members := w.members()
	return models.NewResults(models.Results{
		Round:    &models.Round{Groups: w.columns, MinimumGroup: d.Minimum},
		Template: w.template, Scoring: w.template.Scoring, Members: members, Disclosure: d,
		Consolidation: scoring.Consolidate(w.template, w.template.Scoring, w.columns, members),
		Cards: func(t *models.Template) func(int) *models.Scorecard {
			sc := scoring.NewScorer(t, w.template.Scoring)
			return func(i int) *models.Scorecard {
				card := sc.Card(members[i].Recipient, members[i].Return.Answers())
				return &card
			}
		},
	})
}

// loosely takes what is said to the office, of however few.
func (l *leaves) loosely() error {
	facts, err := story.Gather(story.Input{Results: l.at.results(l.plan).WithoutLeftOut()})
	if err != nil {
		return err
	}
	told := facts.Round(story.In{Words: words.English(), Template: l.at.template}, story.Office)
	for _, x := range told.Charts.Levels {
		l.say("at a level", x.Count(), func(code int) bool {
			score, ok := l.table.score(code, 0)
			return ok && score == float64(x.Number)
		})
	}
	for k, h := range told.Charts.Topics {
		l.halves(k, h)
	}
	for _, h := range told.Charts.Held {
		if err := l.held(place{h.Topic, h.Theme, h.Ref}, h.Count(), -1); err != nil {
			return err
		}
	}
	if x := told.Item(headlines.Near); x != nil {
		return l.sentence(x, &told.Charts)
	}
	return nil
}

// Sentences that are said to the office, of however few, would give something away: the attack reads them.
func TestSentencesAreAttacked(t *testing.T) {
	found := 0
	for seed := 0; seed < 200 && found < 5; seed++ {
		x := inventRound(t, seed, 20)
		list := x.editions(t)[:1]
		before := len(list[0].said)
		if err := list[0].loosely(); err != nil {
			t.Fatalf("%s: %v", &x, err)
		}
		if err := list[0].saidTruly(); err != nil {
			t.Fatalf("%s: %v", &x, err)
		}
		if len(list[0].said) == before {
			continue
		}
		a := newAttacker(x.worlds[:1], list)
		a.quick = true
		if a.attack() != "" {
			found++
		}
	}
	if found < 5 {
		t.Errorf("of sentences as they are said to the office, the attack finds %d that give something away", found)
	}
}
