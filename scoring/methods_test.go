package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// The expected figures are worked out by hand from the definitions in DESIGN.md; the sum stands beside each.
func TestMethodsOverLevels(t *testing.T) {
	tests := []struct {
		name            string
		scoring         models.Scoring
		answers         string
		t1, t2, overall string
	}{
		{"profile", models.Scoring{Method: methods.Profile}, "1.1=2 1.2=4 1.3=3 2.1=5",
			"3.000[3.000,3.000]", // (2+4+3)/3
			"5.000[5.000,5.000]", "–[–,–]"},
		{"mean of the topics", models.Scoring{Method: methods.Mean}, "1.1=2 1.2=4 1.3=3 2.1=5",
			"3.000[3.000,3.000]", "5.000[5.000,5.000]", "4.000[4.000,4.000]"}, // (3+5)/2
		{"mean of all criteria", models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria}, "1.1=2 1.2=4 1.3=3 2.1=5",
			"3.000[3.000,3.000]", "5.000[5.000,5.000]", "3.500[3.500,3.500]"}, // (2+4+3+5)/4
		{"weakest", models.Scoring{Method: methods.Weakest}, "1.1=2 1.2=4 1.3=3 2.1=5",
			"2.000[2.000,2.000]", "5.000[5.000,5.000]", "2.000[2.000,2.000]"},
		{"a blank moves only the range", models.Scoring{Method: methods.Mean}, "1.1=2 1.2=4 1.3= 2.1=5",
			"3.000[2.333,3.667]",                        // (2+4)/2; (2+4+1)/3; (2+4+5)/3
			"5.000[5.000,5.000]", "4.000[3.667,4.333]"}, // (7/3+5)/2; (11/3+5)/2
		{"a topic without an answer is left out", models.Scoring{Method: methods.Mean}, "1.1=2 1.2=4 1.3=3",
			"3.000[3.000,3.000]", "–[1.000,5.000]", "3.000[2.000,4.000]"}, // (3+1)/2; (3+5)/2
		{"a topic that is not applicable is left out of the ends too", models.Scoring{Method: methods.Mean}, "1.1=2 1.2=4 1.3=3 2.1=n/a",
			"3.000[3.000,3.000]", "–[–,–]", "3.000[3.000,3.000]"},
		{"not applicable leaves numerator and denominator", models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria}, "1.1=2 1.2=n/a 1.3=3 2.1=5",
			"2.500[2.500,2.500]", "5.000[5.000,5.000]", "3.333[3.333,3.333]"}, // (2+3)/2; (2+3+5)/3
		{"weakest with a blank", models.Scoring{Method: methods.Weakest}, "1.1=3 1.2=4 1.3=4",
			"3.000[3.000,3.000]", "–[1.000,5.000]", "3.000[1.000,3.000]"},
		{"nothing answered", models.Scoring{Method: methods.Mean}, "",
			"–[1.000,5.000]", "–[1.000,5.000]", "–[1.000,5.000]"},
		{"nothing applicable", models.Scoring{Method: methods.Weakest}, "1.1=n/a 1.2=n/a 1.3=n/a 2.1=n/a",
			"–[–,–]", "–[–,–]", "–[–,–]"},
		{"off the scale and contradictory answers are blank", models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria}, "1.1=6 1.2=4 1.2=5 1.3=3 2.1=3 9.9=1",
			"3.000[1.667,4.333]", "3.000[3.000,3.000]", "3.000[2.000,4.000]"}, // (1+1+3)/3, (5+5+3)/3; (1+1+3+3)/4, (5+5+3+3)/4
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			card := scoring.Score(levelsTemplate(tt.scoring.Method), tt.scoring, answers(t, tt.answers))
			for i, want := range []string{tt.t1, tt.t2} {
				if got := show(card.Topics[i].Score); got != want {
					t.Errorf("topic %d: got %s, want %s", i+1, got, want)
				}
			}
			if got := show(card.Overall.Score); got != tt.overall {
				t.Errorf("overall: got %s, want %s", got, tt.overall)
			}
		})
	}
}

func TestWeightsAreSharesOfTheMean(t *testing.T) {
	template := levelsTemplate(methods.Mean)
	template.Criteria[0].Weight = 2.5 // 1.1
	template.Criteria[2].Weight = 0.1 // 1.3
	card := scoring.Score(template, models.Scoring{Method: methods.Mean}, answers(t, "1.1=2 1.2=4 1.3=5 2.1=3"))
	// (2.5×2 + 1×4 + 0.1×5) / (2.5 + 1 + 0.1) = 9.5/3.6
	if got, _ := card.Topics[0].Mean.Get(); got != 9.5/3.6 {
		t.Errorf("weighted mean: got %v, want %v", got, 9.5/3.6)
	}
	if got := card.Topics[0].Median.Format(1); got != "4.0" {
		t.Errorf("weights play no part in the median: got %s, want 4.0", got)
	}
}

func TestWeightsOfTenthsSumExactly(t *testing.T) {
	template := levelsTemplate(methods.Mean)
	for i := range template.Criteria {
		template.Criteria[i].Weight = 0.1
	}
	card := scoring.Score(template, models.Scoring{Method: methods.Mean, Mean: methods.AllCriteria}, answers(t, "1.1=3 1.2=3 1.3=3 2.1=3"))
	if got, _ := card.Overall.Mean.Get(); got != 3 { // in floats, 0.3+0.3+0.3 over 0.1+0.1+0.1 is not 3
		t.Errorf("got %v, want exactly 3", got)
	}
}

func TestTallyAndShape(t *testing.T) {
	card := scoring.Score(levelsTemplate(methods.Profile), models.Scoring{Method: methods.Profile},
		answers(t, "1.1=2 1.2=3 1.3=n/a 2.1="))
	o := card.Overall
	if o.Criteria != 4 || o.Answered != 2 || o.NotApplicable != 1 || o.Blank != 1 {
		t.Errorf("tally: got %+v", o.Tally)
	}
	if got := fmt.Sprint(o.Distribution); got != "[{1 0} {2 1} {3 1} {4 0} {5 0}]" {
		t.Errorf("distribution: got %s", got)
	}
	if got := o.Median.Format(1); got != "2.5" { // the mean of the middle two
		t.Errorf("median: got %s, want 2.5", got)
	}
	var cells []string
	for _, c := range card.Cells {
		cells = append(cells, fmt.Sprintf("%s×%s:%d", c.Topic, c.Theme, c.Criteria))
	}
	if got := strings.Join(cells, " "); got != "T1×x:2 T1×y:1 T2×x:1 T2×y:0" {
		t.Errorf("cells: got %s", got)
	}
	if empty := card.Cells[3]; empty.Mean.Known() || empty.Score.High.Known() || len(empty.Distribution) != 5 {
		t.Errorf("a cell without a criterion: got %+v", empty)
	}
}

func TestKindsThatShareNoScale(t *testing.T) {
	template := levelsTemplate(methods.Mean)
	template.Criteria[3].Kind = models.KindStatement // topic T2 on N-P-L-F, T1 on levels
	for _, method := range []methods.Name{methods.Profile, methods.Mean, methods.Weakest} {
		card := scoring.Score(template, models.Scoring{Method: method}, answers(t, "1.1=2 1.2=4 1.3=3 2.1=F"))
		if card.Overall.Score != (models.Range{}) || card.Overall.Mean.Known() || card.Overall.Median.Known() || card.Overall.Distribution != nil {
			t.Errorf("%s: levels and ratings averaged over all: %+v", method, card.Overall)
		}
		if card.Overall.Answered != 4 || !card.Topics[1].Mean.Known() {
			t.Errorf("%s: counts and the topics of one kind must stay: %+v", method, card)
		}
	}
}

func TestSymptomsAreRisksAndNeverScored(t *testing.T) {
	template := ladderTemplate()
	all := "a11=F p11=F a21=F a22=F p21=F p22=F a31=F p31=F"
	for _, tt := range []struct{ answer, risks, blank string }{
		{"S1=1", "[S1]", "[]"}, {"S1=0", "[]", "[]"}, {"S1=n/a", "[]", "[]"}, {"", "[]", "[S1]"},
	} {
		card := scoring.Score(template, template.Scoring, answers(t, all+" "+tt.answer))
		if got := fmt.Sprint(card.Risks); got != tt.risks {
			t.Errorf("%q: risks %s, want %s", tt.answer, got, tt.risks)
		}
		if got := fmt.Sprint(card.SymptomsBlank); got != tt.blank {
			t.Errorf("%q: blank symptoms %s, want %s", tt.answer, got, tt.blank)
		}
		if card.Overall.Criteria != 8 || card.Overall.Blank != 0 || show(card.Overall.Score) != "3.000[3.000,3.000]" {
			t.Errorf("%q: a symptom counted: %+v", tt.answer, card.Overall)
		}
	}
}
