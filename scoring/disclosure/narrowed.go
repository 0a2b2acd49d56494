package disclosure

import "encoding/binary"

// known is how many of the members may be known to whoever looks: two recipients who put together what they have.
const known = 2

// ballot is how the members present chose among steps: of each class how many chose each.
type ballot [][]int

// narrowed looks for a class of which the counts shown tell an answer, to somebody who knows any two answers. The answer a
// of a member is safe where, for some other step b, a could become b without any count of a group shown being another: by
// an exchange with a member of the same class, or by a circle of exchanges through other classes. There must be three ways
// that have no member in common, so that one is left whichever two are known (Menger's theorem).
//
// Two columns are a table. Of more, one column is laid out against the others together: ways that keep the others' counts
// together keep them singly.
func (w *web) narrowed(b ballot, hidden []bool) (class int, ok bool) {
	if len(b) == 0 {
		return 0, false
	}
	tables := w.tablesOfAll(hidden)
	for _, t := range tables {
		t.tally(b)
	}
	for class := range b {
		for a, n := range b[class] {
			if n > 0 && !w.hasWays(tables, b, class, a) {
				return class, true
			}
		}
	}
	return 0, false
}

// tablesOfAll lays out each column against all others together. Column 0, of all members, is no column.
func (w *web) tablesOfAll(hidden []bool) []*table {
	if w.width <= 3 {
		return []*table{w.tableOf(min(1, w.width-1), w.width-1, hidden)}
	}
	var out []*table
	for column := 1; column < w.width; column++ {
		t := &table{at: map[[2]int]int{}}
		lefts, rights := map[int]int{}, map[string]int{}
		for class, groups := range w.groups {
			group, key := -1, []byte(nil)
			for _, g := range groups {
				if hidden[g] || g == 0 {
					continue
				}
				if w.columns[g] == column {
					group = g
				} else {
					key = binary.AppendUvarint(key, uint64(g))
				}
			}
			if _, ok := lefts[group]; !ok {
				lefts[group] = len(lefts)
			}
			if _, ok := rights[string(key)]; !ok {
				rights[string(key)] = len(rights)
			}
			t.put(lefts[group], rights[string(key)], class, w.weight[class])
		}
		t.left, t.right = len(lefts), len(rights)
		out = append(out, t)
	}
	return out
}

// hasWays says whether the answer a of a member of the class has enough ways to be another.
func (w *web) hasWays(tables []*table, b ballot, class, a int) bool {
	for _, t := range tables {
		k := t.of[class]
		direct := 0
		for step, n := range t.counts[k] {
			if step != a {
				direct += n
			}
		}
		if direct > known {
			return true
		}
		for step := range b[class] {
			if step == a {
				continue
			}
			others := direct - t.counts[k][step]
			if others+t.ways(k, a, step, known+1-others) > known {
				return true
			}
		}
	}
	return false
}

// tally adds up the answers of the classes of each edge by step.
func (t *table) tally(b ballot) {
	t.counts, t.of = make([][]int, len(t.edges)), make([]int, len(b))
	for k := range t.edges {
		t.counts[k] = make([]int, len(b[0]))
		for _, class := range t.edges[k].classes {
			t.of[class] = k
			for step, n := range b[class] {
				t.counts[k][step] += n
			}
		}
	}
}

// ways counts the ways, up to enough, by which an answer of edge k can go from step a to b.
func (t *table) ways(k, from, to, enough int) int {
	f := newFlow(t)
	for i := range t.edges {
		n := t.counts[i]
		if i != k {
			f.add(t.edges[i].u, t.left+t.edges[i].v, n[from])
		}
		f.add(t.left+t.edges[i].v, t.edges[i].u, n[to])
	}
	return f.most(t.left+t.edges[k].v, t.edges[k].u, enough)
}
