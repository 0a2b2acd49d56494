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
		x.tryPart(list, s, order, refs)
	}
	for _, ref := range e.names {
		if x.lacksAnswer(list, s, ref) {
			x.tryPart(list, s, order, []string{ref})
		}
	}
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
	tried := 0
	for _, t := range order {
		if tried >= triedPart {
			return
		}
		if !x.differ(s, t, refs) {
			continue
		}
		tried++
		if rows, ok := x.part(s, t, refs); ok {
			for k, row := range rows {
				takeRow(list[k], t, row.Scores[0], row.Levels[0])
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

// part says whether two turns could have answered some criteria each as the other did, and what of both that makes: by
// edition the first turn's row and the other's.
func (x *exchanges) part(s, t int, refs []string) ([]*scoring.Table, bool) {
	a, b := &x.turns[s], &x.turns[t]
	var out []*scoring.Table
	for k := range a.at {
		e, i, j := x.editions[a.first+k], a.at[k], b.at[k]
		first, other := exchanged(&e.Members[i], &e.Members[j], refs)
		table := scoring.Tabulate(e.Template, e.Scoring, []models.Member{first, other})
		if !e.stays(table, i, j) {
			return nil, false
		}
		out = append(out, table)
	}
	return out, true
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

// stays says that no figure is another one, if members i and j were as the two rows of the table.
func (e *edition) stays(table *scoring.Table, i, j int) bool {
	if !sameOf(e.table.Attained[i], e.table.Attained[j], table.Attained[0], table.Attained[1]) || !sameBlocked(e.table, table, i, j) {
		return false
	}
	for m := range table.Scores[0] {
		is, of, then, thenOf := e.table.Scores[i][m], e.table.Scores[j][m], table.Scores[0][m], table.Scores[1][m]
		if is.Known() != then.Known() || of.Known() != thenOf.Known() {
			return false
		}
		gone := map[int][]float64{}
		come := map[int][]float64{}
		for _, side := range []struct {
			in       []int
			old, now models.Figure
		}{{e.of[i], is, then}, {e.of[j], of, thenOf}} {
			v, ok := side.old.Get()
			w, _ := side.now.Get()
			if !ok || v == w {
				continue
			}
			for _, g := range side.in {
				gone[g], come[g] = append(gone[g], v), append(come[g], w)
			}
		}
		for g := range gone {
			if median, quartiles, mean := e.shown[g][m].other(gone[g], come[g]); median || quartiles || mean {
				return false
			}
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
func sameBlocked(before, after *scoring.Table, i, j int) bool {
	count := map[withholding.KeptBack]int{}
	note := func(list []models.Blocker, by int) {
		for _, b := range list {
			count[withholding.KeptBack{Topic: b.Topic, Theme: b.Theme, Ref: b.Ref}] += by
		}
	}
	note(before.Blocked[i], 1)
	note(before.Blocked[j], 1)
	note(after.Blocked[0], -1)
	note(after.Blocked[1], -1)
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}
