package disclosure

import (
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models"
)

// How many others are tried one by one. Of those in the same groups beyond them, of whom a large round has thousands, only the
// lowest and the highest of what is asked count: see extremes. Of those elsewhere more would only find that more may be shown.
const (
	triedWhole = 300
	triedPart  = 60
)

var triedSame = 256 // a test tries all one by one

// extreme is one of the lowest or highest of what a set of turns scored, or answered.
type extreme struct {
	turn  int
	value float64
}

// onEachSide is how many extremes are kept: a stand looks at no more than known from each end, counts up to twice as many, and the
// turn that it is about may be one of them.
const onEachSide = 2*known + 2

// extremes are, by edition and then by score and answer as in stands, those with the lowest and the highest value, the first of
// equals.
type extremes [][][]extreme

// company is the turns that counted in the same editions and are in the same groups.
type company struct {
	turns     []int
	elsewhere []int // the first others of the same editions; nil where none were looked for yet
	// ends are the extremes of those who have scores where the key says so, others none.
	ends map[string]extremes
}

// keepCompany finds the company of every turn.
func (x *exchanges) keepCompany() {
	x.near = make([]*company, len(x.turns))
	made := map[string]*company{}
	var key []byte
	for s := range x.turns {
		a := &x.turns[s]
		key = strconv.AppendInt(append(strconv.AppendInt(key[:0], int64(a.first), 36), ' '), int64(len(a.at)), 36)
		for k, i := range a.at {
			for _, g := range x.editions[a.first+k].of[i] {
				key = strconv.AppendInt(append(key, ','), int64(g), 36)
			}
			key = append(key, ';')
		}
		c := made[string(key)]
		if c == nil {
			c = &company{}
			made[string(key)] = c
		}
		c.turns = append(c.turns, s)
		x.near[s] = c
	}
}

// nearest are the turns that are tried one by one: those in the same groups, then those elsewhere. more says that there are others
// in the same groups.
func (x *exchanges) nearest(s int) (same, others []int, more bool) {
	c := x.near[s]
	same = make([]int, 0, min(triedSame, len(c.turns)))
	for _, t := range c.turns {
		if len(same) == triedSame && t != s {
			more = true
			break
		}
		if t != s {
			same = append(same, t)
		}
	}
	if c.elsewhere == nil {
		c.elsewhere = []int{}
		for _, t := range x.alike[x.turns[s].editions()] {
			if x.near[t] != c {
				c.elsewhere = append(c.elsewhere, t)
			}
			if len(c.elsewhere) == triedWhole {
				break
			}
		}
	}
	return same, c.elsewhere, more
}

// takeEnds notes what a turn would be with the lowest and the highest of its company, with each of whom it can exchange all: the
// others of them open no wider gap.
func (x *exchanges) takeEnds(list [][]stand, s int) {
	c, key := x.near[s], x.scoredWhere(s)
	ends, ok := c.ends[key]
	if !ok {
		var with []int
		for _, t := range c.turns {
			if x.scoredWhere(t) == key {
				with = append(with, t)
			}
		}
		ends = x.endsOfTurns(with)
		if c.ends == nil {
			c.ends = map[string]extremes{}
		}
		c.ends[key] = ends
	}
	ends.take(list, s)
}

// scoredWhere says in which scores that take few values a turn has one, by edition: without it nobody can exchange with those who do.
func (x *exchanges) scoredWhere(s int) string {
	a := &x.turns[s]
	var key []byte
	for k, i := range a.at {
		e := x.editions[a.first+k]
		for m, score := range e.table.Scores[i] {
			if e.few[m] && score.Known() {
				key = append(key, '1')
			} else {
				key = append(key, '0')
			}
		}
	}
	return string(key)
}

// endsOfTurns finds the extremes of turns that counted in the same editions.
func (x *exchanges) endsOfTurns(turns []int) extremes {
	var out extremes
	for _, t := range turns {
		a := &x.turns[t]
		for k, i := range a.at {
			table := x.editions[a.first+k].table
			if k == len(out) {
				out = append(out, make([][]extreme, 2*(len(table.Scores[i])+len(table.Levels[i]))))
			}
			eachValue(table.Scores[i], table.Levels[i], func(n int, v float64) {
				out[k][2*n] = keepFirst(out[k][2*n], extreme{t, v})
				out[k][2*n+1] = keepFirst(out[k][2*n+1], extreme{t, -v})
			})
		}
	}
	return out
}

// keepFirst keeps the lowest, in order.
func keepFirst(list []extreme, e extreme) []extreme {
	at := len(list)
	for at > 0 && list[at-1].value > e.value {
		at--
	}
	if at == onEachSide {
		return list
	}
	list = slices.Insert(list, at, e)
	return list[:min(len(list), onEachSide)]
}

// take notes what a turn would be with each of the extremes.
func (ends extremes) take(list [][]stand, s int) {
	for k := range ends {
		for n := range list[k] {
			for side, sign := range []float64{1, -1} {
				for _, e := range ends[k][2*n+side] {
					if e.turn != s {
						list[k][n].take(e.turn, sign*e.value)
					}
				}
			}
		}
	}
}

// eachValue calls f for each score and answer that there is, with its place among stands.
func eachValue(scores []models.Figure, levels []int8, f func(n int, v float64)) {
	for m, score := range scores {
		if v, ok := score.Get(); ok {
			f(m, v)
		}
	}
	for at, level := range levels {
		if level >= 0 {
			f(len(scores)+at, float64(level))
		}
	}
}
