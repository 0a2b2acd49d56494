package disclosure

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
)

// keptBack counts, for methods that attain levels, how many each section or criterion keeps from their next level. Who is
// kept back, or is not, must not be one or two among all.
func (p *planning) keptBack(table *scoring.Table, since history) {
	seen := map[withholding.KeptBack]bool{}
	for _, blocked := range table.Blocked {
		for _, b := range blocked {
			seen[withholding.KeptBack{Topic: b.Topic, Theme: b.Theme, Ref: b.Ref}] = true
		}
	}
	place := func(k withholding.KeptBack) int {
		return slices.IndexFunc(p.Template.Criteria, func(c models.Criterion) bool {
			return c.Topic == k.Topic && c.Theme == k.Theme && (k.Ref == "" || c.Ref == k.Ref)
		})
	}
	for k := range seen {
		choice := func(table *scoring.Table, i int) int {
			if table.Attained[i] == nil {
				return -1
			}
			if slices.ContainsFunc(table.Blocked[i], func(b models.Blocker) bool { return b.Topic == k.Topic && b.Theme == k.Theme && b.Ref == k.Ref }) {
				return 1
			}
			return 0
		}
		counts := make([]int, 2)
		for i := range table.Levels {
			if step := at(table, i, choice); step >= 0 {
				counts[step]++
			}
		}
		out := k
		out.Withheld = p.ofCount(sumOf(counts), counts)
		counted := func(e *edition) bool { // nobody kept back is a count as well
			return !slices.ContainsFunc(e.out.KeptBack, func(x withholding.KeptBack) bool {
				return x.Topic == k.Topic && x.Theme == k.Theme && x.Ref == k.Ref && x.Withheld != ""
			})
		}
		if out.Withheld == "" && (since.tell(p.Minimum, 2, nil, choice) || since.tellTogether(p.Minimum, 2, p.showed(counted), choice)) {
			out.Withheld = withholding.Derived
		}
		if out.Withheld == "" {
			out.Count = counts[1]
		}
		p.out.KeptBack = append(p.out.KeptBack, out)
	}
	slices.SortFunc(p.out.KeptBack, func(a, b withholding.KeptBack) int { return place(a) - place(b) })
}
