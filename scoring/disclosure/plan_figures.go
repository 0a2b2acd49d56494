package disclosure

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
)

// scores decides the figures of scores: overall, topics, themes and cells.
func (p *planning) scores(table *scoring.Table, since history, views []*models.GroupView, reasons []withholding.Group) {
	lists := make([][]*models.Spread, len(views))
	whys := make([][]*withholding.Spread, len(views))
	for g, v := range views {
		lists[g], whys[g] = spreadsOf(v), reasonsOf(&reasons[g])
	}
	few, _ := p.countValues(table)
	for m := range lists[0] {
		e := p.endsOf(m)
		p.score(table, since, m, few[m], e, lists, whys)
		for g := range lists {
			*lists[g][m] = rounded(*lists[g][m], *whys[g][m], p.isShare(m))
		}
	}
}

// score decides the figures of one score in every group. A group's mean of scores is never shown: its median is. Medians
// and quartiles cannot be subtracted, but no set of m or fewer may be left of what is shown.
func (p *planning) score(table *scoring.Table, since history, m int, few bool, e ends, lists [][]*models.Spread, whys [][]*withholding.Spread) {
	present := func(i int) bool { return table.Scores[i] != nil && table.Scores[i][m].Known() }
	hidden := make([]bool, len(p.parts))
	for g, part := range p.parts {
		var list []models.Figure
		for _, i := range part.Members {
			if present(i) {
				list = append(list, table.Scores[i][m])
			}
		}
		sorted, why := sortedScores(list), whys[g][m]
		n := len(sorted)
		if n == 0 {
			hidden[g] = true
			continue
		}
		why.Mean = of(n > p.Minimum, !e.tight(sorted) && !e.pressed(sorted))
		why.Median = of(n >= 2*p.Minimum, !e.tight(sorted))
		why.Quartiles = of(n >= 4*p.Minimum, !e.tight(sorted))
		if g > 0 {
			why.Mean = withholding.Derived
		}
		if since.tellScores(m, p.Minimum, e, p.in[g]) {
			for _, reason := range []*withholding.Reason{&why.Mean, &why.Median, &why.Quartiles} {
				*reason = cmp.Or(*reason, withholding.Derived)
			}
		}
		hidden[g] = why.Median != ""
	}
	if !few {
		for g := range p.pressedAtAnEnd(e, hidden, present, func(i int) float64 { x, _ := table.Scores[i][m].Get(); return x }) {
			whys[g][m].Median, hidden[g] = withholding.Alike, true
			whys[g][m].Quartiles = cmp.Or(whys[g][m].Quartiles, withholding.Alike)
		}
	}
	// With the counts over all, the median of a group bounds those left over from one side.
	alike := func(members []int) bool {
		var list []models.Figure
		for _, i := range members {
			list = append(list, table.Scores[i][m])
		}
		return len(members) > 0 && e.tight(sortedScores(list))
	}
	for g := range p.leftOver(hidden, p.Minimum+1, present, alike) {
		whys[g][m].Median = withholding.Derived
		if whys[g][m].Quartiles == "" {
			whys[g][m].Quartiles = withholding.Derived
		}
	}
	// Quartiles of all and of a group bound the scores of a few that are left from both sides, as a median alone does not.
	for g := range hidden {
		hidden[g] = hidden[g] || whys[g][m].Quartiles != ""
	}
	for g := range p.leftOver(hidden, 2*p.Minimum, present, nil) {
		whys[g][m].Quartiles = withholding.Derived
	}
}

// of is the reason where there are too few, or they are too alike.
func of(enough, differ bool) withholding.Reason {
	switch {
	case !enough:
		return withholding.Few
	case !differ:
		return withholding.Alike
	}
	return ""
}

func spreadsOf(v *models.GroupView) []*models.Spread {
	out := []*models.Spread{&v.Overall}
	for _, list := range [][]models.Spread{v.Topics, v.Themes, v.Cells} {
		for i := range list {
			out = append(out, &list[i])
		}
	}
	return out
}

func reasonsOf(r *withholding.Group) []*withholding.Spread {
	out := []*withholding.Spread{&r.Overall}
	for _, list := range [][]withholding.Spread{r.Topics, r.Themes, r.Cells} {
		for i := range list {
			out = append(out, &list[i])
		}
	}
	return out
}

// attained decides the counts of levels attained.
func (p *planning) attained(table *scoring.Table, since history, views []*models.GroupView, reasons []withholding.Group) {
	if len(views[0].Attained) == 0 {
		return
	}
	low := p.Template.Levels[0].Number
	choice := func(table *scoring.Table, i int) int {
		if table.Attained[i] == nil {
			return -1
		}
		return *table.Attained[i] - low
	}
	steps := len(views[0].Attained)
	told := p.told(since, steps, choice)
	counted := func(e *edition) bool { return len(e.out.Consolidation.All.Attained) > 0 }
	if since.tellTogether(p.Minimum, steps, p.showed(counted), choice) {
		told[0] = withholding.Derived
	}
	why := p.counted(steps, func(i int) int { return choice(table, i) }, told)
	for g, v := range views {
		if reasons[g].Attained = why[g]; why[g] != "" {
			v.Attained = nil
		}
	}
}

// told says of each part whether its counts are withheld since, set beside those of before, they tell too much.
func (p *planning) told(since history, steps int, choice func(*scoring.Table, int) int) []withholding.Reason {
	out := make([]withholding.Reason, len(p.parts))
	for g := range out {
		if since.tell(p.Minimum, steps, p.in[g], choice) {
			out[g] = withholding.Derived
		}
	}
	return out
}

// criteria decides the counts of each criterion, over all and in groups, and of targets.
func (p *planning) criteria(table *scoring.Table, since history, all []models.CriterionView, views []*models.GroupView, reasons []withholding.Group) {
	for at := range p.Template.Criteria {
		level := p.choice(at)
		target := func(table *scoring.Table, i int) int {
			switch {
			case level(table, i) < 0 || table.Targets[i][at] < 0:
				return -1
			case table.Levels[i][at] >= table.Targets[i][at]:
				return 1
			}
			return 0
		}
		steps := p.steps[at][1]
		counts := p.counted(steps, func(i int) int { return level(table, i) }, p.told(since, steps, level))
		withheld := slices.Clone(counts)
		for g, reason := range p.told(since, 2, target) {
			withheld[g] = cmp.Or(withheld[g], reason)
		}
		reached := func(e *edition) bool {
			k := slices.Index(e.names, p.Template.Criteria[at].Ref)
			return k >= 0 && e.out.All.Criteria[k].Targets == ""
		}
		if since.tellTogether(p.Minimum, 2, p.showed(reached), target) {
			withheld[0] = cmp.Or(withheld[0], withholding.Derived)
		}
		targets := p.counted(2, func(i int) int { return target(table, i) }, withheld)
		for g, v := range views {
			view := &all[at]
			if g > 0 {
				view = &v.Criteria[at]
			}
			reasons[g].Criteria[at] = withholding.Criterion{Counts: counts[g], Targets: targets[g]}
			switch {
			case counts[g] != "":
				*view = models.CriterionView{Ref: view.Ref}
			case targets[g] != "":
				view.WithTarget, view.AtTarget = 0, 0
			}
		}
	}
}

// withoutGroupCounts withholds all counts by group: groups have medians and quartiles of scores.
func (p *planning) withoutGroupCounts(views []*models.GroupView, reasons []withholding.Group) {
	for g := range views {
		if g == 0 {
			continue
		}
		views[g].Attained = nil
		reasons[g].Attained = cmp.Or(reasons[g].Attained, withholding.Derived)
		for at := range views[g].Criteria {
			views[g].Criteria[at] = models.CriterionView{Ref: views[g].Criteria[at].Ref}
			why := &reasons[g].Criteria[at]
			why.Counts, why.Targets = cmp.Or(why.Counts, withholding.Derived), cmp.Or(why.Targets, withholding.Derived)
		}
	}
}

// counted decides for every group whether it may be shown how many of its members chose each of a number of steps. choice
// is the step of a member, from 0, or negative. What is withheld already stays so.
func (p *planning) counted(steps int, choice func(member int) int, withheld []withholding.Reason) []withholding.Reason {
	why, hidden := make([]withholding.Reason, len(p.parts)), make([]bool, len(p.parts))
	empty := make([]bool, len(p.parts))
	for g, part := range p.parts {
		n, counts := 0, make([]int, steps)
		for _, i := range part.Members {
			if step := choice(i); step >= 0 {
				n++
				counts[step]++
			}
		}
		empty[g] = n == 0
		if n > 0 {
			why[g] = p.ofCount(n, counts)
		}
		if withheld != nil && withheld[g] != "" && n > 0 {
			why[g] = withheld[g]
		}
		hidden[g] = why[g] != ""
	}
	w := newWeb(p.parts, len(p.Members), func(i int) bool { return choice(i) >= 0 })
	b := w.ballotOf(steps, choice)
	w.hide(hidden, p.Minimum+1, b.alike, func(hidden []bool) (int, bool) { return w.narrowed(b, hidden) })
	for g := range hidden {
		if hidden[g] && why[g] == "" && !empty[g] {
			why[g] = withholding.Derived
		}
	}
	return why
}

// ballotOf counts the choices of each class by step.
func (w *web) ballotOf(steps int, choice func(member int) int) ballot {
	out := make(ballot, len(w.weight))
	for class := range out {
		out[class] = make([]int, steps)
	}
	for member, class := range w.classOf {
		if class >= 0 {
			out[class][choice(member)]++
		}
	}
	return out
}

// alike says of a set of classes that their counts tell single answers.
func (b ballot) alike(classes []int) bool {
	sum := make([]int, len(b[0]))
	for _, class := range classes {
		for step, n := range b[class] {
			sum[step] += n
		}
	}
	return oneLevel(sum)
}
