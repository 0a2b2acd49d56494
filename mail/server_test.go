package mail_test

import (
	"bufio"
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/rubric-project/rubric/mail"
)

// tap passes bytes on to a server and keeps what the client sent.
type tap struct {
	mu   sync.Mutex
	sent bytes.Buffer
	port int
}

func newTap(t *testing.T, target int) *tap {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &tap{port: l.Addr().(*net.TCPAddr).Port}
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", target))
			if err != nil {
				in.Close()
				continue
			}
			go func() { io.Copy(in, out); in.Close() }()
			go func() {
				io.Copy(io.MultiWriter(out, writerFunc(func(b []byte) (int, error) {
					p.mu.Lock()
					defer p.mu.Unlock()
					return p.sent.Write(b)
				})), in)
				out.Close()
			}()
		}
	}()
	return p
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// secretIn finds the password in a text, as it is or in the forms in which the protocol carries it.
func secretIn(s string) bool {
	for _, form := range []string{testPassword, base64.StdEncoding.EncodeToString([]byte(testPassword)),
		base64.StdEncoding.EncodeToString([]byte("\x00" + testUser + "\x00" + testPassword))} {
		if strings.Contains(s, form) {
			return true
		}
	}
	return false
}

func TestServerThatCannotBeTrustedGetsNothing(t *testing.T) {
	valid, pool := validCertificate(t)
	expired, expiredPool := certificate(t, time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour))
	other, otherPool := certificate(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour), "other.example")
	tests := []struct {
		name string
		box  *letterbox
		pool *x509.CertPool
		tls  mail.TLS
		want string
	}{
		{"no TLS", newLetterbox(t, nil), pool, mail.StartTLS, "offers no encryption"},
		{"no TLS where it is expected from the first byte", newLetterbox(t, nil), pool, mail.ImplicitTLS, "does not speak TLS"},
		{"untrusted certificate", newLetterbox(t, valid), x509.NewCertPool(), mail.StartTLS, "does not trust"},
		{"expired certificate", newLetterbox(t, expired), expiredPool, mail.StartTLS, "has expired"},
		{"certificate of another name", newLetterbox(t, other), otherPool, mail.StartTLS, "another name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wire := newTap(t, test.box.port)
			server := test.box.server(test.pool)
			server.Port, server.TLS = wire.port, test.tls
			journal := &notebook{}
			run := &mail.Run{Carrier: server, Journal: journal, Verify: belongs, Clock: newClock(), Retry: mail.DefaultRetry()}
			report, err := run.Send(t.Context(), postings(t, composer(t), recipient(1), recipient(2)))
			var problem *mail.ServerError
			if !errors.As(err, &problem) || !strings.Contains(problem.Fault.Message, test.want) || problem.Fault.Remedy == "" {
				t.Fatalf("the error is %v, want one with %q", err, test.want)
			}
			wire.mu.Lock()
			defer wire.mu.Unlock()
			if clear := wire.sent.String(); strings.Contains(clear, "MAIL FROM") || strings.Contains(clear, "district") || strings.Contains(clear, "AUTH") || secretIn(clear) {
				t.Errorf("sent in clear: %q", clear)
			}
			if len(test.box.messages())+test.box.logins+len(journal.entries) != 0 || len(report.Left) != 2 {
				t.Errorf("something was sent or recorded: %+v", report)
			}
			if secretIn(err.Error()) {
				t.Errorf("the error holds the password: %v", err)
			}
		})
	}
}

func TestServerSignsIn(t *testing.T) {
	cert, pool := validCertificate(t)
	for _, test := range []struct {
		name     string
		offers   string
		xoauth2  bool
		password string
		want     string // in the error
	}{
		{"PLAIN", "PLAIN", false, testPassword, ""},
		{"LOGIN", "LOGIN", false, testPassword, ""},
		{"XOAUTH2", "XOAUTH2", true, testPassword, ""},
		{"wrong password", "PLAIN", false, testPassword + "!", "refused the sign-in of " + testUser},
		{"expired token", "XOAUTH2", true, "old token", "refused the sign-in of " + testUser},
		{"no way that is known", "GSSAPI", false, testPassword, "no way to sign in"},
		{"no password", "PLAIN", false, "", "no password was given"},
	} {
		t.Run(test.name, func(t *testing.T) {
			box := newLetterbox(t, cert, func(_ *smtp.Server, b *letterbox) { b.auth, b.needLogin = []string{test.offers}, true })
			wire := newTap(t, box.port)
			server := box.server(pool)
			server.Port, server.XOAUTH2 = wire.port, test.xoauth2
			server.Password = mail.Secret{Ask: func() (string, error) { return test.password, nil }}
			defer server.Close()
			err := server.Connect(t.Context())
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Fatalf("the error is %v, want %q", err, test.want)
			}
			// The test's server repeats the password it was given.
			if err != nil && test.password != "" && strings.Contains(err.Error(), test.password) {
				t.Errorf("the error holds the password: %v", err)
			}
			if wire.mu.Lock(); secretIn(wire.sent.String()) {
				t.Error("the password went in clear")
			}
			wire.mu.Unlock()
		})
	}
}

func TestUnencryptedNeedsTheUsersWord(t *testing.T) {
	for _, test := range []struct {
		server mail.Server
		want   string
	}{
		{mail.Server{Host: "mail.office.example", TLS: mail.Unencrypted}, "without encryption, readable for anyone"},
		{mail.Server{Host: "mail.office.example", TLS: mail.Unencrypted, AllowUnencrypted: true, User: testUser}, "the password would go"},
		{mail.Server{Host: "127.0.0.1.office.example", TLS: mail.Unencrypted}, "without encryption"},
	} {
		if err := test.server.Connect(t.Context()); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.server.Host, err, test.want)
		}
	}
}

// rudeServer speaks just enough SMTP to misbehave: it closes after it has read so much of a message, or, with
// -1, after the whole of it.
func rudeServer(t *testing.T, after int) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				r := bufio.NewReader(c)
				fmt.Fprint(c, "220 rude.example\r\n")
				for {
					line, err := r.ReadString('\n')
					if err != nil {
						return
					}
					if !strings.HasPrefix(line, "DATA") {
						fmt.Fprint(c, "250 rude.example\r\n")
						continue
					}
					fmt.Fprint(c, "354 go on\r\n")
					if after >= 0 {
						io.CopyN(io.Discard, r, int64(after))
						return
					}
					for line != ".\r\n" && err == nil {
						line, err = r.ReadString('\n')
					}
					return
				}
			}()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

func TestServerThatClosesInTheMiddle(t *testing.T) {
	big := func(list []mail.Posting) []mail.Posting {
		for i, p := range list {
			list[i].Make = func() (*mail.Message, error) {
				m, err := p.Make()
				m.Attachments = []mail.Attachment{{Name: "big.xlsx", Content: make([]byte, 4<<20)}}
				return m, err
			}
		}
		return list
	}
	anything := func(string, mail.Attachment) error { return nil }
	t.Run("of the message", func(t *testing.T) {
		journal := &notebook{}
		run := &mail.Run{Carrier: &mail.Server{Host: "localhost", Port: rudeServer(t, 100_000), TLS: mail.Unencrypted, Timeout: 5 * time.Second},
			Journal: journal, Verify: anything, Clock: newClock(), Retry: mail.DefaultRetry()}
		report, err := run.Send(t.Context(), big(postings(t, composer(t), exampleRecipients(3)...)))
		if err == nil || !strings.Contains(err.Error(), "keeps closing the connection") {
			t.Errorf("the error is %v", err)
		}
		if len(report.Postponed) != 3 || len(report.Unsure)+len(report.Sent) != 0 {
			t.Errorf("%+v", report)
		}
	})
	t.Run("of confirming", func(t *testing.T) {
		run := &mail.Run{Carrier: &mail.Server{Host: "localhost", Port: rudeServer(t, -1), TLS: mail.Unencrypted, Timeout: 5 * time.Second},
			Journal: &notebook{}, Verify: anything, Clock: newClock(), Retry: mail.DefaultRetry()}
		all := postings(t, composer(t), exampleRecipients(2)...)
		report, err := run.Send(t.Context(), all)
		if err != nil || len(report.Unsure) != 2 || !strings.Contains(report.Unsure[0].Detail, "before the server confirmed") {
			t.Errorf("%+v, %v", report, err)
		}
		// It is not sent again unless somebody says so.
		box := newLetterbox(t, nil)
		run.Carrier = &mail.Server{Host: "localhost", Port: box.port, TLS: mail.Unencrypted}
		if report, _ = run.Send(t.Context(), all); len(report.Unsure) != 2 || len(box.messages()) != 0 {
			t.Errorf("%+v", report)
		}
		run.Resend = []string{"0002"}
		if report, _ = run.Send(t.Context(), all); len(report.Sent) != 1 || len(report.Unsure) != 1 || len(box.messages()) != 1 {
			t.Errorf("%+v", report)
		}
	})
}

func TestThirtyMegabytesOverTheServersLimit(t *testing.T) {
	cert, pool := validCertificate(t)
	large := mail.Attachment{Name: "large.xlsx", Content: bytes.Repeat([]byte("0123456789"), 3_000_000)}
	for _, test := range []struct {
		name  string
		limit int64 // that the server states
		want  string
	}{
		{"the server says its limit", 20_000_000, "the server takes at most 20.0 MB"},
		{"the server says it afterwards", 0, "the message is too large"},
	} {
		t.Run(test.name, func(t *testing.T) {
			box := newLetterbox(t, cert, func(s *smtp.Server, b *letterbox) {
				s.MaxMessageBytes = test.limit
				b.data = func(raw []byte) error {
					if len(raw) > 20_000_000 {
						return &smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 3, 4}, Message: "Message size exceeds fixed limit"}
					}
					return nil
				}
			})
			all := postings(t, composer(t), recipient(1), recipient(2))
			small := all[0].Make
			all[0].Make = func() (*mail.Message, error) {
				m, err := small()
				m.Attachments = []mail.Attachment{large}
				return m, err
			}
			run := &mail.Run{Carrier: box.server(pool), Journal: &notebook{}, Clock: newClock(), Verify: func(string, mail.Attachment) error { return nil }}
			report, err := run.Send(t.Context(), all)
			if err != nil || len(report.Sent) != 1 || len(report.Refused) != 1 || !strings.Contains(report.Refused[0].Detail, test.want) {
				t.Errorf("%+v, %v", report, err)
			}
		})
	}
}

func TestInternationalAddresses(t *testing.T) {
	for _, supported := range []bool{true, false} {
		box := newLetterbox(t, nil, func(s *smtp.Server, _ *letterbox) { s.EnableSMTPUTF8 = supported })
		list := exampleRecipients(3)
		list[0].Email = "łódź@schools.example"
		list[1].Email = "post@bücher.example" // the domain has an ASCII form that any server takes
		run := &mail.Run{Carrier: &mail.Server{Host: "localhost", Port: box.port, TLS: mail.Unencrypted}, Journal: &notebook{}, Verify: belongs, Clock: newClock()}
		report, err := run.Send(t.Context(), postings(t, composer(t), list...))
		if err != nil {
			t.Fatal(err)
		}
		got := box.countByAddress()
		if got["post@xn--bcher-kva.example"] != 1 || got["district03@schools.example"] != 1 {
			t.Errorf("received: %v", got)
		}
		for _, m := range box.messages() {
			// Servers further on that lack SMTPUTF8 would refuse a message that asks for it without need.
			if m.utf8 != (m.to[0] == "łódź@schools.example") {
				t.Errorf("the message to %v asks for SMTPUTF8: %v", m.to, m.utf8)
			}
		}
		if supported != (got["łódź@schools.example"] == 1) {
			t.Errorf("SMTPUTF8 %v: received %v", supported, got)
		}
		if !supported && (len(report.Refused) != 1 || !strings.Contains(report.Refused[0].Detail, "international characters")) {
			t.Errorf("%+v", report.Refused)
		}
	}
}

func TestASecretComesFromEnvironmentOrFile(t *testing.T) {
	t.Setenv("EXAMPLE_POST_PASSWORD", "s3cret")
	if got, err := (mail.Secret{Env: "EXAMPLE_POST_PASSWORD"}).Read(); got != "s3cret" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	for _, s := range []mail.Secret{{}, {Env: "EXAMPLE_NOT_SET"}, {File: t.TempDir() + "/none"}} {
		if _, err := s.Read(); err == nil {
			t.Errorf("%+v: no error", s)
		}
	}
}
