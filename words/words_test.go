package words_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/words"
)

// Every language has every text, with the same values to put in, and none that Excel would refuse.
func TestLanguagesAreComplete(t *testing.T) {
	for _, tag := range words.Languages() {
		w, ok := words.For(tag)
		if !ok || w.Tag() != tag {
			t.Fatalf("there are no words for %s", tag)
		}
		for _, key := range w.Gaps() {
			t.Errorf("%s: %s is missing", tag, key)
		}
		for _, k := range words.Keys() {
			if what, remedy := words.Problem(k.Name, w.Get(k.Name)); what != "" {
				t.Errorf("%s: %s; %s", tag, what, remedy)
			}
		}
	}
}

func TestFormula(t *testing.T) {
	w := words.English().With(map[string]string{"given_of": `{total} "in all", {given}`})
	if got, want := w.Formula("given_of", "given", "SUM(A1)", "total", `"5"`), `"5"&" ""in all"", "&SUM(A1)`; got != want {
		t.Errorf("formula %s, expected %s", got, want)
	}
	if got := w.Say("given_of", "given", 2, "total", 5); got != `5 "in all", 2` {
		t.Errorf("text %s", got)
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct{ key, text, want string }{
		{"colum_ref", "R", "there is no label"},
		{"given_of", "{given} answered", "has no {total}"},
		{"column_ref", "{ref}", "has {ref}, for which there is no value"},
		{"sheet_start", "A/B", "a character that it cannot have"},
		{"sheet_start", strings.Repeat("x", 32), "has 32 characters"},
		{"months", "a, b", "has 2 names"},
		{"column_ref", "a\nb", "line break"},
		{"column_ref", "R", ""},
	} {
		if got, _ := words.Problem(c.key, c.text); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s = %q: %q, expected %q", c.key, c.text, got, c.want)
		}
	}
}

func TestForALanguageThatIsMissing(t *testing.T) {
	w, ok := words.For("xx-YY")
	if ok || w.Tag() != "en-GB" || w.Get("role") != "Role" || len(w.Gaps()) != len(words.Keys()) {
		t.Errorf("words of a language that is missing: %v, %s", ok, w.Tag())
	}
	if w, ok = words.For("es-US"); !ok || w.Get("role") != "Cargo" {
		t.Errorf("words of es-US: %v, %s", ok, w.Get("role"))
	}
}
