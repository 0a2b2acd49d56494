package mail_test

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	rubricmail "github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
)

// fastClock sleeps without spending time, and remembers how long it slept.
type fastClock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func (c *fastClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fastClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.now = c.now.Add(d)
		c.slept = append(c.slept, d)
	}
	return ctx.Err()
}

func newClock() *fastClock { return &fastClock{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)} }

// notebook is a journal in memory.
type notebook struct {
	mu      sync.Mutex
	entries []rubricmail.Entry
	fail    func(rubricmail.Entry) error
}

func (n *notebook) Last(key string) (rubricmail.Entry, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, e := range slices.Backward(n.entries) {
		if e.Key == key {
			return e, true
		}
	}
	return rubricmail.Entry{}, false
}

func (n *notebook) Append(e rubricmail.Entry) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fail != nil {
		if err := n.fail(e); err != nil {
			return err
		}
	}
	n.entries = append(n.entries, e)
	return nil
}

func exampleRound() *models.Round {
	return &models.Round{ID: "dmm-2026", Title: "Data maturity 2026", Organiser: "Example Data Office",
		Issued: date("2026-11-02"), Due: date("2026-11-30"), ReplyTo: "returns@office.example",
		Contact: models.Contact{Name: "Example Contact", Email: "post@office.example", Phone: "0100 000"}}
}

func date(s string) models.Date {
	d, err := models.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func recipient(n int) models.Recipient {
	return models.Recipient{ID: fmt.Sprintf("%04d", n), Name: fmt.Sprintf("Example Unified School District %02d", n),
		Email: fmt.Sprintf("district%02d@schools.example", n)}
}

func postings(t testing.TB, c *rubricmail.Composer, list ...models.Recipient) []rubricmail.Posting {
	t.Helper()
	var out []rubricmail.Posting
	for _, rc := range list {
		m, err := c.Message(rubricmail.Letter{Recipient: rc, Names: []string{rc.ID + ".xlsx"}})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rubricmail.Posting{Key: m.ID, Recipient: rc.ID, Make: func() (*rubricmail.Message, error) {
			m.Attachments = []rubricmail.Attachment{{Name: rc.ID + ".xlsx", Content: []byte("workbook of " + rc.ID)}}
			return m, nil
		}})
	}
	return out
}

func composer(t testing.TB) *rubricmail.Composer {
	t.Helper()
	c, err := rubricmail.NewComposer(exampleRound(), rubricmail.Invitation, nil, newClock().Now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// belongs is the check of the attachment that the tests' runs use.
func belongs(recipient string, a rubricmail.Attachment) error {
	if string(a.Content) != "workbook of "+recipient {
		return errors.New("the workbook is another recipient's")
	}
	return nil
}

func (b *letterbox) countByAddress() map[string]int {
	out := map[string]int{}
	for _, m := range b.messages() {
		for _, to := range m.to {
			out[to]++
		}
	}
	return out
}

func TestRunTellsTemporaryFromPermanentAndSendsEachOnce(t *testing.T) {
	cert, pool := validCertificate(t)
	box := newLetterbox(t, cert, func(_ *smtp.Server, b *letterbox) {
		b.needLogin = true
		b.rcpt = func(to string, try int) error {
			switch {
			case to == "district03@schools.example" && try < 3:
				return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, come back"}
			case to == "district04@schools.example":
				return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user"}
			case to == "district05@schools.example":
				return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "Mailbox full"}
			}
			return nil
		}
	})
	var list []models.Recipient
	for i := range 8 {
		list = append(list, recipient(i+1))
	}
	list[5].Email = "district06@schools.example; district04@schools.example" // one of two is refused
	clock, journal := newClock(), &notebook{}
	run := &rubricmail.Run{Carrier: box.server(pool), Journal: journal, Verify: belongs, Clock: clock, Retry: rubricmail.DefaultRetry()}
	all := postings(t, composer(t), list...)
	wrong := all[6].Make
	all[6].Make = func() (*rubricmail.Message, error) { // somebody else's workbook
		m, err := wrong()
		m.Attachments[0].Content = []byte("workbook of 0001")
		return m, err
	}
	report, err := run.Send(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	ids := func(list []rubricmail.Entry) (out []string) {
		for _, e := range list {
			out = append(out, e.Recipient)
		}
		slices.Sort(out)
		return out
	}
	for _, c := range []struct {
		what string
		got  []rubricmail.Entry
		want string
	}{
		{"sent", report.Sent, "0001 0002 0003 0006 0008"}, {"refused", report.Refused, "0004"},
		{"postponed", report.Postponed, "0005"}, {"withheld", report.Withheld, "0007"}, {"unsure", report.Unsure, ""},
	} {
		if got := strings.Join(ids(c.got), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if got := report.Refused[0].Detail; !strings.Contains(got, "does not exist") || !strings.Contains(got, "No such user") {
		t.Errorf("the refusal says %q", got)
	}
	// 1, 4 and 16 minutes for the one that stays full; the pauses for the rate are two seconds.
	if box.tries["district05@schools.example"] != 4 {
		t.Errorf("tried %d times", box.tries["district05@schools.example"])
	}
	if spent := clock.Now().Sub(newClock().Now()); spent < 21*time.Minute || spent > 23*time.Minute {
		t.Errorf("the run took %v by its clock", spent)
	}
	// A second run sends nothing twice.
	run.Carrier = box.server(pool)
	report, err = run.Send(t.Context(), all)
	if err != nil || len(report.Already) != 5 || len(report.Sent) != 0 || len(report.Refused) != 1 {
		t.Errorf("the second run: %+v, %v", report, err)
	}
	for to, n := range box.countByAddress() {
		if n != 1 {
			t.Errorf("%s got %d messages", to, n)
		}
	}
	for _, m := range box.messages() {
		if _, err := mail.ReadMessage(strings.NewReader(string(m.raw))); err != nil {
			t.Errorf("%v: %v", m.to, err)
		}
	}
}

func TestRunKeepsToTheRate(t *testing.T) {
	box, clock := newLetterbox(t, nil), newClock()
	run := &rubricmail.Run{Carrier: &rubricmail.Server{Host: "localhost", Port: box.port, TLS: rubricmail.Unencrypted}, Journal: &notebook{}, Verify: belongs, Clock: clock, PerMinute: 12}
	if _, err := run.Send(t.Context(), postings(t, composer(t), exampleRecipients(5)...)); err != nil {
		t.Fatal(err)
	}
	if spent := clock.Now().Sub(newClock().Now()).Round(time.Second); spent != 20*time.Second {
		t.Errorf("five messages at twelve a minute took %v", spent)
	}
}

func TestRunGoesOnWhereAConnectionMayCarryOnlySoMany(t *testing.T) {
	cert, pool := validCertificate(t)
	box := newLetterbox(t, cert, func(_ *smtp.Server, b *letterbox) { b.perConnection = 3 })
	clock := newClock()
	run := &rubricmail.Run{Carrier: box.server(pool), Journal: &notebook{}, Verify: belongs, Clock: clock, PerMinute: 600, Retry: rubricmail.DefaultRetry()}
	report, err := run.Send(t.Context(), postings(t, composer(t), exampleRecipients(10)...))
	if err != nil || len(report.Sent) != 10 || box.logins != 4 {
		t.Errorf("%d sent over %d connections, %v", len(report.Sent), box.logins, err)
	}
	if spent := clock.Now().Sub(newClock().Now()); spent > 5*time.Second {
		t.Errorf("it waited %v for what a new connection gives at once", spent)
	}
}

func TestRunStopsWhereTheJournalCannotBeWritten(t *testing.T) {
	for _, outcome := range []rubricmail.Outcome{rubricmail.Begun, rubricmail.Sent} {
		box := newLetterbox(t, nil)
		journal := &notebook{fail: func(e rubricmail.Entry) error {
			if e.Outcome == outcome && e.Recipient == "0002" {
				return errors.New("disk full")
			}
			return nil
		}}
		run := &rubricmail.Run{Carrier: &rubricmail.Server{Host: "localhost", Port: box.port, TLS: rubricmail.Unencrypted}, Journal: journal, Verify: belongs, Clock: newClock(), PerMinute: 6000}
		all := postings(t, composer(t), exampleRecipients(3)...)
		report, err := run.Send(t.Context(), all)
		if err == nil || !strings.Contains(err.Error(), "the journal cannot be written") || len(report.Left) == 0 {
			t.Errorf("%s: %v, %+v", outcome, err, report)
		}
		journal.fail = nil
		report, err = run.Send(t.Context(), all)
		if err != nil {
			t.Fatal(err)
		}
		got := box.countByAddress()
		for i := range 3 {
			if n := got[recipient(i+1).Email]; n != 1 {
				t.Errorf("%s: %s got %d messages", outcome, recipient(i+1).ID, n)
			}
		}
		if unsure := len(report.Unsure) == 1; unsure != (outcome == rubricmail.Sent) {
			t.Errorf("%s: unsure %v", outcome, report.Unsure)
		}
	}
}

func TestRunCanBeStopped(t *testing.T) {
	box := newLetterbox(t, nil)
	ctx, stop := context.WithCancel(t.Context())
	box.taken = func() {
		if len(box.messages()) == 2 {
			stop()
		}
	}
	journal := &notebook{}
	run := &rubricmail.Run{Carrier: &rubricmail.Server{Host: "localhost", Port: box.port, TLS: rubricmail.Unencrypted}, Journal: journal, Verify: belongs, Clock: newClock(), PerMinute: 6000}
	all := postings(t, composer(t), exampleRecipients(4)...)
	report, err := run.Send(ctx, all)
	if !errors.Is(err, context.Canceled) || len(report.Sent) != 2 || len(report.Left) != 2 {
		t.Errorf("%v, %+v", err, report)
	}
	if report, err = run.Send(t.Context(), all); err != nil || len(report.Sent) != 2 || len(report.Unsure) != 0 {
		t.Errorf("%v, %+v", err, report)
	}
}
