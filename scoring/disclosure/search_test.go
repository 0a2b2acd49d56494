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
	restarts = 60 // ten times as many before something counts as given away
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
	tries := restarts * (1 + 9*a.harder)
	if a.quick {
		tries = restarts / 10
	}
	for round := range tries {
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
		heat := 0.08 * float64(1+round%6) // from little, for worlds that change few, to much
		steps := moves * (1 + round%restarts/10) * (1 + a.harder*len(a.slots)/20)
		for range steps {
			if a.bad == 0 {
				return a.shrunk(s, pool, movable, wanted), true
			}
			a.step(s, pool, movable, heat, wanted)
			heat *= 1 - 3/float64(steps)
		}
	}
	return witness{}, false
}

// shrunk goes on from a world that fits to others that change fewer members: they stand up against more who know their own.
func (a *attacker) shrunk(s int, pool []int, movable []bool, wanted func(code int) bool) witness {
	best := a.witness(s)
	for range moves / 4 {
		if len(best.others) < 4 {
			break
		}
		a.step(s, pool, movable, 0.04, wanted)
		if a.bad == 0 && a.cost < changedCost*float64(len(best.others)) {
			if w := a.witness(s); len(w.others) < len(best.others) {
				best = w
			}
		}
	}
	return best
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

// swapAcross gives slot x the step to in criterion k, and brings the counts of every edition back with others: some that had
// it take what x had, and where that is too much, some that had what x had take it. It gives the slots changed, or nil.
func (a *attacker) swapAcross(x, k, to int, movable []bool) []int {
	table := a.whole
	from, changed := table.digit(a.code[x], k), []int{x}
	if from == to {
		return nil
	}
	need := make([]int, len(a.editions)) // how many more must go from to to from
	for _, e := range a.counted[x][k] {
		need[e] = 1
	}
	for range 5 {
		e := slices.IndexFunc(need, func(n int) bool { return n != 0 })
		if e < 0 {
			break
		}
		sign, has, rest := need[e], to, 0
		if sign < 0 {
			has = from
		}
		for _, n := range need {
			rest += abs(n)
		}
		var fit []int
		for y := range a.slots {
			if !movable[y] || table.digit(a.code[y], k) != has || slices.Contains(changed, y) || !slices.Contains(a.counted[y][k], e) {
				continue
			}
			after := rest
			for _, f := range a.counted[y][k] {
				after += abs(need[f]-sign) - abs(need[f])
			}
			if after <= 1 || after <= rest {
				fit = append(fit, y)
			}
		}
		if len(fit) == 0 {
			return nil
		}
		y := fit[a.r.IntN(len(fit))]
		changed = append(changed, y)
		for _, f := range a.counted[y][k] {
			need[f] -= sign
		}
	}
	if slices.ContainsFunc(need, func(n int) bool { return n != 0 }) {
		return nil
	}
	for _, y := range changed {
		goal := from
		if table.digit(a.code[y], k) == from {
			goal = to
		}
		a.set(y, table.with(a.code[y], k, goal))
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
	if len(a.editions) > 1 && a.r.IntN(4) == 0 {
		old := slices.Clone(a.code)
		k, to := a.r.IntN(len(a.free[x])), a.r.IntN(table.steps)
		if own := table.digit(a.own[x], k); a.r.IntN(2) == 0 {
			to = own
		}
		changed := a.swapAcross(x, k, to, movable)
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
	if a.code[x] != a.own[x] && a.r.IntN(2) == 0 {
		at, y = a.homeward(x)
	}
	if y < 0 || !movable[y] {
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

// homeward finds an exchange that gives slot x its own answer to some criterion back: with a slot that has got it from
// another, if there is one.
func (a *attacker) homeward(x int) (kind, with int) {
	k := a.r.IntN(len(a.free[x]))
	own := a.whole.digit(a.own[x], k)
	kind = len(a.kinds) - len(a.free[x]) + k
	with = -1
	if a.whole.digit(a.code[x], k) == own {
		return kind, with
	}
	among := a.alike[kind][x]
	for i, from := 0, a.r.IntN(max(1, len(among))); i < len(among); i++ {
		y := among[(i+from)%len(among)]
		if a.whole.digit(a.code[y], k) != own {
			continue
		}
		if with = y; a.whole.digit(a.own[y], k) != own {
			break
		}
	}
	return kind, with
}

func (a *attacker) takes(before, heat float64) bool {
	return a.cost <= before || a.r.Float64() < math.Exp((before-a.cost)/heat)
}
