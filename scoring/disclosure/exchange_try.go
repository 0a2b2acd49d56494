package disclosure

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// figure is a group's median with its quartiles, or its quartiles alone, in the last edition.
type figure struct {
	part, score int
	quartiles   bool
}

// stand is whether others could stand for what one answered, or scored: of each the lowest and the highest that it would be.
type stand struct {
	own, gap  float64
	with      []int
	low, high []float64
	done      bool
}

// take notes that with an exchange with a turn it would be x.
func (a *stand) take(t int, x float64) {
	if a.done || x == a.own {
		return
	}
	k := slices.Index(a.with, t)
	if k < 0 {
		k = len(a.with)
		a.with, a.low, a.high = append(a.with, t), append(a.low, a.own), append(a.high, a.own)
	}
	a.low[k], a.high[k] = min(a.low[k], x), max(a.high[k], x)
	far := 0
	for k := range a.with {
		if max(a.own-a.low[k], a.high[k]-a.own) >= a.gap-leastStep {
			far++
		}
	}
	a.done = far > known
}

// enough says that whichever two are known, the others leave a gap open.
func (a *stand) enough() bool {
	if !a.done && len(a.with) > 2*known {
		low, high := slices.Sorted(slices.Values(a.low)), slices.Sorted(slices.Values(a.high))
		a.done = high[len(high)-1-known]-low[known] >= a.gap-leastStep
	}
	return a.done
}

// stands are what is asked of a turn: by edition its scores, then its answers.
func (x *exchanges) stands(s int) [][]stand {
	t := &x.turns[s]
	var out [][]stand
	for k, i := range t.at {
		e := x.editions[t.first+k]
		var list []stand
		for m, score := range e.table.Scores[i] {
			v, ok := score.Get()
			list = append(list, stand{own: v, gap: e.endsOf(m).gap, done: !ok || !e.few[m]})
		}
		for at, level := range e.table.Levels[i] {
			list = append(list, stand{own: float64(level), gap: 1, done: level < 0 || !e.asked[at]})
		}
		out = append(out, list)
	}
	return out
}

// takeRow notes what a turn's scores and answers would be in one edition.
func takeRow(list []stand, t int, scores []models.Figure, levels []int8) {
	eachValue(scores, levels, func(n int, v float64) { list[n].take(t, v) })
}

func open(list [][]stand) bool {
	return slices.ContainsFunc(list, func(row []stand) bool {
		return slices.ContainsFunc(row, func(a stand) bool { return !a.enough() })
	})
}

// against finds the figure that stands against most exchanges of a turn, where it lacks some.
func (x *exchanges) against(s int) (figure, bool) {
	list := x.stands(s)
	same, others, more := x.nearest(s)
	if x.tryWhole(list, s, same) {
		return figure{}, false
	}
	if more {
		x.takeEnds(list, s)
	}
	if x.tryWhole(list, s, others) {
		return figure{}, false
	}
	if open(list) {
		x.tryParts(list, s, append(same, others...))
	}
	if !open(list) {
		return figure{}, false
	}
	return x.most(list, s)
}

// tryWhole exchanges all with one after the other, and says whether nothing is lacking before the last was tried.
func (x *exchanges) tryWhole(list [][]stand, s int, with []int) bool {
	for n, t := range with {
		if n%16 == 0 && !open(list) {
			return true
		}
		if x.whole(s, t, nil) {
			x.takeWhole(list, s, t)
		}
	}
	return false
}

func (x *exchanges) takeWhole(list [][]stand, s, t int) {
	a, b := &x.turns[s], &x.turns[t]
	for k := range a.at {
		e := x.editions[a.first+k]
		takeRow(list[k], t, e.table.Scores[b.at[k]], e.table.Levels[b.at[k]])
	}
}

// whole says whether two turns could have answered each what the other did. Of what stands against it in the last edition a
// list is made, if one is given.
func (x *exchanges) whole(s, t int, against *[]figure) bool {
	a, b := &x.turns[s], &x.turns[t]
	for k := range a.at {
		e, i, j := x.editions[a.first+k], a.at[k], b.at[k]
		for m := range e.table.Scores[i] {
			is, of := e.table.Scores[i][m], e.table.Scores[j][m]
			if is == of || !e.few[m] {
				continue
			}
			if !is.Known() || !of.Known() {
				return false
			}
			v, _ := is.Get()
			w, _ := of.Get()
			for _, side := range []struct {
				in, out    []int
				gone, come float64
			}{{e.of[i], e.of[j], v, w}, {e.of[j], e.of[i], w, v}} {
				for _, g := range side.in {
					if slices.Contains(side.out, g) {
						continue
					}
					median, quartiles, mean := e.shown[g][m].other([]float64{side.gone}, []float64{side.come})
					if !median && !quartiles && !mean {
						continue
					}
					if against == nil || mean || a.first+k < len(x.editions)-1 {
						return false
					}
					*against = append(*against, figure{g, m, !median})
				}
			}
		}
	}
	return against == nil || len(*against) == 0
}

// most is the figure that stands against most exchanges by which the turn would have enough. What no exchange at all could
// give is left: the figures of a group do not tell it.
func (x *exchanges) most(list [][]stand, s int) (figure, bool) {
	editions := x.turns[s].editions()
	all, free := x.alike[editions], x.stands(s)
	if _, ok := x.ends[editions]; !ok {
		x.ends[editions] = x.endsOfTurns(all)
	}
	x.ends[editions].take(free, s)
	if !canHelp(list, free) {
		return figure{}, false
	}
	weights := map[figure]float64{}
	for _, t := range all {
		var against []figure
		if t == s || !x.helps(list, free, s, t) || x.whole(s, t, &against) || len(against) == 0 {
			continue
		}
		for _, f := range against {
			weights[f] += 1 / float64(len(against))
		}
	}
	out, best := figure{}, 0.0
	e := x.editions[len(x.editions)-1]
	for f, w := range weights {
		if w > best || w == best && e.before(f, out) {
			out, best = f, w
		}
	}
	return out, best > 0
}

// before says that of two figures the first goes: of the smaller group, or the later.
func (e *edition) before(f, g figure) bool {
	order := func(f figure) int { return len(e.shown[f.part][f.score].sorted) }
	quartiles := func(f figure) int {
		if f.quartiles {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(order(f), order(g)), cmp.Compare(g.part, f.part), cmp.Compare(f.score, g.score), cmp.Compare(quartiles(f), quartiles(g))) < 0
}

// canHelp says whether some exchange could: the same as helps for some turn.
func canHelp(list, free [][]stand) bool {
	for k := range list {
		for n := range list[k] {
			if !list[k][n].done && free[k][n].enough() {
				return true
			}
		}
	}
	return false
}

// helps says whether an exchange would tell another of what is lacking, and can be had.
func (x *exchanges) helps(list, free [][]stand, s, t int) bool {
	a, b := &x.turns[s], &x.turns[t]
	for k := range a.at {
		e := x.editions[a.first+k]
		scores, levels := e.table.Scores[b.at[k]], e.table.Levels[b.at[k]]
		for n := range list[k] {
			own := &list[k][n]
			if own.done || !free[k][n].enough() {
				continue
			}
			if n < len(scores) {
				if v, ok := scores[n].Get(); ok && v != own.own {
					return true
				}
			} else if level := levels[n-len(scores)]; level >= 0 && float64(level) != own.own {
				return true
			}
		}
	}
	return false
}
