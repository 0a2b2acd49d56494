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
	out.omitted = slices.Sorted(maps.Keys(refs))
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

// hatch puts in the place of a figure that is withheld, and would need least returns, the reason in words.
func (wb *workbook) hatch(c *pages.Canvas, col, row int, why withholding.Reason, least int) {
	wb.hatchText(c, col, row, wb.reasonInCell(why, least))
}

func (wb *workbook) hatchText(c *pages.Canvas, col, row int, text string) {
	style := wb.fr.Style(pages.Look{Hatched: true, Lined: true, Centred: true, Wrap: true, Size: 8})
	if text == "" {
		c.Put(col, row, pages.Cell{Style: style})
		return
	}
	c.Text(col, row, style, text)
	c.Height(row, hatchedHeight)
}

// hatchedHeight has room for a reason in a narrow column.
const hatchedHeight = 24

// reasonInCell says in few words why a figure is withheld.
func (wb *workbook) reasonInCell(why withholding.Reason, least int) string {
	switch why {
	case withholding.Few:
		return wb.tell("fewer than %d returns", least)
	case withholding.Alike:
		return wb.tell("nearly all alike")
	case withholding.Derived:
		return wb.tell("could be worked out")
	case withholding.Chosen:
		return wb.tell("left out")
	}
	return ""
}

// reasonNote says what the words in hatched cells mean.
const reasonNote = "Hatched or grey: withheld, with the reason. What could be worked out are a few recipients' scores, from the figures that stand here and elsewhere."

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
