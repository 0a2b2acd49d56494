package office_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
	"github.com/rubric-project/rubric/round"
)

// The round is issued on the 1st and due on the 28th; reminders go out a week before, and again on the day after, to nobody
// who was written to within three days.
func TestRemindersKeepToTheSchedule(t *testing.T) {
	d := newDesk(t)
	d.generate()
	config := append(d.read("round.yaml"), "\nreminders:\n  days: [-7, 1]\n  quiet: 3\n"...)
	if err := os.WriteFile(filepath.Join(d.dir, "round.yaml"), config, 0o644); err != nil {
		t.Fatal(err)
	}
	record := func(kind round.Kind, at time.Time, ids ...string) {
		d.folder("send", func(f *office.Folder) {
			for _, id := range ids {
				if err := f.Record(round.Event{Kind: kind, Recipient: id, Time: at}); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	reminded := func(n int) (ids []string) {
		d.o.Now = func() time.Time { return day(n).Add(9 * time.Hour) }
		ids, _ = d.drafts(post.Reminders)
		return ids
	}
	record(round.Sent, day(1).Add(time.Hour), "01", "02")
	record(round.Sent, day(20), "03") // a late joiner
	for _, c := range []struct {
		day  int
		want []string
	}{{1, nil}, {20, nil}, {21, []string{"01", "02"}}, {22, []string{"01", "02"}}, {23, []string{"01", "02", "03"}}} {
		if got := reminded(c.day); !slices.Equal(got, c.want) {
			t.Errorf("on the %d. %v are reminded, want %v", c.day, got, c.want)
		}
	}
	record(round.Reminded, day(23).Add(9*time.Hour), "01", "02", "03")
	for _, c := range []struct {
		day  int
		want []string
	}{{24, nil}, {28, nil}, {29, []string{"01", "02", "03"}}} {
		if got := reminded(c.day); !slices.Equal(got, c.want) {
			t.Errorf("after the first reminder, on the %d. %v are reminded, want %v", c.day, got, c.want)
		}
	}
	d.folder("remind", func(f *office.Folder) {
		d.o.Now = func() time.Time { return day(24) }
		m, err := (&post.Post{Office: d.o}).Prepare(t.Context(), f, post.Reminders, post.Options{})
		if err != nil || m.Len() != 0 || !slices.ContainsFunc(m.Notes, func(n office.Note) bool { return strings.Contains(n.Text, "written to within the last 3 days") }) {
			t.Errorf("%v, %+v", err, m.Notes)
		}
	})
}
