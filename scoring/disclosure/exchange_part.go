package disclosure

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
)

// tryParts tries exchanges of the answers to a topic, or to a criterion, where what is asked lacks others.
func (x *exchanges) tryParts(list [][]stand, s int, order []int) {
	e := x.editions[x.turns[s].first+len(x.turns[s].at)-1]
	for _, topic := range e.Template.Topics {
		var refs []string
		for _, c := range e.Template.Criteria {
			if c.Topic == topic.ID {
				refs = append(refs, c.Ref)
			}
		}
		if x.lacksScore(list, s) || slices.ContainsFunc(refs, func(ref string) bool { return x.lacksAnswer(list, s, ref) }) {
			x.tryPart(list, s, order, refs)
		}
	}
	for _, ref := range e.names {
		if x.lacksAnswer(list, s, ref) {
			x.tryPart(list, s, order, []string{ref})
		}
	}
}

func (x *exchanges) lacksScore(list [][]stand, s int) bool {
	t := &x.turns[s]
	for k := range t.at {
		scores := len(list[k]) - len(x.editions[t.first+k].names)
		if slices.ContainsFunc(list[k][:scores], func(a stand) bool { return !a.done }) {
			return true
		}
	}
	return false
}

func (x *exchanges) lacksAnswer(list [][]stand, s int, ref string) bool {
	t := &x.turns[s]
	for k := range t.at {
		e := x.editions[t.first+k]
		if at := slices.Index(e.names, ref); at >= 0 && !list[k][len(list[k])-len(e.names)+at].done {
			return true
		}
	}
	return false
}

// tryPart exchanges the answers to some criteria, with one after the other.
func (x *exchanges) tryPart(list [][]stand, s int, order []int, refs []string) {
	var with []int
	for _, t := range order {
		if x.differ(s, t, refs) {
			with = append(with, t)
		}
		if len(with) == triedPart {
			break
		}
	}
	a := &x.turns[s]
	made, stays := make([]*scoring.Table, len(a.at)), make([]bool, len(with))
	for k := range a.at {
		e, i := x.editions[a.first+k], a.at[k]
		var members []models.Member
		for _, t := range with {
			first, other := exchanged(&e.Members[i], &e.Members[x.turns[t].at[k]], refs)
			members = append(members, first, other)
		}
		made[k] = scoring.Tabulate(e.Template, e.Scoring, members)
		for n, t := range with {
			stays[n] = (k == 0 || stays[n]) && e.stays(made[k], 2*n, i, x.turns[t].at[k])
		}
	}
	for n, t := range with {
		for k := range a.at {
			if stays[n] {
				takeRow(list[k], t, made[k].Scores[2*n], made[k].Levels[2*n])
			}
		}
	}
}

// differ says that two turns both answered the same of the criteria, and not alike.
func (x *exchanges) differ(s, t int, refs []string) bool {
	a, b := &x.turns[s], &x.turns[t]
	e := x.editions[a.first]
	v, w := e.whole.Levels[a.at[0]], e.whole.Levels[b.at[0]]
	other := false
	for at := range e.planning.whole.Criteria {
		if !slices.Contains(refs, e.planning.whole.Criteria[at].Ref) {
			continue
		}
		if (v[at] < 0) != (w[at] < 0) {
			return false
		}
		other = other || v[at] != w[at]
	}
	return other
}

// exchanged are two members, each with the other's answers to some criteria.
func exchanged(a, b *models.Member, refs []string) (models.Member, models.Member) {
	first, other := slices.Clone(a.Return.Answers()), slices.Clone(b.Return.Answers())
	for i := range first {
		if !slices.Contains(refs, first[i].Ref) {
			continue
		}
		for j := range other {
			if other[j].Ref == first[i].Ref {
				first[i], other[j] = other[j], first[i]
			}
		}
	}
	return models.Member{Recipient: a.Recipient, Return: new(models.Return{}.With(first))}, models.Member{Recipient: b.Recipient, Return: new(models.Return{}.With(other))}
}

// stays says that no figure is another one, if members i and j were as two rows of the table.
func (e *edition) stays(table *scoring.Table, row, i, j int) bool {
	other := row + 1
	if e.few[0] && !(sameOf(e.table.Attained[i], e.table.Attained[j], table.Attained[row], table.Attained[other]) && sameBlocked(e.table, table, row, i, j)) {
		return false
	}
	for m, few := range e.few {
		if few && !e.scoreStays(m, [2]models.Figure{e.table.Scores[i][m], e.table.Scores[j][m]}, [2]models.Figure{table.Scores[row][m], table.Scores[other][m]}, e.of[i], e.of[j]) {
			return false
		}
	}
	return true
}

// scoreStays says that no figure of a score is another one, if two members of some parts scored as given.
func (e *edition) scoreStays(m int, was, is [2]models.Figure, first, other []int) bool {
	gone, come := map[int][]float64{}, map[int][]float64{}
	for n, in := range [][]int{first, other} {
		v, ok := was[n].Get()
		w, also := is[n].Get()
		if ok != also {
			return false
		}
		if !ok || v == w {
			continue
		}
		for _, g := range in {
			gone[g], come[g] = append(gone[g], v), append(come[g], w)
		}
	}
	for g := range gone {
		if median, quartiles, mean := e.shown[g][m].other(gone[g], come[g]); median || quartiles || mean {
			return false
		}
	}
	return true
}

// sameOf says that of two levels attained it is the same two that they were.
func sameOf(a, b, c, d *int) bool {
	of := func(x *int) int {
		if x == nil {
			return -1
		}
		return *x
	}
	return of(a) == of(c) && of(b) == of(d) || of(a) == of(d) && of(b) == of(c)
}

// sameBlocked says that as many are kept back by each place as were.
func sameBlocked(before, after *scoring.Table, row, i, j int) bool {
	count := map[withholding.KeptBack]int{}
	note := func(list []models.Blocker, by int) {
		for _, b := range list {
			count[withholding.KeptBack{Topic: b.Topic, Theme: b.Theme, Ref: b.Ref}] += by
		}
	}
	note(before.Blocked[i], 1)
	note(before.Blocked[j], 1)
	note(after.Blocked[row], -1)
	note(after.Blocked[row+1], -1)
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}
