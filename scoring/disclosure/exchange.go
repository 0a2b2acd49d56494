package disclosure

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
)

// What a plan shows is tried out at last. Each answer and each score must have others that it could change places with, while
// every figure that leaves the office stays as it is: with so many that one is left whichever two recipients are known. Two
// recipients exchange all that they answered, or what they answered to a topic, or to one criterion. Where too few can, the
// group's figure that stands against most exchanges is withheld.

// edition is one set of returns, with what is shown of it.
type edition struct {
	*planning
	table *scoring.Table
	whole *scoring.Table   // by all criteria: whose return is another
	of    [][]int          // of each member the parts that it is in
	shown [][]*shownSpread // of each part and score
	at    map[string]int   // of each recipient its place
	names []string         // the refs of the criteria
	few   []bool           // of each score whether it takes few values
	asked []bool           // of each criterion whether its topic's does
}

// turn is a return in the editions that it counted in, one after the other: where it stands in each.
type turn struct {
	first int
	at    []int
}

// exchanges are the editions set side by side; the last is the plan in the making.
type exchanges struct {
	editions []*edition
	turns    []turn
	alike    map[[2]int][]int // turns by the editions that they counted in
	near     []*company       // of each turn
	ends     map[[2]int]extremes
}

// tryOut withholds what too few could change places under. It goes by the editions' figures as they are rounded.
func (p *planning) tryOut(table *scoring.Table, views []*models.GroupView, reasons []withholding.Group) {
	p.made = p.editionOf(table, views)
	if !p.made.fewShown() {
		return
	}
	x := &exchanges{editions: append(slices.Clone(p.done), p.made), alike: map[[2]int][]int{}, ends: map[[2]int]extremes{}}
	x.take()
	x.keepCompany()
	for s := range x.turns {
		for {
			f, ok := x.against(s)
			if !ok {
				break
			}
			x.editions[len(x.editions)-1].withhold(f, views, reasons)
		}
	}
}

// withhold takes a figure out; a median with its quartiles.
func (e *edition) withhold(f figure, views []*models.GroupView, reasons []withholding.Group) {
	shown, spread, why := e.shown[f.part][f.score], spreadsOf(views[f.part])[f.score], reasonsOf(&reasons[f.part])[f.score]
	if !f.quartiles {
		shown.median, spread.Median, why.Median = false, models.Figure{}, withholding.Derived
	}
	shown.quartiles, spread.Q1, spread.Q3 = false, models.Figure{}, models.Figure{}
	why.Quartiles = cmp.Or(why.Quartiles, withholding.Derived)
}

// editionOf is what a plan shows.
func (p *planning) editionOf(table *scoring.Table, views []*models.GroupView) *edition {
	e := &edition{planning: p, table: table, of: make([][]int, len(p.Members)), at: map[string]int{}}
	e.whole = scoring.Tabulate(p.whole, p.Scoring, p.Members)
	for i := range p.Members {
		e.at[p.Members[i].Recipient.ID] = i
	}
	for i := range p.Template.Criteria {
		e.names = append(e.names, p.Template.Criteria[i].Ref)
	}
	for g, part := range p.parts {
		var row []*shownSpread
		for _, i := range part.Members {
			e.of[i] = append(e.of[i], g)
		}
		for m, s := range spreadsOf(views[g]) {
			var list []models.Figure
			for _, i := range part.Members {
				if table.Scores[i] != nil {
					list = append(list, table.Scores[i][m])
				}
			}
			row = append(row, newShownSpread(s, sortedScores(list), p.isShare(m)))
		}
		e.shown = append(e.shown, row)
	}
	e.few, e.asked = p.countValues(table)
	return e
}

// fewShown says that some group has a figure of a score that takes few values.
func (e *edition) fewShown() bool {
	for _, row := range e.shown[1:] {
		for m, s := range row {
			if e.few[m] && s.median {
				return true
			}
		}
	}
	return false
}

// take finds the turns: a return that is the same in the next edition is one with it.
func (x *exchanges) take() {
	for first, e := range x.editions {
		for i := range e.Members {
			id := e.Members[i].Recipient.ID
			if e.table.Levels[i] == nil || first > 0 && x.same(first-1, id) {
				continue
			}
			t := turn{first: first, at: []int{i}}
			for k := first; k+1 < len(x.editions) && x.same(k, id); k++ {
				t.at = append(t.at, x.editions[k+1].at[id])
			}
			x.alike[t.editions()] = append(x.alike[t.editions()], len(x.turns))
			x.turns = append(x.turns, t)
		}
	}
}

func (t *turn) editions() [2]int { return [2]int{t.first, t.first + len(t.at)} }

// same says whether a recipient's return is the same in edition k and the next.
func (x *exchanges) same(k int, id string) bool {
	a, b := x.editions[k], x.editions[k+1]
	i, ok := a.at[id]
	j, also := b.at[id]
	return ok && also && a.whole.Levels[i] != nil && slices.Equal(a.whole.Levels[i], b.whole.Levels[j]) && slices.Equal(a.whole.Targets[i], b.whole.Targets[j])
}
