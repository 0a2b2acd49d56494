package scoring_test

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

var allScorings = []models.Scoring{
	{Method: methods.Profile},
	{Method: methods.Mean, Mean: methods.AverageOfAverages},
	{Method: methods.Mean, Mean: methods.AllCriteria},
	{Method: methods.Weakest},
	{Method: methods.Staged},
	{Method: methods.Cumulative},
}

// invent makes a staged template of statements, symptoms and weights, or one of levels.
func invent(r *rand.Rand) *models.Template {
	t := &models.Template{Themes: []models.Theme{{ID: "a"}, {ID: "b"}, {ID: "up", GatesNextLevel: true}}}
	first := r.IntN(2)
	for n := first; n < first+3+r.IntN(3); n++ {
		number := n
		t.Levels = append(t.Levels, models.Level{Number: n})
		t.Topics = append(t.Topics, models.Topic{ID: "T" + strconv.Itoa(n), Level: &number})
	}
	kinds := []models.Kind{models.KindStatement, models.KindStatement, models.KindSymptom}
	if r.IntN(2) == 0 {
		kinds = []models.Kind{models.KindLevels}
	}
	for i := range 5 + r.IntN(30) {
		c := models.Criterion{
			Ref: strconv.Itoa(i), Topic: t.Topics[r.IntN(len(t.Topics))].ID,
			Theme: []string{"a", "b", "up", ""}[r.IntN(4)], Kind: kinds[r.IntN(len(kinds))],
		}
		if r.IntN(3) == 0 {
			c.Weight = float64(1+r.IntN(5000)) / 1000
		}
		t.Criteria = append(t.Criteria, c)
	}
	return t
}

// answerAll invents an answer to every criterion, high ones more often so that levels are attained.
func answerAll(r *rand.Rand, t *models.Template) []models.Answer {
	var out []models.Answer
	lift := r.IntN(3)
	for i := range t.Criteria {
		scale := t.Scale(&t.Criteria[i])
		at := max(r.IntN(len(scale)), r.IntN(1+lift*len(scale)/2)%len(scale))
		if lift == 2 && r.IntN(10) > 0 {
			at = len(scale) - 1
		}
		c := models.At(scale[at].Number)
		switch r.IntN(8) {
		case 0:
			c = models.Blank()
		case 1:
			c = models.NotApplicable()
		}
		out = append(out, models.Answer{Ref: t.Criteria[i].Ref, Level: models.Sourced[models.Choice]{Value: c}})
	}
	return out
}

// ranges lists all ranges of a scorecard.
func ranges(card models.Scorecard) []models.Range {
	out := []models.Range{card.Overall.Score}
	for _, list := range [][]models.GroupScore{card.Topics, card.Themes, card.Cells} {
		for _, g := range list {
			out = append(out, g.Score)
		}
	}
	if st := card.Staged; st != nil {
		out = append(out, models.Range{Value: models.Some(float64(st.Level)), Low: models.Some(float64(st.Low)), High: models.Some(float64(st.High))})
	}
	return out
}

// below says that a is at most b, where both are known.
func below(a, b models.Figure) bool {
	x, ok := a.Get()
	y, ok2 := b.Get()
	return !ok || !ok2 || x <= y
}

func TestProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 1500 {
		template := invent(r)
		given := answerAll(r, template)
		for _, s := range allScorings {
			card := scoring.Score(template, s, given)
			before := ranges(card)
			for i, x := range before {
				if !below(x.Low, x.Value) || !below(x.Value, x.High) || !below(x.Low, x.High) || x.Value.Known() && !x.Low.Known() {
					t.Fatalf("round %d, %v: range %d is %s", round, s, i, show(x))
				}
			}

			shuffled := append([]models.Answer(nil), given...)
			r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			if !reflect.DeepEqual(card, scoring.Score(template, s, shuffled)) {
				t.Fatalf("round %d, %v: the order of answers matters", round, s)
			}

			at := r.IntN(len(given))
			scale := template.Scale(&template.Criteria[at])
			changed := append([]models.Answer(nil), given...)
			number, chosen := given[at].Level.Value.Number()
			switch {
			case given[at].Level.Value.IsBlank():
				changed[at].Level.Value = models.At(scale[r.IntN(len(scale))].Number)
				after := ranges(scoring.Score(template, s, changed))
				for i := range after {
					if !below(before[i].Low, after[i].Value) || !below(after[i].Value, before[i].High) ||
						!below(before[i].Low, after[i].Low) || !below(after[i].High, before[i].High) {
						t.Fatalf("round %d, %v: filling a blank moved range %d from %s to %s", round, s, i, show(before[i]), show(after[i]))
					}
				}
			case chosen && number < scale.Highest():
				changed[at].Level.Value = models.At(number + 1)
				after := ranges(scoring.Score(template, s, changed))
				for i := range after {
					if !below(before[i].Value, after[i].Value) || !below(before[i].Low, after[i].Low) || !below(before[i].High, after[i].High) {
						t.Fatalf("round %d, %v: a higher answer moved range %d from %s to %s", round, s, i, show(before[i]), show(after[i]))
					}
				}
			case given[at].Level.Value.IsNotApplicable():
				// The same as if the criterion were not in the template.
				without := *template
				without.Criteria = append(append([]models.Criterion(nil), template.Criteria[:at]...), template.Criteria[at+1:]...)
				left := scoring.Score(&without, s, given)
				if show(left.Overall.Score) != show(card.Overall.Score) || left.Overall.Mean != card.Overall.Mean {
					if kindsIn(&without) == kindsIn(template) && left.Staged != nil == (card.Staged != nil) {
						t.Fatalf("round %d, %v: not applicable counts: %s, without the criterion %s", round, s, show(card.Overall.Score), show(left.Overall.Score))
					}
				}
			}
		}
	}
}

// kindsIn counts the kinds of scored criteria.
func kindsIn(t *models.Template) int {
	kinds := map[models.Kind]bool{}
	for _, c := range t.Criteria {
		if c.Scored() {
			kinds[c.Kind] = true
		}
	}
	return len(kinds)
}

func TestOrderOfMembersDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	template := invent(r)
	for _, s := range allScorings {
		columns, members := membersBy("AAAAAABBBBBBBCCC", "XXXXYYYYXXXXYYYZ")
		for i := range members {
			if i != 4 {
				members[i].Return = new(models.Return{}.With(answerAll(r, template)))
			}
		}
		want := scoring.Consolidate(template, s, columns, members)
		r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		if got := scoring.Consolidate(template, s, columns, members); !reflect.DeepEqual(got, want) {
			t.Fatalf("%v: the order of members matters", s)
		}
	}
}
