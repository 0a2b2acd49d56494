package bypost_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/internal/mailservers"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/account"
)

// TestTheSignInAtRealServers signs in as at Google, and sends, puts drafts and collects by servers that others wrote, which
// ask the fake what a token is worth: tokens that have ended are renewed, before and after a server refuses them, and a
// sign-in that holds no longer is said.
func TestTheSignInAtRealServers(t *testing.T) {
	base := ownFolders(t)
	f := fakecloud.Start(t, fakecloud.Settings{Users: []string{postUser}})
	cert, caFile := officeCertificate(t)
	roots := x509.NewCertPool()
	if pem, err := os.ReadFile(caFile); err != nil || !roots.AppendCertsFromPEM(pem) {
		t.Fatal(err)
	}
	o := &realOffice{caFile: caFile, Office: mailservers.New(t, mailservers.Settings{User: postUser, Password: postPassword, Valid: &cert, Other: &cert, MaxSize: "20M",
		Addresses: map[string]string{"@schools.example": "box", "@office.example": "box"}, Introspect: f.URL + "/t/oauth2/v2.0/introspect"})}
	o.poster = &mail.Server{Host: "127.0.0.1", Port: o.Submission, Roots: roots, User: postUser, Password: mail.Secret{Ask: func() (string, error) { return postPassword, nil }}}
	defer o.poster.Close()
	s := &cmdtest.Session{T: t, Dir: filepath.Join(base, "round"), Clock: cmdtest.ClockAt(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC))}
	atMicrosoft := atFake(f, s.Clock)
	s.Set = func(app *cmd.App) {
		atMicrosoft(app)
		place := app.Accounts.Place
		app.Accounts.Place = func(in *account.SignIn) {
			place(in)
			in.Endpoints.SMTP, in.Endpoints.IMAP = fmt.Sprintf("127.0.0.1:%d", o.Submission), fmt.Sprintf("127.0.0.1:%d", o.IMAPS)
		}
	}
	roundWithMail(t, s, base, 4, fmt.Sprintf("\nmail:\n  smtp: {ca_file: %s}\n  account: {provider: google, user: %s, client_id: our-id}\n", caFile, postUser))
	tokens := func() (n int) {
		for _, x := range f.Log() {
			if x.Kind == "token" {
				n++
			}
		}
		return n
	}

	s.Run(0, "login", "--store", "file")
	if out := s.Run(0, "login", "--check"); strings.Count(out, "works: ") != 3 {
		t.Errorf("login --check: %s", out)
	}
	before := tokens()
	var report mail.Report
	decode(t, s.Run(0, "send", "--via", "smtp", "--yes", "--json", "--only", "000,001"), &report)
	if len(report.Sent) != 2 || tokens() != before {
		t.Fatalf("%+v, %d tokens", report, tokens()-before)
	}
	workbook := o.messages(t, "s000@schools.example", 1)[0]
	o.messages(t, "s001@schools.example", 1)

	// The token has ended by the clock.
	s.Clock.Sleep(context.Background(), 2*time.Hour)
	decode(t, s.Run(0, "send", "--via", "smtp", "--yes", "--json", "--only", "002"), &report)
	if len(report.Sent) != 1 || tokens() != before+1 {
		t.Fatalf("%+v, %d tokens", report, tokens()-before)
	}
	o.messages(t, "s002@schools.example", 1)

	// The servers end it before its time; they refuse it once, and take the next.
	o.reply(t, letter(0, "completed.xlsx", fill(t, workbook, 0)))
	o.replied(t, 1)
	f.Expire()
	var got struct{ New int }
	decode(t, s.Run(0, "collect", "google:INBOX", "--json"), &got)
	if got.New != 1 || tokens() != before+2 {
		t.Fatalf("%+v, %d tokens", got, tokens()-before)
	}
	f.Expire()
	decode(t, s.Run(0, "send", "--via", "mailbox-drafts", "--yes", "--json", "--only", "003"), &report)
	if drafts, _ := os.ReadDir(filepath.Join(o.Maildir("post"), ".Drafts", "cur")); len(report.Placed) != 1 || len(drafts) != 1 || !strings.Contains(drafts[0].Name(), "DS") {
		t.Fatalf("%+v, drafts: %v", report, drafts)
	}
	f.Expire()
	decode(t, s.Run(0, "remind", "--via", "smtp", "--yes", "--json", "--only", "001"), &report)
	if len(report.Sent) != 1 {
		t.Fatalf("%+v", report)
	}
	o.messages(t, "s001@schools.example", 2)

	// The sign-in itself was ended.
	f.Expire()
	f.Revoke()
	s.All.Reset()
	for _, args := range [][]string{{"send", "--via", "smtp", "--yes", "--resend", "002", "--only", "002"}, {"collect", "google:INBOX"}, {"status", "--sent"}} {
		s.All.Reset()
		s.Run(3, args...)
		if said := s.All.String(); !strings.Contains(said, "the sign-in was ended") || !strings.Contains(said, "sign in again") {
			t.Errorf("%v: %s", args, said)
		}
	}
	o.messages(t, "s002@schools.example", 1)
	if got := secretsIn(t, base); len(got) != 0 {
		t.Errorf("secrets lie in %v", got)
	}
	for _, x := range f.Log() {
		if x.Status >= http.StatusInternalServerError || x.Wrong != "" {
			t.Errorf("%+v", x)
		}
	}
}
