package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// Expected quartiles from the definition of type 7 (Hyndman and Fan 1996): h = (n−1)p + 1.
func TestSpreadOf(t *testing.T) {
	tests := []struct {
		values []float64
		want   string
	}{
		{nil, "0: – – – – – –"},
		{[]float64{7}, "1: 7.000 7.000 7.000 7.000 7.000 7.000"},
		{[]float64{2, 1}, "2: 1.000 1.250 1.500 1.750 2.000 1.500"},                         // h of Q1 = 1.25
		{[]float64{4, 1, 3, 2}, "4: 1.000 1.750 2.500 3.250 4.000 2.500"},                   // h of Q1 = 1.75
		{[]float64{1, 2, 4, 8, 16}, "5: 1.000 2.000 4.000 8.000 16.000 6.200"},              // h of Q1 = 2
		{[]float64{10, 20, 30, 40, 50, 80}, "6: 10.000 22.500 35.000 47.500 80.000 38.333"}, // h of Q1 = 2.25
	}
	for _, tt := range tests {
		s := scoring.SpreadOf(tt.values)
		got := fmt.Sprintf("%d:", s.N)
		for _, f := range []models.Figure{s.Min, s.Q1, s.Median, s.Q3, s.Max, s.Mean} {
			got += " " + f.Format(3)
		}
		if got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.values, got, tt.want)
		}
	}
}

func TestConsolidateCounts(t *testing.T) {
	columns, members := membersBy("NNNSSS.", "aabbaab")
	levels := []string{
		"1.1=1 1.2=1 1.3=1 2.1=2",
		"1.1=2 1.2=2 1.3=2 2.1=2",
		"1.1=3 1.2=3 1.3=n/a 2.1=2",
		"1.1=4 1.2=4 1.3=4 2.1=",
		"1.1=5 1.2=5 1.3=5",
		"", // outstanding
		"1.1=1 1.2=5 1.3=3 2.1=1",
	}
	for i, text := range levels {
		if text == "" {
			continue
		}
		list := answers(t, text)
		list[0].Target.Value = models.At(3) // for 1.1: reached by 3, 4 and 5
		members[i].Return = new(models.Return{}.With(list))
	}
	template := levelsTemplate(methods.Mean)
	c := scoring.Consolidate(template, template.Scoring, columns, members)

	if c.Recipients != 7 || c.Returned != 6 || c.All.Recipients != 7 || c.All.Returned != 6 {
		t.Errorf("counts: %d recipients, %d returned", c.Recipients, c.Returned)
	}
	var groups []string
	for _, g := range c.Groups {
		groups = append(groups, fmt.Sprintf("%s=%s %d/%d %s", g.Column, g.Value, g.Returned, g.Recipients, g.Topics[0].Mean.Format(2)))
	}
	want := "column 1=N 3/3 2.00, column 1=S 2/3 4.50, column 1=(none) 1/1 3.00, " + // (1+2+3)/3, (4+5)/2, (1+5+3)/3
		"column 2=a 3/4 2.67, column 2=b 3/3 3.33" // (1+2+5)/3, (3+4+3)/3
	if got := strings.Join(groups, ", "); got != want {
		t.Errorf("groups:\ngot  %s\nwant %s", got, want)
	}

	first, last := c.Criteria[0], c.Criteria[3]
	if first.Ref != "1.1" || first.Tally.Criteria != 6 || first.WithTarget != 6 || first.AtTarget != 3 || first.Spread.Mean.Format(3) != "2.667" { // 16/6
		t.Errorf("criterion 1.1: %+v", first)
	}
	if last.Answered != 4 || last.Blank != 2 || fmt.Sprint(last.Distribution) != "[{1 1} {2 3} {3 0} {4 0} {5 0}]" {
		t.Errorf("criterion 2.1: %+v", last)
	}
	if c.Criteria[2].NotApplicable != 1 {
		t.Errorf("criterion 1.3: %+v", c.Criteria[2])
	}
}

func TestConsolidateCountsLevelsAttained(t *testing.T) {
	columns, members := membersBy("AAAABBBB")
	for i, text := range []string{
		"a11=F p11=F a21=F a22=F p21=F p22=F a31=F p31=F", // 3
		"a11=F p11=F a21=F a22=F p21=N p22=N a31=N p31=N", // 2
		"a11=N p11=N a21=N a22=N p21=N p22=N a31=N p31=N", // 1
		"", // a return without an answer stands nowhere
	} {
		members[i].Return = new(models.Return{}.With(answers(t, text)))
	}
	template := ladderTemplate()
	c := scoring.Consolidate(template, template.Scoring, columns, members)
	if got := fmt.Sprint(c.All.Attained); got != "[{1 1} {2 1} {3 1}]" {
		t.Errorf("attained: got %s", got)
	}
	if c.All.Overall.N != 3 || c.All.Overall.Median.Format(0) != "2" {
		t.Errorf("overall: got %+v", c.All.Overall)
	}
	for _, g := range c.Groups {
		if g.Value == "B" && (g.Returned != 0 || g.Overall.N != 0) {
			t.Errorf("a group without a return: %+v", g)
		}
	}
}

// The consolidation is the office's own: a group of one has its figures.
func TestEveryGroupHasItsFigures(t *testing.T) {
	columns, members := membersBy("AAB")
	for i := range members {
		members[i].Return = new(models.Return{}.With(answers(t, "1.1=3")))
	}
	template := levelsTemplate(methods.Mean)
	c := scoring.Consolidate(template, template.Scoring, columns, members)
	if b := c.Groups[1]; b.Value != "B" || b.Overall.Median.Format(0) != "3" || b.Criteria[0].Answered != 1 {
		t.Errorf("the group of one: %+v", b)
	}
}
