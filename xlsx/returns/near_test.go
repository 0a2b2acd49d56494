package returns_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
)

// What nearly is a choice is none, and yet the finding says which one it comes near to, where it is only one.
func TestNearlyAChoice(t *testing.T) {
	b := baseOf(t, "uk-dmm")
	for text, near := range map[string]string{"Developng": "4 – Developing", "Devel": "4 – Developing", "begining": "1 – Beginning", "Emergent": "2 – Emerging", "high": "", "mast": "5 – Mastering", "xyz": "", "learnt": "", "-ing": ""} {
		ret := read(t, b.tm, typed(text)(b))
		said := ""
		for _, f := range ret.Findings {
			if f.Code == models.AnswerNotInList {
				said = f.Message
			}
		}
		if said == "" || strings.Contains(said, "comes near") != (near != "") || !strings.Contains(said, near) {
			t.Errorf("%q: want %q in %q", text, near, said)
		}
		if a := ret.Answer(r6); !a.Level.Value.IsBlank() {
			t.Errorf("%q was read as %s", text, a.Level.Value)
		}
	}
}
