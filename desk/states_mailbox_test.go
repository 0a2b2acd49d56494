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
		state{name: "error", reach: small("mailbox"), click: `form[action$="/mailbox/in"] button`})
	addStates("/r/{key}/mailbox/it", state{name: "empty", why: "the steps are always there"}, state{name: "full", reach: small("mailbox/it")}, state{name: "google", reach: small("mailbox/it?provider=google")},
		state{name: "error", why: "nothing can be wrong on it"})
}

// mailboxFakes are the fakes of desks that asked for one, by the desk's visitor.
var mailboxFakes = map[*visitor]*fakecloud.Fake{}

// mailboxSignedIn is the page after a sign-in at a fake.
func mailboxSignedIn(t *testing.T) (*visitor, string, string) {
	v, dir, path := withBooks("mailbox")(t)
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{mailboxOfTest}})
	mailboxFakes[v] = f
	v.desk.SetAccounts(post.Accounts{Place: func(s *account.SignIn) {
		s.HTTP = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		s.Endpoints = &account.Endpoints{Authorize: f.URL + "/t/oauth2/v2.0/authorize", Token: f.URL + "/t/oauth2/v2.0/token", Graph: f.URL + "/v1.0", Redirect: "localhost"}
	}})
	page, _, _ := v.get(path)
	page, _, _ = v.fill(page, path+"/in", "provider", "microsoft", "user", mailboxOfTest, "client", "our-id", "tenant", "fake.example", "file", "yes")
	i := strings.Index(page, f.URL+"/t/oauth2")
	if i < 0 {
		t.Fatalf("the sign-in is not offered:\n%s", page)
	}
	address := html.UnescapeString(page[i : i+strings.IndexByte(page[i:], 0x22)])
	r, err := http.Get(address)
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
	confirm := func() string {
		page, _, _ := v.get(send)
		page, at, _ := v.fill(page, send+"/prepare?kind=invitations")
		if !strings.Contains(at, "/confirm") {
			page = v.settle(send + "?job=ended")
			i := strings.Index(page, send+"/confirm?m=")
			page, _, _ = v.get(page[i : i+strings.IndexByte(page[i:], '"')])
		}
		return page
	}
	page = confirm()
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
