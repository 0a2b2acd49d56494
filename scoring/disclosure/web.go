package disclosure

import (
	"encoding/binary"
	"maps"
	"slices"

	"github.com/rubric-project/rubric/scoring"
)

// web is how groups cut the members into classes that no sum over groups can tell apart. Classes are numbered
// by their groups, so that the order of members does not show in what is hidden.
type web struct {
	total int
	// sizes is of each group its members, columns the number of its column, classes its classes, ascending.
	sizes   []int
	columns []int
	classes [][]int
	width   int // number of columns
	// weight is of each class its members, groups the groups that it lies in.
	weight []int
	groups [][]int
	// classOf is of each member its class, −1 for those not present.
	classOf []int
	// crossed is what crossings has found.
	crossed []crossing
}

func newWeb(parts []scoring.Part, members int, present func(int) bool) *web {
	memberOf := make([][]byte, members)
	for g, part := range parts {
		for _, i := range part.Members {
			memberOf[i] = binary.AppendUvarint(memberOf[i], uint64(g))
		}
	}
	w := &web{sizes: make([]int, len(parts)), columns: make([]int, len(parts)), classes: make([][]int, len(parts))}
	weight := map[string]int{}
	for i := range members {
		if present == nil || present(i) {
			w.total++
			weight[string(memberOf[i])]++
		}
	}
	at := map[string]int{}
	for class, key := range slices.Sorted(maps.Keys(weight)) {
		at[key] = class
		n := weight[key]
		var groups []int
		for rest := []byte(key); len(rest) > 0; {
			g, used := binary.Uvarint(rest)
			rest = rest[used:]
			groups = append(groups, int(g))
			w.classes[g] = append(w.classes[g], class)
			w.sizes[g] += n
		}
		w.weight = append(w.weight, n)
		w.groups = append(w.groups, groups)
	}
	for i := range members {
		class := -1
		if present == nil || present(i) {
			class = at[string(memberOf[i])]
		}
		w.classOf = append(w.classOf, class)
	}
	numbers := map[string]int{}
	for g, part := range parts {
		if _, ok := numbers[part.Column]; !ok {
			numbers[part.Column] = len(numbers)
		}
		w.columns[g] = numbers[part.Column]
	}
	w.width = len(numbers)
	return w
}

// crossing is what two groups of different columns have in common.
type crossing struct {
	g, h    int
	weight  int
	classes []int
}

// crossings lists all that are not empty, in the order of classes.
func (w *web) crossings() []crossing {
	if w.crossed != nil {
		return w.crossed
	}
	at := map[[2]int]int{}
	var out []crossing
	for class, groups := range w.groups {
		for i, g := range groups {
			for _, h := range groups[:i] {
				k, ok := at[[2]int{g, h}]
				if !ok {
					k = len(out)
					at[[2]int{g, h}] = k
					out = append(out, crossing{g: g, h: h})
				}
				out[k].weight += w.weight[class]
				out[k].classes = append(out[k].classes, class)
			}
		}
	}
	w.crossed = out
	return out
}

// fused puts together the classes that the groups shown do not tell apart: it gives each class the number of
// its block, and each block its members.
func (w *web) fused(hidden []bool) (block, weight []int) {
	block = make([]int, len(w.weight))
	at := map[string]int{}
	var key []byte
	for class, groups := range w.groups {
		key = key[:0]
		for _, g := range groups {
			if !hidden[g] {
				key = binary.AppendUvarint(key, uint64(g))
			}
		}
		b, ok := at[string(key)]
		if !ok {
			b = len(weight)
			at[string(key)] = b
			weight = append(weight, 0)
		}
		block[class] = b
		weight[b] += w.weight[class]
	}
	return block, weight
}
