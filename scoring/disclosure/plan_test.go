package disclosure_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/scoring/disclosure"
)

// worldOf has one column; a line for each group: its name, then the members' levels of criterion 1. The other criteria go
// round the levels.
func worldOf(lines ...string) *world {
	w := &world{columns: []string{"region"}, template: templateOf(methods.Mean, false)}
	for _, line := range lines {
		for i, level := range line[1:] {
			w.groups = append(w.groups, map[string]string{"region": line[:1]})
			w.levels = append(w.levels, []int{int(level - '0'), 1 + i%5, 1 + (i+2)%5, 1 + (3*i)%5})
		}
	}
	return w
}

func TestHowManyAFigureNeeds(t *testing.T) {
	const few = withholding.Few
	for levels, want := range map[string]withholding.Spread{ // of all; the minimum is 5
		"123451":               {Median: few, Quartiles: few},
		"123451234":            {Median: few, Quartiles: few},
		"1234512345":           {Quartiles: few},
		"1234512345123451234":  {Quartiles: few},
		"12345123451234512345": {},
	} {
		w := worldOf("N" + levels)
		d := planOf(t, w, w.members(), 5)
		if got := d.All.Topics[1]; got != want {
			t.Errorf("%d returns: withheld are %+v, want %+v", len(levels), got, want)
		}
		x := d.Consolidation.All.Topics[1]
		if x.Mean.Known() != (want.Mean == "") || x.Median.Known() != (want.Median == "") || x.Q1.Known() != (want.Quartiles == "") || x.Min.Known() {
			t.Errorf("%d returns: what is there is not what is said to be: %+v", len(levels), x)
		}
	}
	five := worldOf("N12345")
	if d := planOf(t, five, five.members(), 5); len(d.LeftOut) != 4 || d.LeftOut[0].Reason != few || d.Consolidation.All.Topics[1].Mean.Known() {
		t.Errorf("of five returns something is shown: %+v", d)
	}
}

// A round of 25 with a county of five: with n of five the quartiles are the second, third and fourth score, so nothing of the
// county is shown to its members, nor what could be subtracted from all.
func TestCountyOfFive(t *testing.T) {
	w := worldOf("N12345", "S12345123451234512345")
	d := planOf(t, w, w.members(), 5)
	for g := range d.Groups {
		county := &d.Consolidation.Groups[g]
		for k, x := range county.Topics {
			if county.Value == "N" && (x.Mean.Known() || x.Median.Known() || x.Q1.Known() || x.Q3.Known() || x.Min.Known()) {
				t.Errorf("topic %d of the county: %+v", k, x)
			}
			if x.Mean.Known() {
				t.Errorf("topic %d of %s: the mean %v stands beside that of all", k, county.Value, x.Mean)
			}
		}
		for k, c := range d.Groups[g].Criteria {
			if c.Counts == "" && d.Groups[g].Group == "" && county.Value == "S" && d.Consolidation.All.Topics[k/2].N > 0 && !d.LeftOutRefs()[w.template.Criteria[k].Ref] {
				t.Errorf("criterion %d: the counts of S, taken from those of all, are the county's five answers", k)
			}
		}
	}
	if !d.Consolidation.All.Topics[1].Q1.Known() {
		t.Error("of all 25 nothing is shown")
	}
}

// Quartiles of all and of a group bound the scores of those left over from both sides: with six left the group has none, with
// ten it has. Its median stays.
func TestQuartilesThatLeaveAFewOver(t *testing.T) {
	for left, want := range map[string]withholding.Reason{"123451": withholding.Derived, "1234512345": ""} {
		w := worldOf("N123451234512345123451234512", "S"+left)
		d := planOf(t, w, w.members(), 5)
		for g := range d.Groups {
			if d.Consolidation.Groups[g].Value != "N" {
				continue
			}
			for k, why := range d.Groups[g].Topics {
				if x := d.Consolidation.Groups[g].Topics[k]; why.Quartiles != want || x.Q1.Known() != (want == "") || !x.Median.Known() {
					t.Errorf("%d left, topic %d: withheld is %+v, shown %+v", len(left), k, why, x)
				}
			}
		}
	}
}

// A group of twenty shows everything that groups have: medians and quartiles. Counts by group leave nowhere.
func TestTwentyShowEverything(t *testing.T) {
	w := worldOf("N12345123451234512345", "S12345123451234512345")
	d := planOf(t, w, w.members(), 5)
	if len(d.LeftOut) > 0 {
		t.Errorf("left out: %v", d.LeftOut)
	}
	for _, g := range d.Groups {
		for _, why := range g.Topics {
			if why.Median != "" || why.Quartiles != "" {
				t.Errorf("withheld: %+v", why)
			}
		}
	}
	for k := range d.All.Criteria {
		if d.All.Criteria[k].Counts != "" || d.Consolidation.Criteria[k].Answered != 40 {
			t.Errorf("criterion %d over all: %+v", k, d.Consolidation.Criteria[k])
		}
		for g := range d.Groups {
			if x := d.Consolidation.Groups[g].Criteria[k]; d.Groups[g].Criteria[k].Counts == "" || x.Answered > 0 || x.Distribution != nil {
				t.Errorf("criterion %d by group: %+v", k, x)
			}
		}
	}
}

// Ten returned. All but two chose level 3, so that the two know all the others; in the second case three did not.
func TestAllAlike(t *testing.T) {
	for levels, want := range map[string]withholding.Reason{"3333333312": withholding.Alike, "3333333124": ""} {
		w := worldOf("N"+levels[:5], "S"+levels[5:])
		d := planOf(t, w, w.members(), 5)
		got := withholding.Reason("")
		if len(d.LeftOut) > 0 && d.LeftOut[0].Ref == "1" {
			got = d.LeftOut[0].Reason
		}
		if got != want {
			t.Errorf("%s: left out because %q, want %q", levels, got, want)
		}
	}
}

func TestWithheldByTheOffice(t *testing.T) {
	w := worldOf("N123451234512")
	d, err := disclosure.New(disclosure.Input{Template: w.template, Scoring: w.template.Scoring, Groups: w.columns, Minimum: 5, Members: w.members(), Withheld: []string{"2"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.LeftOut) != 1 || d.LeftOut[0] != (withholding.LeftOut{Ref: "2", Reason: withholding.Chosen}) {
		t.Errorf("left out: %v", d.LeftOut)
	}
	// What is left of topic A is criterion 1: 1 2 3 4 5 1 2 3 4 5 1 2 has the median 2.5. With 2 in it, it would be another.
	if got := d.Consolidation.All.Topics[0].Median.Format(1); got != "2.5" {
		t.Errorf("the topic's median is %s: the criterion that is withheld is in it", got)
	}
	for _, c := range d.Consolidation.Criteria {
		if c.Ref == "2" {
			t.Error("the criterion that is withheld is there")
		}
	}
}

func TestMinimumTooSmall(t *testing.T) {
	w := worldOf("N123451234512")
	if _, err := disclosure.New(disclosure.Input{Template: w.template, Scoring: w.template.Scoring, Minimum: disclosure.LeastMinimum - 1, Members: w.members()}); err == nil {
		t.Error("a minimum with which two leave one other is taken")
	}
}

// Five more returns, of which all but two have level 3 for criterion 1: the two know the others from both editions.
func TestWhatTwoEditionsTell(t *testing.T) {
	before := worldOf("N123451234512")
	for levels, want := range map[string]bool{"33312": true, "33124": false} {
		now := worldOf("N123451234512" + levels)
		d := planOf(t, now, now.members(), 5, before.members())
		if got := d.LeftOutRefs()["1"]; got != want {
			t.Errorf("%s came: criterion 1 left out: %v, want %v", levels, got, want)
		}
	}
}

// Of three editions any two may be seen side by side; the three together tell more of those whose return counted only in the
// second. The returns are given by the editions that they counted in.
func TestWhatThreeEditionsTell(t *testing.T) {
	alone := map[string]string{"12": "123451234512", "23": "123451234512"} // second − first − third are those of the second only
	among := map[string]string{"123": "2345234523452345", "1": "23452", "12": "23452345", "23": "23452345", "3": "23452"}
	for _, tt := range []struct {
		rest   map[string]string
		second string // only
		third  string // only, besides
		want   bool
	}{
		{alone, "1234", "", true}, // fewer than the minimum
		{alone, "12345", "", false},
		{alone, "11123", "", true}, // nearly all alike
		{among, "123", "", true},   // nobody else can have chosen 1: two know the other two
		{among, "12345", "", false},
		{among, "123", "1111", false}, // 1 can be those of the third edition
	} {
		all := worldOf()
		var counted []string
		add := func(editions, levels string) {
			w := worldOf("N" + levels)
			all.groups, all.levels = append(all.groups, w.groups...), append(all.levels, w.levels...)
			for range levels {
				counted = append(counted, editions)
			}
		}
		for _, editions := range []string{"123", "1", "12", "23", "3"} {
			add(editions, tt.rest[editions])
		}
		add("2", tt.second)
		add("3", tt.third)
		var sets [][]models.Member
		for _, edition := range []string{"1", "2", "3"} {
			now := *all
			now.levels = slices.Clone(all.levels)
			for i := range now.levels {
				if !strings.Contains(counted[i], edition) {
					now.levels[i] = nil
				}
			}
			members := now.members()
			d := planOf(t, &now, members, 5, sets...)
			sets = append(sets, members)
			if got := d.LeftOutRefs()["1"]; got != (tt.want && edition == "3") {
				t.Errorf("only in the second %s, in the third %s as well: criterion 1 left out of edition %s: %v", tt.second, tt.third, edition, got)
			}
		}
	}
}
