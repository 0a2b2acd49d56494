package consolidated

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// The edition for circulation has no sheet with single recipients, and all of its figures are values: the
// formulas would need the sheets that are left out. What must not be worked out from it is left out of the
// computation itself: a criterion that the disclosure leaves out is in none of its figures, so that no difference
// between them can give it away. What is shown of the rest is the disclosure's too.

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
	d := b.in.Disclosure
	if d == nil {
		return nil, errors.New("an edition for circulation needs a plan of what may be shown")
	}
	if least := d.LeastForMean(); len(b.members) < least {
		return nil, fmt.Errorf("there are %d returns, fewer than the %d below which figures are not published", len(b.members), least)
	}
	refs := d.LeftOutRefs()
	out := b.without(refs)
	out.omitted, out.poorer = slices.Sorted(maps.Keys(refs)), map[string]bool{}
	for i := range b.criteria {
		if c := &b.criteria[i]; refs[c.Ref] && c.Scored() {
			out.poorer[c.Topic] = true
		}
	}
	if out.scored == 0 {
		return nil, fmt.Errorf("every criterion is withheld, or was answered by too few or by nearly all alike: there is nothing to publish")
	}
	return out, nil
}

// publish makes the edition for circulation.
func (wb *workbook) publish() {
	list := wb.having(func(s *tab) bool { return s.edition > 0 })
	made := wb.makePages(list)
	// Formulas are made and not used, so the places that they refer to need to be there.
	wb.matrix = grid{page: &pages.Page{Name: wb.tell(matrixSheet)}, topics: make([]string, len(wb.topics)), topicWeights: make([]string, len(wb.topics))}
	wb.targetsG = grid{page: &pages.Page{Name: wb.tell(targetsSheet)}}
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

// forOthers is the group of a line as it may be shown to others, with the reasons beside it; the line of all for an index
// below 0.
func (wb *workbook) forOthers(x groupLine) (*models.GroupView, *withholding.Group) {
	d := wb.in.Disclosure
	if x.index < 0 {
		return &d.Consolidation.All, &d.All
	}
	return d.Group(x.column, wb.groupKey(x.value))
}

// ofOthers is the figure that may be shown of a list of spreads; none where there is none.
func ofOthers(list []models.Spread, at int) models.Spread {
	if at >= len(list) {
		return models.Spread{}
	}
	return list[at]
}

// hatch marks a figure that is withheld with the letter of its reason; see reasonNote.
func (wb *workbook) hatch(c *pages.Canvas, col, row int, why withholding.Reason) {
	style := wb.fr.Style(pages.Look{Hatched: true, Lined: true, Centred: true})
	if letter := reasonLetters[why]; letter != "" {
		c.Text(col, row, style, letter)
		return
	}
	c.Put(col, row, pages.Cell{Style: style})
}

var reasonLetters = map[withholding.Reason]string{withholding.Few: "a", withholding.Alike: "b", withholding.Derived: "c"}

// reasonNote says what the letters in hatched cells stand for.
func (wb *workbook) reasonNote() string {
	return wb.tell("Hatched or grey: withheld, since (a) there are fewer recipients than the figure needs (fewer than %d others for a mean), (b) they are all or nearly all alike, or (c) a few recipients' scores could be worked out from the figures beside it.", wb.in.Disclosure.Minimum)
}

// reasonText says in words why a figure is withheld.
func (wb *workbook) reasonText(why withholding.Reason) string {
	switch why {
	case withholding.Few:
		return wb.tell("fewer than %d others", wb.in.Disclosure.Minimum)
	case withholding.Alike:
		return wb.tell("all or nearly all alike")
	case withholding.Derived:
		return wb.tell("could be worked out from the figures beside it")
	case withholding.Chosen:
		return wb.tell("left out by the office")
	}
	return ""
}
