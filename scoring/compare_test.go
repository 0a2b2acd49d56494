package scoring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// side makes one round from answers by recipient id.
func side(t *testing.T, template *models.Template, byID ...string) scoring.Side {
	t.Helper()
	s := scoring.Side{Template: template}
	for i := 0; i < len(byID); i += 2 {
		s.Members = append(s.Members, models.Member{
			Recipient: models.Recipient{ID: byID[i]}, Return: new(models.Return{}.With(answers(t, byID[i+1]))),
		})
	}
	return s
}

func arrow(c models.ScoreChange) string {
	return fmt.Sprintf("%s→%s (%s) of %d", c.Earlier.Format(2), c.Later.Format(2), c.Change.Format(2), c.Criteria)
}

func TestCompare(t *testing.T) {
	earlier, later := levelsTemplate(methods.Mean), levelsTemplate(methods.Mean)
	later.Criteria[2].Subject = "reworded" // 1.3
	later.Criteria = append(later.Criteria, models.Criterion{Ref: "2.2", Topic: "T2", Theme: "x"})
	earlier.Criteria = append(earlier.Criteria, models.Criterion{Ref: "2.9", Topic: "T2", Theme: "x"})
	c := scoring.Compare(later.Scoring,
		side(t, earlier, "a", "1.1=1 1.2=2 1.3=5 2.1=3", "b", "1.1=4 2.1=4", "gone", "1.1=1"),
		side(t, later, "a", "1.1=2 1.2=4 1.3=1 2.1=3", "b", "1.1=4 1.2=1 2.1=2", "new", "1.1=1"), nil)

	if got := fmt.Sprint(c.Joined, c.Left, c.Added, c.Dropped, c.Altered); got != "[new] [gone] [2.2] [2.9] [1.3]" {
		t.Errorf("joined, left, added, dropped, altered: %s", got)
	}
	if len(c.Recipients) != 2 {
		t.Fatalf("%d recipients compared, want 2", len(c.Recipients))
	}
	a, b := c.Recipients[0], c.Recipients[1]
	for _, tt := range []struct{ what, got, want string }{
		{"a, topic 1", arrow(a.Topics[0]), "1.50→3.00 (1.50) of 2"}, // (1+2)/2, (2+4)/2; 1.3 was reworded
		{"a, topic 2", arrow(a.Topics[1]), "3.00→3.00 (0.00) of 1"},
		{"a, overall", arrow(a.Overall), "2.25→3.00 (0.75) of 3"},   // (1.5+3)/2, (3+3)/2
		{"b, topic 1", arrow(b.Topics[0]), "4.00→4.00 (0.00) of 1"}, // 1.2 was blank before: filling it is no change
		{"b, topic 2", arrow(b.Topics[1]), "4.00→2.00 (-2.00) of 1"},
		{"topic 1, spread", c.Topics[0].Mean.Format(2), "0.75"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.what, tt.got, tt.want)
		}
	}
	last := c.Criteria[2]
	if last.Ref != "2.1" || last.Recipients != 2 || last.Up != 0 || last.Same != 1 || last.Down != 1 || last.Change.Format(2) != "-1.00" {
		t.Errorf("criterion 2.1: %+v", last)
	}
}

func TestCompareFollowsTheCrosswalk(t *testing.T) {
	earlier, later := levelsTemplate(methods.Mean), levelsTemplate(methods.Mean)
	later.Criteria[2].Subject = "reworded" // 1.3, the same in substance
	later.Criteria[3].Ref = "3.1"          // was 2.1
	c := scoring.Compare(later.Scoring,
		side(t, earlier, "a", "1.3=1 2.1=3"), side(t, later, "a", "1.3=2 3.1=5"),
		walk("same 1.1 1.1", "same 1.2 1.2", "same 1.3 1.3", "renamed 2.1 3.1"))
	if len(c.Added)+len(c.Dropped)+len(c.Altered) != 0 {
		t.Errorf("added %v, dropped %v, altered %v", c.Added, c.Dropped, c.Altered)
	}
	if got := arrow(c.Recipients[0].Topics[1]); got != "3.00→5.00 (2.00) of 1" {
		t.Errorf("topic 2: %s", got)
	}
	if got := arrow(c.Recipients[0].Topics[0]); got != "1.00→2.00 (1.00) of 1" {
		t.Errorf("topic 1: %s", got)
	}
}

func TestCompareNeverTakesOneCriterionForAnother(t *testing.T) {
	earlier, later := levelsTemplate(methods.Mean), levelsTemplate(methods.Mean)
	later.Levels = append(later.Levels, models.Level{Number: 6}) // another scale
	same := walk("same 1.1 1.1", "same 1.2 1.2", "same 1.3 1.3", "same 2.1 2.1")
	for _, x := range []*crosswalk.Crosswalk{nil, same} {
		c := scoring.Compare(later.Scoring, side(t, earlier, "a", "1.1=5"), side(t, later, "a", "1.1=5"), x)
		if len(c.Criteria) != 0 || len(c.Altered) != 4 {
			t.Errorf("compared across scales: %+v", c)
		}
	}
	// 1.1 became 1.2, and what was 1.2 is gone: its answers are nobody's.
	later = levelsTemplate(methods.Mean)
	later.Criteria = later.Criteria[1:]
	c := scoring.Compare(later.Scoring, side(t, earlier, "a", "1.1=1 1.2=5"), side(t, later, "a", "1.2=2"),
		walk("renamed 1.1 1.2", "retired 1.2 -", "same 1.3 1.3", "same 2.1 2.1"))
	if got := c.Criteria[0]; got.Ref != "1.2" || got.EarlierRef != "1.1" || got.Change.Format(0) != "1" || got.Kind != string(crosswalk.Renamed) {
		t.Errorf("renumbered: %+v", got)
	}
	// What nobody has confirmed is not compared.
	open := walk("same 1.1 1.1", "same 1.2 1.2", "same 1.3 1.3", "same 2.1 2.1")
	open.Entries[0].Check = true
	c = scoring.Compare(earlier.Scoring, side(t, earlier, "a", "1.1=1"), side(t, earlier, "a", "1.1=2"), open)
	if fmt.Sprint(c.Altered, len(c.Criteria)) != "[1.1] 3" {
		t.Errorf("unconfirmed: altered %v, compared %d", c.Altered, len(c.Criteria))
	}
}

// Of criteria that were merged the common answer counts; the parts of a split stand for their shares.
func TestCompareMergedAndSplit(t *testing.T) {
	earlier, later := levelsTemplate(methods.Mean), levelsTemplate(methods.Mean)
	later.Criteria = later.Criteria[1:] // 1.2 1.3 2.1
	merged := walk("merged 1.1+1.2 1.2", "same 1.3 1.3", "same 2.1 2.1")
	c := scoring.Compare(later.Scoring, side(t, earlier, "agree", "1.1=2 1.2=2", "differ", "1.1=1 1.2=5", "half", "1.1=1"),
		side(t, later, "agree", "1.2=3", "differ", "1.2=3", "half", "1.2=3"), merged)
	if got := c.Criteria[0]; got.EarlierRef != "1.1, 1.2" || got.Recipients != 1 || got.Change.Format(0) != "1" || len(c.Dropped) != 0 {
		t.Errorf("merged: %+v, dropped %v", got, c.Dropped)
	}
	// 1.1 is split into 1.1 (three quarters) and 1.2 (one quarter); 1.3 is new.
	later = levelsTemplate(methods.Mean)
	split := walk("split 1.1 1.1+1.2", "retired 1.2 -", "retired 1.3 -", "new - 1.3", "same 2.1 2.1")
	split.Entries[0].Weights = []float64{0.75, 0.25}
	before, after := side(t, earlier, "a", "1.1=2 1.2=5"), side(t, later, "a", "1.1=4 1.2=1 1.3=5")
	c = scoring.Compare(later.Scoring, before, after, split)
	if got := arrow(c.Recipients[0].Topics[0]); got != "2.00→3.25 (1.25) of 2" { // 0.75·4 + 0.25·1 = 3.25
		t.Errorf("split: %s", got)
	}
	if fmt.Sprint(c.Added, c.Dropped) != "[1.3] [1.2 1.3]" {
		t.Errorf("split: added %v, dropped %v", c.Added, c.Dropped)
	}
	split.Entries[0].Weights = nil
	c = scoring.Compare(later.Scoring, before, after, split)
	if fmt.Sprint(c.Altered) != "[1.1 1.2]" || c.Recipients[0].Topics[0].Criteria != 0 {
		t.Errorf("split without weights: altered %v", c.Altered)
	}
}

// A scale from 0 to 4 that became one from 1 to 5.
func TestCompareAcrossScales(t *testing.T) {
	earlier, later := levelsTemplate(methods.Mean), levelsTemplate(methods.Mean)
	for i := range earlier.Levels {
		earlier.Levels = slices.Clone(earlier.Levels)
		earlier.Levels[i].Number--
	}
	x := walk("same 1.1 1.1", "same 1.2 1.2", "same 1.3 1.3", "same 2.1 2.1")
	for i := range 5 {
		x.Levels = append(x.Levels, crosswalk.Level{From: i, To: i + 1})
	}
	then, now := side(t, earlier, "a", "1.1=0 1.2=3 2.1=n/a"), side(t, later, "a", "1.1=1 1.2=5 2.1=2")
	c := scoring.Compare(later.Scoring, then, now, x)
	if got := arrow(c.Recipients[0].Topics[0]); got != "2.50→3.00 (0.50) of 2" { // (1+4)/2, (1+5)/2
		t.Errorf("got %s", got)
	}
	x.Levels[2].Check = true
	if c := scoring.Compare(later.Scoring, then, now, x); len(c.Criteria) != 0 || len(c.Altered) != 4 {
		t.Errorf("compared by levels that nobody confirmed: %+v", c)
	}
}

// A recipient that has another id now is compared with what it was.
func TestCompareFollowsPreviousID(t *testing.T) {
	template := levelsTemplate(methods.Mean)
	then, now := side(t, template, "old", "1.1=1", "b", "1.1=5"), side(t, template, "a", "1.1=2", "b", "1.1=5")
	now.Members[0].Recipient.PreviousID = "old"
	c := scoring.Compare(template.Scoring, then, now, nil)
	if len(c.Joined)+len(c.Left) != 0 || c.Recipients[0].Recipient != "a" || arrow(c.Recipients[0].Topics[0]) != "1.00→2.00 (1.00) of 1" {
		t.Errorf("got %+v", c)
	}
}

// walk makes a crosswalk from lines such as "merged 1.1+1.2 1.2"; - stands for none.
func walk(lines ...string) *crosswalk.Crosswalk {
	x := &crosswalk.Crosswalk{}
	refs := func(s string) []string {
		if s == "-" {
			return nil
		}
		return strings.Split(s, "+")
	}
	for _, l := range lines {
		f := strings.Fields(l)
		x.Entries = append(x.Entries, crosswalk.Entry{Kind: crosswalk.Kind(f[0]), From: refs(f[1]), To: refs(f[2])})
	}
	return x
}

func TestCompareLevelsAttained(t *testing.T) {
	template := ladderTemplate()
	c := scoring.Compare(template.Scoring,
		side(t, template, "a", "a11=F p11=F a21=P a22=F"), side(t, template, "a", "a11=F p11=F a21=L a22=F"), nil)
	if got := arrow(c.Recipients[0].Overall); got != "2.00→2.00 (0.00) of 4" { // (1/3+1)/2 = 2/3: L both times
		t.Errorf("level: %s", got)
	}
	if got := arrow(c.Recipients[0].Topics[1]); got != "0.67→0.83 (0.17) of 2" {
		t.Errorf("topic L2: %s", got)
	}
}

func TestSuits(t *testing.T) {
	levels, ladder, mixed := levelsTemplate(methods.Mean), ladderTemplate(), levelsTemplate(methods.Mean)
	mixed.Criteria[0].Kind = models.KindStatement
	for _, s := range allScorings {
		staged := s.Method == methods.Staged || s.Method == methods.Cumulative
		if got := scoring.Suits(levels, s); (got != nil) != staged {
			t.Errorf("%v on levels: %v", s, got)
		}
		if got := scoring.Suits(ladder, s); got != nil {
			t.Errorf("%v on a staged template: %v", s, got)
		}
		if got := scoring.Suits(mixed, s); (got != nil) != (s.Method != methods.Profile) {
			t.Errorf("%v on mixed kinds: %v", s, got)
		}
	}
	if scoring.Suits(levels, models.Scoring{Method: "median"}) == nil {
		t.Error("an unknown method suits")
	}
	if card := scoring.Score(levels, models.Scoring{Method: methods.Staged}, nil); card.Staged != nil || card.Overall.Score != (models.Range{}) {
		t.Errorf("a level attained without any section that counts for one: %+v", card)
	}
}
