package dataset_test

import (
	"maps"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
)

// TestChanges writes the changes since an earlier round, and reads them as other programs do.
func TestChanges(t *testing.T) {
	in := invented(3, 3)
	change := func(then, now float64) models.ScoreChange {
		return models.ScoreChange{Criteria: 2, Earlier: models.Some(then), Later: models.Some(now), Change: models.Some(now - then)}
	}
	in.Earlier = "The round before"
	in.Comparison = &models.Comparison{
		Recipients: []models.RecipientChange{
			{Recipient: "0000", Topics: []models.ScoreChange{change(2, 3), change(2, 1.5), {}}},
			{Recipient: "0001", Topics: []models.ScoreChange{change(1, 1.5), change(2, 2), {}}},
		},
		Criteria: []models.CriterionChange{{Ref: "1.1", EarlierRef: "1.0", Recipients: 2, Up: 1, Same: 1,
			Earlier: models.Some(2), Later: models.Some(2.5), Change: models.Some(0.5)}},
		Joined: []string{"0002"}, Altered: []string{"2.1"},
	}
	dir := write(t, in)
	rows := readCSV(t, filepath.Join(dir, "changes.csv"))
	if len(rows) != 2*4 {
		t.Fatalf("%d rows of changes, want 8", len(rows))
	}
	want := map[string]string{"recipient": "0000", "scope": "topic", "topic": "2", "criteria": "2", "earlier": "2", "later": "1.5", "change": "-0.5"}
	if !maps.Equal(rows[2], want) {
		t.Errorf("got %v, want %v", rows[2], want)
	}
	if rows[3]["change"] != "" {
		t.Errorf("a topic without a change has %q", rows[3]["change"])
	}
	if got := readCSV(t, filepath.Join(dir, "criterion_changes.csv")); len(got) != 1 || got[0]["earlier_ref"] != "1.0" || got[0]["change"] != "0.5" {
		t.Errorf("criterion_changes: %v", got)
	}
	if got := readCSV(t, filepath.Join(dir, "not_compared.csv")); len(got) != 2 || got[0]["what"] != "recipient joined" || got[1]["id"] != "2.1" {
		t.Errorf("not_compared: %v", got)
	}
	if _, err := exec.LookPath("sqlite3"); err != nil {
		t.Skip("sqlite3 is not installed")
	}
	out, err := exec.Command("sqlite3", filepath.Join(dir, "rubric.sqlite"),
		"SELECT topic, recipients, mean_change, up, same, down FROM topic_changes; SELECT value FROM about WHERE key = 'earlier_round'").CombinedOutput()
	if got := strings.TrimSpace(string(out)); err != nil || got != "1|2|0.75|2|0|0\n2|2|-0.25|0|1|1\nThe round before" {
		t.Errorf("sqlite3 says %q (%v)", got, err)
	}
}
