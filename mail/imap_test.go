package mail_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"github.com/rubric-project/rubric/mail"
)

// mailbox is an IMAP server on loopback that remembers the commands it got.
type mailbox struct {
	user *imapmemserver.User
	port int
	mu   sync.Mutex
	wire bytes.Buffer
	// uses says what folders are for (RFC 6154), which the library's server does not.
	uses map[string]imap.MailboxAttr
	// appending is called when a message was added to a folder of those in uses, before the client is told; nil for nothing.
	appending func()
}

// use says what folders are for, to whoever connects from now on.
func (m *mailbox) use(uses map[string]imap.MailboxAttr) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.uses = uses
}

func (m *mailbox) Write(b []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.wire.Write(b)
}

func (m *mailbox) said() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.wire.String()
}

// newMailbox starts a server: with TLS from the first byte, or with STARTTLS, or with neither.
func newMailbox(t testing.TB, cert *tls.Certificate, implicit bool) *mailbox {
	t.Helper()
	m := &mailbox{user: imapmemserver.NewUser(testUser, testPassword)}
	if err := m.user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	memory := imapmemserver.New()
	memory.AddUser(m.user)
	caps := imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapSpecialUse: {}, imap.CapListExtended: {}}
	options := &imapserver.Options{InsecureAuth: true, Caps: caps, Logger: log.New(io.Discard, "", 0), DebugWriter: m,
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			m.mu.Lock()
			uses, appending := m.uses, m.appending
			m.mu.Unlock()
			if uses != nil {
				return usedFolders{memory.NewSession(), uses, appending}, nil, nil
			}
			return memory.NewSession(), nil, nil
		}}
	if cert != nil && !implicit {
		options.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*cert}}
	}
	server := imapserver.New(options)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.port = l.Addr().(*net.TCPAddr).Port
	if implicit {
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{*cert}})
	}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return m
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func (m *mailbox) add(t testing.TB, raw []byte) {
	t.Helper()
	if _, err := m.user.Append("INBOX", literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
}

func (m *mailbox) address(scheme, folder string) string {
	return fmt.Sprintf("%s://%s@127.0.0.1:%d/%s", scheme, url.PathEscape(testUser), m.port, folder)
}

func imapOptions(pool *x509.CertPool) mail.Options {
	return mail.Options{Roots: pool, Timeout: 10 * time.Second, Password: mail.Secret{Ask: func() (string, error) { return testPassword, nil }}}
}

func TestCollectFromIMAPChangesNothing(t *testing.T) {
	cert, pool := validCertificate(t)
	for _, test := range []struct {
		name, scheme string
		cert         *tls.Certificate
		implicit     bool
	}{
		{"TLS from the first byte", "imaps", cert, true},
		{"on this computer without TLS", "imap", nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			box := newMailbox(t, test.cert, test.implicit)
			box.add(t, crlf(withAttachment))
			box.add(t, crlf(deliveryReport))
			box.add(t, crlf(withAttachment))
			box.add(t, []byte("From: a@schools.example\r\nSubject: "+strings.Repeat("x", 5000)+"\r\n\r\nlarge"))
			options := imapOptions(pool)
			options.Limits = mail.Limits{Message: 4000}
			var items []mail.Item
			for it, err := range mail.Collect(t.Context(), []string{box.address(test.scheme, "INBOX")}, options) {
				if err != nil {
					t.Fatal(err)
				}
				items = append(items, it)
			}
			want := "mail-over-limit at " + testUser + " INBOX!message 4\n" +
				`found Schule Müller.xlsx "workbook" from contact@schools.example` + "\n" +
				`bounce gone@schools.example 5.1.1 about rubric.0123456789abcdef0123456789abcdef@office.example for "00/7"` + "\n" +
				`found Schule Müller.xlsx "workbook" from contact@schools.example again`
			if got := inShort(items); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			said := box.said()
			if !strings.Contains(said, " EXAMINE ") || !strings.Contains(said, "BODY.PEEK[]") {
				t.Errorf("the mailbox was not opened for reading only:\n%s", said)
			}
			for _, word := range []string{" SELECT ", " STORE ", " EXPUNGE", " UID MOVE "} {
				if strings.Contains(said, word) {
					t.Errorf("the client said %q", word)
				}
			}
		})
	}
}

func TestMarkSeenIsOnlyOnRequest(t *testing.T) {
	box := newMailbox(t, nil, false)
	box.add(t, crlf(withAttachment))
	options := imapOptions(nil)
	options.MarkSeen = true
	for _, err := range mail.Collect(t.Context(), []string{box.address("imap", "INBOX")}, options) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if said := box.said(); !strings.Contains(said, "+FLAGS.SILENT (\\Seen)") {
		t.Errorf("not marked:\n%s", said)
	}
}

func TestIMAPErrorsAreInPlainWords(t *testing.T) {
	cert, pool := validCertificate(t)
	expired, expiredPool := certificate(t, time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour))
	good := newMailbox(t, cert, true)
	for _, test := range []struct {
		name, source string
		pool         *x509.CertPool
		password     string
		want         string
	}{
		{"wrong password", good.address("imaps", "INBOX"), pool, testPassword + "!", "refused the sign-in of " + testUser},
		{"no such folder", good.address("imaps", "Returns"), pool, testPassword, "the mailbox Returns on"},
		{"untrusted certificate", good.address("imaps", "INBOX"), x509.NewCertPool(), testPassword, "does not trust"},
		{"expired certificate", newMailbox(t, expired, true).address("imaps", "INBOX"), expiredPool, testPassword, "has expired"},
		{"no TLS", newMailbox(t, nil, false).address("imaps", "INBOX"), pool, testPassword, "does not speak TLS"},
		{"password in the address", "imaps://user:topsecret@127.0.0.1/INBOX", pool, testPassword, "holds a password"},
		{"password in a broken address", "imaps://user:topsecret@127.0.0.1:port/INBOX", pool, testPassword, "imaps://user@127.0.0.1:port/INBOX"},
		{"no user", "imaps://127.0.0.1/INBOX", pool, testPassword, "not the address of a mailbox"},
		{"nobody there", "imaps://user@127.0.0.1:1/INBOX", pool, testPassword, "cannot be reached"},
	} {
		t.Run(test.name, func(t *testing.T) {
			options := imapOptions(test.pool)
			options.Password = mail.Secret{Ask: func() (string, error) { return test.password, nil }}
			var last error
			for it, err := range mail.Collect(t.Context(), []string{test.source}, options) {
				if err == nil {
					t.Fatalf("found %s", inShort([]mail.Item{it}))
				}
				last = err
			}
			var problem *mail.ServerError
			if !errors.As(last, &problem) || !strings.Contains(last.Error(), test.want) {
				t.Fatalf("the error is %v, want %q", last, test.want)
			}
			if secretIn(last.Error()) || strings.Contains(last.Error(), "topsecret") {
				t.Errorf("the error holds the password: %v", last)
			}
		})
	}
}

// TestStartTLSIsDemandedOfOtherComputers uses a name that is this computer's without being one that can only
// mean it.
func TestStartTLSIsDemandedOfOtherComputers(t *testing.T) {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Skip("no other address to listen on")
	}
	defer l.Close()
	said := make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		fmt.Fprint(c, "* OK [CAPABILITY IMAP4rev1] ready\r\n")
		b := make([]byte, 1000)
		n, _ := c.Read(b)
		fmt.Fprintf(c, "%s BAD unknown command\r\n", bytes.Fields(b[:n])[0])
		rest, _ := io.ReadAll(c)
		said <- string(b[:n]) + string(rest)
	}()
	source := fmt.Sprintf("imap://user@0.0.0.0:%d/INBOX", l.Addr().(*net.TCPAddr).Port)
	for _, err := range mail.Collect(t.Context(), []string{source}, imapOptions(nil)) {
		if err == nil || !strings.Contains(err.Error(), "offers no encryption") {
			t.Errorf("the error is %v", err)
		}
	}
	if s := <-said; strings.Contains(s, "LOGIN") || secretIn(s) {
		t.Errorf("the client said %q", s)
	}
}

func TestMailboxOfFiveThousandMessages(t *testing.T) {
	box := newMailbox(t, nil, false)
	const n = 5000
	for i := range n {
		box.add(t, crlf(fmt.Sprintf("From: d%04d@schools.example\nSubject: return\nContent-Type: application/x; name=%04d.xlsx\n\nreturn %d", i, i, i)))
	}
	start := time.Now()
	count := 0
	for it, err := range mail.Collect(t.Context(), []string{box.address("imap", "INBOX")}, imapOptions(nil)) {
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("%04d.xlsx", count); it.Found == nil || it.Found.Name != want || string(it.Found.Content) != fmt.Sprintf("return %d", count) {
			t.Fatalf("message %d: %s", count+1, inShort([]mail.Item{it}))
		}
		count++
	}
	if count != n {
		t.Errorf("%d of %d", count, n)
	}
	t.Logf("%d messages in %v", n, time.Since(start).Round(time.Millisecond))
	// Whoever has seen enough can stop.
	for range mail.Collect(t.Context(), []string{box.address("imap", "INBOX")}, imapOptions(nil)) {
		break
	}
}
