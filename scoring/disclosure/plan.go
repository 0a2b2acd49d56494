// Package disclosure says what of a round may be shown to others, so that what leaves the office gives no single
// recipient away.
//
// Call New with the template, the scoring, the members and the round's minimum; it gives the one plan that the edition for
// circulation, the summaries, the overview with names withheld and messages are made by. It does no I/O. With m the minimum
// and n the recipients that a figure rests on, the reader's own included:
//
//   - a mean or a count needs n ≥ m + 1, a median n ≥ 2m, quartiles n ≥ 4m; the lowest and the highest are never shown;
//   - a count is withheld where one level holds n − 2 or more of the answers, and a score's figure where taking away any two
//     recipients can leave a rest that lies within half a level (an achievement: ten points), or where a mean or a group's
//     median lies so near an end of the scale that it says as much, or where those left over by the groups shown are alike;
//   - what could be worked out from other figures is withheld with them, see Suppression;
//   - a criterion whose count over all is withheld, or that the office withholds, is in no figure at all;
//   - figures are rounded to one decimal (an achievement: to whole points), from a hundred recipients on to one more.
//
// The thresholds and the treatment of what can be subtracted are those of statistical disclosure control in official
// statistics (A. Hundepool and others, Statistical Disclosure Control, Wiley 2012, chapters 4 and 5): a minimum frequency,
// dominance seen by coalitions of two respondents, and secondary suppression. A minimum under
// LeastMinimum is refused.
package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
)

// LeastMinimum is the smallest minimum with which anything leaves the office. Under 3, two recipients who put together what
// they know would be left with one other; with 3, the attack of the tests still finds rounds in which groups of six, cut by
// several columns, narrow a score; 5 is the least with which it finds none.
const LeastMinimum = 5

// Input is what a plan is made from.
type Input struct {
	Template *models.Template
	Scoring  models.Scoring
	// Groups are the columns that recipients are compared by, Minimum the round's smallest group.
	Groups  []string
	Minimum int
	// Members are those of the comparison set: all recipients, each with the return that counts in it, or nil.
	Members []models.Member
	// Withheld are refs of criteria that the office leaves out of all that leaves it.
	Withheld []string
	// Earlier are the members of the sets that were compared with so far, the oldest first. A criterion whose counts in one of
	// them and now differ by too few answers, or by such as are alike, is in no figure.
	Earlier [][]models.Member
}

// InGroup says whether a recipient belongs to a group of a consolidation.
func InGroup(rc *models.Recipient, column, value string) bool {
	own := strings.TrimSpace(rc.Groups[column])
	return own == value || own == "" && value == scoring.NoValue
}

// planning is a plan in the making.
type planning struct {
	Input
	whole *models.Template // with the criteria that are left out
	parts []scoring.Part   // the first is of all
	out   *models.Disclosure
	// done are the editions of the earlier sets, made is that of this plan.
	done []*edition
	made *edition
	// opened are the refs of criteria that are left out so that levels attained are open.
	opened map[string]bool
	// in are the members of each part.
	in []map[int]bool
	// steps is of each criterion its lowest step and how many it has.
	steps [][2]int
}

// New makes the plan. It refuses a minimum under LeastMinimum.
func New(in Input) (*models.Disclosure, error) {
	if in.Minimum < LeastMinimum {
		return nil, fmt.Errorf("the round's minimum_group is %d; nothing can leave the office with less than %d, since figures of so few tell single recipients' scores", in.Minimum, LeastMinimum)
	}
	var done []*edition
	for k := range in.Earlier {
		then := in
		then.Members, then.Earlier = in.Earlier[k], in.Earlier[:k]
		p := planningOf(then, done)
		p.plan()
		done = append(done, p.made)
	}
	p := planningOf(in, done)
	p.plan()
	return p.out, nil
}

func planningOf(in Input, done []*edition) *planning {
	p := &planning{Input: in, done: done, whole: in.Template, parts: withAll(scoring.Partition(in.Groups, in.Members), len(in.Members)), out: &models.Disclosure{Minimum: in.Minimum}}
	for g, part := range p.parts {
		p.in = append(p.in, nil) // all
		if g > 0 {
			p.in[g] = map[int]bool{}
			for _, i := range part.Members {
				p.in[g][i] = true
			}
		}
	}
	return p
}

func (p *planning) plan() {
	p.leaveOut()
	p.show()
}

// leaveOut finds the criteria that are in no figure, and goes on with a template without them.
func (p *planning) leaveOut() {
	t := *p.Template
	t.Criteria = nil
	table := scoring.Tabulate(p.Template, p.Scoring, p.Members)
	p.layOut(p.Template)
	since := p.sinceEarlier(table)
	reasons := make([]withholding.Reason, len(p.Template.Criteria))
	for at, c := range p.Template.Criteria {
		reason := withholding.Reason("")
		if slices.Contains(p.Withheld, c.Ref) {
			reason = withholding.Chosen
		} else if n, counts := p.count(table, at); n > 0 {
			reason = p.ofCount(n, counts)
		}
		steps, choice := p.steps[at][1], p.choice(at)
		counted := func(e *edition) bool { return slices.Contains(e.names, c.Ref) }
		if reason == "" && (since.tell(p.Minimum, steps, nil, choice) || since.tellTogether(p.Minimum, steps, p.showed(counted), choice)) {
			reason = withholding.Derived
		}
		reasons[at] = reason
	}
	p.openLevels(table, reasons)
	for at, c := range p.Template.Criteria {
		if reasons[at] == "" {
			t.Criteria = append(t.Criteria, c)
		} else {
			p.out.LeftOut = append(p.out.LeftOut, withholding.LeftOut{Ref: c.Ref, Reason: reasons[at]})
		}
	}
	if len(p.out.LeftOut) == 0 {
		return
	}
	p.Template = &t
	p.Members = slices.Clone(p.Members)
	for i := range p.Members {
		p.Members[i].Scorecard = nil // by the whole template
	}
	p.Earlier = slices.Clone(p.Earlier)
	for k := range p.Earlier {
		p.Earlier[k] = slices.Clone(p.Earlier[k])
		for i := range p.Earlier[k] {
			p.Earlier[k][i].Scorecard = nil
		}
	}
	p.layOut(&t)
}

// choice is what a member chose of a criterion, from 0; negative where it chose none.
func (p *planning) choice(at int) func(*scoring.Table, int) int {
	low := int8(p.steps[at][0])
	return func(table *scoring.Table, i int) int {
		if table.Levels[i] == nil || table.Levels[i][at] < 0 {
			return -1
		}
		return int(table.Levels[i][at] - low)
	}
}

func (p *planning) layOut(t *models.Template) {
	p.steps = nil
	for i := range t.Criteria {
		s := t.Scale(&t.Criteria[i])
		p.steps = append(p.steps, [2]int{s.Lowest(), len(s)})
	}
}

// count counts all answers to a criterion.
func (p *planning) count(table *scoring.Table, at int) (n int, counts []int) {
	counts = make([]int, p.steps[at][1])
	for _, levels := range table.Levels {
		if levels != nil && levels[at] >= 0 {
			n++
			counts[int(levels[at])-p.steps[at][0]]++
		}
	}
	return n, counts
}

// ofCount is why the count of n answers is withheld.
func (p *planning) ofCount(n int, counts []int) withholding.Reason {
	switch {
	case n <= p.Minimum:
		return withholding.Few
	case oneLevel(counts):
		return withholding.Alike
	}
	return ""
}

// show works out the figures, and takes out what is withheld.
func (p *planning) show() {
	table := scoring.Tabulate(p.Template, p.Scoring, p.Members)
	c := scoring.Consolidate(p.Template, p.Scoring, p.Groups, p.Members)
	views := viewsOf(&c)
	reasons := make([]withholding.Group, len(views))
	for g, v := range views {
		if v.Returned <= p.Minimum {
			reasons[g].Group = withholding.Few
		}
		reasons[g].Topics = make([]withholding.Spread, len(v.Topics))
		reasons[g].Themes = make([]withholding.Spread, len(v.Themes))
		reasons[g].Cells = make([]withholding.Spread, len(v.Cells))
		reasons[g].Criteria = make([]withholding.Criterion, len(p.Template.Criteria))
	}
	since := p.sinceEarlier(table)
	p.scores(table, since, views, reasons)
	p.attained(table, since, views, reasons)
	p.keptBack(table, since)
	p.criteria(table, since, c.Criteria, views, reasons)
	p.withoutGroupCounts(views, reasons)
	p.tryOut(table, views, reasons)
	p.out.Consolidation, p.out.All, p.out.Groups = c, reasons[0], reasons[1:]
}

func viewsOf(c *models.Consolidation) []*models.GroupView {
	views := []*models.GroupView{&c.All}
	for i := range c.Groups {
		views = append(views, &c.Groups[i])
	}
	return views
}
