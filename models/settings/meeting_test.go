package settings_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/models/settings"
)

// The times and the zone of a meeting are checked, with what is expected instead.
func TestMeetingIsChecked(t *testing.T) {
	for _, c := range []struct {
		meeting settings.Meeting
		want    string
	}{
		{settings.Meeting{Start: "14:30", End: "16:00", Zone: "America/Los_Angeles", Place: "Room 1"}, ""},
		{settings.Meeting{Start: "2.30 pm"}, "such as 14:30"},
		{settings.Meeting{End: "25:00"}, "such as 14:30"},
		{settings.Meeting{Zone: "Pacific time"}, "such as Europe/London"},
	} {
		got := ""
		for _, b := range strictyaml.Check(c.meeting) {
			got += b.Remedy
		}
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.meeting, got, c.want)
		}
	}
	var d settings.Day
	if err := d.UnmarshalText([]byte("2027-02-30")); err == nil {
		t.Errorf("the 30th of February is %s", d)
	}
}
