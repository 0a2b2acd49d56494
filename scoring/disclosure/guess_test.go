package disclosure_test

import (
	"math"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
)

// slot is a return in the editions that it counted in: whoever sees several knows that what did not change between them is
// the same.
type slot struct {
	member   int
	editions []int
}

// guess is a world that the attacker tries out: the answers of each slot, and how far its figures are from those that left.
type guess struct {
	truth    *world
	editions []*leaves
	slots    []slot
	own      []int // the codes that were truly returned
	code     []int
	kinds    [][]int   // of exchanges: the criteria that change places
	alike    [][][]int // of each kind and slot, the slots that the same counts are of
	counted  [][][]int // of each slot and criterion, the editions that count it
	of       []tried
	free     [][]bool // of each slot the criteria that no figure counts
	bad      int      // figures that are not as they were published
	cost     float64
}

// tried is an edition's figures in a guess.
type tried struct {
	cells   map[[2]int]*cell
	touched [][]*cell // by slot: those that it is in
	counts  [][]int   // difference by criterion and step
	levels  []int
	kept    []int
	said    []int
}

// cell is a spread of which figures were published.
type cell struct {
	score   int
	wanted  [figures]bool
	target  [figures]int
	values  []float64
	unit    float64 // a level, or what stands for one
	places  int
	decimal float64
	n       int
	many    []int // by value
	off     float64
	dirty   bool
}

// rounded is x as it is published, in its last decimals. Near a half it rounds as the program does, binary fractions and all.
func (c *cell) rounded(x float64) int {
	if y := x * c.decimal; math.Abs(y-math.Floor(y)-0.5) > 1e-6 {
		return int(math.Floor(y + 0.5))
	}
	return int(math.Round(models.RoundTo(x, c.places) * c.decimal))
}

// at is the value in the middle between the two that lie around place h in order.
func (c *cell) at(h float64) float64 {
	low := int(h)
	seen := 0
	for v, n := range c.many {
		seen += n
		if seen > low {
			x := c.values[v]
			if part := h - float64(low); part > 0 {
				next := v
				for seen <= low+1 {
					next++
					seen += c.many[next]
				}
				x += part * (c.values[next] - x)
			}
			return x
		}
	}
	return math.NaN()
}

func (c *cell) figure(f int) float64 {
	switch f {
	case mean:
		sum := 0.0
		for v, n := range c.many {
			for range n {
				sum += c.values[v]
			}
		}
		return sum / float64(c.n)
	case median:
		return c.at(float64(c.n-1) * 0.5)
	case lower:
		return c.at(float64(c.n-1) * 0.25)
	}
	return c.at(float64(c.n-1) * 0.75)
}

// distance is how far the cell's figures are from those published; 0 where they are the same.
func (c *cell) distance() float64 {
	sum := 0.0
	for f, yes := range c.wanted {
		if !yes {
			continue
		}
		if x := c.figure(f); c.rounded(x) != c.target[f] {
			sum += 0.2 + math.Abs(x-float64(c.target[f])/c.decimal)/c.unit
		}
	}
	return sum
}

// newGuess begins with what was truly answered.
func newGuess(history []*world, editions []*leaves) *guess {
	g := &guess{truth: history[0], editions: editions}
	for i := range history[0].levels {
		var last *slot
		for e, ed := range editions {
			if ed.at.levels[i] == nil {
				last = nil
				continue
			}
			code := ed.table.code(ed.at.levels[i])
			if last == nil || g.own[len(g.own)-1] != code {
				g.slots, g.own = append(g.slots, slot{member: i}), append(g.own, code)
				last = &g.slots[len(g.slots)-1]
			}
			last.editions = append(last.editions, e)
		}
	}
	g.code = slices.Clone(g.own)
	g.kinds = [][]int{everyone(len(editions[0].counts))}
	for _, topic := range g.truth.template.Topics {
		g.kinds = append(g.kinds, nil)
		for k, c := range g.truth.template.Criteria {
			if c.Topic == topic.ID {
				g.kinds[len(g.kinds)-1] = append(g.kinds[len(g.kinds)-1], k)
			}
		}
	}
	for k := range editions[0].counts {
		g.kinds = append(g.kinds, []int{k})
	}
	for s := range g.slots {
		counted, free := make([][]int, len(editions[0].counts)), make([]bool, len(editions[0].counts))
		for k := range free {
			for _, e := range g.slots[s].editions {
				if editions[e].counts[k] {
					counted[k] = append(counted[k], e)
				}
			}
			free[k] = len(counted[k]) == 0
		}
		g.counted, g.free = append(g.counted, counted), append(g.free, free)
	}
	for _, kind := range g.kinds {
		alike := make([][]int, len(g.slots))
		for s := range g.slots {
			for y := range g.slots {
				if y != s && !slices.ContainsFunc(kind, func(k int) bool { return !slices.Equal(g.counted[s][k], g.counted[y][k]) }) {
					alike[s] = append(alike[s], y)
				}
			}
		}
		g.alike = append(g.alike, alike)
	}
	for e := range editions {
		g.of = append(g.of, g.lay(e))
	}
	return g
}

func (g *guess) lay(e int) tried {
	ed := g.editions[e]
	t := tried{cells: map[[2]int]*cell{}, touched: make([][]*cell, len(g.slots)), levels: make([]int, len(g.truth.template.Levels)+1), kept: make([]int, len(ed.table.places)), said: make([]int, len(ed.said))}
	for range ed.counts {
		t.counts = append(t.counts, make([]int, ed.table.steps))
	}
	at := map[int]int{}
	for s := range g.slots {
		if slices.Contains(g.slots[s].editions, e) {
			at[g.slots[s].member] = s
		}
	}
	for p, members := range ed.parts {
		for m, wanted := range ed.shown[p] {
			if wanted == ([figures]bool{}) {
				continue
			}
			c := &cell{score: m, wanted: wanted, values: ed.table.values[m], unit: 1, many: make([]int, len(ed.table.values[m]))}
			if ed.table.share[m] {
				c.unit = 0.2
			}
			for _, i := range members {
				if rank := ed.table.rank[g.code[at[i]]][m]; rank >= 0 {
					c.many[rank]++
					c.n++
				}
				t.touched[at[i]] = append(t.touched[at[i]], c)
			}
			c.places = withholding.Decimals(c.n, ed.table.share[m])
			c.decimal = math.Pow10(c.places)
			for f, yes := range wanted {
				if yes {
					c.target[f] = c.rounded(c.figure(f))
				}
			}
			t.cells[[2]int{p, m}] = c
		}
	}
	return t
}

// set changes the answers of a slot, and what follows from them.
func (g *guess) set(s, code int) {
	before := g.code[s]
	if before == code {
		return
	}
	g.code[s] = code
	switch own := g.own[s]; own {
	case before:
		g.cost += changedCost
	case code:
		g.cost -= changedCost
	}
	for _, e := range g.slots[s].editions {
		ed, t := g.editions[e], &g.of[e]
		old, now := ed.table.rank[before], ed.table.rank[code]
		for _, c := range t.touched[s] {
			if old[c.score] != now[c.score] && now[c.score] >= 0 {
				c.many[old[c.score]]--
				c.many[now[c.score]]++
				c.dirty = true
			}
		}
		for k, counted := range ed.counts {
			if a, b := ed.table.digit(before, k), ed.table.digit(code, k); counted && a != b {
				g.differ(&t.counts[k][a], -1)
				g.differ(&t.counts[k][b], 1)
			}
		}
		if a, b := ed.table.attained[before], ed.table.attained[code]; ed.attained && a != b {
			g.differ(&t.levels[a+1], -1)
			g.differ(&t.levels[b+1], 1)
		}
		for n := range ed.said {
			if of := ed.said[n].of; of[before] != of[code] {
				by := 1
				if of[before] {
					by = -1
				}
				g.differ(&t.said[n], by)
			}
		}
		for p, shown := range ed.kept {
			if a, b := int(ed.table.blocked[before]>>p&1), int(ed.table.blocked[code]>>p&1); shown && a != b {
				g.differ(&t.kept[p], b-a)
			}
		}
	}
}

// changedCost is what it costs a guess that a slot is another: one that changes few is good against more who know their own.
const changedCost = 0.15

// differ changes the difference of a count.
func (g *guess) differ(count *int, by int) {
	before := abs(*count)
	*count += by
	g.bad += abs(*count) - before
	g.cost += 0.4 * float64(abs(*count)-before)
}

func abs(x int) int { return max(x, -x) }

// look works out the spreads that changed, after some slots were set.
func (g *guess) look(slots ...int) {
	for _, s := range slots {
		for _, e := range g.slots[s].editions {
			for _, c := range g.of[e].touched[s] {
				if !c.dirty {
					continue
				}
				c.dirty = false
				d := c.distance()
				if (d > 0) != (c.off > 0) {
					if d > 0 {
						g.bad++
					} else {
						g.bad--
					}
				}
				g.cost += d - c.off
				c.off = d
			}
		}
	}
}

// exchange puts the answers to some criteria of one slot in the place of the other's.
func (g *guess) exchange(x, y int, criteria []int) {
	table := g.editions[g.slots[x].editions[0]].table
	a, b := g.code[x], g.code[y]
	for _, k := range criteria {
		p, q := table.digit(a, k), table.digit(b, k)
		a, b = table.with(a, k, q), table.with(b, k, p)
	}
	g.set(x, a)
	g.set(y, b)
}

// back goes back to what was truly answered.
func (g *guess) back() {
	for s := range g.slots {
		g.set(s, g.own[s])
	}
	g.look(everyone(len(g.slots))...)
	g.cost, g.bad = 0, 0
}
