package office_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
	"github.com/rubric-project/rubric/round"
)

// The round is due on the 28th of February: each recipient is said to be due a reminder, or why it is not, as the command keeps to it.
func TestWhoIsDueAReminder(t *testing.T) {
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
	turns := func(n int) (out map[string]post.Turn, days map[string]int, next int) {
		out, days = map[string]post.Turn{}, map[string]int{}
		d.o.Now = func() time.Time { return day(n).Add(9 * time.Hour) }
		d.folder("look", func(f *office.Folder) {
			in, err := d.o.TakeIn(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			events, _, err := f.History()
			if err != nil {
				t.Fatal(err)
			}
			list, at := (&post.Post{Office: d.o}).Reminding(f, in, events)
			for _, x := range list {
				if out[x.Recipient.ID] = x.Turn; !x.Day.IsZero() {
					days[x.Recipient.ID] = x.Day.Day()
				}
			}
			if !at.IsZero() {
				next = at.Day()
			}
		})
		return out, days, next
	}
	record(round.Sent, day(1).Add(time.Hour), "01", "02")
	record(round.Sent, day(20), "03")
	got, _, next := turns(19)
	if got["01"] != post.NotYet || got["02"] != post.NotYet || next != 21 {
		t.Errorf("on the 19th: %v, next %d", got, next)
	}
	got, days, next := turns(22)
	if got["01"] != post.DueToday || days["01"] != 21 || got["03"] != post.Quiet || days["03"] != 20 || next != 1 {
		t.Errorf("on the 22nd: %v %v, next %d", got, days, next)
	}
	record(round.Reminded, day(22).Add(9*time.Hour), "01")
	if got, _, _ := turns(22); got["01"] != post.Reminded || got["02"] != post.DueToday {
		t.Errorf("after one was reminded today: %v", got)
	}
	if got, days, next := turns(30); got["01"] != post.DueToday || days["01"] != 1 || days["02"] != 1 || next != 0 {
		t.Errorf("on the 30th: %v %v, next %d", got, days, next)
	}
}
