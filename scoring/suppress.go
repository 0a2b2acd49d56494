package scoring

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/rubric-project/rubric/models"
)

// Suppression says which groups must not be shown, by position in parts: those with fewer than minimum
// members of which present is true (all where present is nil), and those from which, or from the figures
// over all, the figures of fewer than minimum members could be worked out.
//
// What is published is taken to be, for each group shown and for all, any sum over its members (a count, or a
// mean times its n). A combination of such sums gives away a set of members when its coefficients are 1 on
// the set and 0 elsewhere. No such set may have fewer than minimum members, and none may be a suppressed
// group. So one small group takes the next smallest of its column with it, two that together stay under the
// minimum a third, and a group that lies inside a group of another column is looked at there too. Members with
// the same values in all columns cannot be told apart by sums; sets are looked for among up to four such
// classes, which is all there can be for a minimum up to 5, and for a greater minimum all groups, all that
// columns leave over of one another, and the smallest crossings.
//
// Which group goes: of those that the working out takes, the one with the fewest members; on a tie the later.
// Not covered: that a member knows its own figures, which is what the minimum is for, and quantiles and
// extremes, which say of no member that they are its own.
func Suppression(parts []Part, members, minimum int, present func(member int) bool) []bool {
	w := newWeb(parts, members, present)
	hidden := make([]bool, len(parts))
	w.hide(hidden, minimum)
	return hidden
}

// hide adds to hidden what has to go. Groups hidden before stay so.
func (w *web) hide(hidden []bool, minimum int) {
	for g := range hidden {
		if w.sizes[g] < minimum {
			hidden[g] = true
		}
	}
	if w.total < minimum {
		for g := range hidden {
			hidden[g] = true
		}
		return
	}
	for {
		s := w.span(hidden)
		leak := w.leak(s, hidden, minimum)
		if leak == nil {
			return
		}
		out := -1
		for _, g := range s.expression(leak) {
			if g < 0 || hidden[g] {
				continue // −1 stands for all, which is always shown
			}
			if out < 0 || w.sizes[g] < w.sizes[out] || w.sizes[g] == w.sizes[out] && g > out {
				out = g
			}
		}
		if out < 0 {
			return // only all itself gives it away
		}
		hidden[out] = true
	}
}

// web is how the groups cut the members into classes that no sum over groups can tell apart.
type web struct {
	total   int
	sizes   []int    // of each group
	columns []string // of each group
	classes [][]int  // of each group, ascending
	weight  []int    // members of each class
	within  []bitset // of each group: its classes
}

type bitset []uint64

func (b bitset) has(i int) bool { return b[i/64]>>(i%64)&1 == 1 }
func (b bitset) set(i int)      { b[i/64] |= 1 << (i % 64) }

// inside says whether b is part of c.
func (b bitset) inside(c bitset) bool {
	for i := range b {
		if b[i]&^c[i] != 0 {
			return false
		}
	}
	return true
}

func newWeb(parts []Part, members int, present func(int) bool) *web {
	memberOf := make([][]byte, members)
	for g, part := range parts {
		for _, i := range part.Members {
			memberOf[i] = binary.AppendUvarint(memberOf[i], uint64(g))
		}
	}
	// Classes are numbered by their groups, so that the order of members does not show in what is hidden.
	w := &web{}
	classOf := map[string]int{}
	for i := range members {
		if present == nil || present(i) {
			w.total++
			classOf[string(memberOf[i])] = 0
		}
	}
	for class, key := range slices.Sorted(maps.Keys(classOf)) {
		classOf[key] = class
	}
	w.weight = make([]int, len(classOf))
	of := make([]int, members)
	for i := range members {
		of[i] = -1
		if present == nil || present(i) {
			of[i] = classOf[string(memberOf[i])]
			w.weight[of[i]]++
		}
	}
	for _, part := range parts {
		in := make(bitset, (len(w.weight)+63)/64)
		var classes []int
		size := 0
		for _, i := range part.Members {
			if of[i] < 0 {
				continue
			}
			size++
			if !in.has(of[i]) {
				in.set(of[i])
				classes = append(classes, of[i])
			}
		}
		slices.Sort(classes)
		w.sizes = append(w.sizes, size)
		w.columns = append(w.columns, part.Column)
		w.classes = append(w.classes, classes)
		w.within = append(w.within, in)
	}
	return w
}

// signature tells webs of the same parts apart by who is present.
func (w *web) signature() string {
	var b []byte
	for g := range w.classes {
		b = binary.AppendUvarint(b, uint64(w.sizes[g]))
		for _, class := range w.classes[g] {
			b = binary.AppendUvarint(b, uint64(class))
		}
	}
	for _, n := range w.weight {
		b = binary.AppendUvarint(b, uint64(n))
	}
	return string(b)
}

// leak finds a set of classes that the groups shown give away and must not, or nil.
func (w *web) leak(s *span, hidden []bool, minimum int) []int {
	for g := range hidden {
		if hidden[g] && w.sizes[g] > 0 && w.sizes[g] < w.total && s.holds(w.classes[g]) {
			return w.classes[g]
		}
	}
	if set := s.smallSet(w.weight, minimum); set != nil {
		return set
	}
	for _, set := range w.suspects(hidden, minimum) {
		if s.holds(set) {
			return set
		}
	}
	return nil
}

// suspects lists the small sets of classes that are worth a look where there may be too many to try all: what
// the groups of a column leave over of another group or of all, and the crossings of two groups.
func (w *web) suspects(hidden []bool, minimum int) [][]int {
	if minimum <= smallestTried+1 {
		return nil
	}
	var out [][]int
	everything := make(bitset, (len(w.weight)+63)/64)
	all := make([]int, len(w.weight))
	for class := range all {
		all[class] = class
		everything.set(class)
	}
	rest := func(classes []int, in bitset, column string) {
		var left []int
		size := 0
		for _, class := range classes {
			if !slices.ContainsFunc(w.showing(hidden, column, in), func(h int) bool { return w.within[h].has(class) }) {
				left = append(left, class)
				size += w.weight[class]
			}
		}
		if size > 0 && size < minimum {
			out = append(out, left)
		}
	}
	for i, column := range w.columns {
		if i > 0 && column == w.columns[i-1] {
			continue
		}
		rest(all, everything, column)
		for g := range w.classes {
			if !hidden[g] && w.columns[g] != column {
				rest(w.classes[g], w.within[g], column)
			}
		}
	}
	for g := range w.classes {
		for h := range g {
			var both []int
			size := 0
			for _, class := range w.classes[g] {
				if w.within[h].has(class) {
					both = append(both, class)
					size += w.weight[class]
				}
			}
			if size > 0 && size < minimum {
				out = append(out, both)
			}
		}
	}
	return out
}

// showing lists the groups of the column that are shown and lie inside in.
func (w *web) showing(hidden []bool, column string, in bitset) []int {
	var out []int
	for g := range w.classes {
		if !hidden[g] && w.columns[g] == column && w.sizes[g] > 0 && w.within[g].inside(in) {
			out = append(out, g)
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

// bySize orders classes by their number of members, then by position.
func bySize(weight []int) func(a, b int) int {
	return func(a, b int) int { return cmp.Or(cmp.Compare(weight[a], weight[b]), cmp.Compare(a, b)) }
}
