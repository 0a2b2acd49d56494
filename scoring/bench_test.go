package scoring_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

// large is a template of 97 criteria in 10 topics and 6 themes, as the largest built-in one.
func large() *models.Template {
	t := &models.Template{}
	for n := 1; n <= 5; n++ {
		t.Levels = append(t.Levels, models.Level{Number: n})
	}
	for i := range 10 {
		t.Topics = append(t.Topics, models.Topic{ID: fmt.Sprint("t", i)})
	}
	for i := range 6 {
		t.Themes = append(t.Themes, models.Theme{ID: fmt.Sprint("h", i)})
	}
	for i := range 97 {
		t.Criteria = append(t.Criteria, models.Criterion{Ref: fmt.Sprint(i), Topic: fmt.Sprint("t", i%10), Theme: fmt.Sprint("h", i%7%6)})
	}
	return t
}

func BenchmarkScorer(b *testing.B) {
	t := large()
	given := answerAll(rand.New(rand.NewPCG(7, 8)), t)
	for _, s := range []models.Scoring{{Method: methods.Profile}, {Method: methods.Mean}} {
		sc := scoring.NewScorer(t, s)
		b.Run(string(s.Method), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sc.Score(given)
			}
		})
	}
}

// BenchmarkConsolidate has 5,000 recipients in 10 regions, 58 counties within them and 4 sizes, some of them
// small, and scores that some lack; then also 300 towns within the counties and 6 types.
func BenchmarkConsolidate(b *testing.B) {
	t := large()
	r := rand.New(rand.NewPCG(9, 10))
	members := make([]models.Member, 5000)
	sc := scoring.NewScorer(t, models.Scoring{Method: methods.Mean})
	for i := range members {
		town := min(r.IntN(300), r.IntN(375))
		county := town % 58
		members[i].Recipient.Groups = map[string]string{
			"town": fmt.Sprint(town), "county": fmt.Sprint(county), "region": fmt.Sprint(county % 10),
			"type": fmt.Sprint(r.IntN(6)), "size": fmt.Sprint(min(r.IntN(4), r.IntN(9))),
		}
		members[i].Return = new(models.Return{}.With(answerAll(r, t)))
		card := sc.Score(members[i].Return.Answers())
		members[i].Scorecard = &card
	}
	for _, columns := range [][]string{{"region", "county", "size"}, {"region", "county", "town", "type", "size"}} {
		b.Run(fmt.Sprint(len(columns), "columns"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				scoring.Consolidate(t, models.Scoring{Method: methods.Mean}, columns, members)
			}
		})
	}
}
