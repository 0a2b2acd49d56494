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
	before, allowed, shown int // by the rules of before; as far as n alone goes; by the plan
	withheld               map[withholding.Reason]int
}

func (y *tally) add(n, minimum int, before bool, shown models.Spread, why withholding.Spread) (unsaid bool) {
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

// What the rules cost: of rounds of 25, 100 and 1,000 recipients, how many comparisons are shown. Each that is not has its
// reason. In larger rounds nine of ten are shown of those that n alone allows, where answers are not nearly all alike.
func TestComparisonsShown(t *testing.T) {
	minimum := new(models.Round).SmallestGroup()
	for id, least := range map[string]map[int]float64{
		"uk-dmm": {25: 1, 100: 0.9, 1000: 0.9},
		// Of a hundred invented recipients nearly all are at the bottom of the sections of the two highest levels.
		"csis-cdm3": {25: 1, 100: 0.6, 1000: 0.9},
	} {
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
			hidden := disclosure.Suppression(scoring.Partition(plan.Groups, members), len(members), minimum, func(i int) bool { return members[i].Return != nil })
			y := tally{withheld: map[withholding.Reason]int{}}
			for k := range tm.Topics {
				unsaid := y.add(d.Consolidation.All.Topics[k].N, minimum, true, d.Consolidation.All.Topics[k], d.All.Topics[k])
				for g := range d.Groups {
					x := d.Consolidation.Groups[g].Topics[k]
					unsaid = y.add(x.N, minimum, !hidden[g], x, d.Groups[g].Topics[k]) || unsaid
				}
				if unsaid {
					t.Errorf("%s, %d recipients, topic %s: a figure is withheld without a reason", id, n, tm.Topics[k].ID)
				}
			}
			var reasons []string
			for _, why := range slices.Sorted(maps.Keys(y.withheld)) {
				reasons = append(reasons, fmt.Sprint(why, " ", y.withheld[why]))
			}
			t.Logf("%s, %d recipients, %d returned, %d groups: %d shown before, %d now of the %d that n allows; withheld: %v; %d criteria left out", id, n, d.Consolidation.Returned, len(d.Groups), y.before, y.shown, y.allowed, reasons, len(d.LeftOut))
			if float64(y.shown) < least[n]*float64(y.allowed) {
				t.Errorf("%s, %d recipients: %d comparisons are shown, less than %v of the %d that n allows", id, n, y.shown, least[n], y.allowed)
			}
		}
	}
}
