package desk_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/office/post"
)

const mailboxOfTest = "office@fake.example"

func init() {
	addStates("/r/{key}/mailbox", state{name: "empty", reach: small("mailbox")}, state{name: "full", reach: mailboxSignedIn},
		state{name: "error", reach: small("mailbox"), click: `form[action$="/mailbox/in"] button`},
		state{name: "signing-in", reach: func(t *testing.T) (*visitor, string, string) {
			v, dir, path := withBooks("mailbox")(t)
			v.beginSignIn(path, fakecloud.Settings{})
			return v, dir, path
		}},
		state{name: "send-only", reach: func(t *testing.T) (*visitor, string, string) {
			return mailboxAfter(t, fakecloud.Settings{Scopes: []string{"Mail.Send", "User.Read", "offline_access"}})
		}},
		state{name: "consent-missing", reach: func(t *testing.T) (*visitor, string, string) {
			v, dir, path := mailboxAfter(t, fakecloud.Settings{Refuse: "consent_required", RefuseText: "AADSTS90094: An administrator"})
			return v, dir, path + "?job=ended"
		}},
		state{name: "expired", reach: func(t *testing.T) (*visitor, string, string) {
			v, dir, path := mailboxSignedIn(t)
			mailboxFakes[v].Expire()
			mailboxFakes[v].Revoke()
			page, _, _ := v.get(path)
			v.fill(page, path+"/try")
			v.settle(path)
			return v, dir, path + "?job=ended"
		}})
	addStates("/r/{key}/mailbox/it", state{name: "empty", why: "the steps are always there"}, state{name: "full", reach: small("mailbox/it")}, state{name: "google", reach: small("mailbox/it?provider=google")},
		state{name: "error", why: "nothing can be wrong on it"})
	addStates("/r/{key}/send", state{name: "sending", reach: sendingByAccount}, state{name: "stopped", reach: stoppedByAccount},
		state{name: "resumed", reach: func(t *testing.T) (*visitor, string, string) {
			v, dir, send := stoppedByAccount(t)
			v.sendByAccount(strings.TrimSuffix(send, "?job=ended"))
			v.settle(send)
			return v, dir, send
		}})
	addStates("/r/{key}/send/confirm", state{name: "signed-in", reach: func(t *testing.T) (*visitor, string, string) {
		v, dir, path := mailboxSignedIn(t)
		return v, dir, v.readyToSend(strings.TrimSuffix(path, "mailbox") + "send")
	}}, state{name: "stopped", reach: func(t *testing.T) (*visitor, string, string) {
		v, dir, send := stoppedByAccount(t)
		return v, dir, v.readyToSend(strings.TrimSuffix(send, "?job=ended"))
	}})
}

// mailboxFakes are the fakes of desks that asked for one, by the desk's visitor.
var mailboxFakes = map[*visitor]*fakecloud.Fake{}

// atFake makes a desk sign in at a fake.
func (v *visitor) atFake(s fakecloud.Settings) *fakecloud.Fake {
	v.t.Helper()
	s.Users = []string{mailboxOfTest}
	f := fakecloud.Start(v.t, s)
	mailboxFakes[v] = f
	v.desk.SetAccounts(post.Accounts{Place: func(s *account.SignIn) {
		s.HTTP = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		s.Endpoints = &account.Endpoints{Authorize: f.URL + "/t/oauth2/v2.0/authorize", Token: f.URL + "/t/oauth2/v2.0/token", Graph: f.URL + "/v1.0", Redirect: "localhost"}
	}})
	return f
}

// beginSignIn begins a sign-in at a fake, and gives the address where it goes on.
func (v *visitor) beginSignIn(path string, s fakecloud.Settings) (address string) {
	v.t.Helper()
	f := v.atFake(s)
	page, _, _ := v.get(path)
	page, _, _ = v.fill(page, path+"/in", "provider", "microsoft", "user", mailboxOfTest, "client", "our-id", "tenant", "fake.example", "file", "yes")
	i := strings.Index(page, f.URL+"/t/oauth2")
	if i < 0 {
		v.t.Fatalf("the sign-in is not offered:\n%s", page)
	}
	return html.UnescapeString(page[i : i+strings.IndexByte(page[i:], 0x22)])
}

// mailboxAfter is the page after a sign-in, as it came out.
func mailboxAfter(t *testing.T, s fakecloud.Settings) (*visitor, string, string) {
	v, dir, path := withBooks("mailbox")(t)
	r, err := http.Get(v.beginSignIn(path, s))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(r.Body)
	r.Body.Close()
	if !bytes.Contains(b, []byte("You can close this window")) {
		t.Fatalf("the sign-in ends with: %s", b)
	}
	v.settle(path)
	return v, dir, path
}

// mailboxSignedIn is the page after a sign-in at a fake.
func mailboxSignedIn(t *testing.T) (*visitor, string, string) {
	return mailboxAfter(t, fakecloud.Settings{})
}

// readyToSend prepares the invitations, and gives the page that asks for the last confirmation.
func (v *visitor) readyToSend(send string) (confirm string) {
	v.t.Helper()
	page, _, _ := v.get(send)
	page, at, _ := v.fill(page, send+"/prepare?kind=invitations")
	if strings.Contains(at, "/confirm") {
		return at
	}
	page = v.settle(send + "?job=ended")
	i := strings.Index(page, send+"/confirm?m=")
	if i < 0 {
		v.t.Fatalf("nothing is ready:\n%s", page)
	}
	return page[i : i+strings.IndexByte(page[i:], '"')]
}

// sendByAccount prepares the invitations and has them sent by the mailbox.
func (v *visitor) sendByAccount(send string) {
	v.t.Helper()
	confirm := v.readyToSend(send)
	page, _, _ := v.get(confirm)
	v.fill(page, send+"/go", "do", "account", "m", confirm[strings.Index(confirm, "m=")+2:])
}

// sendingByAccount is the page Send while one of two messages has gone by the mailbox; the next waits for a minute.
func sendingByAccount(t *testing.T) (*visitor, string, string) {
	v, dir, path := mailboxSignedIn(t)
	file, err := os.OpenFile(filepath.Join(dir, "round.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(file, "\nmail:\n  smtp: {per_minute: 1}\n")
	file.Close()
	send := strings.TrimSuffix(path, "mailbox") + "send"
	v.sendByAccount(send)
	for range 200 {
		if len(mailboxFakes[v].Delivered()) == 1 {
			return v, dir, send
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("nothing is sent")
	return v, dir, send
}

// stoppedByAccount is the page Send after that run was stopped.
func stoppedByAccount(t *testing.T) (*visitor, string, string) {
	v, dir, send := sendingByAccount(t)
	page, _, _ := v.get(send)
	v.fill(page, strings.TrimSuffix(send, "send")+"job/stop")
	v.settle(send)
	return v, dir, send + "?job=ended"
}

// TestASignInNeedsItsIDs: what is missing is said beside the fields, and nothing is begun.
func TestASignInNeedsItsIDs(t *testing.T) {
	v, _, path := small("mailbox")(t)
	page, _, _ := v.get(path)
	page, _, status := v.fill(page, path+"/in", "provider", "microsoft")
	if status != http.StatusUnprocessableEntity && status != http.StatusBadRequest || strings.Count(page, `aria-invalid="true"`) != 3 {
		t.Errorf("%d\n%s", status, page)
	}
}

// TestTheMailboxOnTheDesk signs in, tries, sends by the mailbox, puts drafts there, collects, and signs out.
func TestTheMailboxOnTheDesk(t *testing.T) {
	v, dir, path := mailboxSignedIn(t)
	f := mailboxFakes[v]
	page, _, _ := v.get(path)
	if !strings.Contains(page, mailboxOfTest) || !strings.Contains(page, "May collect") {
		t.Fatalf("nobody is signed in:\n%s", page)
	}
	// did gives all that is said of a job, whether it had ended at once or not.
	did := func(page, action, ends string, more ...string) string {
		said, _, _ := v.fill(page, action, more...)
		return said + v.settle(ends+"?job=ended")
	}
	if page = did(page, path+"/try", path); !strings.Contains(page, "The mailbox works") {
		t.Errorf("it was tried:\n%s", page)
	}
	send := strings.TrimSuffix(path, "mailbox") + "send"
	page, _, _ = v.get(v.readyToSend(send))
	if !strings.Contains(page, "Or by your mailbox") {
		t.Fatalf("the mailbox is not offered:\n%s", page)
	}
	i := strings.Index(page, `name="m" value="`) + len(`name="m" value="`)
	if page = did(page, send+"/go", send, "do", "mailbox", "m", page[i:i+strings.IndexByte(page[i:], '"')]); !strings.Contains(page, "as drafts in the mailbox") || len(f.Drafts(mailboxOfTest)) != 2 || len(f.Delivered()) != 0 {
		t.Fatalf("%d drafts:\n%s", len(f.Drafts(mailboxOfTest)), page)
	}
	f.SendDraft(mailboxOfTest, f.Drafts(mailboxOfTest)[0])
	page, _, _ = v.get(path)
	if page = did(page, path+"/look", path); !strings.Contains(page, "1 draft has been sent since, 1 waits.") {
		t.Errorf("looked:\n%s", page)
	}
	f.Arrive(fakecloud.Letter{User: mailboxOfTest, Folder: "Inbox", Time: time.Now(), Raw: fmt.Appendf(nil, "From: a@b.example\r\nMessage-ID: <a@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=scan.pdf\r\nContent-Disposition: attachment; filename=scan.pdf\r\n\r\n%%PDF-1.4\r\n")})
	returns := strings.TrimSuffix(path, "mailbox") + "returns"
	page, _, _ = v.get(returns)
	if page = did(page, returns+"/mailbox", returns, "do", "account", "accountfolder", "Inbox"); !strings.Contains(page, "1 file is new") {
		t.Errorf("collected:\n%s", page)
	}
	page, _, _ = v.get(path)
	page, _, _ = v.fill(page, path+"/out")
	if !strings.Contains(page, "is signed out") || !strings.Contains(page, "1 draft is still in the mailbox") {
		t.Errorf("signed out:\n%s", page)
	}
	_ = filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if b, _ := os.ReadFile(p); bytes.Contains(b, []byte(fakecloud.Prefix)) {
				t.Errorf("%s holds a secret", p)
			}
		}
		return nil
	})
}

// TestASendingRunIsStoppedAndGoesOn: of two messages one has gone when the run is stopped. Preparing again says that it is
// not known what became of the first, and sending again looks it up and sends the other. Nobody gets two.
func TestASendingRunIsStoppedAndGoesOn(t *testing.T) {
	v, dir, send := sendingByAccount(t)
	f := mailboxFakes[v]
	page, _, _ := v.get(send)
	if !strings.Contains(page, "<progress") || !strings.Contains(page, ">Stop</button>") {
		t.Errorf("while it runs:\n%s", page)
	}
	v.fill(page, strings.TrimSuffix(send, "send")+"job/stop")
	if page = v.settle(send + "?job=ended"); !strings.Contains(page, "1 is left: prepare again to go on") || strings.Contains(page, "ask the recipient") {
		t.Errorf("stopped:\n%s", page)
	}
	journal := func() string {
		b, err := os.ReadFile(filepath.Join(dir, ".rubric", "journal.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	open := !strings.Contains(journal(), `"sent"`) // it was looked up before the stop where the computer is slow
	confirm := v.readyToSend(send)
	page, _, _ = v.get(confirm)
	if open != strings.Contains(page, "1 message was handed over to the mailbox before, and it is not known what became of it.") || !strings.Contains(page, "Send 1 message by your mailbox") {
		t.Errorf("prepared again, open %v:\n%s", open, page)
	}
	v.fill(page, send+"/go", "do", "account", "m", confirm[strings.Index(confirm, "m=")+2:])
	if page = v.settle(send + "?job=ended"); !strings.Contains(page, map[bool]string{true: "2 messages were sent.", false: "1 message was sent."}[open]) {
		t.Errorf("gone on:\n%s", page)
	}
	if got := f.Reached(); len(got) != 2 || got["seven@example.org"] != 1 || got["eight@example.org"] != 1 {
		t.Errorf("%v", got)
	}
	if page, _, _ = v.get(v.readyToSend(send)); !strings.Contains(page, "There is nobody to write to now.") || strings.Contains(page, "Not looked up yet") {
		t.Errorf("prepared once more:\n%s", page)
	}
	for _, x := range f.Wrong() {
		t.Errorf("%+v", x)
	}
}

// TestTheMailboxSaysWhatIsInTheWay: a permission that is missing, an administrator who has not agreed, a sign-in that ended.
func TestTheMailboxSaysWhatIsInTheWay(t *testing.T) {
	for name, words := range map[string][]string{
		"signing-in":      {"Go on at your provider", "Open the sign-in"},
		"send-only":       {"May put drafts into the mailbox</dt><dd>no", "May send</dt><dd>yes", "May collect from the mailbox</dt><dd>no"},
		"consent-missing": {"an administrator has to agree before this program may use the mailbox", `/mailbox/it"`},
		"expired":         {"the sign-in was ended", "sign in again"},
	} {
		for _, s := range states["/r/{key}/mailbox"] {
			if s.name == name {
				v, _, path := s.reach(t)
				page, _, _ := v.get(path)
				for _, w := range words {
					if !strings.Contains(strings.ToLower(page), strings.ToLower(w)) {
						t.Errorf("%s: it is not said: %s\n%s", name, w, page)
					}
				}
			}
		}
	}
}
