package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/rubric-project/rubric/internal/fault"
)

func isMailboxURL(source string) bool {
	return strings.HasPrefix(source, "imaps://") || strings.HasPrefix(source, "imap://")
}

// account is what an IMAP address says: imaps://user@host:port/INBOX.
type account struct {
	host, port, user, folder string
	tls                      TLS
}

func parseAccount(source string) (account, error) {
	u, err := url.Parse(source)
	if err != nil || u.Hostname() == "" || u.User == nil || u.User.Username() == "" || u.RawQuery != "" || u.Fragment != "" {
		return account{}, &ServerError{Fault: fault.Error{Message: "this is not the address of a mailbox: " + withoutPassword(source),
			Remedy: "write it as imaps://user@server/INBOX; an @ in the user's name may stay"}}
	}
	if _, has := u.User.Password(); has {
		return account{}, &ServerError{Fault: fault.Error{Message: "the address of the mailbox holds a password, which others on this computer could see",
			Remedy: "leave it out; name an environment variable or a file that holds it, or wait to be asked. Change the password if the command was stored anywhere"}}
	}
	a := account{host: u.Hostname(), port: u.Port(), user: u.User.Username(), folder: strings.Trim(u.Path, "/"), tls: ImplicitTLS}
	if u.Scheme == "imap" {
		a.tls = StartTLS
	}
	if a.port == "" {
		a.port = map[TLS]string{ImplicitTLS: "993", StartTLS: "143"}[a.tls]
	}
	if a.folder == "" {
		a.folder = "INBOX"
	}
	return a, nil
}

// withoutPassword hides what stands between the first colon of user:password@ and the @.
func withoutPassword(source string) string {
	scheme, rest, _ := strings.Cut(source, "://")
	user, host, ok := strings.Cut(rest, "@")
	if !ok {
		return printable(source)
	}
	user, _, _ = strings.Cut(user, ":")
	return printable(scheme + "://" + user + "@" + host)
}

// imap reads a mailbox. It is opened for reading only (EXAMINE) and the messages are fetched without marking
// them (BODY.PEEK, RFC 3501, 6.4.5), unless MarkSeen asks for the mark.
func (in *incoming) imap(ctx context.Context, source string, o Options) error {
	a, err := parseAccount(source)
	if err != nil {
		return err
	}
	s, err := a.signIn(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	selected, err := s.Select(a.folder, &imap.SelectOptions{ReadOnly: !o.MarkSeen}).Wait()
	if err != nil {
		return s.folderFailed(ctx, err)
	}
	if selected.NumMessages > 0 {
		if err := in.fetchAll(ctx, s.Client, s.conn, selected.NumMessages, a, o); err != nil {
			return s.failed(ctx, stepGreeting, err)
		}
	}
	if !in.stopped {
		s.logout()
	}
	return nil
}

// session is a connection to an IMAP server, signed in.
type session struct {
	*imapclient.Client
	account
	conn     *patience
	raw      net.Conn
	password string
	stop     func() bool
}

func (s *session) close() {
	s.stop()
	if s.Client != nil {
		s.Client.Close()
	}
	s.raw.Close()
}

func (s *session) logout() {
	s.conn.step(mostOfAnswer, 0)
	_ = s.Logout().Wait()
}

func (a account) address() string { return net.JoinHostPort(a.host, a.port) }

// failed says in words why the server cannot be used.
func (s *session) failed(ctx context.Context, at step, err error) error {
	if s.conn != nil {
		err = s.conn.failure(err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return explainIMAP(s.address(), s.user, s.password, at, err)
}

// folderFailed says why a folder cannot be opened.
func (s *session) folderFailed(ctx context.Context, err error) error {
	var reply *imap.Error
	if errors.As(err, &reply) && ctx.Err() == nil {
		return &ServerError{Fault: fault.Error{Message: fmt.Sprintf("the mailbox %s on %s cannot be opened (the server said: %s)", s.folder, s.address(), shorten(printable(reply.Text), 200)),
			Remedy: "check its name; the part after the server's name is the folder, such as INBOX/Returns"}}
	}
	return s.failed(ctx, stepGreeting, err)
}

// signIn opens a connection and signs in. Whoever calls closes it.
func (a account) signIn(ctx context.Context, o Options) (s *session, err error) {
	secret, err := o.Password.read(ctx)
	if err != nil && o.Password.Token != nil {
		return nil, err
	}
	if err != nil {
		return nil, &ServerError{Fault: fault.Error{Message: err.Error(), Remedy: "give the password of " + a.user + " and try again"}}
	}
	err = o.Password.signedIn(ctx, secret, func(secret string) (err error) { s, err = a.open(ctx, o, secret); return err })
	return s, err
}

func (a account) open(ctx context.Context, o Options, secret string) (*session, error) {
	s := &session{account: a, password: secret, stop: func() bool { return true }}
	var err error
	timeout := o.Timeout
	if timeout <= 0 {
		timeout = time.Minute
	}
	if s.raw, err = dial(ctx, o.Dial, timeout, a.address()); err != nil {
		return nil, s.failed(ctx, stepDial, err)
	}
	s.stop = context.AfterFunc(ctx, func() { s.raw.Close() })
	s.conn = newPatience(s.raw, timeout)
	s.conn.step(mostOfSignIn, 0) // all up to the sign-in is one step
	c, at, err := a.secure(ctx, s.conn, o)
	if err != nil {
		defer s.close()
		return nil, s.failed(ctx, at, err)
	}
	s.Client = c
	if err := c.WaitGreeting(); err != nil {
		defer s.close()
		return nil, s.failed(ctx, stepGreeting, err)
	}
	if o.XOAUTH2 {
		err = c.Authenticate(&xoauth2{user: a.user, token: s.password})
	} else {
		err = c.Login(a.user, s.password).Wait()
	}
	if err != nil {
		defer s.close()
		return nil, s.failed(ctx, stepAuth, err)
	}
	s.conn.step(mostOfAnswer, 0)
	return s, nil
}

// secure starts TLS in the way the address asks for.
func (a account) secure(ctx context.Context, conn net.Conn, o Options) (*imapclient.Client, step, error) {
	settings := &tls.Config{ServerName: a.host, MinVersion: tls.VersionTLS12, RootCAs: o.Roots, NextProtos: []string{"imap"}}
	if a.tls == ImplicitTLS {
		secure := tls.Client(conn, settings)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, stepTLS, err
		}
		return imapclient.New(secure, nil), stepTLS, nil
	}
	if onThisComputer(a.host) {
		return imapclient.New(conn, nil), stepGreeting, nil
	}
	c, err := imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: settings})
	return c, stepTLS, err
}

// xoauth2 signs in with an access token (Google's and Microsoft's XOAUTH2).
type xoauth2 struct{ user, token string }

func (x *xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the server's explanation of a refusal with a byte that means nothing (RFC 7628, 3.2.3), after which it refuses.
// An empty answer is meant, which the library would write as "=", and Dovecot takes that for a broken client.
func (x *xoauth2) Next([]byte) ([]byte, error) { return []byte{1}, nil }

func explainIMAP(address, user, password string, at step, err error) *ServerError {
	var reply *imap.Error
	if errors.As(err, &reply) {
		said := shorten(printable(without(reply.Text, user, password)), 200)
		switch {
		case at == stepAuth:
			return &ServerError{Fault: fault.Error{Message: "the server " + address + " refused the sign-in of " + user + " (it said: " + said + ")",
				Remedy: "check user and password; many providers want an app password or an access token from programs"}, atSignIn: true}
		case at == stepTLS:
			return &ServerError{Fault: fault.Error{Message: "the server " + address + " offers no encryption (STARTTLS)", Remedy: "use imaps:// in place of imap://. " + nothingSent}}
		}
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " would not go on (it said: " + said + ")", Remedy: "try again later, or ask its administrator"}, Temporary: true}
	}
	return explain(address, user, password, at, err)
}
