package graph_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/graph"
)

// stops stops a run at every request and every write of the journal, before it and after it, and lets another go on from
// there to the end.
func stops(t *testing.T, w *world, n int, s fakecloud.Settings, carrier func(*world) mail.Carrier) {
	unsure, points := 0, 0
	w.anew(s)
	w.here = func(event int, after bool) {
		if t.Failed() {
			return
		}
		points++
		what := fmt.Sprintf("stop at %d, after %v", event, after)
		w.killed(func(w *world) {
			report, err, whole := w.run(n, carrier(w), 0)
			if err != nil || !whole {
				t.Errorf("%s: the second run: %v", what, err)
			}
			unsure += w.check(what, n, report)
			w.wrongs(what)
			if left := w.fake.Drafts(office); len(left) > 0 {
				t.Errorf("%s: drafts are left: %v", what, left)
			}
		})
	}
	report, err, _ := w.run(n, carrier(w), 0)
	w.here = nil
	if err != nil {
		t.Fatal(err)
	}
	w.check("without a stop", n, report)
	w.wrongs("without a stop")
	t.Logf("%d recipients: %d stops, %d unsure", n, points, unsure)
	if points < 8*n {
		t.Errorf("there were only %d stops for %d recipients", points, n)
	}
	if unsure > 0 {
		t.Errorf("%d are unsure, although everything can be looked up", unsure)
	}
}

func TestStopsLeaveNobodyOutAndWriteToNobodyTwice(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{Lag: 40})
	stops(t, w, 12, fakecloud.Settings{Lag: 40}, func(w *world) mail.Carrier { return &graph.Outgoing{Client: w.graph()} })
}

// TestAllStopsOfManyRecipients is what make post-faults runs.
func TestAllStopsOfManyRecipients(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("RUBRIC_POST_FAULTS"))
	if err != nil {
		t.Skip("make post-faults runs it for 200 recipients")
	}
	w := newWorld(t, fakecloud.Settings{Lag: 40})
	stops(t, w, n, fakecloud.Settings{Lag: 40}, func(w *world) mail.Carrier { return &graph.Outgoing{Client: w.graph()} })
}

// TestEveryFaultAtEveryRequest makes one request of each kind go wrong in each way.
func TestEveryFaultAtEveryRequest(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{})
	const n = 4
	for on, ways := range fakecloud.Chances() {
		for _, do := range ways {
			for _, lag := range []int{0, 90} {
				for nth := 1; nth <= n; nth++ {
					w.anew(fakecloud.Settings{Lag: lag, Faults: []fakecloud.Fault{{On: on, Nth: nth, Do: do}}})
					what := fmt.Sprintf("%s %d: %s, lag %d", on, nth, do, lag)
					report, err, _ := w.run(n, &graph.Outgoing{Client: w.graph()}, 0)
					if err != nil {
						t.Errorf("%s: %v", what, err)
					}
					if u := w.check(what, n, report); u > 0 {
						t.Errorf("%s: unsure: %+v", what, report.Unsure)
					}
					w.wrongs(what)
					if left := w.fake.Drafts(office); len(left) > 0 {
						t.Errorf("%s: drafts are left: %v", what, left)
					}
				}
			}
		}
	}
}

// TestFaultsByChance lets one request in fifty go wrong, and stops the run once.
func TestFaultsByChance(t *testing.T) {
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	const n = 200
	w := newWorld(t, fakecloud.Settings{})
	for seed := range rounds {
		s := fakecloud.Settings{Lag: 30, Rate: 20, Seed: uint64(seed + 1), Rewrite: seed%3 == 2, NoCopies: seed%3 == 1}
		w.anew(s)
		w.stopAt = 137 * (seed + 1)
		what := fmt.Sprintf("seed %d", seed+1)
		w.run(n, &graph.Outgoing{Client: w.graph()}, 0)
		w.stopAt = 0
		report, err, _ := w.run(n, &graph.Outgoing{Client: w.graph()}, 0)
		for err != nil { // the service was away for too long; the office tries again
			report, err, _ = w.run(n, &graph.Outgoing{Client: w.graph()}, 0)
		}
		unsure := w.check(what, n, report)
		w.wrongs(what)
		faults := 0
		for _, x := range w.fake.Log() {
			if x.Fault != "" {
				faults++
			}
		}
		t.Logf("%s: %d requests, %d faults, %d sent, %d unsure", what, len(w.fake.Log()), faults, len(report.Sent)+len(report.Already), unsure)
		if unsure > n/20 {
			t.Errorf("%s: %d of %d are unsure", what, unsure, n)
		}
	}
}

// TestThreeHours sends for three hours in a time that nobody waits for: tokens are renewed and limits are kept.
func TestThreeHours(t *testing.T) {
	n := 5400
	if testing.Short() {
		n = 900
	}
	w := newWorld(t, fakecloud.Settings{Lag: 3})
	from := w.Now()
	report, err, _ := w.run(n, &graph.Outgoing{Client: w.graph()}, 30)
	if err != nil || len(report.Sent) != n {
		t.Fatalf("%d sent: %v", len(report.Sent), err)
	}
	w.check("three hours", n, report)
	w.wrongs("three hours")
	took := w.Now().Sub(from)
	renewed, log := 0, w.fake.Log()
	for i, x := range log {
		if x.Kind == "token" && x.Time.After(from) {
			renewed++
		}
		if x.Status == 401 || x.Status == 429 {
			t.Fatalf("%s %s was answered with %d", x.Method, x.Path, x.Status)
		}
		sends := 0
		for k := i; k >= 0 && x.Time.Sub(log[k].Time) < time.Minute; k-- {
			if log[k].Kind == "send" {
				sends++
			}
		}
		if sends > 30 {
			t.Fatalf("%d messages in the minute before %v", sends, x.Time)
		}
	}
	t.Logf("%d messages in %v, %d requests, %d tokens", n, took, len(log), renewed)
	if want := int(took / time.Hour); renewed < want || renewed > want+2 {
		t.Errorf("%d tokens in %v of an hour each", renewed, took)
	}
}

// TestSendOnly has nothing but the permission to send.
func TestSendOnly(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{Scopes: []string{"Mail.Send", "User.Read"}})
	set := func(f ...fakecloud.Fault) fakecloud.Settings {
		return fakecloud.Settings{Scopes: []string{"Mail.Send", "User.Read"}, Faults: f}
	}
	for at := 1; at < 60; at++ {
		for _, after := range []bool{false, true} {
			w.anew(set())
			w.stopAt, w.after = at, after
			report, err, whole := w.run(12, &graph.OneStep{Client: w.graph()}, 0)
			if !whole {
				report, err, whole = w.run(12, &graph.OneStep{Client: w.graph()}, 0)
			}
			if err != nil || !whole {
				t.Fatal(err)
			}
			if u := w.check(fmt.Sprint("stop at ", at), 12, report); u > 1 {
				t.Errorf("stop at %d: %d unsure", at, u)
			}
		}
	}
	for _, do := range []string{"drop-before", "drop-after", "200 undone", "429 undone", "429 done", "503 undone", "504 done", "504 undone"} {
		w.anew(set(fakecloud.Fault{On: "sendMail", Nth: 2, Do: do}))
		report, err, _ := w.run(4, &graph.OneStep{Client: w.graph()}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if u := w.check(do, 4, report); u != 1 {
			t.Errorf("%s: %d are unsure, and one cannot be known", do, u)
		}
	}
}

// TestWhatIsTooLargeIsNotTried: a workbook of 2.2 MB goes, one of 2.4 MB is refused without a request.
func TestWhatIsTooLargeIsNotTried(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{})
	for _, x := range []struct {
		size int
		want mail.Outcome
	}{{2_150_000, mail.Sent}, {2_400_000, mail.Refused}} {
		w.anew(fakecloud.Settings{})
		m := &mail.Message{ID: "rubric.large@fake.example", Recipient: "1", From: mail.Address{Mailbox: office}, To: []mail.Address{{Mailbox: to(1)}}, Subject: "Workbook", Text: "Hello",
			Attachments: []mail.Attachment{{Name: "w.xlsx", Content: make([]byte, x.size)}}}
		r := &mail.Run{Carrier: &graph.Outgoing{Client: w.graph()}, Journal: w, Clock: w, Verify: func(string, mail.Attachment) error { return nil }}
		report, err := r.Send(t.Context(), []mail.Posting{{Key: m.ID, Recipient: "1", Make: func() (*mail.Message, error) { return m, nil }}})
		if err != nil || len(report.Sent)+len(report.Refused) != 1 {
			t.Fatalf("%d bytes: %+v, %v", x.size, report, err)
		}
		last, _ := w.Last(m.ID)
		if last.Outcome != x.want || x.want == mail.Refused && (len(w.fake.Log()) != 0 || !strings.Contains(last.Detail, "2.2 MB")) {
			t.Errorf("%d bytes: %+v, %d requests", x.size, last, len(w.fake.Log()))
		}
	}
}

// TestRevokedAndRefused: a sign-in that holds no longer and an account that may not send stop the run, and say what to do.
func TestRevokedAndRefused(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{Lifetime: 600})
	w.anew(fakecloud.Settings{Lifetime: 600})
	w.now = w.now.Add(2 * time.Hour)
	w.fake.Revoke()
	report, err, _ := w.run(3, &graph.Outgoing{Client: w.graph()}, 0)
	if err == nil || !strings.Contains(err.Error(), "sign in again") || strings.Contains(err.Error(), fakecloud.Prefix) || len(report.Left) != 3 {
		t.Fatalf("%v, %+v", err, report)
	}
	w = newWorld(t, fakecloud.Settings{Scopes: []string{"Mail.Send", "User.Read"}})
	_, err, _ = w.run(3, &graph.Outgoing{Client: w.graph()}, 0)
	if err == nil || !strings.Contains(err.Error(), "administrator") {
		t.Fatal(err)
	}
}

// TestSharedMailbox sends from a mailbox that several people work with.
func TestSharedMailbox(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{Shared: "returns@fake.example", Lag: 10})
	report, err, _ := w.run(3, &graph.Outgoing{Client: w.graph()}, 0)
	if err != nil || len(report.Sent) != 3 {
		t.Fatalf("%+v, %v", report, err)
	}
	for _, where := range w.fake.Where("returns@fake.example") {
		if !strings.HasPrefix(where, "Sent Items") {
			t.Errorf("a copy lies in %s", where)
		}
	}
}

// TestPlacing puts drafts into the mailbox, once, and sees later which of them a person sent.
func TestPlacing(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{})
	points := 0
	for at := 1; ; at++ {
		ended := false
		for _, after := range []bool{false, true} {
			w.anew(fakecloud.Settings{})
			w.stopAt, w.after = at, after
			carrier := func() mail.Carrier { return &graph.Placing{Outgoing: graph.Outgoing{Client: w.graph()}} }
			if _, _, ended = w.run(5, carrier(), 0); ended {
				break
			}
			points++
			if report, err, whole := w.run(5, carrier(), 0); err != nil || !whole || len(report.Placed) != 5 {
				t.Fatalf("stop at %d: %+v, %v", at, report, err)
			}
			if got := w.fake.Drafts(office); len(got) != 5 || len(w.fake.Delivered()) != 0 {
				t.Fatalf("stop at %d, after %v: drafts %v", at, after, got)
			}
		}
		if ended {
			break
		}
	}
	if points < 4*5 {
		t.Errorf("there were only %d stops", points)
	}
	w.stopAt = 0
	w.fake.SendDraft(office, w.fake.Drafts(office)[0])
	placing := &graph.Placing{Outgoing: graph.Outgoing{Client: w.graph()}}
	sent := 0
	for i := range 5 {
		e, _ := w.Last(fmt.Sprintf("rubric.key%04d@fake.example", i))
		d, err := placing.Settle(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		if d.Outcome == mail.Sent {
			sent++
		} else if d.Outcome != mail.Placed {
			t.Errorf("%+v", d)
		}
	}
	if sent != 1 {
		t.Errorf("%d were sent", sent)
	}
}
