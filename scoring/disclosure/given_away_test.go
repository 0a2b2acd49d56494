package disclosure_test

import (
	_ "embed"
	"encoding/json"
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
	template := templateOf(method, more.IntN(3) == 0)
	if !method.Info().AttainsLevels() && seed%4 == 3 {
		oneByOne(template)
	}
	w := invent(r, 5+r.IntN(most-4), template)
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
	var sets [][]models.Member
	for _, w := range x.worlds {
		members := w.members()
		changed := map[string]bool{}
		if set != nil && len(set.returned(everyone(len(set.levels)))) > x.minimum {
			for i := range w.levels {
				if !slices.Equal(set.levels[i], w.levels[i]) {
					changed[strconv.Itoa(i)] = true
				}
			}
		}
		d := planOf(t, w, members, x.minimum, sets...)
		if len(sets) > 0 && !disclosure.EnoughChanged(d, members, changed) {
			continue
		}
		set = w
		if len(w.returned(everyone(len(w.levels)))) > x.minimum {
			sets = append(sets, members)
		}
		l := w.published(d)
		if err := l.sentences(); err != nil {
			t.Errorf("%s: %v", x, err)
		}
		out = append(out, l)
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

// With RUBRIC_OLD_RULES the rules of before are attacked, and it must fail.
func TestNothingIsGivenAway(t *testing.T) {
	from, to, most := attacks()
	leaks, medians, several, sentences := 0, 0, 0, 0
	for seed := from; seed < to; seed++ {
		x := inventRound(t, seed, most)
		list := x.editions(t)
		if os.Getenv("RUBRIC_OLD_RULES") != "" {
			list = x.byOldRules()
		}
		a := newAttacker(x.worlds, list)
		a.others = foundElsewhere(t)[strconv.Itoa(seed)]
		a.quick = os.Getenv("RUBRIC_OLD_RULES") != "" // they give so much away
		if len(list) > 1 {
			several++
		}
		for e, ed := range list {
			if err := ed.agrees(a.of[e].cells); err != nil {
				t.Fatalf("%s: %v", &x, err)
			}
			sentences += len(ed.said)
			if err := ed.saidTruly(); err != nil {
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
		if given := a.attack(); given != "" {
			leaks++
			fmt.Printf("%s, %d editions: given away is %s\n", &x, len(list), given) // at once: a run can take hours
			t.Errorf("%s, %d editions: given away is %s", &x, len(list), given)
		}
	}
	t.Logf("rounds %d to %d attacked, %d of them in several editions; %d give something away; %d medians were shown and %d counts said in sentences", from, to-1, several, leaks, medians, sentences)
	if medians < to-from {
		t.Errorf("only %d medians were shown: too little to attack", medians)
	}
}

//go:embed testdata/worlds.json
var worldsFound []byte

// foundElsewhere are worlds that an integer program found where the search does not, by seed: of each slot its code. Each is
// checked figure by figure before it counts, as any other is; by other rules it would not fit.
func foundElsewhere(t testing.TB) map[string][][]int {
	var out map[string][][]int
	if err := json.Unmarshal(worldsFound, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// byOldRules is what left the office by the rules of before.
func (x *invented) byOldRules() []*leaves { return []*leaves{x.worlds[0].oldRules(x.minimum)} }

// The same attack finds what the rules of before gave away: in ten rounds of forty and more.
func TestOldRulesGaveAway(t *testing.T) {
	leaks := 0
	for seed := 0; seed < 40 && leaks < 10; seed++ {
		x := inventRound(t, seed, 16)
		a := newAttacker(x.worlds, x.byOldRules())
		a.quick = true
		if a.attack() != "" {
			leaks++
		}
	}
	if leaks < 10 {
		t.Errorf("the attack finds only %d of 40 rounds in which the rules of before gave something away", leaks)
	}
}

// Rounds with a minimum of 8 and of 10 in which the rules of before gave a score or an answer away; today's do not.
func TestLargerMinimum(t *testing.T) {
	for seed, minimum := range map[int]int{33: 8, 30: 8, 22: 10} {
		x := inventRound(t, seed, 16)
		if x.minimum != minimum {
			t.Fatalf("%s: the minimum is not %d", &x, minimum)
		}
		before := newAttacker(x.worlds, x.byOldRules())
		before.quick = true
		if before.attack() == "" {
			t.Errorf("%s: the rules of before gave nothing away", &x)
		}
		if given := newAttacker(x.worlds, x.editions(t)).attack(); given != "" {
			t.Errorf("%s: given away is %s", &x, given)
		}
	}
}

// Rounds of up to 60 recipients in which rules on the way to today's narrowed an answer, a score or a level attained, to one
// value; an integer program over all worlds had no other. 456, 737, 1256, 2250, 2555 and 4805 are in several editions; in
// 4805 a return that counted only in the second of three was told by all three together.
func TestRoundsFoundOnTheWay(t *testing.T) {
	for _, seed := range []int{31, 456, 737, 1256, 1711, 1999, 2250, 2397, 2555, 4805} {
		x := inventRound(t, seed, 60)
		if given := newAttacker(x.worlds, x.editions(t)).attack(); given != "" {
			t.Errorf("%s: given away is %s", &x, given)
		}
	}
}
