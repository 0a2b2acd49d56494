package scoring

import (
	"math/bits"
	"slices"
)

// span is the space of all linear combinations of the groups shown, as vectors over the classes of members.
// It is worked out modulo a prime: what is a combination over the rationals is one modulo the prime too,
// unless the prime divides a minor of a matrix of zeros and ones. With a prime of 61 bits that is not to be
// met with; the other error, to take for a combination what is none, would only hide a group more.
type span struct {
	classes int
	rows    []row
	// pivots holds for each row the class in which it has a 1 and all other rows a 0.
	pivots []int
	// shadow holds for each class a digest of what of it lies outside of the span: the digests of a set's
	// classes add up to 0 exactly when the span holds the set.
	shadow []uint64
}

// row is a vector of the reduced basis, and by which sources it came about: −1 stands for all members.
type row struct {
	at      []uint64
	sources map[int]uint64
}

const prime = 1<<61 - 1

func addMod(a, b uint64) uint64 {
	if a += b; a >= prime {
		a -= prime
	}
	return a
}

func negMod(a uint64) uint64 {
	if a == 0 {
		return 0
	}
	return prime - a
}

func mulMod(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	// 2^61 is 1 modulo the prime.
	return addMod(low&prime, (low>>61|high<<3)%prime)
}

// inverse is a to the power of prime − 2 (Fermat).
func inverse(a uint64) uint64 {
	out := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = mulMod(out, a)
		}
		a = mulMod(a, a)
	}
	return out
}

// span reduces the groups that are shown, and all members, to a basis.
func (w *web) span(hidden []bool) *span {
	s := &span{classes: len(w.weight)}
	all := make([]int, len(w.weight))
	for class := range all {
		all[class] = class
	}
	s.take(-1, all)
	for g := range hidden {
		if !hidden[g] && w.sizes[g] > 0 {
			s.take(g, w.classes[g])
		}
	}
	s.cast()
	return s
}

// take adds a group to the basis, unless the basis has it already (Gauss and Jordan).
func (s *span) take(source int, classes []int) {
	r := row{make([]uint64, s.classes), map[int]uint64{source: 1}}
	for _, class := range classes {
		r.at[class] = 1
	}
	for i, pivot := range s.pivots {
		r.plus(negMod(r.at[pivot]), s.rows[i])
	}
	pivot := slices.IndexFunc(r.at, func(x uint64) bool { return x != 0 })
	if pivot < 0 {
		return
	}
	r.scale(inverse(r.at[pivot]))
	for i := range s.rows {
		s.rows[i].plus(negMod(s.rows[i].at[pivot]), r)
	}
	s.rows, s.pivots = append(s.rows, r), append(s.pivots, pivot)
}

func (r *row) plus(factor uint64, other row) {
	if factor == 0 {
		return
	}
	for i, x := range other.at {
		if x != 0 {
			r.at[i] = addMod(r.at[i], mulMod(factor, x))
		}
	}
	for source, x := range other.sources {
		r.sources[source] = addMod(r.sources[source], mulMod(factor, x))
	}
}

func (r *row) scale(factor uint64) {
	for i := range r.at {
		r.at[i] = mulMod(factor, r.at[i])
	}
	for source, x := range r.sources {
		r.sources[source] = mulMod(factor, x)
	}
}

// cast works out the shadows: the unit vector of a class, less its part in the span, put through a fixed
// random functional on the classes that are no pivots.
func (s *span) cast() {
	s.shadow = make([]uint64, s.classes)
	state := uint64(0x9E3779B97F4A7C15)
	for class := range s.shadow {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		s.shadow[class] = state % prime
	}
	for _, pivot := range s.pivots {
		s.shadow[pivot] = 0
	}
	for i, pivot := range s.pivots {
		sum := uint64(0)
		for class, x := range s.rows[i].at {
			if class != pivot && x != 0 {
				sum = addMod(sum, mulMod(x, s.shadow[class]))
			}
		}
		s.shadow[pivot] = negMod(sum)
	}
}

// holds says whether the set of classes is a combination of the groups shown.
func (s *span) holds(classes []int) bool {
	sum := uint64(0)
	for _, class := range classes {
		sum = addMod(sum, s.shadow[class])
	}
	return sum == 0
}

// expression lists the groups that combine to the set of classes, which the span must hold.
func (s *span) expression(classes []int) []int {
	sources := map[int]uint64{}
	for i, pivot := range s.pivots {
		if !slices.Contains(classes, pivot) {
			continue
		}
		for source, x := range s.rows[i].sources {
			sources[source] = addMod(sources[source], x)
		}
	}
	var out []int
	for source, x := range sources {
		if x != 0 {
			out = append(out, source)
		}
	}
	slices.Sort(out)
	return out
}

// smallestTried is the number of classes up to which all sets are tried.
const smallestTried = 4

// smallSet finds a set of at most smallestTried classes with together fewer than minimum members that the
// span holds, or nil. Sets of three and four are found as two of one or two whose shadows cancel.
func (s *span) smallSet(weight []int, minimum int) []int {
	var small []int
	for class, n := range weight {
		if n < minimum {
			small = append(small, class)
		}
	}
	slices.SortFunc(small, bySize(weight))
	of := func(p pair) (size int, shadow uint64) {
		size, shadow = weight[p.a], s.shadow[p.a]
		if p.b >= 0 {
			size, shadow = size+weight[p.b], addMod(shadow, s.shadow[p.b])
		}
		return size, shadow
	}
	at := map[uint64][]pair{}
	for i, a := range small {
		for j := -1; j < i; j++ {
			p := pair{a, -1}
			if j >= 0 {
				p.b = small[j]
			}
			size, shadow := of(p)
			if size >= minimum {
				break // classes are sorted by size: the next are no smaller
			}
			if shadow == 0 {
				return p.classes()
			}
			for _, q := range at[negMod(shadow)] {
				more, _ := of(q)
				if size+more < minimum && p.a != q.a && p.a != q.b && (p.b < 0 || p.b != q.a && p.b != q.b) {
					return append(p.classes(), q.classes()...)
				}
			}
			at[shadow] = append(at[shadow], p)
		}
	}
	return nil
}

// pair is one class, or two; b is −1 for one.
type pair struct{ a, b int }

func (p pair) classes() []int {
	if p.b < 0 {
		return []int{p.a}
	}
	return []int{p.a, p.b}
}
