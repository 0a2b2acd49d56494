package scoring

import (
	"slices"

	"github.com/rubric-project/rubric/models"
)

// Suppression finds the groups that must not be shown, by position in parts. A group goes when fewer than minimum of its
// members are present, or when the figures of fewer than minimum members could be worked out from it, from other groups
// and from the figures over all. A nil present means that all members are.
//
// Any sum over the members of a group that is shown, and over all members, counts as published: a count, or a mean times
// its n. A combination of such sums gives a set of members away when its coefficients are 1 on the set and 0 elsewhere.
// No such set may have fewer than minimum members, and none may be a suppressed group. So a small group takes the next
// smallest of its column with it. Two that are still too small together take a third. A group that lies inside a group
// of another column is looked at there too.
//
// Sums cannot tell members apart that have the same values in all columns. They are one class. For a minimum up to 5 the
// sets that are looked at are those of up to four classes, which are all that can matter. For a greater minimum, or very
// many classes, they are those of up to two classes, all groups, all that a column leaves of another column's group or of
// all, and all crossings of two groups.
//
// Of the groups that could go, the one with the fewest members goes, and of equals the later. Two things are not covered:
// that a member knows its own figures, which the minimum is for, and quantiles and extremes, which do not say whose
// they are.
func Suppression(parts []Part, members, minimum int, present func(member int) bool) []bool {
	hidden := make([]bool, len(parts))
	newWeb(parts, members, present).hide(hidden, minimum)
	return hidden
}

// hide adds to hidden what has to go. Groups hidden before stay so.
func (w *web) hide(hidden []bool, minimum int) {
	for g := range hidden {
		if w.sizes[g] < minimum || w.total < minimum {
			hidden[g] = true
		}
	}
	for w.total >= minimum {
		s := w.span(hidden)
		found := false
		var gone []int
		for _, leak := range w.leaks(s, hidden, minimum) {
			sources := s.expression(leak)
			if slices.ContainsFunc(gone, func(g int) bool { return slices.Contains(sources, g) }) {
				continue // perhaps mended by now: the next turn will tell
			}
			out := -1
			for _, g := range sources {
				if g >= 0 && (out < 0 || w.sizes[g] <= w.sizes[out]) {
					out = g
				}
			}
			if out >= 0 { // else only all itself gives it away
				hidden[out], found = true, true
				gone = append(gone, out)
			}
		}
		if !found {
			return
		}
	}
}

// leaks lists sets of classes that the groups shown give away and must not.
func (w *web) leaks(s *span, hidden []bool, minimum int) [][]int {
	var out [][]int
	for g := range hidden {
		if hidden[g] && w.sizes[g] > 0 && w.sizes[g] < w.total && s.holds(w.classes[g]) {
			out = append(out, w.classes[g])
		}
	}
	sets, complete := s.smallSets(minimum)
	out = append(out, sets...)
	if complete && minimum <= mostTried+1 {
		return out
	}
	for _, set := range w.suspects(hidden, minimum) {
		if s.holds(set) {
			out = append(out, set)
		}
	}
	return out
}

// suspects lists the small sets of classes that are worth a look where there may be too many to try all: what
// the groups of a column leave over of another column's group or of all, and the crossings of two groups.
func (w *web) suspects(hidden []bool, minimum int) [][]int {
	var out [][]int
	all := len(w.sizes) // stands for the group of all
	inside := make([][]int, all+1)
	for g := range w.sizes {
		if !hidden[g] && w.sizes[g] > 0 {
			inside[all] = append(inside[all], g)
		}
	}
	for _, x := range w.crossings() {
		if x.weight < minimum {
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
		size := w.total
		if outer < all {
			size = w.sizes[outer]
		}
		for column := range left {
			left[column] = size
		}
		for _, g := range inner {
			left[w.columns[g]] -= w.sizes[g]
		}
		for column, n := range left {
			if n > 0 && n < minimum {
				out = append(out, w.leftOver(outer, column, inner))
			}
		}
	}
	return out
}

// leftOver lists the classes of a group, or of all, outside of those of the groups inside it that are of the
// column.
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
	if outer == len(w.classes) {
		for class := range covered {
			if !covered[class] {
				out = append(out, class)
			}
		}
		return out
	}
	for _, class := range w.classes[outer] {
		if !covered[class] {
			out = append(out, class)
		}
	}
	return out
}

// concealed is what is not shown: whole groups, and the groups' single measures.
type concealed struct {
	group   []bool
	measure [][]bool
}

// suppressions works out what is not shown of each group and measure. A group whose returns are too few is
// hidden in all measures; a measure that too few of a group's returns have is hidden there, and what would
// give it away.
func suppressions(parts []Part, figures [][]models.Figure, minimum, measures int) concealed {
	out := concealed{group: Suppression(parts, len(figures), minimum, func(i int) bool { return figures[i] != nil })}
	known := map[string][]bool{}
	for m := range measures {
		w := newWeb(parts, len(figures), func(i int) bool { return figures[i] != nil && figures[i][m].Known() })
		key := w.signature()
		hidden, ok := known[key]
		if !ok {
			hidden = slices.Clone(out.group)
			w.hide(hidden, minimum)
			known[key] = hidden
		}
		out.measure = append(out.measure, hidden)
	}
	return out
}
