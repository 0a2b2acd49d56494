package graph_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/mail/graph"
	"github.com/rubric-project/rubric/models/settings"
)

const office = "office@fake.example"

// world is an office, its mailbox, and a time that nobody waits for.
type world struct {
	t    testing.TB
	fake *fakecloud.Fake
	mu   sync.Mutex
	now  time.Time
	// book is the journal; events counts requests and writes, and the program stops at stopAt, before it or after.
	book   []mail.Entry
	events int
	stopAt int
	after  bool
	// here is called before and after each event, where it is not nil.
	here    func(event int, after bool)
	store   *account.Store
	account settings.Account
	client  *http.Client
	where   account.Endpoints
}

// stopped is thrown where the program is to stop.
type stopped struct{}

func (w *world) Now() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.now }

func (w *world) Sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(max(d, 0))
	return ctx.Err()
}

// event is called before and after each request and each write.
func (w *world) event(after bool) {
	w.mu.Lock()
	if !after {
		w.events++
	}
	event, stop := w.events, w.events == w.stopAt && after == w.after
	if stop {
		w.stopAt = 0
	}
	w.mu.Unlock()
	if w.here != nil {
		w.here(event, after)
	}
	if stop {
		panic(stopped{})
	}
}

func (w *world) Last(key string) (mail.Entry, bool) {
	for _, e := range slices.Backward(w.book) {
		if e.Key == key {
			return e, true
		}
	}
	return mail.Entry{}, false
}

func (w *world) Append(e mail.Entry) error {
	w.event(false)
	w.book = append(w.book, e)
	w.event(true)
	return nil
}

// newWorld signs in to a fake.
func newWorld(t testing.TB, s fakecloud.Settings) *world {
	t.Helper()
	if s.Users == nil {
		s.Users = []string{office}
	}
	w := &world{t: t, fake: fakecloud.Start(t, s), now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		store:   &account.Store{Dir: t.TempDir(), InFile: true},
		account: settings.Account{Provider: account.Microsoft, User: office, ClientID: "11111111-2222-3333-4444-555555555555", Tenant: "fake.example", SharedMailbox: s.Shared}}
	w.where = account.Endpoints{Authorize: w.fake.URL + "/t/oauth2/v2.0/authorize", Token: w.fake.URL + "/t/oauth2/v2.0/token", Device: w.fake.URL + "/t/oauth2/v2.0/devicecode", Graph: w.fake.URL + "/v1.0", Redirect: "localhost"}
	w.connect()
	s0 := w.signIn()
	if _, err := s0.InBrowser(t.Context(), browse); err != nil {
		t.Fatal(err)
	}
	w.events = 0
	return w
}

func (w *world) connect() {
	w.client = &http.Client{Transport: fakecloud.Transport{Now: w.Now, Before: func(*http.Request) { w.event(false) }, After: func(*http.Request) { w.event(true) }},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// killed goes on where the program was killed at this moment: what it held in memory and its locks are gone, what lies in
// files and at the fake is there. Afterwards the fake is as it was, so that the program that was not killed goes on too.
func (w *world) killed(goOn func(*world)) {
	w.t.Helper()
	dir, err := os.MkdirTemp(filepath.Dir(w.store.Dir), "killed-")
	if err == nil {
		err = os.CopyFS(dir, os.DirFS(w.store.Dir))
	}
	if err != nil {
		w.t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	x := &world{t: w.t, fake: w.fake, now: w.Now(), book: slices.Clone(w.book), store: &account.Store{Dir: dir, InFile: true}, account: w.account, where: w.where}
	x.connect()
	w.fake.Keep()
	goOn(x)
	w.fake.Back()
}

func (w *world) signIn() account.SignIn {
	return account.SignIn{Account: w.account, Store: w.store, Endpoints: &w.where, Now: w.Now, HTTP: w.client}
}

// browse is what a browser does with the address.
func browse(address string) error {
	go func() {
		if r, err := http.Get(address); err == nil {
			io.Copy(io.Discard, r.Body)
			r.Body.Close()
		}
	}()
	return nil
}

func (w *world) graph() *graph.Client {
	w.t.Helper()
	tokens, err := account.NewTokens(w.signIn())
	if err != nil {
		w.t.Fatal(err)
	}
	return &graph.Client{Base: w.where.Graph, Tokens: tokens, Mailbox: w.account.SharedMailbox, Clock: w, HTTP: w.client}
}

func to(n int) string { return fmt.Sprintf("district%04d@schools.example", n) }

// run sends to n recipients, and says whether it came to its end.
func (w *world) run(n int, carrier mail.Carrier, perMinute int) (report mail.Report, err error, whole bool) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(stopped); !ok {
				panic(p)
			}
		}
	}()
	var list []mail.Posting
	for i := range n {
		id := fmt.Sprintf("%04d", i)
		m := &mail.Message{ID: "rubric.key" + id + "@fake.example", Recipient: id, From: mail.Address{Mailbox: office}, To: []mail.Address{{Mailbox: to(i)}}, Subject: "Workbook", Text: "Hello",
			Attachments: []mail.Attachment{{Name: "w.xlsx", Content: []byte("workbook of " + id)}}}
		list = append(list, mail.Posting{Key: m.ID, Recipient: id, Make: func() (*mail.Message, error) { return m, nil }})
	}
	r := &mail.Run{Carrier: carrier, Journal: w, Clock: w, Retry: mail.DefaultRetry(), PerMinute: perMinute, Verify: func(to string, a mail.Attachment) error {
		if string(a.Content) != "workbook of "+to {
			return errors.New("another's")
		}
		return nil
	}}
	report, err = r.Send(context.Background(), list)
	return report, err, true
}

// check holds what left against what the report says: nobody has two, nobody is missed without being named. It returns how
// many are unsure.
func (w *world) check(what string, n int, r mail.Report) (unsure int) {
	w.t.Helper()
	got := w.fake.Reached()
	named := map[string]string{}
	for _, list := range [][]mail.Entry{r.Unsure, r.Postponed, r.Refused, r.Withheld, r.Placed} {
		for _, e := range list {
			named[e.Recipient] = string(e.Outcome) + " " + e.Detail
		}
	}
	for _, id := range r.Left {
		named[id] = "left"
	}
	said := map[string]bool{}
	for _, e := range append(slices.Clone(r.Sent), r.Already...) {
		said[e.Recipient] = true
	}
	for i := range n {
		id := fmt.Sprintf("%04d", i)
		switch k := got[to(i)]; {
		case k > 1:
			w.t.Errorf("%s: %s has %d messages", what, id, k)
		case k == 0 && named[id] == "":
			w.t.Errorf("%s: %s was missed and not named", what, id)
		case k == 0 && said[id]:
			w.t.Errorf("%s: %s is said to have it, and has not", what, id)
		case !said[id] && named[id] == "":
			w.t.Errorf("%s: %s is in no list", what, id)
		}
	}
	return len(r.Unsure)
}

// wrongs are what the fake says should not have been done.
func (w *world) wrongs(what string) {
	w.t.Helper()
	for _, x := range w.fake.Wrong() {
		w.t.Errorf("%s: %s %s: %s", what, x.Method, x.Path, x.Wrong)
		return
	}
}

// anew forgets mails and journal.
func (w *world) anew(s fakecloud.Settings) {
	if s.Users == nil {
		s.Users = []string{office}
	}
	w.fake.Clear()
	w.fake.Set(s)
	w.book, w.events, w.stopAt = nil, 0, 0
	w.mu.Lock()
	w.now = w.now.Add(time.Hour) // what was before does not count towards any limit
	w.mu.Unlock()
}
