package scoring_test

import (
	"fmt"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// side makes one round from answers by recipient id.
func side(t *testing.T, template *models.Template, byID ...string) scoring.Side {
	t.Helper()
	s := scoring.Side{Template: template}
	for i := 0; i < len(byID); i += 2 {
		s.Members = append(s.Members, models.Member{
			Recipient: models.Recipient{ID: byID[i]}, Return: &models.Return{Answers: answers(t, byID[i+1])},
		})
	}
	return s
}

func arrow(c models.ScoreChange) string {
	return fmt.Sprintf("%s→%s (%s) of %d", c.Earlier.Format(2), c.Later.Format(2), c.Change.Format(2), c.Criteria)
}

func TestCompare(t *testing.T) {
	earlier, later := levelsTemplate(models.MethodMean), levelsTemplate(models.MethodMean)
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
	earlier, later := levelsTemplate(models.MethodMean), levelsTemplate(models.MethodMean)
	later.Criteria[2].Subject = "reworded" // 1.3, the same in substance
	later.Criteria[3].Ref = "3.1"          // was 2.1
	c := scoring.Compare(later.Scoring,
		side(t, earlier, "a", "1.3=1 2.1=3"), side(t, later, "a", "1.3=2 3.1=5"),
		map[string]string{"1.3": "1.3", "2.1": "3.1"})
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
	earlier, later := levelsTemplate(models.MethodMean), levelsTemplate(models.MethodMean)
	later.Levels = append(later.Levels, models.Level{Number: 6}) // another scale
	c := scoring.Compare(later.Scoring, side(t, earlier, "a", "1.1=5"), side(t, later, "a", "1.1=5"), map[string]string{"1.1": "1.1"})
	if len(c.Criteria) != 0 || len(c.Altered) != 4 {
		t.Errorf("compared across scales: %+v", c)
	}
	// 1.1 became 1.2, and what was 1.2 is gone: its answers are nobody's.
	later = levelsTemplate(models.MethodMean)
	later.Criteria = later.Criteria[1:]
	c = scoring.Compare(later.Scoring, side(t, earlier, "a", "1.1=1 1.2=5"), side(t, later, "a", "1.2=2"), map[string]string{"1.1": "1.2"})
	if got := c.Criteria[0]; got.Ref != "1.2" || got.EarlierRef != "1.1" || got.Change.Format(0) != "1" {
		t.Errorf("renumbered: %+v", got)
	}
	// 1.1 and 1.2 were merged into 1.2.
	c = scoring.Compare(later.Scoring, side(t, earlier, "a", "1.1=1 1.2=5"), side(t, later, "a", "1.2=2"), map[string]string{"1.1": "1.2", "1.2": "1.2"})
	if fmt.Sprint(c.Altered) != "[1.2]" {
		t.Errorf("merged: altered %v", c.Altered)
	}
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

func TestSensitivity(t *testing.T) {
	var got []string
	for _, s := range scoring.Sensitivity(levelsTemplate(models.MethodProfile), answers(t, "1.1=2 1.2=4 1.3=n/a")) {
		got = append(got, fmt.Sprintf("%s%s %s %s", s.Scoring.Method, s.Scoring.Mean, show(s.Overall.Score), show(s.Overall.NotApplicable)))
	}
	want := []string{
		// topics: T1 (2+4)/2, T2 blank: 1 to 5. With 1.3 rated 1 or 5, T1 is 7/3 to 11/3.
		"meanaverage-of-averages 3.000[2.000,4.000] 3.000[2.333,3.667]",
		// (2+4+1)/3, (2+4+5)/3; with 1.3: (2+4+1)/3, (2+4+5)/3
		"meanall-criteria 3.000[2.333,3.667] 3.000[2.333,3.667]",
		"weakest 2.000[1.000,2.000] 2.000[1.000,2.000]",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSuits(t *testing.T) {
	levels, ladder, mixed := levelsTemplate(models.MethodMean), ladderTemplate(), levelsTemplate(models.MethodMean)
	mixed.Criteria[0].Kind = models.KindStatement
	for _, s := range allScorings {
		staged := s.Method == models.MethodStaged || s.Method == models.MethodCumulative
		if got := scoring.Suits(levels, s); (got != nil) != staged {
			t.Errorf("%v on levels: %v", s, got)
		}
		if got := scoring.Suits(ladder, s); got != nil {
			t.Errorf("%v on a staged template: %v", s, got)
		}
		if got := scoring.Suits(mixed, s); (got != nil) != (s.Method != models.MethodProfile) {
			t.Errorf("%v on mixed kinds: %v", s, got)
		}
	}
	if scoring.Suits(levels, models.Scoring{Method: "median"}) == nil {
		t.Error("an unknown method suits")
	}
	if card := scoring.Score(levels, models.Scoring{Method: models.MethodStaged}, nil); card.Staged != nil || card.Overall.Score != (models.Range{}) {
		t.Errorf("a level attained without any section that counts for one: %+v", card)
	}
}
