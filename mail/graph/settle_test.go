package graph_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/graph"
)

// TestWhatIsGoneWasNotCalledBack: a message leaves, its draft lies there for all the patience, and is gone when it is to be
// called back. Nobody knows then, and nobody gets it twice.
func TestWhatIsGoneWasNotCalledBack(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{})
	w.anew(fakecloud.Settings{Lag: 7200, NoCopies: true, Faults: []fakecloud.Fault{{On: "send", Nth: 1, Do: "504 done"}, {On: "delete", Nth: 1, Do: "404 done"}}})
	report, err, _ := w.run(1, &graph.Outgoing{Client: w.graph()}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if unsure := w.check("gone", 1, report); unsure != 1 {
		t.Errorf("%d unsure: %+v", unsure, report)
	}
}

// TestHandlesOfOthers: what another way of sending had begun stops no run, and is not said to be sent or unsent.
func TestHandlesOfOthers(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{})
	begun := mail.Entry{Key: "rubric.x@fake.example", Outcome: mail.Begun, Handle: "imap rubric.x@fake.example", Time: w.Now().Add(-time.Hour)}
	for _, c := range []mail.Settler{&graph.Outgoing{Client: w.graph()}, &graph.Placing{Outgoing: graph.Outgoing{Client: w.graph()}}} {
		if d, err := c.Settle(t.Context(), begun); err != nil || d.Outcome != mail.Unsure || d.Again != 0 {
			t.Errorf("%T: %+v, %v", c, d, err)
		}
	}
}

// TestADeletedDraftWasNotSent: what a person moved to Deleted Items is a draft still, and nobody sends it.
func TestADeletedDraftWasNotSent(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{})
	placing := &graph.Placing{Outgoing: graph.Outgoing{Client: w.graph()}}
	w.run(1, placing, 0)
	placed, _ := w.Last("rubric.key0000@fake.example")
	id, _, _ := strings.Cut(placed.Handle, " ")
	if err := placing.Client.Move(t.Context(), id, "deleteditems"); err != nil || placed.Outcome != mail.Placed {
		t.Fatalf("%+v, %v", placed, err)
	}
	for _, c := range []mail.Settler{&graph.Outgoing{Client: w.graph()}, placing} {
		if d, err := c.Settle(t.Context(), placed); err != nil || d.Outcome != mail.Postponed {
			t.Errorf("%T: %+v, %v", c, d, err)
		}
	}
}
