package bypost_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail"
)

// TestLoginSetup: the steps for IT have the office's own ids in the link for its consent, in each cloud, and what a shared
// mailbox needs.
func TestLoginSetup(t *testing.T) {
	base := ownFolders(t)
	s := &cmdtest.Session{T: t, Dir: filepath.Join(base, "round"), Clock: cmdtest.ClockAt(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC))}
	roundWithMail(t, s, base, 1, "")
	for _, x := range []struct {
		args  []string
		holds []string
	}{
		{nil, []string{"https://login.microsoftonline.com/TENANT/adminconsent?client_id=CLIENT-ID&", "http://localhost", "Mail.ReadWrite, Mail.Send, User.Read, offline_access"}},
		{[]string{"--client-id", "our-id", "--tenant", "office.example", "--cloud", "us-gov-high"}, []string{"https://login.microsoftonline.us/office.example/adminconsent?client_id=our-id&"}},
		{[]string{"--shared-mailbox", "returns@office.example"}, []string{"“Send as” for returns@office.example", "Mail.ReadWrite.Shared", "Mail.Send.Shared"}},
		{[]string{"google"}, []string{"https://mail.google.com/", "choose Internal"}},
	} {
		out := s.Run(0, append([]string{"login", "--setup"}, x.args...)...)
		for _, w := range x.holds {
			if !strings.Contains(out, w) {
				t.Errorf("%v: it is not said: %s\n%s", x.args, w, out)
			}
		}
	}
}

// TestOtherWaysOfAnAccount: a code on another device; the permission to send only, with which nothing is looked up, put into
// the mailbox or collected; a shared mailbox, sent from and collected from, with a category and without.
func TestOtherWaysOfAnAccount(t *testing.T) {
	base := ownFolders(t)
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{postUser}, Scopes: []string{"Mail.Send", "User.Read"}})
	s := &cmdtest.Session{T: t, Dir: filepath.Join(base, "round"), Clock: cmdtest.ClockAt(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC))}
	s.Set = atFake(f, s.Clock)
	roundWithMail(t, s, base, 4, accountOfTest)
	s.Run(0, "login", "--store", "file", "--send-only", "--device")
	if said := s.All.String(); !strings.Contains(said, "Open https://fake.example/device in any browser and type this code: FAKE-CODE") || !strings.Contains(said, "send (--via microsoft): yes") ||
		!strings.Contains(said, "(--via mailbox-drafts): no") || !strings.Contains(said, "collect (microsoft:Inbox): no") {
		t.Errorf("login: %s", said)
	}
	if out := s.Run(1, "login", "--check"); !strings.Contains(out, "works: the sign-in can be renewed") || !strings.Contains(out, "an administrator has to agree to more") {
		t.Errorf("login --check: %s", out)
	}
	var report mail.Report
	decode(t, s.Run(0, "send", "--via", "microsoft", "--yes", "--json", "--only", "000,001"), &report)
	kinds := map[string]int{}
	for _, x := range f.Log() {
		kinds[x.Kind]++
	}
	if len(report.Sent) != 2 || kinds["sendMail"] != 2 || kinds["create"] != 0 {
		t.Errorf("%+v, %v", report, kinds)
	}
	for _, args := range [][]string{{"send", "--via", "mailbox-drafts", "--yes"}, {"collect", "microsoft:Inbox"}} {
		s.All.Reset()
		s.Run(3, args...)
		if said := s.All.String(); !strings.Contains(said, postUser+" may only send, and not") || !strings.Contains(said, "administrator") {
			t.Errorf("%v: %s", args, said)
		}
	}

	const shared = "returns@office.example"
	f.Clear()
	f.Set(fakecloud.Settings{Users: []string{postUser}, Shared: shared})
	s.Dir, base = filepath.Join(base, "other"), filepath.Join(base, "home")
	roundWithMail(t, s, base, 4, strings.Replace(accountOfTest, "tenant: office.example", "tenant: office.example, shared_mailbox: "+shared, 1))
	s.Run(0, "login", "--store", "file")
	if out := s.Run(0, "login", "--check"); !strings.Contains(out, "put into the mailbox "+shared) {
		t.Errorf("login --check: %s", out)
	}
	decode(t, s.Run(0, "send", "--via", "microsoft", "--yes", "--json"), &report)
	copies := f.Where(shared)
	if len(report.Sent) != 4 || len(copies) != 4 || len(f.Where(postUser)) != 0 {
		t.Errorf("%+v, copies: %v", report, copies)
	}
	for _, where := range copies {
		if where != "Sent Items|" {
			t.Errorf("copies: %v", copies)
		}
	}
	var box [][]byte
	for _, d := range f.Delivered() {
		if slices.Contains(d.To, "s002@schools.example") || slices.Contains(d.To, "s003@schools.example") {
			box = append(box, d.Raw)
		}
	}
	for i, raw := range box {
		f.Arrive(fakecloud.Letter{User: shared, Folder: "Inbox/Returns", Time: s.Clock.Now(), Raw: []byte(letter(i+2, fmt.Sprintf("completed-%d.xlsx", i), fill(t, raw, i+2)))})
	}
	f.Arrive(fakecloud.Letter{User: shared, Folder: "Inbox/Returns", Time: s.Clock.Now(), Raw: []byte("From: somebody@else.example\r\nMessage-ID: <news@else.example>\r\nSubject: News\r\n\r\nNothing.\r\n")})
	var got struct{ New int }
	decode(t, s.Run(0, "collect", "microsoft:"+shared+"/Inbox/Returns", "--category", "Collected", "--json"), &got)
	where := f.Where(shared)
	if got.New != 2 || where["reply-2@schools.example"] != "Returns|Collected" || where["reply-3@schools.example"] != "Returns|Collected" || where["news@else.example"] != "Returns|" {
		t.Errorf("%+v, %v", got, where)
	}
	for _, x := range f.Wrong() {
		t.Errorf("%+v", x)
	}
	if got := secretsIn(t, base); len(got) != 0 {
		t.Errorf("secrets lie in %v", got)
	}
}
