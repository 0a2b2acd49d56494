package disclosure

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
)

// fewValues is the most values that a score can take for its figures to be tried out. The figures of a score that takes few
// are counts in all but name: a median says how many are below it. Where there are many, so many exchanges of many members
// lead to the same figures that those of two alone are no measure.
const fewValues = 20

// countValues works out which scores can take but few values, as the criteria were answered, and which criteria are in topics
// that do.
func (p *planning) countValues(table *scoring.Table) (few, asked []bool) {
	steps := make([]int, len(p.Template.Criteria)) // beyond the first
	for at := range steps {
		seen := map[int8]bool{}
		for _, levels := range table.Levels {
			if levels != nil && levels[at] >= 0 {
				seen[levels[at]] = true
			}
		}
		steps[at] = max(0, len(seen)-1)
	}
	of := func(is func(*models.Criterion) bool) bool {
		n := 1
		for at := range steps {
			if is(&p.Template.Criteria[at]) {
				n += steps[at]
			}
		}
		return n <= fewValues
	}
	t := p.Template
	few = []bool{of(func(*models.Criterion) bool { return true })}
	byTopic := map[string]bool{}
	for _, topic := range t.Topics {
		byTopic[topic.ID] = of(func(c *models.Criterion) bool { return c.Topic == topic.ID })
		few = append(few, byTopic[topic.ID])
	}
	for _, theme := range t.Themes {
		few = append(few, of(func(c *models.Criterion) bool { return c.Theme == theme.ID }))
	}
	for _, topic := range t.Topics {
		for range t.Themes {
			few = append(few, byTopic[topic.ID])
		}
	}
	for i := range t.Criteria {
		asked = append(asked, byTopic[t.Criteria[i].Topic])
	}
	return few, asked
}

// pressedAtAnEnd are the groups whose median is withheld because it lies within the gap of an end of the scale. That tells
// that half of the group lie there. So how many do, in such groups and in all, counts as shown, and is looked at as any count
// is: where it tells of a member that it lies there, or does not, the median goes.
func (p *planning) pressedAtAnEnd(e ends, hidden []bool, present func(member int) bool, score func(member int) float64) map[int]bool {
	out := map[int]bool{}
	for _, near := range []func(x float64) bool{
		func(x float64) bool { return x-e.low < e.gap-leastStep },
		func(x float64) bool { return e.high-x < e.gap-leastStep },
	} {
		choice := func(i int) int {
			switch {
			case !present(i):
				return -1
			case near(score(i)):
				return 1
			}
			return 0
		}
		withheld, any := make([]withholding.Reason, len(p.parts)), false
		for g, part := range p.parts {
			var sorted []float64
			for _, i := range part.Members {
				if present(i) {
					sorted = append(sorted, score(i))
				}
			}
			slices.Sort(sorted)
			n := len(sorted)
			if g > 0 && (hidden[g] || out[g] || n == 0 || !near((sorted[(n-1)/2]+sorted[n/2])/2)) {
				withheld[g] = withholding.Derived
			}
			any = any || g > 0 && withheld[g] == ""
		}
		if !any {
			continue
		}
		for g, why := range p.counted(2, choice, withheld) {
			if g > 0 && withheld[g] == "" && why != "" {
				out[g] = true
			}
		}
	}
	return out
}
