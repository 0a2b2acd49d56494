package mail_test

import (
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/mail"
)

// TestRealServersThatCannotBeTrusted: a certificate or a password that is wrong ends in a clear message, with
// nothing sent.
func TestRealServersThatCannotBeTrusted(t *testing.T) {
	o := newRealOffice(t, map[string]string{recipient(1).Email: "box"})
	nobody := x509.NewCertPool()
	for _, test := range []struct {
		name, host string
		roots      *x509.CertPool
		password   string
		want       string
	}{
		{"issued by somebody unknown", "", nobody, testPassword, "does not trust"},
		{"expired", "127.0.0.2", o.roots, testPassword, "has expired"},
		{"wrong password", "", o.roots, testPassword + "!", "refused the sign-in of " + testUser},
		{"no password", "", o.roots, "", "no password was given"},
	} {
		password := mail.Secret{Ask: func() (string, error) { return test.password, nil }}
		check := func(t *testing.T, err error) {
			t.Helper()
			var problem *mail.ServerError
			if !errors.As(err, &problem) || !strings.Contains(problem.Fault.Message, test.want) || problem.Fault.Remedy == "" {
				t.Fatalf("the error is %v, want %q", err, test.want)
			}
			if secretIn(err.Error()) || test.password != "" && strings.Contains(err.Error(), test.password) {
				t.Errorf("the error holds the password: %v", err)
			}
		}
		for _, way := range []mail.TLS{mail.StartTLS, mail.ImplicitTLS} {
			host := map[mail.TLS]string{mail.StartTLS: "0.0.0.0", mail.ImplicitTLS: "127.0.0.1"}[way]
			if test.host != "" {
				host = test.host
			}
			t.Run("SMTP "+string(way)+" "+test.name, func(t *testing.T) {
				server := o.server()
				server.Host, server.TLS, server.Roots, server.Password = host, way, test.roots, password
				if way == mail.ImplicitTLS {
					server.Port = o.Submissions
				}
				journal := &notebook{}
				run := &mail.Run{Carrier: server, Journal: journal, Verify: belongs, Clock: newClock(), Retry: mail.DefaultRetry()}
				report, err := run.Send(t.Context(), postings(t, composer(t), recipient(1)))
				check(t, err)
				if len(journal.entries) != 0 || len(report.Left) != 1 {
					t.Errorf("something was sent or recorded: %+v", report)
				}
			})
			source := fmt.Sprintf("imap://%s@%s:%d/INBOX", testUser, host, o.IMAP)
			if way == mail.ImplicitTLS {
				source = fmt.Sprintf("imaps://%s@%s:%d/INBOX", testUser, host, o.IMAPS)
			} else if test.host != "" {
				continue // STARTTLS is not asked of an address that can only mean this computer
			}
			t.Run("IMAP "+string(way)+" "+test.name, func(t *testing.T) {
				options := imapOptions(test.roots)
				options.Password = password
				var last error
				for _, err := range mail.Collect(t.Context(), []string{source}, options) {
					last = err
				}
				check(t, last)
			})
		}
	}
	if names := o.Delivered(t); len(names) != 0 {
		t.Errorf("there are mailboxes: %q", names)
	}
}

// TestRealOpenSMTPDEncrypts speaks to OpenSMTPD itself. Where its TLS does not work, as with Debian 12's, that is
// said, and nothing goes in clear.
func TestRealOpenSMTPDEncrypts(t *testing.T) {
	o := newRealOffice(t, map[string]string{recipient(1).Email: "box"})
	wire, server, journal := newTap(t, o.OpenSMTPD), o.server(), &notebook{}
	server.Port = wire.port
	run := &mail.Run{Carrier: server, Journal: journal, Verify: belongs, Clock: newClock(), Retry: mail.DefaultRetry()}
	report, err := run.Send(t.Context(), postings(t, composer(t), recipient(1)))
	if err == nil {
		if len(report.Sent) != 1 {
			t.Errorf("%+v", report)
		}
		o.Messages(t, "district01", 1)
	} else {
		var problem *mail.ServerError
		if !errors.As(err, &problem) || !strings.Contains(problem.Fault.Message, "no way to encrypt") || len(journal.entries)+len(o.Delivered(t)) != 0 {
			t.Errorf("the error is %v, the report %+v", err, report)
		}
		t.Logf("this OpenSMTPD's TLS does not work: %v", err)
	}
	wire.mu.Lock()
	defer wire.mu.Unlock()
	if clear := wire.sent.String(); !strings.Contains(clear, "STARTTLS") || strings.Contains(clear, "MAIL FROM") || strings.Contains(clear, "AUTH") || secretIn(clear) {
		t.Errorf("sent in clear: %q", clear)
	}
}
