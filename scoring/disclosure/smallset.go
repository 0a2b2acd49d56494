package disclosure

import (
	"cmp"
	"slices"
)

// mostTried is the number of blocks up to which all sets are tried, and fewBlocks the number of blocks up to
// which that is done for more than two: the work grows with its square.
const (
	mostTried = 4
	fewBlocks = 300
)

// smallSets finds sets of blocks with together fewer than minimum members that the span holds: all of one or
// two blocks, and a first one of three or four if there are not too many blocks. complete says whether all
// sets of up to mostTried blocks were tried, or something was found. The sets are of classes.
func (s *span) smallSets(minimum int) (sets [][]int, complete bool) {
	var small []int
	for b, n := range s.weight {
		if n < minimum {
			small = append(small, b)
		}
	}
	slices.SortFunc(small, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.weight[a], s.weight[b]), cmp.Compare(a, b))
	})
	seen := map[uint64][]int{}
	for _, a := range small {
		if s.blockShadow[a] == 0 {
			sets = append(sets, s.classesOf(a))
			continue
		}
		for _, b := range seen[negMod(s.blockShadow[a])] {
			if s.weight[a]+s.weight[b] < minimum {
				sets = append(sets, s.classesOf(a, b))
			}
		}
		seen[s.blockShadow[a]] = append(seen[s.blockShadow[a]], a)
	}
	switch {
	case len(sets) > 0:
		return sets, true
	case len(small) > fewBlocks:
		return nil, false
	}
	if set := s.threeOrFour(small, minimum); set != nil {
		sets = append(sets, set)
	}
	return sets, true
}

// pair is two blocks.
type pair struct{ a, b int }

// threeOrFour finds a set of three or four blocks, as a pair whose shadow another block or pair cancels.
func (s *span) threeOrFour(small []int, minimum int) []int {
	single := map[uint64][]int{}
	for _, a := range small {
		single[s.blockShadow[a]] = append(single[s.blockShadow[a]], a)
	}
	pairs := map[uint64][]pair{}
	for i, a := range small {
		for _, b := range small[:i] {
			size := s.weight[a] + s.weight[b]
			if size >= minimum-1 {
				break // blocks are sorted by size: the next are no smaller, and a third has one member at least
			}
			shadow := addMod(s.blockShadow[a], s.blockShadow[b])
			for _, c := range single[negMod(shadow)] {
				if c != a && c != b && size+s.weight[c] < minimum {
					return s.classesOf(a, b, c)
				}
			}
			for _, p := range pairs[negMod(shadow)] {
				if p.a != a && p.a != b && p.b != a && p.b != b && size+s.weight[p.a]+s.weight[p.b] < minimum {
					return s.classesOf(a, b, p.a, p.b)
				}
			}
			pairs[shadow] = append(pairs[shadow], pair{a, b})
		}
	}
	return nil
}

// classesOf lists the classes of blocks.
func (s *span) classesOf(blocks ...int) []int {
	var out []int
	for class, b := range s.block {
		if slices.Contains(blocks, b) {
			out = append(out, class)
		}
	}
	return out
}
