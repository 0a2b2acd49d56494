package disclosure

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
)

// openLevels leaves criteria out where the counts of all, though none tells an answer, tell the level that a member attains:
// where nearly nobody has a statement in place that a level needs, nearly nobody attains it. A member's level is open where
// it would be another, had the member answered each criterion as some others did, so many that one is left whichever two are
// known; a criterion that is left out can have been answered anyhow. Where scores take few values, nearly all that a count
// leaves open can be closed by them: if nearly all attain one level, only criteria that are left out open it.
func (p *planning) openLevels(table *scoring.Table, reasons []withholding.Reason) {
	if !p.Scoring.Info().AttainsLevels() {
		return
	}
	p.opened = map[string]bool{}
	for at, c := range p.Template.Criteria {
		for _, e := range p.done { // what opened levels in an earlier set stays away: who has both would close them
			p.opened[c.Ref] = p.opened[c.Ref] || e.opened[c.Ref]
		}
		if p.opened[c.Ref] && reasons[at] == "" {
			reasons[at] = withholding.Derived
		}
	}
	o := opening{p, table, reasons, scoring.NewScorer(p.Template, p.Scoring), p.countAll(table)}
	if few, _ := p.countValues(table); few[0] && oneLevel(p.countLevels(table)) {
		clear(o.counts)
	}
	for i := range p.Members {
		if table.Attained[i] == nil || o.open(i, true, reasons) || o.open(i, false, reasons) {
			continue
		}
		up, down := o.least(i, true), o.least(i, false)
		if up == nil || down != nil && len(down) < len(up) {
			up = down
		}
		for _, at := range up {
			reasons[at] = withholding.Derived
			p.opened[p.Template.Criteria[at].Ref] = true
		}
	}
}

type opening struct {
	*planning
	table   *scoring.Table
	reasons []withholding.Reason
	scorer  *scoring.Scorer
	counts  [][]int
}

func (p *planning) countAll(table *scoring.Table) [][]int {
	var out [][]int
	for at := range p.Template.Criteria {
		_, counts := p.count(table, at)
		out = append(out, counts)
	}
	return out
}

func (p *planning) countLevels(table *scoring.Table) []int {
	counts := make([]int, len(p.Template.Levels))
	for _, level := range table.Attained {
		if level != nil {
			counts[*level-p.Template.Levels[0].Number]++
		}
	}
	return counts
}

// open says whether a member might attain a higher level, or a lower one, with some criteria left out.
func (o *opening) open(i int, up bool, reasons []withholding.Reason) bool {
	var answers []models.Answer
	for at := range o.Template.Criteria {
		c := &o.Template.Criteria[at]
		a := models.Answer{Ref: c.Ref}
		own := o.table.Levels[i][at]
		if own < 0 {
			continue
		}
		a.Level.Value = models.At(o.furthest(at, int(own)-o.steps[at][0], up != (c.Kind == models.KindSymptom), reasons[at] != ""))
		answers = append(answers, a)
	}
	card := o.scorer.Card(o.Members[i].Recipient, answers)
	if card.Staged == nil {
		return false
	}
	if up {
		return card.Staged.Level > *o.table.Attained[i]
	}
	return card.Staged.Level < *o.table.Attained[i]
}

// furthest is the highest level, or the lowest, that a member who answered own can have answered.
func (o *opening) furthest(at, own int, up, free bool) int {
	low, n := o.steps[at][0], o.steps[at][1]
	for k := range n {
		step := k
		if up {
			step = n - 1 - k
		}
		if free || step == own || o.counts[at] != nil && o.counts[at][step] > known {
			return low + step
		}
	}
	return low + own
}

// least are criteria to leave out so that a member's level is open upwards, or downwards: none too many. nil where it cannot be.
func (o *opening) least(i int, up bool) []int {
	all := slices.Clone(o.reasons)
	for at := range all {
		all[at] = withholding.Derived
	}
	if !o.open(i, up, all) {
		return nil
	}
	var out []int
	for at := range all {
		all[at] = o.reasons[at]
		if all[at] == "" && !o.open(i, up, all) {
			all[at] = withholding.Derived
			out = append(out, at)
		}
	}
	return out
}
