package disclosure

// table is how two columns cut the members: an edge for each pair of groups that have members in common. Groups of a
// column that are hidden are one node, since all less those shown is their sum.
type table struct {
	left, right int // numbers of nodes
	edges       []edge
	at          map[[2]int]int
	// counts is of each edge how many chose each step, of the edge of each class; see tally.
	counts [][]int
	of     []int
}

type edge struct {
	u, v    int
	weight  int
	classes []int
}

// tableOf lays out the column a by the column b, or by nothing where b is negative.
func (w *web) tableOf(a, b int, hidden []bool) *table {
	t := &table{at: map[[2]int]int{}}
	lefts, rights := map[int]int{}, map[int]int{}
	node := func(of map[int]int, column, class int) int {
		group := -1
		for _, g := range w.groups[class] {
			if w.columns[g] == column && !hidden[g] {
				group = g
			}
		}
		if _, ok := of[group]; !ok {
			of[group] = len(of)
		}
		return of[group]
	}
	for class := range w.groups {
		t.put(node(lefts, a, class), node(rights, b, class), class, w.weight[class])
	}
	t.left, t.right = len(lefts), len(rights)
	return t
}

func (t *table) put(u, v, class, weight int) {
	k, ok := t.at[[2]int{u, v}]
	if !ok {
		k = len(t.edges)
		t.at[[2]int{u, v}] = k
		t.edges = append(t.edges, edge{u: u, v: v})
	}
	t.edges[k].weight += weight
	t.edges[k].classes = append(t.edges[k].classes, class)
}

// fewInTables finds a class that lies in a set of fewer than least members whose sum follows from those of two columns.
func (w *web) fewInTables(hidden []bool, least int) (class int, ok bool) {
	for a := range w.width {
		for b := a + 1; b < w.width; b++ {
			t := w.tableOf(a, b, hidden)
			for k := range t.edges {
				if t.edges[k].weight < least && t.mostIn(k, least) < least {
					return t.edges[k].classes[0], true
				}
			}
		}
	}
	return 0, false
}

// mostIn is the least number of members of any set around edge k whose sum follows from the sums of rows and columns, with
// whole coefficients from 0 up; it stops at enough.
//
// Such a set is Σ (p(u) − q(v)) over the edges, with p(u) − q(v) ≥ 0, and 1 at k. By the duality of linear programmes the
// least is the most that cell k can take in a table with the same sums of rows and columns and the same empty cells. That
// is what it has, and what can flow around to it from the others.
func (t *table) mostIn(k, enough int) int {
	const plenty = 1 << 30
	f := newFlow(t)
	for i := range t.edges {
		if i != k {
			f.add(t.edges[i].u, t.left+t.edges[i].v, plenty)
			f.add(t.left+t.edges[i].v, t.edges[i].u, t.edges[i].weight)
		}
	}
	e := &t.edges[k]
	return e.weight + f.most(t.left+e.v, e.u, enough-e.weight)
}

// flow is a network of arcs with whole capacities.
type flow struct {
	arcs  []arc
	first [][]int // arcs from each node
	from  []int   // the arc by which a node was reached, −1 for none
	queue []int
}

type arc struct{ to, room int }

func newFlow(t *table) *flow {
	n := t.left + t.right
	return &flow{first: make([][]int, n), from: make([]int, n)}
}

// add adds an arc; its opposite stands beside it.
func (f *flow) add(from, to, room int) {
	if room <= 0 {
		return
	}
	f.first[from] = append(f.first[from], len(f.arcs))
	f.first[to] = append(f.first[to], len(f.arcs)+1)
	f.arcs = append(f.arcs, arc{to, room}, arc{from, 0})
}

// most is how much can flow, up to enough, by shortest paths (Edmonds and Karp 1972).
func (f *flow) most(from, to, enough int) int {
	sum := 0
	for sum < enough && f.reaches(from, to) {
		room := enough - sum
		for at := to; at != from; at = f.arcs[f.from[at]^1].to {
			room = min(room, f.arcs[f.from[at]].room)
		}
		for at := to; at != from; at = f.arcs[f.from[at]^1].to {
			f.arcs[f.from[at]].room -= room
			f.arcs[f.from[at]^1].room += room
		}
		sum += room
	}
	return sum
}

func (f *flow) reaches(from, to int) bool {
	for i := range f.from {
		f.from[i] = -1
	}
	f.queue = append(f.queue[:0], from)
	for len(f.queue) > 0 {
		at := f.queue[0]
		f.queue = f.queue[1:]
		for _, a := range f.first[at] {
			if next := f.arcs[a].to; f.arcs[a].room > 0 && next != from && f.from[next] < 0 {
				f.from[next] = a
				if next == to {
					return true
				}
				f.queue = append(f.queue, next)
			}
		}
	}
	return false
}
