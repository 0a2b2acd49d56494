package methods_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/words"
)

// The tags that check a template name the methods of the table, in its order, and no others.
func TestTagsNameTheMethods(t *testing.T) {
	var names []string
	for _, m := range methods.All() {
		names = append(names, string(m.Method))
	}
	want := "oneof=" + strings.Join(names, " ")
	for _, name := range []string{"Method", "Also"} {
		field, _ := reflect.TypeFor[models.Scoring]().FieldByName(name)
		if tag := field.Tag.Get("validate"); !strings.HasSuffix(tag, want) {
			t.Errorf("Scoring.%s has the tag %q, which does not end in %q", name, tag, want)
		}
	}
}

// A line of the table holds together: a method that attains a level says by what and by which ratings, and every method
// has words.
func TestMethodsHoldTogether(t *testing.T) {
	for _, m := range methods.All() {
		if m.AttainsLevels() != (m.Overall == methods.LevelAttained) {
			t.Errorf("%s: gate %d, but its overall score is measure %d", m.Method, m.Gate, m.Overall)
		}
		if m.AttainsLevels() != (methods.RatingBound(m.Needs) > 0 && methods.RatingBound(m.NeedsBelow) >= methods.RatingBound(m.Needs)) {
			t.Errorf("%s: needs %q and below %q", m.Method, m.Needs, m.NeedsBelow)
		}
		if m.Score == methods.NoScore || m.Score == methods.LevelAttained {
			t.Errorf("%s: the score of a topic is measure %d", m.Method, m.Score)
		}
		words, _ := words.For("en-GB")
		if words.Get("method_"+m.Words) == "" {
			t.Errorf("%s: no words under %q", m.Method, "method_"+m.Words)
		}
		if m.Method.Info() != m {
			t.Errorf("%s is found as %+v", m.Method, m.Method.Info())
		}
	}
}

// A name that is no method has no score and no level.
func TestNoMethod(t *testing.T) {
	info := methods.Name("nothing").Info()
	if info.HasOverall() || info.AttainsLevels() || info.Method != "nothing" {
		t.Errorf("%+v", info)
	}
}

// The bounds are those of ISO/IEC 33020: N up to 15 %, P up to 50 %, L up to 85 %, F above.
func TestRatingBounds(t *testing.T) {
	for letter, want := range map[string]int{"N": 0, "P": 15, "L": 50, "F": 85, "": 0, "X": 0} {
		if got := methods.RatingBound(letter); got != want {
			t.Errorf("more than %d %% for %q, want %d %%", got, letter, want)
		}
	}
}
