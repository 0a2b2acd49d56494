package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// standing writes a staged result as level[low,high] and what keeps the next level away.
func standing(st *models.Staged) string {
	s := fmt.Sprintf("%d[%d,%d]", st.Level, st.Low, st.High)
	if !st.HasNext {
		return s
	}
	var list []string
	for _, b := range st.Blockers {
		where := b.Topic + "-" + b.Theme
		if b.Ref != "" {
			where = b.Ref
		}
		list = append(list, fmt.Sprintf("%s %s<%s by %s", where, b.Has, b.Needs, b.Short.Format(4)))
	}
	return fmt.Sprintf("%s →%d: %s", s, st.Next, strings.Join(list, "; "))
}

// See ladderTemplate for the sections. Level 2 takes L1-A (F), L2-A and L1-CP (L); level 3 takes L1-A, L2-A
// and L1-CP (F), L3-A and L2-CP (L).
func TestStaged(t *testing.T) {
	tests := []struct{ name, answers, want string }{
		{"all fully in place", "a11=F p11=F a21=F a22=F p21=F p22=F a31=F p31=F", "3[3,3]"},
		{"level 2 largely, level 1 fully", "a11=F p11=L a21=L a22=L p21=N p22=N a31=N p31=N",
			// 0.85 − 2/3 = 0.1833; p21, p22: 0.5 − 0
			"2[2,2] →3: L1-CP L<F by 0.1833; L2-A L<F by 0.1833; L2-CP N<L by 0.5000; L3-A N<L by 0.5000"},
		{"level 1 only largely", "a11=L p11=F a21=F a22=F p21=F p22=F a31=F p31=F", "1[1,1] →2: L1-A L<F by 0.1833"},
		{"progression of level 1 partly", "a11=F p11=P a21=F a22=F p21=F p22=F a31=F p31=F", "1[1,1] →2: L1-CP P<L by 0.1667"}, // 0.5 − 1/3
		{"the criteria for sustaining the highest level gate nothing", "a11=F p11=F a21=F a22=F p21=F p22=F a31=L p31=N", "3[3,3]"},
		{"exactly half is partly", "a11=F p11=F a21=F a22=N p21=F p22=F a31=F p31=F", "1[1,1] →2: L2-A P<L by 0.0000"},
		{"a blank moves the range", "a11=F p11=F a21=F a22= p21=F p22=F a31=F p31=F", "3[1,3]"}, // low: L2-A ½, P
		{"a section without an answer is not attained", "a11=F a21=F a22=F p21=F p22=F a31=F p31=F", "1[1,3] →2: L1-CP <L by –"},
		{"a section that does not apply gates nothing", "a11=F p11=n/a a21=F a22=F p21=F p22=F a31=F p31=F", "3[3,3]"},
		{"a level that does not apply is stepped over", "a11=F p11=n/a a21=n/a a22=n/a p21=F p22=F a31=F p31=F", "3[3,3]"},
		{"and is not attained for itself", "a11=F p11=n/a a21=n/a a22=n/a p21=N p22=N a31=F p31=F", "1[1,1] →3: L2-CP N<L by 0.5000"},
		{"not applicable alone raises nobody", "a11=n/a p11=n/a a21=n/a a22=n/a p21=n/a p22=n/a a31=n/a p31=n/a", "1[1,1]"},
		{"nothing answered", "", "1[1,3] →2: L1-A <F by –; L1-CP <L by –; L2-A <L by –"},
	}
	template := ladderTemplate()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			card := scoring.Score(template, template.Scoring, answers(t, tt.answers))
			if got := standing(card.Staged); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// The bounds are those of ISO/IEC 33020: N 0 to 15 %, P above 15 to 50 %, L above 50 to 85 %, F above 85 %.
// Weights bring a section to any achievement: with weight w fully and 100−w not in place it is w %.
func TestRatingAtItsBounds(t *testing.T) {
	for _, tt := range []struct {
		percent float64
		want    string
	}{
		{0.1, "N"}, {15, "N"}, {15.001, "P"}, {50, "P"}, {50.001, "L"}, {85, "L"}, {85.001, "F"}, {99.9, "F"},
	} {
		template := ladderTemplate()
		template.Criterion("a21").Weight = tt.percent
		template.Criterion("a22").Weight = 100 - tt.percent
		card := scoring.Score(template, template.Scoring, answers(t, "a21=F a22=N"))
		for _, s := range card.Staged.Sections {
			if s.Topic == "L2" && s.Theme == "A" && s.Rating != tt.want {
				t.Errorf("%v %%: rated %s, want %s", tt.percent, s.Rating, tt.want)
			}
		}
		for _, c := range card.Cells {
			if c.Topic == "L2" && c.Theme == "A" && c.Rating != tt.want {
				t.Errorf("%v %%: the cell is rated %s, want %s", tt.percent, c.Rating, tt.want)
			}
		}
	}
}

func TestSectionsAreInOrderOfTheLevelTheyCountFor(t *testing.T) {
	template := ladderTemplate()
	card := scoring.Score(template, template.Scoring, nil)
	var got []string
	for _, s := range card.Staged.Sections {
		got = append(got, fmt.Sprintf("%d:%s-%s:%v", s.CountsFor, s.Topic, s.Theme, s.Gates))
	}
	want := "1:L1-A:true 2:L1-CP:true 2:L2-A:true 3:L2-CP:true 3:L3-A:true 3:L3-CP:false"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// C2M2: a level is attained when all practices of it and of those below are largely or fully implemented.
func TestCumulative(t *testing.T) {
	tests := []struct{ name, answers, want string }{
		{"all largely in place", "a11=L p11=L a21=L a22=L p21=L p22=L a31=L p31=N", "3[3,3]"},
		{"one statement partly", "a11=F p11=F a21=F a22=P p21=F p22=F a31=F p31=F", "1[1,1] →2: a22 P<L by 0.1667"},
		{"progression of level 2 counts for level 3", "a11=F p11=F a21=F a22=F p21=F p22=N a31=F p31=F", "2[2,2] →3: p22 N<L by 0.5000"},
		{"a blank is not in place, and moves the range", "a11=F p11=F a21=F a22= p21=F p22=F a31=F p31=F", "1[1,3] →2: a22 <L by –"},
		{"not applicable leaves", "a11=F p11=F a21=F a22=n/a p21=F p22=F a31=F p31=F", "3[3,3]"},
		{"the lowest level is where everyone starts", "a11=N p11=F a21=F a22=F p21=F p22=F a31=F p31=F", "1[1,1] →2: a11 N<L by 0.5000"},
	}
	template := ladderTemplate()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			card := scoring.Score(template, models.Scoring{Method: methods.Cumulative}, answers(t, tt.answers))
			if got := standing(card.Staged); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
