package disclosure_test

import (
	"fmt"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
)

// The figures of a spread.
const (
	mean = iota
	median
	lower
	upper
	figures
)

// leaves is what left the office at one time, about everybody: the edition for circulation, the overview with names
// withheld, and the summaries of all recipients together, so those of any two who collude are among it. Of all it is the
// counts of each criterion, levels attained, what keeps how many back, and the spreads of every score; of groups the spreads
// of overall scores and topics. Nothing that leaves the office has counts by group.
type leaves struct {
	at    *world
	left  map[string]bool // criteria that are in no figure
	table *scores
	// parts are who returned: of all, then of each group.
	parts    [][]int
	counts   []bool // by criterion
	attained bool
	kept     []bool // by place of table
	// shown is of each part and each score the figures shown.
	shown [][][figures]bool
	plan  *models.Disclosure
	said  []said // what sentences count
}

func (w *world) parts() [][]int {
	out := [][]int{w.returned(everyone(len(w.levels)))}
	for _, part := range scoring.Partition(w.columns, w.members()) {
		out = append(out, w.returned(part.Members))
	}
	return out
}

func planOf(t testing.TB, w *world, members []models.Member, minimum int, before ...[]models.Member) *models.Disclosure {
	t.Helper()
	d, err := disclosure.New(disclosure.Input{Template: w.template, Scoring: w.template.Scoring, Groups: w.columns, Minimum: minimum, Members: members, Earlier: before})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// published is what leaves the office by a plan.
func (w *world) published(d *models.Disclosure) *leaves {
	l := &leaves{at: w, left: d.LeftOutRefs(), parts: w.parts(), plan: d}
	l.table = scoresOf(w, l.left)
	l.counts, l.kept = make([]bool, len(w.template.Criteria)), make([]bool, len(l.table.places))
	at := 0
	for k, c := range w.template.Criteria {
		if !l.left[c.Ref] {
			l.counts[k] = d.All.Criteria[at].Counts == "" && len(l.parts[0]) > 0
			at++
		}
	}
	l.attained = len(d.Consolidation.All.Attained) > 0
	for p, x := range l.table.places {
		for _, k := range d.KeptBack {
			l.kept[p] = l.kept[p] || k.Topic == x.topic && k.Theme == x.theme && k.Ref == x.ref && k.Withheld == ""
		}
	}
	for p := range l.parts {
		view := &d.Consolidation.All
		if p > 0 {
			view = &d.Consolidation.Groups[p-1]
		}
		shown := make([][figures]bool, len(l.table.values))
		for m, x := range spreadsOf(view) {
			if p == 0 || m <= len(w.template.Topics) {
				shown[m] = [figures]bool{x.Mean.Known(), x.Median.Known(), x.Q1.Known(), x.Q3.Known()}
			}
		}
		l.shown = append(l.shown, shown)
	}
	return l
}

// oldRules are those of before: a group of at least the minimum has all of its figures.
func (w *world) oldRules(minimum int) *leaves {
	members := w.members()
	hidden := disclosure.Suppression(scoring.Partition(w.columns, members), len(members), minimum, func(i int) bool { return members[i].Return != nil })
	l := &leaves{at: w, parts: w.parts(), table: scoresOf(w, nil)}
	enough := len(l.parts[0]) >= minimum
	l.counts, l.kept, l.attained = make([]bool, len(w.template.Criteria)), make([]bool, len(l.table.places)), enough
	for k := range l.counts {
		l.counts[k] = enough
	}
	for p := range l.parts {
		shown := make([][figures]bool, len(l.table.values))
		for m := range shown {
			if p == 0 && enough || p > 0 && !hidden[p-1] && m <= len(w.template.Topics) {
				shown[m] = [figures]bool{p == 0, true, true, true}
			}
		}
		l.shown = append(l.shown, shown)
	}
	return l
}

func spreadsOf(v *models.GroupView) []models.Spread {
	out := []models.Spread{v.Overall}
	for _, list := range [][]models.Spread{v.Topics, v.Themes, v.Cells} {
		out = append(out, list...)
	}
	return out
}

// agrees says where the figures that the attack works out for what was truly answered are not those of the plan: it would
// attack another thing than what leaves the office.
func (l *leaves) agrees(cells map[[2]int]*cell) error {
	if l.plan == nil {
		return nil
	}
	for key, c := range cells {
		view := &l.plan.Consolidation.All
		if key[0] > 0 {
			view = &l.plan.Consolidation.Groups[key[0]-1]
		}
		x := spreadsOf(view)[key[1]]
		share := l.table.share[key[1]]
		for f, published := range []models.Figure{x.Mean, x.Median, x.Q1, x.Q3} {
			if v, ok := published.Get(); ok && c.rounded(v) != c.target[f] {
				return fmt.Errorf("part %d, score %d, figure %d: published is %v, worked out %d with %d decimals", key[0], key[1], f, v, c.target[f], withholding.Decimals(x.N, share))
			}
		}
	}
	return nil
}
