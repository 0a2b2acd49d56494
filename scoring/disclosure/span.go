package disclosure

import (
	"cmp"
	"slices"
)

// span is the space of all linear combinations, modulo prime, of the groups shown, as
// vectors over blocks of members that the groups shown do not tell apart.
type span struct {
	block  []int // of each class
	weight []int // of each block
	rows   []row
	// shadow is of each class a digest of what of it lies outside of the span: those of a set's classes add up
	// to 0 exactly when the span holds the set (with an error once in 2^61). blockShadow is of each block.
	shadow      []uint64
	blockShadow []uint64
}

// row is a vector of the basis in echelon form. It is 1 at its pivot and 0 at the pivots of all rows before it.
type row struct {
	pivot int
	at    []int // where it is not 0
	value []uint64
	// sources are the groups that combine to it, by their coefficients.
	sources map[int]uint64
}

// span reduces the groups that are shown to a basis. Columns of few groups come first: what is
// left over of a large group is then told by that group and what lies in it, and not by a long way round.
func (w *web) span(hidden []bool) *span {
	s := &span{}
	s.block, s.weight = w.fused(hidden)
	perColumn := make([]int, w.width)
	var shown []int
	for g := range hidden {
		if !hidden[g] && w.sizes[g] > 0 {
			shown = append(shown, g)
			perColumn[w.columns[g]]++
		}
	}
	slices.SortStableFunc(shown, func(a, b int) int {
		return cmp.Compare(perColumn[w.columns[a]], perColumn[w.columns[b]])
	})
	vector := make([]uint64, len(s.weight))
	for _, g := range shown {
		clear(vector)
		for _, class := range w.classes[g] {
			vector[s.block[class]] = 1
		}
		s.take(g, vector)
	}
	s.cast()
	return s
}

// reduce subtracts from the vector what the rows can of it, and gives the coefficients of the sources of what
// was subtracted, negated.
func (s *span) reduce(vector []uint64) map[int]uint64 {
	sources := map[int]uint64{}
	for i := range s.rows {
		r := &s.rows[i]
		factor := negMod(vector[r.pivot])
		if factor == 0 {
			continue
		}
		for k, at := range r.at {
			vector[at] = addMod(vector[at], mulMod(factor, r.value[k]))
		}
		for source, x := range r.sources {
			sources[source] = addMod(sources[source], mulMod(factor, x))
		}
	}
	return sources
}

// take adds a group to the basis, unless the span has it already.
func (s *span) take(source int, vector []uint64) {
	sources := s.reduce(vector)
	pivot := slices.IndexFunc(vector, func(x uint64) bool { return x != 0 })
	if pivot < 0 {
		return
	}
	r := row{pivot: pivot, sources: sources}
	r.sources[source] = 1
	scale := inverse(vector[pivot])
	for at, x := range vector {
		if x != 0 {
			r.at = append(r.at, at)
			r.value = append(r.value, mulMod(scale, x))
		}
	}
	for g, x := range r.sources {
		r.sources[g] = mulMod(scale, x)
	}
	s.rows = append(s.rows, r)
}

// cast works out the shadows: a vector, random but for being orthogonal to all rows. The shadows of a block's
// classes are random but for their sum.
func (s *span) cast() {
	random := sequence(0x9E3779B97F4A7C15)
	s.blockShadow = make([]uint64, len(s.weight))
	for b := range s.blockShadow {
		s.blockShadow[b] = random.next()
	}
	for i := len(s.rows) - 1; i >= 0; i-- {
		r := &s.rows[i]
		sum := uint64(0)
		for k, at := range r.at {
			if at != r.pivot {
				sum = addMod(sum, mulMod(r.value[k], s.blockShadow[at]))
			}
		}
		s.blockShadow[r.pivot] = negMod(sum)
	}
	s.shadow = make([]uint64, len(s.block))
	left := slices.Clone(s.blockShadow)
	last := make([]int, len(s.weight))
	for class, b := range s.block {
		last[b] = class
		s.shadow[class] = random.next()
	}
	for class, b := range s.block {
		if last[b] == class {
			s.shadow[class] = left[b]
		} else {
			left[b] = addMod(left[b], negMod(s.shadow[class]))
		}
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
	vector := make([]uint64, len(s.weight))
	for _, class := range classes {
		vector[s.block[class]] = 1
	}
	var out []int
	for source, x := range s.reduce(vector) {
		if x != 0 {
			out = append(out, source)
		}
	}
	slices.Sort(out)
	return out
}
