package disclosure

import (
	"slices"

	"github.com/rubric-project/rubric/scoring"
)

// lots are the answers to one thing in three sets and more, by the sets that they counted in. A return counts from one set
// on until another. So a lot is an edge of a network whose nodes are the times before the first set, between any two that
// follow one another, and after the last: it leads from the time at which its returns came to that at which they went. What
// the counts of all sets leave open are the circles of this network.
type lots struct {
	sets, steps int
	edges       [][2]int
	holders     map[[2]int][][]int // of each lot and step the members
}

// lotsOf lays out the answers in the sets that showed their counts.
func lotsOf(sets []*scoring.Table, steps int, choice func(*scoring.Table, int) int) *lots {
	out := &lots{sets: len(sets), steps: steps, holders: map[[2]int][][]int{}}
	members := 0
	for _, set := range sets {
		members = max(members, len(set.Levels))
	}
	for i := range members {
		for first := 0; first < len(sets); {
			end := first + 1
			for end < len(sets) && sameReturn(sets[first], sets[end], i) {
				end++
			}
			if step := at(sets[first], i, choice); step >= 0 {
				out.put([2]int{first, end}, step, i)
			}
			first = end
		}
	}
	return out
}

func (l *lots) put(edge [2]int, step, member int) {
	if l.holders[edge] == nil {
		l.edges, l.holders[edge] = append(l.edges, edge), make([][]int, l.steps)
	}
	l.holders[edge][step] = append(l.holders[edge][step], member)
}

// sameReturn says that a member's return is the same in two sets, or that it has none in either.
func sameReturn(a, b *scoring.Table, i int) bool {
	if i >= len(a.Levels) || i >= len(b.Levels) {
		return i >= len(a.Levels) && i >= len(b.Levels)
	}
	return (a.Levels[i] == nil) == (b.Levels[i] == nil) && slices.Equal(a.Levels[i], b.Levels[i]) && slices.Equal(a.Targets[i], b.Targets[i])
}

// tellTogether says whether the counts of now and of two earlier sets or more tell, taken together, too much of what single
// members chose among steps. Two sets are what tell looks at. showed is of each earlier set whether it showed these counts.
func (h history) tellTogether(minimum, steps int, showed []bool, choice func(*scoring.Table, int) int) bool {
	var sets []*scoring.Table
	for k, x := range h {
		if !showed[k] {
			continue
		}
		if !x.differ(choice) {
			return false // what is counted now has been said
		}
		sets = append(sets, x.before)
	}
	if len(sets) < 2 {
		return false
	}
	l := lotsOf(append(sets, h[0].now), steps, choice)
	return l.narrowed() || l.few(minimum)
}

// differ says that some answer is another one.
func (x *pastAndPresent) differ(choice func(*scoring.Table, int) int) bool {
	for i := range x.before.Levels {
		if at(x.now, i, choice) != at(x.before, i, choice) {
			return true
		}
	}
	return false
}

// narrowed says that some answer could be no other, for somebody who knows two other members with all their returns.
func (l *lots) narrowed() bool {
	for _, edge := range l.edges {
		for step, holders := range l.holders[edge] {
			// nearly always nobody could close them; if somebody could, it may be the member itself
			if len(holders) > 0 && l.closed(edge, step, -1, nil) && slices.ContainsFunc(holders, func(i int) bool { return l.closed(edge, step, i, nil) }) {
				return true
			}
		}
	}
	return false
}

// closed says whether the answer from of a member in a lot can be made certain by knowing those known, and others up to two
// in all. On each way by which it could be another, all who could take a turn must be known.
func (l *lots) closed(edge [2]int, from, member int, knows []int) bool {
	for to := range l.steps {
		if to == from {
			continue
		}
		way, ok := l.way(edge, from, to, knows)
		if !ok {
			continue
		}
		return slices.ContainsFunc(way, func(turns []int) bool {
			return len(knows)+len(turns) <= known && !slices.Contains(turns, member) && l.closed(edge, from, member, slices.Concat(knows, turns))
		})
	}
	return true
}

// way is a way by which an answer of a lot can go from one step to another while every count stays: other answers go the
// other way, in lots that lead from where the lot begins to where it ends; or the same way, in lots taken backwards. It gives
// of each turn the members who could take it.
func (l *lots) way(edge [2]int, from, to int, knows []int) ([][]int, bool) {
	type arrival struct {
		before int
		turns  []int
	}
	came, queue := map[int]arrival{edge[0]: {before: -1}}, []int{edge[0]}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		for _, e := range l.edges {
			for _, x := range []struct{ start, end, step int }{{e[0], e[1], to}, {e[1], e[0], from}} {
				if _, seen := came[x.end]; x.start != node || seen {
					continue
				}
				all := l.holders[e][x.step]
				all = all[:min(len(all), 2*known+1)] // more than can be known are left of so many
				turns := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return slices.Contains(knows, i) })
				if len(turns) > 0 {
					came[x.end] = arrival{node, turns}
					queue = append(queue, x.end)
				}
			}
		}
	}
	if _, ok := came[edge[1]]; !ok {
		return nil, false
	}
	var out [][]int
	for node := edge[1]; node != edge[0]; node = came[node].before {
		out = append(out, came[node].turns)
	}
	return out, true
}

// few says that the counts of now, with others added or subtracted, are those of some lots alone that hold fewer answers than
// the minimum, or such as are nearly alike. Each sum of counts is a number at every node; what it has of a lot is the
// difference between the lot's ends.
func (l *lots) few(minimum int) bool {
	number := map[int]int{l.sets: 0}
	var try func() bool
	try = func() bool {
		node, edge, ok := l.next(number)
		if !ok {
			if x, reached := number[l.sets-1]; !reached || x == 0 {
				return false // without those of now
			}
			counts := l.sum(number)
			n := sumOf(counts)
			return n > 0 && (n < minimum || oneLevel(counts))
		}
		for has := range 2 {
			if node == edge[0] {
				number[node] = number[edge[1]] - has
			} else {
				number[node] = number[edge[0]] + has
			}
			if l.fits(number) && try() {
				return true
			}
			delete(number, node)
		}
		return false
	}
	return try()
}

// next is a node without a number, at a lot whose other end has one.
func (l *lots) next(number map[int]int) (node int, edge [2]int, ok bool) {
	for _, e := range l.edges {
		_, start := number[e[0]]
		_, end := number[e[1]]
		switch {
		case start && !end:
			return e[1], e, true
		case end && !start:
			return e[0], e, true
		}
	}
	return 0, edge, false
}

// fits says that of each lot all is in the sum, or nothing.
func (l *lots) fits(number map[int]int) bool {
	return !slices.ContainsFunc(l.edges, func(e [2]int) bool {
		start, ok := number[e[0]]
		end, also := number[e[1]]
		return ok && also && end-start != 0 && end-start != 1
	})
}

func (l *lots) sum(number map[int]int) []int {
	counts := make([]int, l.steps)
	for _, e := range l.edges {
		if number[e[1]] == number[e[0]] {
			continue
		}
		for step, holders := range l.holders[e] {
			counts[step] += len(holders)
		}
	}
	return counts
}
