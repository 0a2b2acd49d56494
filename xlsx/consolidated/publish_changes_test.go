package consolidated_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// TestChangesAttacked tries to work out scores from the editions of two rounds together: what each shows of groups,
// and the changes that the later one shows. Each recipient's score then is one unknown and now another. No linear
// combination of what is shown may be one of the scores of fewer recipients than the minimum.
func TestChangesAttacked(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 4))
	shown, hidden := 0, 0
	for round := range 12 {
		now, before := twoRounds(t, r, 14+r.IntN(30), []int{0, 1, 3, 12}[round%4])
		if attackChanges(t, fmt.Sprintf("round %d", round), now, before) {
			shown++
		} else {
			hidden++
		}
	}
	if shown < 2 || hidden < 2 {
		t.Errorf("changes are shown in %d rounds and hidden in %d: the test is of no use", shown, hidden)
	}
}

// twoRounds makes a round and an earlier one of the same recipients, of whom some returned only once.
func twoRounds(t *testing.T, r *rand.Rand, n, once int) (now, before consolidated.Input) {
	t.Helper()
	now = exampleRound(t, "uk-dmm", n)
	regions, types := 2+r.IntN(3), 2+r.IntN(2)
	for i := range now.Members {
		m := &now.Members[i]
		m.Recipient.Groups = map[string]string{"Region": fmt.Sprintf("Region %d", r.IntN(regions)), "Type": fmt.Sprintf("Type %d", r.IntN(types))}
		m.Return = exampleReturn(r, now.Template, m.Recipient, 0) // a return without gaps in whole topics
	}
	before = apart(now)
	for _, i := range r.Perm(n)[:min(once, n-9)] {
		if r.IntN(2) == 0 {
			now.Members[i].Return = nil
		} else {
			before.Members[i].Return = nil
		}
	}
	for _, in := range []*consolidated.Input{&now, &before} {
		in.Register = models.Register{}
		*in = published(t, rescored(*in, in.Scoring))
	}
	c := scoring.Compare(now.Scoring, scoring.Side{Template: now.Template, Members: before.Members}, scoring.Side{Template: now.Template, Members: now.Members}, nil)
	now.Comparison = &c
	now.Disclosure = disclosure.WithChanges(now.Results)
	return now, before
}

// attackChanges says whether the first topic's change is shown.
func attackChanges(t *testing.T, name string, now, before consolidated.Input) bool {
	t.Helper()
	book := consolidatedBytes(t, now)
	changed := false
	for _, row := range rowsOf(t, book, "Over time") {
		changed = changed || len(row) > 1 && row[0] == now.Template.Topics[0].Name && row[1] != "" && row[1] != "could be worked out"
	}
	// Recipients that cannot be told apart are one class. The first half of the unknowns are scores now, the
	// second half scores then.
	classOf, weight := map[string]int{}, []int{}
	class := make([]int, len(now.Members))
	for i, m := range now.Members {
		key := fmt.Sprint(m.Recipient.Groups, m.Return != nil, before.Members[i].Return != nil)
		at, ok := classOf[key]
		if !ok {
			at = len(weight)
			classOf[key], weight = at, append(weight, 0)
		}
		weight[at]++
		class[i] = at
	}
	width := 2 * len(weight)
	var vectors [][]*big.Rat
	add := func(in func(i int) bool, thenToo, then bool) {
		v := make([]*big.Rat, width)
		for k := range v {
			v[k] = new(big.Rat)
		}
		for i := range now.Members {
			if !in(i) {
				continue
			}
			if then {
				v[len(weight)+class[i]].SetInt64(1)
				continue
			}
			v[class[i]].SetInt64(1)
			if thenToo {
				v[len(weight)+class[i]].SetInt64(-1)
			}
		}
		vectors = append(vectors, v)
	}
	groupsOf := func(book []byte, side consolidated.Input, then bool) {
		for _, row := range rowsOf(t, book, "Groups")[4:] {
			if len(row) <= 5 {
				continue
			}
			if _, err := strconv.ParseFloat(row[5], 64); err != nil { // the first topic's median is not shown
				continue
			}
			add(func(i int) bool {
				m := side.Members[i]
				return m.Return != nil && (row[0] == "All" || m.Recipient.Groups[row[0]] == row[1])
			}, false, then)
		}
	}
	groupsOf(book, now, false)
	groupsOf(consolidatedBytes(t, before), before, true)
	if changed {
		add(func(i int) bool { return now.Members[i].Return != nil && before.Members[i].Return != nil }, true, false)
	}
	rank := len(eliminate(vectors, width))
	for _, set := range fewClasses(weight, now.Round.SmallestGroup()) {
		rest := make([][]*big.Rat, len(vectors))
		for k, v := range vectors {
			rest[k] = slices.Clone(v)
			for _, at := range set {
				rest[k][at], rest[k][len(weight)+at] = new(big.Rat), new(big.Rat)
			}
		}
		if len(eliminate(rest, width)) < rank {
			n := 0
			for _, at := range set {
				n += weight[at]
			}
			t.Errorf("%s: scores of %d recipients can be worked out (change shown: %v)", name, n, changed)
			return changed
		}
	}
	return changed
}

// fewClasses lists the sets of up to three classes with fewer members than the minimum.
func fewClasses(weight []int, minimum int) [][]int {
	var out [][]int
	var grow func(set []int, from, n int)
	grow = func(set []int, from, n int) {
		for k := from; k < len(weight); k++ {
			if n+weight[k] < minimum {
				next := append(slices.Clone(set), k)
				out = append(out, next)
				if len(next) < 3 {
					grow(next, k+1, n+weight[k])
				}
			}
		}
	}
	grow(nil, 0, 0)
	return out
}
