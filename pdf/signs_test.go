package pdf_test

import (
	"testing"

	"github.com/rubric-project/rubric/pdf"
)

// Pictures with a meaning become a sign that the typeface has; others are reported as before.
func TestPicturesWithAMeaningBecomeSigns(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Done ✅", "Done ✓"}, {"agreed 👍🏽 by all", "agreed (+) by all"}, {"⚠️ late", "(!) late"}, {"plan ➡️ do", "plan → do"}, {"no ❌", "no ×"},
	} {
		if got, missing := pdf.Printable(c.text); got != c.want || len(missing) > 0 {
			t.Errorf("%q is set as %q, missing %q; want %q", c.text, got, missing, c.want)
		}
	}
	if got, missing := pdf.Printable("a 🦄"); got != "a […]" || len(missing) != 1 {
		t.Errorf("a picture without a meaning is set as %q, missing %q", got, missing)
	}
	for _, r := range pdf.Signs() {
		if _, missing := pdf.Printable(string(r)); len(missing) > 0 {
			t.Errorf("%q has no sign that the typeface has", r)
		}
	}
}
