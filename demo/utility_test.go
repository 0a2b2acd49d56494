package demo_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
	"github.com/rubric-project/rubric/templates"
)

// membersOf are the recipients of a plan, each with its first good return.
func membersOf(t *models.Template, p *demo.Plan) []models.Member {
	answers := map[string][]models.Answer{}
	for _, d := range p.Deliveries {
		if d.Why != "" || answers[d.Recipient.ID] != nil {
			continue
		}
		for _, cell := range d.Cells {
			c := t.Criterion(cell.Ref)
			a := models.Answer{Ref: cell.Ref}
			for _, step := range t.Scale(c) {
				if step.Label() == cell.Answer {
					a.Level.Value = models.At(step.Number)
				}
			}
			answers[d.Recipient.ID] = append(answers[d.Recipient.ID], a)
		}
	}
	var out []models.Member
	for _, rc := range p.Recipients {
		m := models.Member{Recipient: rc}
		if list := answers[rc.ID]; len(list) > 0 {
			m.Return = new(models.Return{}.With(list))
		}
		out = append(out, m)
	}
	return out
}

// tally counts comparisons: a topic's median or quartiles, of all or of a group.
type tally struct {
	before, allowed, differ, shown int                        // by the rules of before; as far as n alone goes, and n and alikeness; by the plan
	withheld                       map[withholding.Reason]int // of those that n allows; withholding.Few of the others
}

func (y *tally) add(n, minimum int, alike, before bool, shown models.Spread, why withholding.Spread) (unsaid bool) {
	for _, x := range []struct {
		least int
		known bool
		why   withholding.Reason
	}{{2 * minimum, shown.Median.Known(), why.Median}, {4 * minimum, shown.Q1.Known(), why.Quartiles}} {
		if before {
			y.before++
		}
		if n >= x.least {
			y.allowed++
			if !alike {
				y.differ++
			}
		}
		switch {
		case x.known:
			y.shown++
		case x.why != "":
			y.withheld[x.why]++
		case n > 0:
			unsaid = true
		}
	}
	return unsaid
}

// alike says that taking away two of the scores of some members can leave the rest within half a level of one another, or ten
// points of an achievement: no figure may be shown of them. It is worked out here by itself.
func alike(table *scoring.Table, m int, share bool, in func(i int) bool) bool {
	var list []float64
	for i, scores := range table.Scores {
		if scores != nil && in(i) {
			if x, ok := scores[m].Get(); ok {
				list = append(list, x)
			}
		}
	}
	gap := 0.5
	if share {
		gap = 0.1
	}
	slices.Sort(list)
	n := len(list)
	return n < 3 || min(list[n-1]-list[2], list[n-2]-list[1], list[n-3]-list[0]) < gap-1e-9
}

// What the rules cost: of rounds of 25, 100 and 1,000 recipients, how many comparisons are shown. Each that is not has its
// reason. Nine of ten are shown of those that n alone allows.
func TestComparisonsShown(t *testing.T) {
	minimum := new(models.Round).SmallestGroup()
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		for _, n := range []int{25, 100, 1000} {
			tm, err := templates.Builtin(id)
			if err != nil {
				t.Fatal(err)
			}
			plan, err := demo.New(tm, n, demo.Seed)
			if err != nil {
				t.Fatal(err)
			}
			members := membersOf(tm, plan)
			d, err := disclosure.New(disclosure.Input{Template: tm, Scoring: tm.Scoring, Groups: plan.Groups, Minimum: minimum, Members: members})
			if err != nil {
				t.Fatal(err)
			}
			counted := *tm
			counted.Criteria = slices.DeleteFunc(slices.Clone(tm.Criteria), func(c models.Criterion) bool { return d.LeftOutRefs()[c.Ref] })
			table, share := scoring.Tabulate(&counted, tm.Scoring, members), tm.Scoring.Info().Score.Share()
			hidden := disclosure.Suppression(scoring.Partition(plan.Groups, members), len(members), minimum, func(i int) bool { return members[i].Return != nil })
			y := tally{withheld: map[withholding.Reason]int{}}
			for k := range tm.Topics {
				x := d.Consolidation.All.Topics[k]
				unsaid := y.add(x.N, minimum, alike(table, 1+k, share, func(int) bool { return true }), true, x, d.All.Topics[k])
				for g := range d.Groups {
					view := &d.Consolidation.Groups[g]
					in := func(i int) bool { return disclosure.InGroup(&members[i].Recipient, view.Column, view.Value) }
					unsaid = y.add(view.Topics[k].N, minimum, alike(table, 1+k, share, in), !hidden[g], view.Topics[k], d.Groups[g].Topics[k]) || unsaid
				}
				if unsaid {
					t.Errorf("%s, %d recipients, topic %s: a figure is withheld without a reason", id, n, tm.Topics[k].ID)
				}
			}
			var reasons []string
			for _, why := range slices.Sorted(maps.Keys(y.withheld)) {
				reasons = append(reasons, fmt.Sprint(why, " ", y.withheld[why]))
			}
			t.Logf("%s, %d recipients, %d returned, %d groups: %d shown before, %d now of the %d that n allows, %d of which are not all alike; withheld: %v; %d criteria left out", id, n, d.Consolidation.Returned, len(d.Groups), y.before, y.shown, y.allowed, y.differ, reasons, len(d.LeftOut))
			if y.shown*10 < y.allowed*9 {
				t.Errorf("%s, %d recipients: %d comparisons are shown, less than nine of ten of the %d that n allows", id, n, y.shown, y.allowed)
			}
			for why, count := range y.withheld {
				if why != withholding.Few && count > y.allowed-y.shown {
					t.Errorf("%s, %d recipients: %d are withheld as %q, of %d that n allows and %d shown", id, n, count, why, y.allowed, y.shown)
				}
			}
		}
	}
}
