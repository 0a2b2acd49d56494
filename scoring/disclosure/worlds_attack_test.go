package disclosure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
)

// edition is everything that left the office at one time: the figures, and the world as they were made of it (criteria
// that are left out in no topic).
type edition struct {
	shown []shown
	left  map[string]bool
}

// attacker looks for other worlds that everything which left the office fits as well. What is the same in all of them is
// known to everybody. Two recipients know their own answers, and those stay as they are.
//
// Each other world that it takes is checked figure by figure, so that none is taken which does not fit. It goes through
// exchanges of two members' answers: of all, of a topic's or of one, and where these do not do, through several at once. What it finds no other world for counts as given away.
type attacker struct {
	truth    *world
	editions []edition
	once     bool // one thing given away is enough
	harder   bool // it looks twenty times as long, and goes through more exchanges at once
}

// fits says whether other, which differs in changed, has all the figures that left.
func (a *attacker) fits(other *world, changed []int) bool {
	for e := range a.editions {
		ed := &a.editions[e]
		w, o := a.truth.without(ed.left), other.without(ed.left)
		for s := range ed.shown {
			if !ed.shown[s].sameFigures(w, o, changed) {
				return false
			}
		}
	}
	// A return that came between two editions cannot change places with one that was there.
	return true
}

// secrets are what is asked of one member: the answer to each criterion, and the scores.
type witness struct {
	others []int // members that it changes, beside the one asked about
	level  []int // of the criteria, of the one asked about
	score  [3]float64
}

// witnesses are other worlds, as the member i sees in them; it stops when stop says so.
func (a *attacker) witnesses(i int, stop func([]witness) bool) []witness {
	var out []witness
	w := a.truth
	returned := w.returned(everyone(len(w.levels)))
	all := everyone(len(w.template.Criteria))
	take := func(other *world, others ...int) bool {
		if slices.Equal(other.levels[i], w.levels[i]) || !a.fits(other, append([]int{i}, others...)) {
			return false
		}
		x := witness{others: others, level: other.levels[i]}
		for m := range x.score {
			x.score[m] = other.score(i, m-1)
		}
		out = append(out, x)
		return stop(out)
	}
	kinds := [][]int{all, w.topics[0], w.topics[1]}
	for _, k := range all {
		kinds = append(kinds, []int{k})
	}
	for _, kind := range kinds {
		for _, j := range returned {
			if j == i {
				continue
			}
			other := w.clone(i, j)
			exchange(other, i, j, kind)
			if take(other, j) {
				return out
			}
		}
	}
	if stop(out) || len(returned) < 4 {
		return out
	}
	// several exchanges at once, at random
	tries, most := mostTries, 3
	if a.harder {
		tries, most = 20*mostTries, 6
	}
	r := rand.New(rand.NewPCG(uint64(i), uint64(most)))
	one := func() int { return returned[r.IntN(len(returned))] }
	for range tries {
		other, pairs := w, 1+r.IntN(most)
		changed := []int{}
		for p := range pairs {
			x, y, kind := one(), one(), kinds[r.IntN(len(kinds))]
			if p == 0 {
				x = i
			}
			if x == y || p > 0 && len(changed) == 0 || p == 1 && r.IntN(3) > 0 && !a.balanced(i, changed[len(changed)-1], x, y) {
				continue
			}
			other = other.clone(x, y)
			exchange(other, x, y, kind)
			changed = append(changed, x, y)
		}
		slices.Sort(changed)
		changed = slices.DeleteFunc(slices.Compact(changed), func(m int) bool { return m == i })
		if len(changed) > 0 && take(other, changed...) {
			return out
		}
	}
	return out
}

// balanced says that the exchanges of i with j and of x with y can make up for one another: in every column i is with j or
// with y, and x with the other.
func (a *attacker) balanced(i, j, x, y int) bool {
	for _, c := range a.truth.columns {
		g := func(m int) string { return a.truth.groups[m][c] }
		if !(g(i) == g(j) && g(x) == g(y) || g(i) == g(x) && g(j) == g(y) || g(i) == g(y) && g(j) == g(x)) {
			return false
		}
	}
	return true
}

// mostTries is how many other worlds are tried for one member.
const mostTries = 40000

func exchange(w *world, i, j int, criteria []int) {
	for _, k := range criteria {
		w.levels[i][k], w.levels[j][k] = w.levels[j][k], w.levels[i][k]
	}
}

// attack lists what is given away of every member.
func (a *attacker) attack() []string {
	var out []string
	w := a.truth
	for _, i := range w.returned(everyone(len(w.levels))) {
		if len(a.missing(i, nil)) == 0 {
			continue
		}
		look := func() []string {
			next := 6
			return a.missing(i, a.witnesses(i, func(list []witness) bool {
				if len(list) < next {
					return false
				}
				next = len(list)*3/2 + 1 // looking at all of them costs more the more there are
				return len(a.missing(i, list)) == 0
			}))
		}
		given := look()
		if len(given) > 0 && !a.once { // in a larger round the first look can miss what is there
			a.harder = true
			given = look()
			a.harder = false
		}
		if out = append(out, given...); a.once && len(out) > 0 {
			return out
		}
	}
	return out
}

// shownAtAll says whether anything is shown that a member's answer to a criterion, or score, goes into.
func (a *attacker) shownAtAll(i int, of func(*shown) bool) bool {
	for e := range a.editions {
		for s := range a.editions[e].shown {
			if x := &a.editions[e].shown[s]; slices.Contains(x.members, i) && of(x) {
				return true
			}
		}
	}
	return false
}

// missing lists what the witnesses leave given away of member i, to some two others.
func (a *attacker) missing(i int, list []witness) []string {
	var out []string
	w := a.truth
	for k := range w.template.Criteria {
		moves := func(x *witness) bool { return x.level[k] != w.levels[i][k] }
		if a.shownAtAll(i, func(s *shown) bool { return s.counts[k] }) && !robust(list, moves) {
			out = append(out, fmt.Sprintf("the answer of %d to %s, %d", i, w.template.Criteria[k].Ref, w.levels[i][k]))
		}
	}
	for m := range 3 {
		if !a.shownAtAll(i, func(s *shown) bool { return s.mean[m] || s.median[m] }) {
			continue
		}
		own := w.score(i, m-1)
		width := func(without [2]int) float64 {
			low, high := own, own
			for _, x := range list {
				if !slices.Contains(x.others, without[0]) && !slices.Contains(x.others, without[1]) {
					low, high = min(low, x.score[m]), max(high, x.score[m])
				}
			}
			return high - low
		}
		if least := leastOver(list, width); least < 0.5-1e-9 {
			out = append(out, fmt.Sprintf("the score of %d on %d, %.2f, to %.2f", i, m-1, own, least))
		}
	}
	return out
}

// robust says that whichever two members are known, some witness is left that moves.
func robust(list []witness, moves func(*witness) bool) bool {
	return leastOver(list, func(without [2]int) float64 {
		for x := range list {
			if w := &list[x]; moves(w) && !slices.Contains(w.others, without[0]) && !slices.Contains(w.others, without[1]) {
				return 1
			}
		}
		return 0
	}) > 0
}

// leastOver is the least that f is over all pairs of members that some witness changes.
func leastOver(list []witness, f func(without [2]int) float64) float64 {
	var members []int
	for _, x := range list {
		members = append(members, x.others...)
	}
	slices.Sort(members)
	members = slices.Compact(members)
	least := f([2]int{-1, -1})
	for a, x := range members {
		for _, y := range members[a:] {
			least = math.Min(least, f([2]int{x, y}))
		}
	}
	return least
}

// oldRules are those of before: a group of at least the minimum has all of its figures.
func oldRules(w *world, minimum int) edition {
	members := w.members()
	parts := scoring.Partition(w.columns, members)
	hidden := disclosure.Suppression(parts, len(members), minimum, func(i int) bool { return members[i].Return != nil })
	all := append([]scoring.Part{{Members: everyone(len(members))}}, parts...)
	var out edition
	for g, part := range all {
		s := shown{members: w.returned(part.Members), counts: make([]bool, len(w.template.Criteria))}
		if g == 0 && len(s.members) >= minimum || g > 0 && !hidden[g-1] {
			for k := range s.counts {
				s.counts[k] = g == 0
			}
			for m := range 3 {
				s.mean[m], s.median[m], s.quartiles[m] = g == 0, true, true
			}
		}
		out.shown = append(out.shown, s)
	}
	return out
}

func planOf(t testing.TB, w *world, members []models.Member, minimum int, before []models.Member) *models.Disclosure {
	t.Helper()
	d, err := disclosure.New(disclosure.Input{Template: w.template, Scoring: w.template.Scoring, Groups: w.columns, Minimum: minimum, Members: members, Before: before})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// attacks is how many rounds are attacked, and how many members they have at most: 200 of up to 20, or as many as
// RUBRIC_ATTACK says of up to 60.
func attacks() (rounds, members int) {
	if n, err := strconv.Atoi(os.Getenv("RUBRIC_ATTACK")); err == nil {
		return n, 60
	}
	return 200, 20
}

func TestNothingIsGivenAway(t *testing.T) {
	leaks, figures := 0, 0
	rounds, most := attacks()
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 15))
		minimum := []int{5, 5, 8, 10}[r.IntN(4)]
		w := invent(r, 5+r.IntN(most-4))
		d := planOf(t, w, w.members(), minimum, nil)
		a := &attacker{truth: w, editions: []edition{{shown: w.published(d), left: d.LeftOutRefs()}}}
		for s := range a.editions[0].shown {
			for m := range 3 {
				if a.editions[0].shown[s].median[m] {
					figures++
				}
			}
		}
		if given := a.attack(); len(given) > 0 {
			leaks++
			t.Errorf("seed %d, minimum %d, %d members, %d columns: %d given away: %s", seed, minimum, len(w.levels), len(w.columns), len(given), given[0])
		}
	}
	t.Logf("%d rounds attacked, %d give something away; %d medians were shown", rounds, leaks, figures)
	if figures < rounds {
		t.Errorf("only %d medians were shown: too little to attack", figures)
	}
}

// The same attack finds what the rules of before gave away.
func TestOldRulesGaveAway(t *testing.T) {
	leaks := 0
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 15))
		minimum := []int{3, 5, 8, 10}[r.IntN(4)]
		w := invent(r, 5+r.IntN(12))
		a := &attacker{truth: w, editions: []edition{oldRules(w, minimum)}, once: true}
		if len(a.attack()) > 0 {
			leaks++
		}
	}
	t.Logf("%d of 40 rounds gave something away by the rules of before", leaks)
	if leaks < 10 {
		t.Errorf("the attack finds only %d of 40 rounds in which the rules of before gave something away", leaks)
	}
}
