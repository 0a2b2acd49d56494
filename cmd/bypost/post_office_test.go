package bypost_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// office is a mail server for both directions: SMTP with STARTTLS and a password, IMAP with TLS.
type office struct {
	mu       sync.Mutex
	arrived  map[string][][]byte
	tries    map[string]int
	smtpPort int
	imapPort int
	inbox    *imapmemserver.User
	caFile   string
}

type officeVisit struct {
	*office
	to       []string
	loggedIn bool
}

func (v *officeVisit) Reset()                   { v.to = nil }
func (v *officeVisit) Logout() error            { return nil }
func (v *officeVisit) AuthMechanisms() []string { return []string{sasl.Plain} }
func (v *officeVisit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != postUser || password != postPassword {
			return smtp.ErrAuthFailed
		}
		v.loggedIn = true
		return nil
	}), nil
}

func (v *officeVisit) Mail(string, *smtp.MailOptions) error {
	if !v.loggedIn {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (v *officeVisit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.tries[to]++
	var n int
	fmt.Sscanf(to, "s%d@", &n)
	switch {
	case n%20 == 3 && v.tries[to] < 3:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted"}
	case n%50 == 7:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user"}
	}
	v.to = append(v.to, to)
	return nil
}

func (v *officeVisit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, to := range v.to {
		v.arrived[to] = append(v.arrived[to], raw)
	}
	return err
}

type sized struct{ *bytes.Reader }

func (s sized) Size() int64 { return s.Reader.Size() }

// postOffice is where a round's messages go and come from.
type postOffice interface {
	at() (smtpPort, imapPort int, caFile string)
	// messages gives what an address got, which must be so many.
	messages(t *testing.T, address string, n int) [][]byte
	reply(t *testing.T, raw string)
	// replied waits until so many replies lie in the mailbox.
	replied(t *testing.T, n int)
}

func (o *office) at() (smtpPort, imapPort int, caFile string) {
	return o.smtpPort, o.imapPort, o.caFile
}

func (o *office) messages(t *testing.T, address string, n int) [][]byte {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.arrived[address]) != n {
		t.Fatalf("%s got %d messages, want %d", address, len(o.arrived[address]), n)
	}
	return o.arrived[address]
}

func (o *office) replied(*testing.T, int) {}

func (o *office) reply(t *testing.T, raw string) {
	t.Helper()
	raw = strings.ReplaceAll(strings.ReplaceAll(raw, "\r\n", "\n"), "\n", "\r\n")
	if _, err := o.inbox.Append("INBOX", sized{bytes.NewReader([]byte(raw))}, &imap.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
}

// officeCertificate is for this computer's address, and is written to caFile as what to trust.
func officeCertificate(t *testing.T) (cert tls.Certificate, caFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "office"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(caFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, caFile
}

func newOffice(t *testing.T) *office {
	t.Helper()
	cert, caFile := officeCertificate(t)
	settings := &tls.Config{Certificates: []tls.Certificate{cert}}
	o := &office{arrived: map[string][][]byte{}, tries: map[string]int{}, caFile: caFile, inbox: imapmemserver.NewUser(postUser, postPassword)}
	out := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &officeVisit{office: o}, nil }))
	out.Domain, out.TLSConfig, out.ErrorLog = "office.example", settings, log.New(io.Discard, "", 0)
	smtpListener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.smtpPort = smtpListener.Addr().(*net.TCPAddr).Port
	go out.Serve(smtpListener)
	t.Cleanup(func() { out.Close() })
	memory := imapmemserver.New()
	memory.AddUser(o.inbox)
	if err := o.inbox.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	in := imapserver.New(&imapserver.Options{Logger: log.New(io.Discard, "", 0), InsecureAuth: true, NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
		return memory.NewSession(), nil, nil
	}})
	imapListener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.imapPort = imapListener.Addr().(*net.TCPAddr).Port
	go in.Serve(tls.NewListener(imapListener, settings))
	t.Cleanup(func() { in.Close() })
	return o
}
