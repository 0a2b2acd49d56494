package consolidated

import (
	"fmt"
	"maps"
	"slices"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// The edition for circulation has no sheet with single recipients, and all of its figures are values: the
// formulas would need the sheets that are left out. What must not be worked out from it is left out of the
// computation itself: a criterion that is withheld, or that too few answered, is in none of its figures, so
// that no difference between them can give it away. Which groups are shown is decided by package scoring.

// leftOut lists the criteria that the edition for circulation does without.
func (b *book) leftOut() map[string]bool {
	out := map[string]bool{}
	for _, ref := range b.in.Withheld {
		out[ref] = true
	}
	for c := range b.criteria {
		if t := b.column(c); t.n > 0 && t.n < b.in.Round.SmallestGroup() {
			out[b.criteria[c].Ref] = true
		}
	}
	return out
}

// without is the book with some criteria left out.
func (b *book) without(refs map[string]bool) *book {
	if len(refs) == 0 {
		return b
	}
	t := *b.t
	t.Criteria = slices.Clone(t.Criteria)[:0]
	for _, c := range b.t.Criteria {
		if !refs[c.Ref] {
			t.Criteria = append(t.Criteria, c)
		}
	}
	in := b.in
	in.Results = in.By(&t)
	out, at := newBook(in), b.positions()
	for i := range out.members {
		for c := range out.criteria {
			k := at[out.criteria[c].Ref]
			out.levels[i*len(out.criteria)+c] = b.level(i, k)
			if out.hasTargets {
				out.targets[i*len(out.criteria)+c] = b.target(i, k)
			}
		}
	}
	return out
}

// edition prepares the book for circulation.
func (b *book) edition() (*book, error) {
	if least := b.in.Round.SmallestGroup(); len(b.members) < least {
		return nil, fmt.Errorf("there are %d returns, fewer than the %d below which figures are not published", len(b.members), least)
	}
	refs := b.leftOut()
	out := b.without(refs)
	out.omitted, out.poorer = slices.Sorted(maps.Keys(refs)), map[string]bool{}
	for i := range b.criteria {
		if c := &b.criteria[i]; refs[c.Ref] && c.Scored() {
			out.poorer[c.Topic] = true
		}
	}
	if out.scored == 0 {
		return nil, fmt.Errorf("every criterion is withheld or was answered by too few: there is nothing to publish")
	}
	return out, nil
}

// publish makes the edition for circulation.
func (wb *workbook) publish() {
	list := wb.having(func(s *tab) bool { return s.edition > 0 })
	made := wb.makePages(list)
	// Formulas are made and not used, so the places that they refer to need to be there.
	wb.matrix = grid{page: &pages.Page{Name: matrixSheet}, topics: make([]string, len(wb.topics)), topicWeights: make([]string, len(wb.topics))}
	wb.targetsG = grid{page: &pages.Page{Name: targetsSheet}}
	wb.register.groups, wb.heat.groups = make([]string, len(wb.groups)), make([]string, len(wb.groups))
	wb.heat.topics = make([]string, len(wb.topics))
	wb.levelsAt.attained = wb.attained()
	wb.heatScores()
	var todo []turn
	for i, s := range list {
		todo = append(todo, turn{s.edition, s.write[len(s.write)-1].write, made[i]})
	}
	wb.writePages(todo)
}

// editionLabel stands on the sheet Method of an edition for circulation, and of no other.
const editionLabel = "Edition for circulation"
