package post

import (
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
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

// The letter begins like a sentence, tells nobody who sent an empty workbook that what they filled in is kept, and asks
// those for more whose return counts with next to nothing in it.
func TestToSender(t *testing.T) {
	due := models.Date{Time: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
	f := &office.Folder{Round: &round.Round{Config: &models.Round{Title: "Spring", Organiser: "The office", Due: due}, Recipients: []models.Recipient{{ID: "1", Name: "One", Email: "one@example.org"}}}}
	for _, c := range []struct {
		name      string
		line      models.FileLine
		has, has2 string
		lost      bool
	}{
		{"damaged", models.FileLine{Status: models.Rejected, Findings: []models.Finding{{Code: models.FileEmpty, Severity: models.Error, Message: "The file is cut off.", Remedy: "Ask the sender to send it again."}}},
			"- The file is cut off. Please send it again.", "could not count it yet", true},
		{"unfilled", models.FileLine{Status: models.Rejected, Findings: []models.Finding{{Code: models.Unfilled, Severity: models.Error, Message: "Nothing is filled in."}}}, "- Nothing is filled in.", "", false},
		{"as sent", models.FileLine{Status: models.Rejected, Findings: []models.Finding{{Code: models.ReturnedAsSent, Severity: models.Error, Message: "Unchanged."}}}, "- Unchanged.", "", false},
		{"little", models.FileLine{Status: models.Counted}, "3 of its 97 questions are answered", "please answer the others in the same workbook", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.line.File, c.line.Recipient = "one.xlsx", "1"
			in := &office.Intake{Register: models.Register{Files: []models.FileLine{c.line}, Entries: []models.Entry{{Recipient: f.Recipients[0], Answered: 3, Criteria: 97}}}}
			m := aboutFile(f, in, c.line, "one.xlsx")
			if !strings.HasPrefix(m.Text, "Dear colleague,\n\nThank you for sending one.xlsx. We have received it") || !strings.Contains(m.Text, c.has) || !strings.Contains(m.Text, c.has2) ||
				!strings.Contains(m.Text, "The due date is 1 March 2027.") || strings.Contains(m.Text, "lost") != c.lost || m.To != "one@example.org" {
				t.Errorf("%s\n%s", m.To, m.Text)
			}
		})
	}
}
