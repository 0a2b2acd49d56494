package disclosure

import (
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
)

// WithChanges is the plan of results that compare with an earlier round, with what may be shown of how scores moved.
//
// What leaves the office of changes stands beside what this round's edition and the earlier round's show of scores. A change,
// summed over the recipients compared, is their scores now less their scores then; taken from the sums that the two editions
// give, of all recipients or of groups, it leaves the scores of those who returned only once. Where these are the minimum or
// fewer, the change is not shown; nor is that of a topic with a criterion that is left out.
func WithChanges(r *models.Results) *models.Disclosure {
	if r.Disclosure == nil || r.Comparison == nil {
		return r.Disclosure
	}
	out := *r.Disclosure
	left := out.LeftOutRefs()
	poorer := map[string]bool{}
	for i := range r.Template.Criteria {
		if c := &r.Template.Criteria[i]; left[c.Ref] && c.Scored() {
			poorer[c.Topic] = true
		}
	}
	x := changes{Results: r, table: scoring.Tabulate(r.Template, r.Scoring, r.Members), groups: map[string][]string{}}
	for i := range r.Members {
		rc := &r.Members[i].Recipient
		for _, column := range r.Round.Groups {
			x.groups[rc.ID] = append(x.groups[rc.ID], strings.TrimSpace(rc.Groups[column]))
		}
	}
	out.Changes = []withholding.Change{x.of(&out, 0, len(poorer) > 0)}
	for i := range r.Template.Topics {
		out.Changes = append(out.Changes, x.of(&out, 1+i, poorer[r.Template.Topics[i].ID]))
	}
	return &out
}

// changes is how the scores of results moved, and the groups of each recipient.
type changes struct {
	*models.Results
	table  *scoring.Table
	groups map[string][]string
}

// of decides what may be shown of one score's changes, 0 for overall, then by topic.
func (x *changes) of(d *models.Disclosure, m int, poorer bool) withholding.Change {
	compared := map[string]bool{}
	up, down := 0, 0
	for i := range x.Comparison.Recipients {
		rc := &x.Comparison.Recipients[i]
		change := rc.Overall.Change
		if m > 0 {
			change = rc.Topics[m-1].Change
		}
		v, ok := change.Get()
		if !ok {
			continue
		}
		compared[rc.Recipient] = true
		switch {
		case v > leastStep:
			up++
		case v < -leastStep:
			down++
		}
	}
	n := len(compared)
	if n == 0 {
		return withholding.Change{}
	}
	why := of(n >= d.LeastForMedian(), true)
	if why == "" && (poorer || x.givesAway(d, m, compared)) {
		why = withholding.Derived
	}
	out := withholding.Change{Median: why, Quartiles: why, Moves: why}
	if why == "" {
		out.Quartiles = of(n >= d.LeastForQuartiles(), true)
		out.Moves = of(true, max(up, down, n-up-down) < n-known)
	}
	return out
}

// givesAway says whether scores of fewer recipients than the minimum could be worked out from the changes and the two
// editions.
func (x *changes) givesAway(d *models.Disclosure, m int, compared map[string]bool) bool {
	now, both, then := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range x.Members {
		if x.table.Scores[i] != nil && x.table.Scores[i][m].Known() {
			now[x.Members[i].Recipient.ID] = true
		}
	}
	// Which of those who have no change had a score then is not known: perhaps all of them, perhaps none.
	for i := range x.Comparison.Recipients {
		both[x.Comparison.Recipients[i].Recipient] = true
	}
	for id := range compared {
		then[id] = true
	}
	for _, id := range x.Comparison.Left {
		both[id], then[id] = true, true
	}
	least := d.LeastForMean()
	return x.fewLeft(now, compared, least) || x.fewLeft(then, compared, least) || x.fewLeft(both, compared, least)
}

// fewLeft says whether some, but fewer than least, can be left when the sums of one edition over groups of one column, or
// over all, are taken from a sum over those compared. Every group counts as shown: which ones the earlier edition showed is
// not known.
func (x *changes) fewLeft(returned, compared map[string]bool, least int) bool {
	for k := -1; k < len(x.Round.Groups); k++ {
		in, out := map[string]int{}, map[string]int{}
		for id := range returned {
			group := ""
			if of := x.groups[id]; of != nil && k >= 0 {
				group = of[k]
			}
			if compared[id] {
				in[group]++
			} else {
				out[group]++
			}
		}
		left := 0
		for group, n := range in {
			left += min(n, out[group]) // the group's sum is taken off or not, whichever leaves fewer
		}
		if left > 0 && left < least {
			return true
		}
	}
	return false
}
