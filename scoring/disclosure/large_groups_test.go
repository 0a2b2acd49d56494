package disclosure_test

import (
	"encoding/json"
	"testing"

	"github.com/rubric-project/rubric/scoring/disclosure"
)

// Of a large group few are tried one by one, and of all others the lowest and the highest. With four in place of 256 the plans of
// small rounds are those with all.
func TestFewOfALargeGroupAreTried(t *testing.T) {
	for seed := range 100 {
		x := inventRound(t, seed, 60)
		all := plansOf(t, &x)
		back := disclosure.TrySame(4)
		few := plansOf(t, &x)
		back()
		if all != few {
			t.Errorf("%s: with four tried one by one the plan is another", &x)
		}
	}
}

// plansOf are the plans of a round's editions.
func plansOf(t *testing.T, x *invented) string {
	t.Helper()
	var out []byte
	for _, l := range x.editions(t) {
		b, err := json.Marshal(l.plan)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b...)
	}
	return string(out)
}
