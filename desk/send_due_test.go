package desk_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The days of reminders are set under Settings, in numbers that are checked, and Send says who is due one today and why.
func TestRemindersDueOnSend(t *testing.T) {
	v, dir, path := at("settings")(t)
	send := func(pairs ...string) (string, string, int) {
		page, _, _ := v.get(path)
		fields := settingsForm(t, page)
		for i := 0; i < len(pairs); i += 2 {
			fields.Set(pairs[i], pairs[i+1])
		}
		return v.post(path, fields)
	}
	page, _, status := send("reminder-days", "-7, soon", "reminder-quiet", "many")
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "Give days as numbers with commas between them") || !strings.Contains(page, `value="-7, soon"`) || !strings.Contains(page, "Give a number of days, or leave it empty") {
		t.Fatalf("%d\n%.300s", status, page)
	}
	page, _, status = send("reminder-days", "-7, -7", "reminder-quiet", "2")
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "holds an entry twice") {
		t.Errorf("twice the same day: %d", status)
	}
	// The example is due on a day in 2026: a year before is past whenever this runs, and ten years after ahead.
	page, at, status := send("reminder-days", "-300, 365", "reminder-quiet", "2", "calendar", "yes", "meeting-date", "2027-01-12", "meeting-start", "14:30", "meeting-zone", "Europe/London", "meeting-place", "Room <1>")
	if status != http.StatusOK || !strings.Contains(at, "done=") {
		t.Fatalf("%s: %d\n%.300s", at, status, page[strings.Index(page, "<main"):])
	}
	config, err := os.ReadFile(filepath.Join(dir, "round.yaml"))
	if err != nil || !strings.Contains(string(config), "days: [-300, 365]") || !strings.Contains(string(config), "calendar: true") || !strings.Contains(string(config), "date: 2027-01-12") {
		t.Errorf("%v\n%s", err, config)
	}
	page, _, _ = v.get(strings.Replace(path, "/settings", "/send?kind=reminders", 1))
	for _, want := range []string{"Due a reminder today", "300 days before the due date", "has not gone to them", "nobody is reminded within 2 days of any other message", "Change the days"} {
		if !strings.Contains(page, want) {
			t.Errorf("Send does not say %q:\n%.200s", want, page)
		}
	}
	// Without days every day is one.
	send("reminder-days", "", "reminder-quiet", "")
	if config, err = os.ReadFile(filepath.Join(dir, "round.yaml")); err != nil || strings.Contains(string(config), "[-300") {
		t.Errorf("%v\n%s", err, config)
	}
	page, _, _ = v.get(strings.Replace(path, "/settings", "/send?kind=reminders", 1))
	if !strings.Contains(page, "The round has no days for reminders") || !strings.Contains(page, "Something of theirs is missing") {
		t.Errorf("without days:\n%.200s", page)
	}
}
