package disclosure_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
)

// attack works out, by elimination over the rational numbers, which sums over members follow from the groups
// shown and from all. It knows nothing of how package scoring decides.
type attack struct {
	rows   [][]*big.Rat
	pivots []int
}

func (a *attack) learn(vector []*big.Rat) bool {
	v := a.reduce(vector)
	for i, x := range v {
		if x.Sign() != 0 {
			inv := new(big.Rat).Inv(x)
			for j := range v {
				v[j] = new(big.Rat).Mul(v[j], inv)
			}
			a.rows, a.pivots = append(a.rows, v), append(a.pivots, i)
			return true
		}
	}
	return false
}

func (a *attack) reduce(vector []*big.Rat) []*big.Rat {
	v := append([]*big.Rat(nil), vector...)
	for r, row := range a.rows {
		f := v[a.pivots[r]]
		if f.Sign() == 0 {
			continue
		}
		for j := range v {
			v[j] = new(big.Rat).Sub(v[j], new(big.Rat).Mul(f, row[j]))
		}
	}
	return v
}

func (a *attack) knows(vector []*big.Rat) bool {
	for _, x := range a.reduce(vector) {
		if x.Sign() != 0 {
			return false
		}
	}
	return true
}

func vectorOf(n int, members []int) []*big.Rat {
	v := make([]*big.Rat, n)
	for i := range v {
		v[i] = new(big.Rat)
	}
	for _, m := range members {
		v[m] = big.NewRat(1, 1)
	}
	return v
}

// randomGrouping makes members in up to three columns; sometimes the second column refines the first.
func randomGrouping(r *rand.Rand) []string {
	n := 4 + r.IntN(40)
	lines := make([]string, 1+r.IntN(3))
	for c := range lines {
		b := make([]byte, n)
		values := 2 + r.IntN(5)
		for i := range b {
			b[i] = byte('A' + r.IntN(values)*r.IntN(values)/values) // uneven sizes
			if c == 1 && n%2 == 0 {
				b[i] = lines[0][i] + byte(10*r.IntN(3))
			}
		}
		lines[c] = string(b)
	}
	return lines
}

func TestNoSuppressedFigureFollowsFromThoseShown(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	tried, hiddenGroups := 0, 0
	for range 250 {
		lines := randomGrouping(r)
		n, minimum := len(lines[0]), 2+r.IntN(8)
		columns, members := membersBy(lines...)
		parts := scoring.Partition(columns, members)
		hidden := disclosure.Suppression(parts, n, minimum, nil)
		if n < minimum {
			continue
		}
		everyone := make([]int, n)
		for i := range everyone {
			everyone[i] = i
		}
		var a attack
		a.learn(vectorOf(n, everyone))
		for g, part := range parts {
			if !hidden[g] {
				if len(part.Members) < minimum {
					t.Fatalf("%q, minimum %d: shows %s of %d", lines, minimum, part.Value, len(part.Members))
				}
				a.learn(vectorOf(n, part.Members))
			}
		}
		for g, part := range parts {
			if hidden[g] {
				hiddenGroups++
				if len(part.Members) < n && a.knows(vectorOf(n, part.Members)) {
					t.Fatalf("%q, minimum %d: %s/%s follows from the groups shown", lines, minimum, part.Column, part.Value)
				}
			}
		}
		// Any set of fewer than minimum members (and up to four), whether a group or not. Reducing is linear: the rest of a set
		// is the sum of its members' rests.
		rests := make([][]*big.Rat, n)
		for i := range rests {
			rests[i] = a.reduce(vectorOf(n, []int{i}))
		}
		everySet(n, min(minimum-1, 4), func(set []int) {
			tried++
			if cancel(rests, set) {
				t.Fatalf("%q, minimum %d: the members %v follow from the groups shown", lines, minimum, set)
			}
		})
	}
	if hiddenGroups < 100 || tried < 1000 {
		t.Fatalf("the attack tried too little: %d groups, %d sets", hiddenGroups, tried)
	}
}

// cancel says whether the vectors of the set add up to zero.
func cancel(rests [][]*big.Rat, set []int) bool {
	sum := new(big.Rat)
	for j := range rests {
		sum.SetInt64(0)
		for _, i := range set {
			sum.Add(sum, rests[i][j])
		}
		if sum.Sign() != 0 {
			return false
		}
	}
	return true
}

// everySet calls f with each set of 1 to most numbers below n; at most some thousands of them.
func everySet(n, most int, f func([]int)) {
	left := 3000
	var grow func(set []int, from int)
	grow = func(set []int, from int) {
		for i := from; i < n && left > 0; i++ {
			left--
			next := append(append([]int(nil), set...), i)
			f(next)
			if len(next) < most {
				grow(next, i+1)
			}
		}
	}
	grow(nil, 0)
}
