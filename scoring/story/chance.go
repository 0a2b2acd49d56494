package story

import (
	"math"
	"slices"
)

// Two figures are called different only where chance would show such a difference in fewer than 1 of 20 rounds, shared
// over all that is looked at, and where it is large: three of four lean one way.

// unlikely is the share of rounds in which chance may bring a difference in.
const unlikely = 0.05

// leaning says that c of the u that lean to one side or the other are enough, with so many comparisons looked at: the
// sign test, two-sided (W. J. Dixon and A. M. Mood, The Statistical Sign Test, JASA 41, 1946).
func leaning(c, u, looked int) bool { return u > 0 && 4*c >= 3*u && c >= leastLeaning(u, looked) }

// leastLeaning is the fewest of u on one side that chance is unlikely to bring; u+1 where none is.
func leastLeaning(u, looked int) int {
	tail, least := 0.0, u+1
	whole, _ := math.Lgamma(float64(u + 1))
	for c := u; 2*c > u; c-- {
		a, _ := math.Lgamma(float64(c + 1))
		b, _ := math.Lgamma(float64(u - c + 1))
		tail += math.Exp(whole - a - b - float64(u)*math.Ln2)
		if 2*float64(looked)*tail > unlikely {
			return least
		}
		least = c
	}
	return least
}

// pairs is the share of pairs in which the one of a is the higher, ties half.
func pairs(a, b []float64) float64 {
	b = slices.Sorted(slices.Values(b))
	sum := 0.0
	for _, x := range a {
		below, _ := slices.BinarySearch(b, x)
		upTo, _ := slices.BinarySearchFunc(b, x, func(y, x float64) int {
			if y <= x {
				return -1
			}
			return 1
		})
		sum += float64(below) + float64(upTo-below)/2
	}
	return sum / (float64(len(a)) * float64(len(b)))
}

// far says that a share of pairs is far enough from one half to be worth saying.
func far(share float64) bool { return share >= 0.75 || share <= 0.25 }

// Up to so many, dealing out is counted exactly.
const (
	exactAll     = 40
	exactSmaller = 12
)

// dealt is how often ranks differ as much as those of a and b or more, were all dealt out at random: the rank sum test,
// two-sided, with midranks for ties (W. H. Kruskal and W. A. Wallis, JASA 47, 1952, for ties; exact by counting all
// deals; beyond exactAll by the normal approximation with tie and continuity correction).
func dealt(a, b []float64) float64 {
	twice, ties := midranks(append(slices.Clone(a), b...))
	n, all := len(a), len(twice)
	seen := 0
	for _, r := range twice[:n] {
		seen += r
	}
	if all <= exactAll || min(n, all-n) <= exactSmaller {
		return exact(twice, n, seen)
	}
	mean := float64(n*(all+1)) / 2
	variance := float64(n*(all-n)) / 12 * (float64(all+1) - ties/float64(all*(all-1)))
	if variance <= 0 {
		return 1
	}
	z := (math.Abs(float64(seen)/2-mean) - 0.5) / math.Sqrt(variance)
	return math.Min(1, math.Erfc(max(z, 0)/math.Sqrt2))
}

// midranks are the ranks doubled, so that they are whole, and the sum of t³-t over ties of t.
func midranks(values []float64) (twice []int, ties float64) {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int {
		switch {
		case values[i] < values[k]:
			return -1
		case values[i] > values[k]:
			return 1
		}
		return 0
	})
	twice = make([]int, len(values))
	for first := 0; first < len(order); {
		last := first
		for last+1 < len(order) && values[order[last+1]] == values[order[first]] {
			last++
		}
		for k := first; k <= last; k++ {
			twice[order[k]] = first + last + 2
		}
		t := float64(last - first + 1)
		ties += t*t*t - t
		first = last + 1
	}
	return twice, ties
}

// exact counts the deals of n ranks whose sum lies as far from the middle as seen, or farther. The smaller side is dealt.
func exact(twice []int, n, seen int) float64 {
	total := 0
	for _, r := range twice {
		total += r
	}
	if k := len(twice) - n; k < n {
		n, seen = k, total-seen
	}
	ways := make([][]float64, n+1)
	for k := range ways {
		ways[k] = make([]float64, total+1)
	}
	ways[0][0] = 1
	highest := 0
	for at, r := range twice {
		for k := min(at, n-1); k >= 0; k-- {
			for s := highest; s >= 0; s-- {
				if w := ways[k][s]; w > 0 {
					ways[k+1][s+r] += w
				}
			}
		}
		highest += r
	}
	middle := n * (len(twice) + 1)
	distance := seen - middle
	if distance < 0 {
		distance = -distance
	}
	outside, all := 0.0, 0.0
	for s, w := range ways[n] {
		all += w
		if s-middle >= distance || middle-s >= distance {
			outside += w
		}
	}
	return outside / all
}
