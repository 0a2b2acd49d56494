package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/rubric-project/rubric/mail"
)

const (
	testUser     = "post@office.example"
	testPassword = `pa55 "wörd" with, commas`
)

// letterbox is an SMTP server on loopback that keeps what it takes.
type letterbox struct {
	mu       sync.Mutex
	received []received
	logins   int
	// rcpt decides on an address; nil takes it. data decides on a whole message.
	rcpt func(to string, try int) error
	data func(raw []byte) error
	// taken is called after a message was kept and before the client is told.
	taken func()
	auth  []string
	// needLogin refuses senders that have not signed in.
	needLogin bool
	// perConnection is how many messages one connection may carry; 0 stands for any number.
	perConnection int
	tries         map[string]int

	host string
	port int
}

type received struct {
	from string
	to   []string
	raw  []byte
	// utf8 says that the client asked for SMTPUTF8.
	utf8 bool
}

type setting func(*smtp.Server, *letterbox)

func newLetterbox(t testing.TB, cert *tls.Certificate, settings ...setting) *letterbox {
	t.Helper()
	box := &letterbox{auth: []string{"PLAIN", "LOGIN", "XOAUTH2"}, tries: map[string]int{}, host: "127.0.0.1"}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &visit{box: box}, nil }))
	server.Domain, server.ErrorLog = "letterbox.example", log.New(io.Discard, "", 0)
	server.AllowInsecureAuth, server.MaxLineLength = true, 1000
	server.EnableSMTPUTF8 = true
	if cert != nil {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*cert}}
	}
	for _, set := range settings {
		set(server, box)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	box.port = l.Addr().(*net.TCPAddr).Port
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return box
}

func (b *letterbox) messages() []received {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]received(nil), b.received...)
}

type visit struct {
	box      *letterbox
	now      received
	loggedIn bool
	carried  int
}

func (v *visit) Reset()                   { v.now = received{} }
func (v *visit) Logout() error            { return nil }
func (v *visit) AuthMechanisms() []string { return v.box.auth }

func (v *visit) Auth(mech string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != testUser || password != testPassword {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "wrong password " + password}
		}
		v.loggedIn = true
		v.box.mu.Lock()
		v.box.logins++
		v.box.mu.Unlock()
		return nil
	}
	switch mech {
	case "PLAIN":
		return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
	case "LOGIN":
		return &loginServer{check: check}, nil
	case "XOAUTH2":
		return xoauth2Server(check), nil
	}
	return nil, errors.New("unknown")
}

type loginServer struct {
	check func(user, password string) error
	step  int
	user  string
}

func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.user = string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(response))
}

type xoauth2Server func(user, token string) error

func (x xoauth2Server) Next(response []byte) ([]byte, bool, error) {
	want := "user=" + testUser + "\x01auth=Bearer " + testPassword + "\x01\x01"
	if string(response) == want {
		return nil, true, x(testUser, testPassword)
	}
	return nil, true, x("", "")
}

func (v *visit) Mail(from string, options *smtp.MailOptions) error {
	if v.box.needLogin && !v.loggedIn {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	if v.carried++; v.box.perConnection > 0 && v.carried > v.box.perConnection {
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 5, 3}, Message: "Too many messages sent"}
	}
	v.now.from, v.now.utf8 = from, options.UTF8
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.box.mu.Lock()
	v.box.tries[to]++
	try := v.box.tries[to]
	v.box.mu.Unlock()
	if v.box.rcpt != nil {
		if err := v.box.rcpt(to, try); err != nil {
			return err
		}
	}
	v.now.to = append(v.now.to, to)
	return nil
}

func (v *visit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if v.box.data != nil {
		if err := v.box.data(raw); err != nil {
			return err
		}
	}
	v.now.raw = raw
	v.box.mu.Lock()
	v.box.received = append(v.box.received, v.now)
	v.box.mu.Unlock()
	if v.box.taken != nil {
		v.box.taken()
	}
	return nil
}

// certificate makes a certificate for this computer's addresses and localhost that signs itself, and a pool that
// trusts it.
func certificate(t testing.TB, from, until time.Time, names ...string) (*tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "letterbox"},
		NotBefore: from, NotAfter: until, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, IsCA: true, BasicConstraintsValid: true, DNSNames: names}
	if len(names) == 0 {
		template.DNSNames, template.IPAddresses = []string{"localhost"}, []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4zero}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, _ := x509.ParseCertificate(der)
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func validCertificate(t testing.TB) (*tls.Certificate, *x509.CertPool) {
	return certificate(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
}

func (b *letterbox) server(pool *x509.CertPool) *mail.Server {
	return &mail.Server{Host: b.host, Port: b.port, Roots: pool, Timeout: 5 * time.Second,
		User: testUser, Password: mail.Secret{Ask: func() (string, error) { return testPassword, nil }}}
}
