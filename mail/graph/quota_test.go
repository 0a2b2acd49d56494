package graph_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/graph"
)

// room has place for so many addresses.
type room struct{ left int }

func (r *room) Take(n int, now time.Time) (time.Time, error) {
	if r.left < n {
		return now.Add(20 * time.Hour), nil
	}
	r.left -= n
	return time.Time{}, nil
}

// TestADayIsFull: what a mailbox may write to in a day ends a run, which says when to go on, and the next goes on from there.
func TestADayIsFull(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{})
	for _, carrier := range []func(graph.Quota) mail.Carrier{
		func(q graph.Quota) mail.Carrier { return &graph.Outgoing{Client: w.graph(), Quota: q} },
		func(q graph.Quota) mail.Carrier { return &graph.OneStep{Client: w.graph(), Quota: q} },
	} {
		w.anew(fakecloud.Settings{})
		report, err, _ := w.run(5, carrier(&room{3}), 0)
		if err == nil || !strings.Contains(err.Error(), "as many addresses as Microsoft lets one mailbox write to in a day") || !strings.Contains(err.Error(), "run it again after") {
			t.Fatal(err)
		}
		if n := len(w.fake.Delivered()); n != 3 {
			t.Errorf("%d left: %+v", n, report)
		}
		w.check("a full day", 5, report)
		if report, err, _ = w.run(5, carrier(&room{3}), 0); err != nil {
			t.Fatal(err)
		}
		w.check("the day after", 5, report)
		if n := len(w.fake.Delivered()); n != 5 || len(report.Unsure) > 0 {
			t.Errorf("%d left: %+v", n, report)
		}
	}
}
