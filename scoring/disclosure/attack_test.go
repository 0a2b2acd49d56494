package disclosure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// attacker looks for other worlds that everything which left the office fits as well. What is the same in all of them is
// known to everybody. Two recipients know their own answers, and those stay as they are.
//
// Each other world that it takes is checked figure by figure, so that none is taken which does not fit. Where an exchange of
// two returns does not do, it looks further from guess to guess (simulated annealing). What it finds no other world for
// counts as given away: it can call given away what is not, and never the other way round.
type attacker struct {
	*guess
	whole  *scores // by all criteria
	r      *rand.Rand
	quick  bool    // a first look is enough
	harder int     // 1 for a second look, ten times as long
	others [][]int // worlds found elsewhere: of each slot its code
}

// witness is another world, as one slot sees in it.
type witness struct {
	code   int
	others []int // members that it changes, beside the one asked about
}

// secret is something asked of one slot: the answer to a criterion, or a score.
type secret struct {
	criterion, score int // one of them −1
}

func newAttacker(history []*world, editions []*leaves) *attacker {
	return &attacker{guess: newGuess(history, editions), whole: scoresOf(history[0], nil), r: rand.New(rand.NewPCG(15, 15))}
}

// attack says what is given away first, or "".
func (a *attacker) attack() string {
	for s := range a.slots {
		list := append(a.near(s), a.elsewhere(s)...)
		for _, x := range a.secrets() {
			for { // until no two members are left to whom it would be given away
				known, given := a.toWhom(s, x, list)
				if !given {
					break
				}
				w, ok := a.search(s, x, known, list)
				if !ok && !a.quick {
					a.harder = 1
					w, ok = a.search(s, x, known, list)
					a.harder = 0
				}
				if !ok {
					return a.tell(s, x, known)
				}
				list = append(list, w...)
			}
		}
	}
	return ""
}

func (a *attacker) secrets() []secret {
	var out []secret
	for k := range a.truth.template.Criteria {
		out = append(out, secret{k, -1})
	}
	own := a.whole
	for m := range own.values {
		if len(own.values[m]) > 0 && (m > 0 || own.overall || a.truth.template.Scoring.Method.Info().AttainsLevels()) {
			out = append(out, secret{-1, m})
		}
	}
	return out
}

func (a *attacker) tell(s int, x secret, known [2]int) string {
	own := a.whole
	if x.criterion >= 0 {
		return fmt.Sprintf("the answer of %d to %s, %d, to %v", a.slots[s].member, a.truth.template.Criteria[x.criterion].Ref, own.low+own.digit(a.own[s], x.criterion), known)
	}
	v, _ := own.score(a.own[s], x.score)
	return fmt.Sprintf("the score of %d on %d, %.2f, to %v", a.slots[s].member, x.score, v, known)
}

// near are the worlds that one exchange of two returns makes, or a change of an answer that nothing counts.
func (a *attacker) near(s int) []witness {
	var out []witness
	for at, kind := range a.kinds {
		for _, y := range a.alike[at][s] {
			a.exchange(s, y, kind)
			a.look(s, y)
			if a.bad == 0 && a.code[s] != a.own[s] {
				out = append(out, a.witness(s))
			}
			a.set(s, a.own[s])
			a.set(y, a.own[y])
			a.look(s, y)
		}
	}
	a.back()
	table := a.whole
	for k, free := range a.free[s] {
		for digit := range table.steps {
			if free {
				a.set(s, table.with(a.own[s], k, digit))
				a.look(s)
				if a.bad == 0 && a.code[s] != a.own[s] {
					out = append(out, a.witness(s))
				}
			}
		}
		a.set(s, a.own[s])
		a.look(s)
	}
	a.back()
	return out
}

// elsewhere are the worlds found elsewhere that fit in every figure and change the slot.
func (a *attacker) elsewhere(s int) []witness {
	var out []witness
	for _, codes := range a.others {
		for x, code := range codes {
			a.set(x, code)
		}
		a.look(everyone(len(a.slots))...)
		if a.bad == 0 && a.code[s] != a.own[s] {
			out = append(out, a.witness(s))
		}
		a.back()
	}
	return out
}

func (a *attacker) witness(s int) witness {
	w := witness{code: a.code[s]}
	for x := range a.slots {
		if m := a.slots[x].member; a.code[x] != a.own[x] && m != a.slots[s].member && !slices.Contains(w.others, m) {
			w.others = append(w.others, m)
		}
	}
	return w
}

// toWhom finds two members who, knowing their own answers, would know the secret by the worlds found so far.
func (a *attacker) toWhom(s int, x secret, list []witness) (known [2]int, given bool) {
	own := a.whole
	gap, truth := 0.5, float64(0)
	value := func(code int) float64 { return float64(own.digit(code, x.criterion)) }
	if x.score >= 0 {
		gap = own.gap(x.score)
		value = func(code int) float64 { v, _ := own.score(code, x.score); return v }
	}
	truth = value(a.own[s])
	var far, some []witness // tell enough alone, or with others
	for _, w := range list {
		switch d := math.Abs(value(w.code) - truth); {
		case d >= gap:
			far = append(far, w)
		case d > 0:
			some = append(some, w)
		}
	}
	var found [2]int
	hitting(far, some, func(pair [2]int) bool {
		low, high := truth, truth
		for _, list := range [][]witness{far, some} {
			for _, w := range list {
				if !w.touches(pair) {
					low, high = min(low, value(w.code)), max(high, value(w.code))
				}
			}
		}
		if high-low < gap {
			found, given = pair, true
		}
		return given
	})
	return found, given
}

func (w *witness) touches(pair [2]int) bool {
	return slices.Contains(w.others, pair[0]) || slices.Contains(w.others, pair[1])
}

// hitting calls f with each pair of members (−1 for none) of which one is in every witness of far, until f says yes. Once
// the pair hits all of far, its free place is taken by each member of some.
func hitting(far, some []witness, f func([2]int) bool) bool {
	var try func(pair [2]int, place int) bool
	try = func(pair [2]int, place int) bool {
		at := slices.IndexFunc(far, func(w witness) bool { return !w.touches(pair) })
		if at >= 0 {
			if place == 2 {
				return false
			}
			for _, m := range far[at].others {
				next := pair
				next[place] = m
				if try(next, place+1) {
					return true
				}
			}
			return false
		}
		if f(pair) {
			return true
		}
		if place == 2 {
			return false
		}
		seen := map[int]bool{}
		for _, w := range some {
			for _, m := range w.others {
				if !seen[m] && m != pair[0] {
					seen[m] = true
					next := pair
					next[place] = m
					if try(next, place+1) {
						return true
					}
				}
			}
		}
		return false
	}
	return try([2]int{-1, -1}, 0)
}
