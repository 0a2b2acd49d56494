package disclosure

import (
	"slices"

	"github.com/rubric-project/rubric/scoring"
)

// Suppression finds the groups of which no sum must be shown, by position in parts. A group goes when fewer than least of
// its members are present, or when the sum over fewer than least members could be worked out from it, from other groups
// and from the figures over all. A nil present means that all members are.
//
// Any sum over the members of a group that is shown, and over all members, counts as published: a count, or a mean times
// its n. No combination of such sums may be over fewer than least members, and none over a suppressed group. So a small
// group takes the next smallest of its column with it. Two that are still too small together take a third. A group that
// lies inside a group of another column is looked at there too.
//
// Sums cannot tell members apart that have the same values in all columns. They are one class. Within one column, and
// between any two, every combination is covered (see table.mostIn). Of three and more columns together, the combinations
// looked at are those of up to four classes, all groups, all that a column leaves of another column's group or of all, and
// all crossings of two groups.
//
// Of the groups that could go, the one with the fewest members goes, and of equals the later.
func Suppression(parts []scoring.Part, members, least int, present func(member int) bool) []bool {
	all := withAll(parts, members)
	hidden := make([]bool, len(all))
	w := newWeb(all, members, present)
	w.hide(hidden, least, nil, nil)
	return hidden[1:]
}

// withAll puts the part of all members before the others, in a column of its own.
func withAll(parts []scoring.Part, members int) []scoring.Part {
	everyone := make([]int, members)
	for i := range everyone {
		everyone[i] = i
	}
	return append([]scoring.Part{{Members: everyone}}, parts...)
}

// hide adds to hidden what has to go. Groups hidden before stay so. The part 0 is of all members. alike, if given, says of
// a set of classes that its sum tells single ones; narrowed, if given, looks for a class whose members the sums shown tell.
func (w *web) hide(hidden []bool, least int, alike func(classes []int) bool, narrowed func(hidden []bool) (class int, ok bool)) {
	for g := range hidden {
		if w.sizes[g] < least || w.total < least {
			hidden[g] = true
		}
	}
	for w.total >= least {
		s := w.span(hidden)
		found := false
		var gone []int
		for _, leak := range w.leaks(s, hidden, least, alike) {
			sources := s.expression(leak)
			if slices.ContainsFunc(gone, func(g int) bool { return slices.Contains(sources, g) }) {
				continue // perhaps mended by now: the next turn will tell
			}
			if out := w.smallest(sources); out >= 0 {
				hidden[out], found = true, true
				gone = append(gone, out)
			}
		}
		if found {
			continue
		}
		class, ok := w.fewInTables(hidden, least)
		if !ok && narrowed != nil {
			class, ok = narrowed(hidden)
		}
		if !ok {
			return
		}
		out := w.toMend(class, hidden)
		if hidden[out] {
			return // nothing is shown any more
		}
		hidden[out] = true
	}
}

// smallest is the group to go of several; of all members only where there is no other.
func (w *web) smallest(groups []int) int {
	out := -1
	for _, g := range groups {
		if out < 0 || out == 0 || g != 0 && w.sizes[g] <= w.sizes[out] {
			out = g
		}
	}
	return out
}

// toMend is the group that goes because the sums shown tell too much of a class: the smallest shown that it lies in, or
// else the smallest shown at all.
func (w *web) toMend(class int, hidden []bool) int {
	var near, any []int
	for _, g := range w.groups[class] {
		if !hidden[g] && g != 0 {
			near = append(near, g)
		}
	}
	if len(near) > 0 {
		return w.smallest(near)
	}
	for g := range hidden {
		if !hidden[g] && w.sizes[g] > 0 {
			any = append(any, g)
		}
	}
	return max(0, w.smallest(any))
}

// leaks lists sets of classes that the groups shown give away and must not.
func (w *web) leaks(s *span, hidden []bool, least int, alike func([]int) bool) [][]int {
	var out [][]int
	for g := range hidden {
		if hidden[g] && w.sizes[g] > 0 && (w.sizes[g] < w.total || hidden[0]) && s.holds(w.classes[g]) {
			out = append(out, w.classes[g])
		}
	}
	sets, _ := s.smallSets(least)
	out = append(out, sets...)
	for _, set := range w.suspects(hidden, least, alike) {
		if s.holds(set) {
			out = append(out, set)
		}
	}
	return out
}

// suspects lists the sets of classes that are worth a look where there may be too many to try all: what the groups of a
// column leave over of another column's group, and the crossings of two groups, where they are small or alike.
func (w *web) suspects(hidden []bool, least int, alike func([]int) bool) [][]int {
	var out [][]int
	inside := make([][]int, len(w.sizes))
	for _, x := range w.crossings() {
		if x.weight < least || alike != nil && alike(x.classes) {
			out = append(out, x.classes)
		}
		for _, p := range [][2]int{{x.g, x.h}, {x.h, x.g}} {
			if outer, inner := p[0], p[1]; !hidden[outer] && !hidden[inner] && x.weight == w.sizes[inner] {
				inside[outer] = append(inside[outer], inner)
			}
		}
	}
	left := make([]int, w.width)
	for outer, inner := range inside {
		for column := range left {
			left[column] = w.sizes[outer]
		}
		for _, g := range inner {
			left[w.columns[g]] -= w.sizes[g]
		}
		for column, n := range left {
			if n > 0 && n < w.sizes[outer] && (n < least || alike != nil) {
				if set := w.leftOver(outer, column, inner); n < least || alike(set) {
					out = append(out, set)
				}
			}
		}
	}
	return out
}

// leftOver lists the classes of a group outside of those of the groups inside it that are of the column.
func (w *web) leftOver(outer, column int, inside []int) []int {
	covered := make([]bool, len(w.weight))
	for _, g := range inside {
		if w.columns[g] == column {
			for _, class := range w.classes[g] {
				covered[class] = true
			}
		}
	}
	var out []int
	for _, class := range w.classes[outer] {
		if !covered[class] {
			out = append(out, class)
		}
	}
	return out
}
