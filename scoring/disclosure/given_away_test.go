package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring/disclosure"
)

// invented is a round that is attacked, and what becomes of it in time.
type invented struct {
	seed, minimum int
	worlds        []*world
}

// inventRound makes the round of a seed, of up to most recipients. One of four has the minimum 3, with which nothing leaves
// the office, and goes on with 5.
func inventRound(t testing.TB, seed, most int) invented {
	r, more := rand.New(rand.NewPCG(uint64(seed), 15)), rand.New(rand.NewPCG(uint64(seed), 16))
	out := invented{seed: seed, minimum: []int{3, 5, 8, 10}[r.IntN(4)]}
	method := []methods.Name{methods.Mean, methods.Mean, methods.Staged, methods.Staged, methods.Cumulative, methods.Weakest, methods.Profile}[more.IntN(7)]
	w := invent(r, 5+r.IntN(most-4), templateOf(method, more.IntN(3) == 0))
	out.worlds = []*world{w}
	for range []int{0, 0, 1, 2}[more.IntN(4)] {
		w = w.later(more)
		out.worlds = append(out.worlds, w)
	}
	if out.minimum < disclosure.LeastMinimum {
		if _, err := disclosure.New(disclosure.Input{Template: w.template, Scoring: w.template.Scoring, Groups: w.columns, Minimum: out.minimum, Members: w.members()}); err == nil {
			t.Errorf("seed %d: something may leave the office with the minimum %d", seed, out.minimum)
		}
		out.minimum = disclosure.LeastMinimum
	}
	return out
}

// editions are what leaves the office in time: with each world, what it compares with goes over to it where enough changed.
func (x *invented) editions(t testing.TB) []*leaves {
	var out []*leaves
	var set *world
	for _, w := range x.worlds {
		members := w.members()
		var before []models.Member
		changed := map[string]bool{}
		if set != nil && len(set.returned(everyone(len(set.levels)))) > x.minimum {
			before = set.members()
			for i := range w.levels {
				if !slices.Equal(set.levels[i], w.levels[i]) {
					changed[strconv.Itoa(i)] = true
				}
			}
		}
		d := planOf(t, w, members, x.minimum, before)
		if before != nil && !disclosure.EnoughChanged(d, members, changed) {
			continue
		}
		set = w
		out = append(out, w.published(d))
	}
	return out
}

func (x *invented) String() string {
	w := x.worlds[0]
	return fmt.Sprintf("seed %d, %s, minimum %d, %d members, %d columns, %d worlds", x.seed, w.template.Scoring.Method, x.minimum, len(w.levels), len(w.columns), len(x.worlds))
}

// attacks is which rounds are attacked, and how many members they have at most: 200 of up to 20, or from RUBRIC_FROM on as
// many as RUBRIC_ATTACK says of up to 60.
func attacks() (from, to, members int) {
	n, err := strconv.Atoi(os.Getenv("RUBRIC_ATTACK"))
	if err != nil {
		return 0, 200, 20
	}
	from, _ = strconv.Atoi(os.Getenv("RUBRIC_FROM"))
	return from, from + n, 60
}

func TestNothingIsGivenAway(t *testing.T) {
	from, to, most := attacks()
	leaks, medians, several := 0, 0, 0
	for seed := from; seed < to; seed++ {
		x := inventRound(t, seed, most)
		list := x.editions(t)
		a := newAttacker(x.worlds, list)
		a.once = os.Getenv("RUBRIC_ATTACK_ALL") == ""
		if len(list) > 1 {
			several++
		}
		for e, ed := range list {
			if err := ed.agrees(a.of[e].cells); err != nil {
				t.Fatalf("%s: %v", &x, err)
			}
			for _, shown := range ed.shown {
				for _, f := range shown {
					if f[median] {
						medians++
					}
				}
			}
		}
		if given := a.attack(); len(given) > 0 {
			leaks++
			fmt.Printf("%s, %d editions: %d given away: %q\n", &x, len(list), len(given), given)
			t.Errorf("%s, %d editions: %d given away: %s", &x, len(list), len(given), given[0])
		}
		if os.Getenv("RUBRIC_ATTACK") != "" && (seed+1)%100 == 0 {
			fmt.Printf("%d to %d attacked, %d give something away\n", from, seed, leaks)
		}
	}
	t.Logf("rounds %d to %d attacked, %d of them in several editions; %d give something away; %d medians were shown", from, to-1, several, leaks, medians)
	if medians < to-from {
		t.Errorf("only %d medians were shown: too little to attack", medians)
	}
}

// The same attack finds what the rules of before gave away.
func TestOldRulesGaveAway(t *testing.T) {
	leaks := 0
	for seed := range 40 {
		x := inventRound(t, seed, 16)
		a := newAttacker(x.worlds, []*leaves{x.worlds[0].oldRules(x.minimum)})
		a.once = true
		if len(a.attack()) > 0 {
			leaks++
		}
	}
	t.Logf("%d of 40 rounds gave something away by the rules of before", leaks)
	if leaks < 10 {
		t.Errorf("the attack finds only %d of 40 rounds in which the rules of before gave something away", leaks)
	}
}
