package post

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
)

// What is said to a sender speaks to them, and of nothing that only the office has.
func TestRemediesAreSaidToTheSender(t *testing.T) {
	said := 0
	for _, c := range models.Catalogue() {
		text := askedOfSender(c.Remedy)
		if text == "" {
			continue
		}
		said++
		for _, word := range []string{"round.yaml", "RUBRIC_", "the sender", "they", "Ask "} {
			if strings.Contains(text, word) {
				t.Errorf("%s: %q has %q", c.Code, text, word)
			}
		}
		if !strings.HasPrefix(text, "Please ") || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: %q", c.Code, text)
		}
	}
	if said < 50 {
		t.Errorf("%d remedies are for the sender", said)
	}
	for remedy, want := range map[string]string{
		"Ask the sender to send it again.": "Please send it again.",
		"Ask the sender for a copy without a password, or put the password into round.yaml as workbook_password.": "Please send us a copy without a password.",
		"Ask the sender which answer is meant.": "Please tell us which answer is meant.",
		"Nothing to do.":                        "",
	} {
		if got := askedOfSender(remedy); got != want {
			t.Errorf("%q: %q, want %q", remedy, got, want)
		}
	}
}
