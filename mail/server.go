package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models/actions"

	"github.com/wneessen/go-mail/smtp"

	"github.com/rubric-project/rubric/internal/fault"
)

// TLS says how a connection is encrypted.
type TLS string

// The ways to encrypt.
const (
	// StartTLS begins in clear and demands encryption before anything else is said (RFC 3207, RFC 2595).
	StartTLS TLS = "starttls"
	// ImplicitTLS encrypts from the first byte (RFC 8314).
	ImplicitTLS TLS = "implicit"
	// Unencrypted is for a server on this computer. To any other it needs AllowUnencrypted, and a password is
	// not sent even then.
	Unencrypted TLS = "unencrypted"
)

// Server is an SMTP server that takes messages for delivery. Its fields must not change after the first use;
// it is for one goroutine at a time.
type Server struct {
	Host string
	// Port is 587, or 465 for ImplicitTLS, where it is 0.
	Port int
	// TLS is StartTLS where it is empty.
	TLS TLS
	// AllowUnencrypted lets messages go over the network in clear. The user must have said so in words.
	AllowUnencrypted bool
	// User signs in; empty where the server asks for no sign-in.
	User string
	// XOAUTH2 signs in with an access token, which is what the password then is.
	XOAUTH2 bool
	// Password is asked for at the first connection.
	Password Secret
	// Roots are the certificates trusted; nil stands for the system's.
	Roots *x509.CertPool
	// Timeout is for one answer of the server; 0 stands for a minute.
	Timeout time.Duration
	// Dial opens the connection; nil stands for the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	password string
	client   *smtp.Client
	conn     *patience
	// taken counts the messages that the server took over this connection.
	taken int
}

func (s *Server) port() int {
	switch {
	case s.Port != 0:
		return s.Port
	case s.TLS == ImplicitTLS:
		return 465
	}
	return 587
}

func (s *Server) address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.port())) }

func (s *Server) timeout() time.Duration {
	if s.Timeout == 0 {
		return time.Minute
	}
	return s.Timeout
}

// onThisComputer says whether a name can only mean this computer. Other names are not looked up: what a name
// server answers is not a reason to send in clear.
func onThisComputer(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// Connect opens the connection, encrypts it and signs in, where that was not done yet. The error is a
// *ServerError.
func (s *Server) Connect(ctx context.Context) error {
	if s.client != nil {
		return nil
	}
	if s.TLS == Unencrypted && !onThisComputer(s.Host) {
		if !s.AllowUnencrypted {
			return &ServerError{Fault: fault.Error{Message: "the messages would go to " + s.Host + " without encryption, readable for anyone on the way",
				Remedy: "set tls: starttls or tls: implicit in round.yaml under mail: smtp:, or allow it if this network is trusted", Do: actions.SendUnencrypted.On()}}
		}
		if s.User != "" {
			return &ServerError{Fault: fault.Error{Message: "the password would go to " + s.Host + " without encryption",
				Remedy: "set tls: starttls or tls: implicit in round.yaml under mail: smtp:, or leave out user: if the server asks for no sign-in"}}
		}
	}
	if s.User != "" && (s.password == "" || s.Password.Token != nil) {
		password, err := s.Password.read(ctx)
		if err != nil && s.Password.Token != nil {
			return err
		}
		if err != nil {
			return &ServerError{Fault: fault.Error{Message: err.Error(), Remedy: "give the password and try again; nothing was sent"}}
		}
		s.password = password
	}
	return s.Password.signedIn(ctx, s.password, func(secret string) error {
		s.password = secret
		err := s.open(ctx)
		if err != nil {
			s.drop()
		}
		return err
	})
}

func (s *Server) open(ctx context.Context) error {
	raw, err := dial(ctx, s.Dial, s.timeout(), s.address())
	if err != nil {
		return s.explain(ctx, stepDial, err)
	}
	s.conn = newPatience(raw, s.timeout())
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	s.conn.step(mostOfSignIn, 0) // all up to the sign-in is one step
	settings := &tls.Config{ServerName: strings.Trim(s.Host, "[]"), MinVersion: tls.VersionTLS12, RootCAs: s.Roots}
	var outer net.Conn = s.conn
	if s.TLS == ImplicitTLS {
		secure := tls.Client(s.conn, settings)
		if err := secure.HandshakeContext(ctx); err != nil {
			return s.explain(ctx, stepTLS, s.conn.failure(err))
		}
		outer = secure
	}
	s.client, err = smtp.NewClient(outer, s.Host)
	if err = s.conn.failure(err); err != nil {
		return s.explain(ctx, stepGreeting, err)
	}
	if err = s.conn.failure(s.client.Hello(helloName())); err != nil {
		return s.explain(ctx, stepGreeting, err)
	}
	if s.TLS == StartTLS || s.TLS == "" {
		if ok, _ := s.client.Extension("STARTTLS"); !ok {
			return &ServerError{Fault: fault.Error{Message: "the server " + s.address() + " offers no encryption (STARTTLS)",
				Remedy: "ask its administrator for the port with TLS; for port 465 set tls: implicit in round.yaml. Nothing was sent"}}
		}
		if err = s.conn.failure(s.client.StartTLS(settings)); err != nil {
			return atOnce(s.explain(ctx, stepTLS, err), err)
		}
	}
	if s.User == "" {
		return nil
	}
	_, offered := s.client.Extension("AUTH")
	method := s.method(strings.Fields(offered))
	if method == nil {
		return &ServerError{Fault: fault.Error{Message: "the server " + s.address() + " offers no way to sign in that is known here (it offers: " + shorten(printable(offered), 100) + ")",
			Remedy: "ask its administrator how programs sign in; for Microsoft 365 and Google that is often auth: xoauth2 in round.yaml. Nothing was sent"}}
	}
	if err = s.conn.failure(s.client.Auth(method)); err != nil {
		return s.explain(ctx, stepAuth, err)
	}
	return nil
}

// method chooses how to sign in among what the server offers. The plain methods come first because some
// servers offer the others for accounts that cannot use them; the connection is encrypted, or local.
func (s *Server) method(offered []string) smtp.Auth {
	has := map[string]bool{}
	for _, m := range offered {
		has[strings.ToUpper(m)] = true
	}
	local := onThisComputer(s.Host)
	switch {
	case s.XOAUTH2:
		if has["XOAUTH2"] {
			return smtp.XOAuth2Auth(s.User, s.password)
		}
	case has["PLAIN"]:
		return smtp.PlainAuth("", s.User, s.password, s.Host, local)
	case has["LOGIN"]:
		return smtp.LoginAuth(s.User, s.password, s.Host, local)
	case has["SCRAM-SHA-256"]:
		return smtp.ScramSHA256Auth(s.User, s.password)
	case has["CRAM-MD5"]:
		return smtp.CRAMMD5Auth(s.User, s.password)
	}
	return nil
}

// atOnce makes an answer final. A server that has no encryption for now (454; RFC 3207, 4) mostly has none for long: the
// person at the keyboard is told at once, in place of waiting minutes in silence.
func atOnce(explained, err error) error {
	var reply *textproto.Error
	var server *ServerError
	if errors.As(err, &reply) && errors.As(explained, &server) {
		server.Temporary = false
	}
	return explained
}

// dial opens a connection over the network, or in the caller's own way.
func dial(ctx context.Context, own func(context.Context, string, string) (net.Conn, error), timeout time.Duration, address string) (net.Conn, error) {
	if own != nil {
		return own(ctx, "tcp", address)
	}
	return (&net.Dialer{Timeout: timeout}).DialContext(ctx, "tcp", address)
}

// extend gives the server its time for the next answer.
func (s *Server) extend() { s.conn.step(mostOfAnswer, 0) }

// drop closes the connection without another word. After a part of a message was written, any further command
// would end that message and have it delivered as it is.
func (s *Server) drop() {
	if s.conn != nil {
		s.conn.Close()
	}
	s.conn, s.client, s.taken = nil, nil, 0
}

// leave takes leave of the server.
func (s *Server) leave() {
	if s.client != nil {
		s.extend()
		_ = s.client.Quit()
	}
	s.drop()
}

// Close takes leave of the server.
func (s *Server) Close() error {
	s.leave()
	return nil
}

// helloName is this computer's name where it can stand in a HELO, or else its address there.
func helloName() string {
	name, err := os.Hostname()
	if err != nil || name == "" || strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.')
	}) {
		return "[127.0.0.1]"
	}
	return name
}
