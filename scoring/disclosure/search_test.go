package disclosure_test

import (
	"math"
	"slices"
)

// search looks for worlds in which the secret of slot s is another, and the answers of the members known are as they were:
// for one that tells enough alone, or else for one on either side.
func (a *attacker) search(s int, x secret, known [2]int, list []witness) ([]witness, bool) {
	table := a.whole
	if x.criterion >= 0 {
		w, ok := a.anneal(s, known, func(code int) bool { return table.digit(code, x.criterion) != table.digit(a.own[s], x.criterion) })
		return []witness{w}, ok
	}
	truth, _ := table.score(a.own[s], x.score)
	gap := table.gap(x.score)
	value := func(code int) float64 { v, _ := table.score(code, x.score); return v }
	if w, ok := a.anneal(s, known, func(code int) bool { return math.Abs(value(code)-truth) >= gap }); ok {
		return []witness{w}, true
	}
	low, high := truth, truth
	var out []witness
	for _, w := range list {
		if !w.touches(known) {
			low, high = min(low, value(w.code)), max(high, value(w.code))
		}
	}
	for range 2 {
		if w, ok := a.anneal(s, known, func(code int) bool { return value(code) > high }); ok {
			high, out = value(w.code), append(out, w)
		}
		if w, ok := a.anneal(s, known, func(code int) bool { return value(code) < low }); ok {
			low, out = value(w.code), append(out, w)
		}
		if high-low >= gap {
			return out, true
		}
	}
	return nil, false
}

// How long the attacker looks: most searches end at once.
const (
	restarts = 60
	moves    = 4000
)

// anneal looks for a world in which the slot's answers are wanted, and those of the members known as they were. It begins
// with wanted answers, got from others in exchange, and goes on exchanging among others, worse for better ever more seldom,
// until every figure is as it was published.
func (a *attacker) anneal(s int, known [2]int, wanted func(code int) bool) (witness, bool) {
	table := a.whole
	var codes []int
	for code := range table.rank {
		if wanted(code) {
			codes = append(codes, code)
		}
	}
	movable := make([]bool, len(a.slots))
	var pool []int
	for x := range a.slots {
		m := a.slots[x].member
		if movable[x] = m != known[0] && m != known[1]; movable[x] {
			pool = append(pool, x)
		}
	}
	if len(codes) == 0 || !movable[s] {
		return witness{}, false
	}
	defer a.back()
	for round := range restarts {
		begun := false
		for range 40 {
			a.back()
			code := codes[a.r.IntN(len(codes))]
			if a.distance(s, code) > 1+a.r.IntN(4) {
				continue // few changes lead further more often
			}
			if begun = a.begin(s, code, movable); begun {
				break
			}
		}
		if !begun {
			continue
		}
		heat := 0.5
		steps := moves * (1 + round/10)
		for range steps {
			if a.bad == 0 {
				return a.witness(s), true
			}
			a.step(s, pool, movable, heat, wanted)
			heat *= 1 - 3/float64(steps)
		}
	}
	return witness{}, false
}

// distance is how many answers of a code are not the slot's own.
func (a *attacker) distance(s, code int) int {
	n := 0
	for k := range a.truth.template.Criteria {
		if a.whole.digit(code, k) != a.whole.digit(a.own[s], k) {
			n++
		}
	}
	return n
}

// begin gives the slot the answers code, each that is another in exchange with somebody who has it.
func (a *attacker) begin(s, code int, movable []bool) bool {
	table := a.whole
	for k := range a.truth.template.Criteria {
		to := table.digit(code, k)
		if to == table.digit(a.code[s], k) {
			continue
		}
		if a.free[s][k] {
			a.set(s, table.with(a.code[s], k, to))
			a.look(s)
			continue
		}
		changed := a.swapAcross(s, k, to, movable)
		if changed == nil {
			return false
		}
		a.look(changed...)
	}
	return true
}

// swapAcross gives slot x the step to in criterion k, in exchange with slots that have it and that together counted in the
// editions that x did. It gives the slots changed, or nil.
func (a *attacker) swapAcross(x, k, to int, movable []bool) []int {
	table := a.whole
	from, changed := table.digit(a.code[x], k), []int{x}
	left := slices.Clone(a.counted[x][k])
	for len(left) > 0 {
		var fit []int
		for y := range a.slots {
			if y != x && movable[y] && table.digit(a.code[y], k) == to && !slices.Contains(changed, y) &&
				!slices.ContainsFunc(a.counted[y][k], func(e int) bool { return !slices.Contains(left, e) }) && len(a.counted[y][k]) > 0 {
				fit = append(fit, y)
			}
		}
		if len(fit) == 0 {
			return nil
		}
		y := fit[a.r.IntN(len(fit))]
		changed = append(changed, y)
		left = slices.DeleteFunc(left, func(e int) bool { return slices.Contains(a.counted[y][k], e) })
	}
	a.set(x, table.with(a.code[x], k, to))
	for _, y := range changed[1:] {
		a.set(y, table.with(a.code[y], k, from))
	}
	return changed
}

// step tries one change.
func (a *attacker) step(s int, pool []int, movable []bool, heat float64, wanted func(int) bool) {
	table := a.whole
	x := pool[a.r.IntN(len(pool))]
	before := a.cost
	if k := a.r.IntN(len(a.free[x])); a.free[x][k] && a.r.IntN(3) == 0 {
		old := a.code[x]
		a.set(x, table.with(old, k, a.r.IntN(table.steps)))
		a.look(x)
		if x == s && !wanted(a.code[x]) || !a.takes(before, heat) {
			a.set(x, old)
			a.look(x)
		}
		return
	}
	if len(a.slots[x].editions) > 1 && a.r.IntN(4) == 0 {
		old := slices.Clone(a.code)
		changed := a.swapAcross(x, a.r.IntN(len(a.free[x])), a.r.IntN(table.steps), movable)
		a.look(changed...)
		if changed != nil && !wanted(a.code[s]) || !a.takes(before, heat) {
			for _, y := range changed {
				a.set(y, old[y])
			}
			a.look(changed...)
		}
		return
	}
	at := a.r.IntN(len(a.kinds))
	among := a.alike[at][x]
	if len(among) == 0 {
		return
	}
	y := among[a.r.IntN(len(among))]
	if !movable[y] {
		return
	}
	p, q := a.code[x], a.code[y]
	a.exchange(x, y, a.kinds[at])
	a.look(x, y)
	if x == s && !wanted(a.code[x]) || y == s && !wanted(a.code[y]) || !a.takes(before, heat) {
		a.set(x, p)
		a.set(y, q)
		a.look(x, y)
	}
}

func (a *attacker) takes(before, heat float64) bool {
	return a.cost <= before || a.r.Float64() < math.Exp((before-a.cost)/heat)
}
