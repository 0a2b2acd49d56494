package disclosure

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// EnoughChanged says that what leaves the office may go over from one set of returns to that of the plan: at least the
// minimum of changes lie in all, and in every group of which the plan shows anything. changed are the ids of the recipients
// whose return is new, replaced, withdrawn or changed by a decision.
func EnoughChanged(plan *models.Disclosure, members []models.Member, changed map[string]bool) bool {
	if len(changed) < plan.Minimum {
		return false
	}
	for i := range plan.Groups {
		if plan.Groups[i].Group != "" {
			continue
		}
		g, n := &plan.Consolidation.Groups[i], 0
		for k := range members {
			if rc := &members[k].Recipient; changed[rc.ID] && InGroup(rc, g.Column, g.Value) {
				n++
			}
		}
		if n < plan.Minimum {
			return false
		}
	}
	return true
}

// earlier lays out what the members chose and scored in an earlier set, in the order of the members now; those who are no
// members any more come after, in the same places in all sets.
func (p *planning) earlier(members []models.Member, places *places) *scoring.Table {
	table := scoring.Tabulate(p.Template, p.Scoring, members)
	place := make([]int, len(members))
	for i := range members {
		place[i] = places.of(members[i].Recipient.ID)
	}
	n := places.n
	out := &scoring.Table{Scores: make([][]models.Figure, n), Levels: make([][]int8, n), Targets: make([][]int8, n), Attained: make([]*int, n), Blocked: make([][]models.Blocker, n)}
	for i, k := range place {
		out.Scores[k], out.Levels[k], out.Targets[k], out.Attained[k], out.Blocked[k] = table.Scores[i], table.Levels[i], table.Targets[i], table.Attained[i], table.Blocked[i]
	}
	return out
}

// places are those of recipients, by id: n of them.
type places struct {
	at map[string]int
	n  int
}

// of is the place of a recipient; a new one comes last.
func (p *places) of(id string) int {
	k, ok := p.at[id]
	if !ok {
		k = p.n
		p.at[id] = k
		p.n++
	}
	return k
}

// pastAndPresent are two sets that what leaves the office compares with, one after the other.
type pastAndPresent struct {
	now, before *scoring.Table
	// again says of each member that its return is another.
	again []bool
}

// history is each earlier set beside that of now.
type history []*pastAndPresent

// sinceEarlier sets each earlier set and that of now side by side.
func (p *planning) sinceEarlier(now *scoring.Table) history {
	var out history
	places := &places{map[string]int{}, len(p.Members)}
	for i := range p.Members {
		places.at[p.Members[i].Recipient.ID] = i
	}
	for _, members := range p.Earlier {
		before := p.earlier(members, places)
		x := &pastAndPresent{now: now, before: before}
		for i := range before.Levels {
			x.again = append(x.again, i >= len(now.Levels) || !slices.Equal(now.Levels[i], before.Levels[i]) || !slices.Equal(now.Targets[i], before.Targets[i]))
		}
		out = append(out, x)
	}
	return out
}

// tell says whether the counts of some earlier set and of now, set side by side, tell too much of what single members chose
// among steps; or those of all whose return stayed through several sets, who are nearly alike.
func (h history) tell(minimum, steps int, in map[int]bool, choice func(*scoring.Table, int) int) bool {
	for k, x := range h {
		if x.tell(minimum, steps, in, choice) {
			return true
		}
		counts, through := make([]int, steps), h[k:]
		for i := range x.now.Levels {
			is := at(x.now, i, choice)
			if is < 0 || in != nil && !in[i] || slices.ContainsFunc(through, func(y *pastAndPresent) bool { return y.again[i] }) {
				continue
			}
			counts[is]++
		}
		if len(through) > 1 && oneLevel(counts) {
			return true
		}
	}
	return false
}

// tellScores says the same of the figures of a score.
func (h history) tellScores(m, minimum int, e ends, in map[int]bool) bool {
	return slices.ContainsFunc(h, func(x *pastAndPresent) bool { return x.tellScores(m, minimum, e, in) })
}

// showed says of each earlier set whether what left the office by it had something.
func (p *planning) showed(had func(*edition) bool) []bool {
	var out []bool
	for _, e := range p.done {
		out = append(out, had(e))
	}
	return out
}

// at is what choice finds of a member in a table; negative where it is not in it.
func at(table *scoring.Table, i int, choice func(*scoring.Table, int) int) int {
	if i >= len(table.Levels) || table.Levels[i] == nil {
		return -1
	}
	return choice(table, i)
}

// tell says whether counts before and now, set side by side, tell too much of what single members chose among steps. A nil
// in stands for all members.
//
// Whoever looks knows whose return is another. He does not know whose answer to this criterion is; he may guess that only
// those differ that do. So both are looked at. Fewer answers than the minimum must not differ.
func (x *pastAndPresent) tell(minimum, steps int, in map[int]bool, choice func(*scoring.Table, int) int) bool {
	var byReturn, byAnswer threeBallots
	byReturn.lay(steps)
	byAnswer.lay(steps)
	differ := 0
	for i := range x.before.Levels {
		if in != nil && !in[i] {
			continue
		}
		is, was := at(x.now, i, choice), at(x.before, i, choice)
		if is != was {
			differ++
		}
		byAnswer.put(is, was, is != was)
		byReturn.put(is, was, x.again[i])
	}
	return differ > 0 && (differ < minimum || byAnswer.tells() || byReturn.tells() || oneLevel(byReturn.stayed))
}

// threeBallots are the answers of those whose answer stayed, and of the others before and now. Known are stayed + before and
// stayed + now.
type threeBallots struct{ stayed, before, now []int }

func (b *threeBallots) lay(steps int) {
	b.stayed, b.before, b.now = make([]int, steps), make([]int, steps), make([]int, steps)
}

func (b *threeBallots) put(is, was int, again bool) {
	switch {
	case !again && is >= 0:
		b.stayed[is]++
	case again && was >= 0:
		b.before[was]++
	}
	if again && is >= 0 {
		b.now[is]++
	}
}

// tells says that some answer has too few ways to be another one without any of the two counts being another. An answer a of
// those who stayed can change places with a b of another of them, or with a b of before and a b of now at once. An answer a
// of before can change places with a b of before; or with a b of those who stayed, while an a of now becomes b. Two
// members may be known, each with both of its returns.
func (b *threeBallots) tells() bool {
	stayed, before, now := sumOf(b.stayed), sumOf(b.before), sumOf(b.now)
	for a := range b.stayed {
		direct, pairs := stayed-b.stayed[a], 0
		for step := range b.stayed {
			if step != a {
				pairs += min(b.before[step], b.now[step])
			}
		}
		// one who is known bars one direct way, or up to two pairs
		barred := min(pairs, 2*known)
		barred += min(direct, known-(barred+1)/2)
		if b.stayed[a] > 0 && direct+pairs <= barred {
			return true
		}
		for _, x := range []struct{ here, there []int }{{b.before, b.now}, {b.now, b.before}} {
			all := before
			if &x.here[0] == &b.now[0] {
				all = now
			}
			if x.here[a] > 0 && all-x.here[a] <= known && min(direct, x.there[a]) <= known {
				return true
			}
		}
	}
	return false
}

func sumOf(list []int) int {
	sum := 0
	for _, x := range list {
		sum += x
	}
	return sum
}

// tellScores says whether the figures of a score before and now, set side by side, tell too much: too few scores are others,
// or all that came, or all that went where none came, lie too close together.
func (x *pastAndPresent) tellScores(m, minimum int, e ends, in map[int]bool) bool {
	var came, went []models.Figure
	differ := 0
	of := func(table *scoring.Table, i int) models.Figure {
		if i >= len(table.Scores) || table.Scores[i] == nil {
			return models.Figure{}
		}
		return table.Scores[i][m]
	}
	for i := range x.before.Scores {
		is, was := of(x.now, i), of(x.before, i)
		if is == was || in != nil && !in[i] {
			continue
		}
		differ++
		came, went = append(came, is), append(went, was)
	}
	now, before := sortedScores(came), sortedScores(went)
	return differ > 0 && (differ < minimum || len(before) == 0 && e.tight(now) || len(now) == 0 && e.tight(before))
}
