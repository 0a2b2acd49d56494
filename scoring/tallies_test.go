package scoring_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// The tallies of parts of a round, however it is cut and in whatever order they are added, come to the consolidation of the
// whole: parts in which nobody returned, and empty ones, too.
func TestTalliesAddUp(t *testing.T) {
	columns, members := membersBy("NNNSSS.", "aabbaab")
	r := rand.New(rand.NewPCG(21, 21))
	for range 20 {
		template := invent(r)
		for i := range members {
			if members[i].Return = nil; i != 1 && i != 2 {
				members[i].Return = new(models.Return{}.With(answerAll(r, template)))
			}
		}
		for _, method := range allScorings {
			if scoring.Suits(template, method) == nil {
				sameHoweverCut(t, scoring.NewScorer(template, method), columns, members)
			}
		}
	}
}

func sameHoweverCut(t *testing.T, sc *scoring.Scorer, columns []string, members []models.Member) {
	t.Helper()
	want, err := json.Marshal(sc.Consolidation(columns, sc.Tally(columns, members)))
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(members) + 1 {
		var sum scoring.Tallies
		for _, part := range [][]models.Member{members[min(1, cut):min(3, cut)], members[cut:], nil, members[:min(1, cut)], members[min(3, cut):cut]} {
			var b bytes.Buffer
			if err := gob.NewEncoder(&b).Encode(sc.Tally(columns, part)); err != nil {
				t.Fatal(err)
			}
			var again scoring.Tallies
			if err := gob.NewDecoder(&b).Decode(&again); err != nil {
				t.Fatal(err)
			}
			sum.Add(&again)
		}
		got, err := json.Marshal(sc.Consolidation(columns, &sum))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("cut at %d:\n%s\nwant\n%s", cut, got, want)
		}
	}
}
