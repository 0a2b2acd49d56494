package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"regexp"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
)

// ServerError says in plain words why a server cannot be used, and what to do about it. It concerns the
// server and the account, not a single message.
type ServerError struct {
	// Fault says what is wrong and what to do about it.
	Fault fault.Error
	// Temporary says that trying again later may do.
	Temporary bool
	// atSignIn says that the server refused the name or its secret.
	atSignIn bool
}

// Error is the message with its remedy.
func (e *ServerError) Error() string { return e.Fault.Error() }

// Unwrap is what is wrong, in the form that all errors have.
func (e *ServerError) Unwrap() error { return &e.Fault }

// step is how far a connection got.
type step int

const (
	stepDial step = iota
	stepTLS
	stepGreeting
	stepAuth
	stepSender
)

const nothingSent = "Nothing was sent in clear, and no password was sent."

// explain turns an error of the network or of the libraries into words for the person at the keyboard.
func (s *Server) explain(ctx context.Context, at step, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return explain(s.address(), s.User, s.password, at, err)
}

func explain(address, user, password string, at step, err error) *ServerError {
	if e := explainCertificate(address, err); e != nil {
		return e
	}
	if e := (tooMuch{}); errors.As(err, &e) {
		return e.explained(address)
	}
	var record tls.RecordHeaderError
	var reply *textproto.Error
	var timeout net.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &record), at == stepTLS && errors.Is(err, io.EOF):
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " does not speak TLS there",
			Remedy: "check host and port, and whether tls: should be starttls or implicit. " + nothingSent}}
	case errors.As(err, &reply):
		return explainReply(address, user, at, reply.Code, without(saying(reply), user, password))
	case errors.As(err, &dns):
		return &ServerError{Fault: fault.Error{Message: "the name of the server, " + address + ", is not known",
			Remedy: "check the spelling of host: and that this computer is connected to the network"}, Temporary: dns.IsTemporary || dns.IsTimeout}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " did not answer in time",
			Remedy: "check host and port; port 465 needs tls: implicit, port 587 tls: starttls; a firewall may also be in the way"}, Temporary: true}
	case at == stepTLS:
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " and this program found no way to encrypt that both accept",
			Remedy: "ask its administrator for TLS 1.2 or later. " + nothingSent}}
	case at == stepDial:
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " cannot be reached",
			Remedy: "check host and port, and that no firewall is in the way"}, Temporary: true}
	}
	return &ServerError{Fault: fault.Error{Message: "the server " + address + " closed the connection",
		Remedy: "try again later; if it happens again, check host, port and tls:, or ask its administrator"}, Temporary: true}
}

func explainCertificate(address string, err error) *ServerError {
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var verification *tls.CertificateVerificationError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return &ServerError{Fault: fault.Error{Message: "the certificate of the server " + address + " has expired or is not valid yet",
			Remedy: "check this computer's date; if that is right, ask the server's administrator for a new certificate. " + nothingSent}}
	case errors.As(err, &unknown):
		return &ServerError{Fault: fault.Error{Message: "the certificate of the server " + address + " was issued by somebody this computer does not trust",
			Remedy: "check that the name of the server is right; if your organisation issues its own certificates, name the file with them as ca_file. " + nothingSent}}
	case errors.As(err, &name):
		return &ServerError{Fault: fault.Error{Message: "the certificate of the server " + address + " is made out to another name",
			Remedy: "write the server's name as its certificate has it; ask its administrator. " + nothingSent}}
	case errors.As(err, &invalid), errors.As(err, &verification):
		return &ServerError{Fault: fault.Error{Message: "the certificate of the server " + address + " cannot be trusted",
			Remedy: "ask the server's administrator. " + nothingSent}}
	}
	return nil
}

func explainReply(address, user string, at step, code int, said string) *ServerError {
	temporary := code >= 400 && code < 500
	switch {
	case at == stepAuth && temporary:
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " cannot check the sign-in at the moment (it said: " + said + ")", Remedy: "try again later"}, Temporary: true}
	case at == stepAuth:
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " refused the sign-in of " + user + " (it said: " + said + ")",
			Remedy: "check user and password; many providers want an app password or an access token (auth: xoauth2) from programs"}, atSignIn: true}
	case at == stepSender:
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " does not take messages from this sender (it said: " + said + ")",
			Remedy: "check the sender's address and whether a sign-in is needed (user: under mail: smtp:)"}}
	case at == stepTLS:
		return &ServerError{Fault: fault.Error{Message: "the server " + address + " would not encrypt (it said: " + said + ")",
			Remedy: "ask its administrator. " + nothingSent}, Temporary: temporary}
	}
	return &ServerError{Fault: fault.Error{Message: "the server " + address + " refused the connection (it said: " + said + ")",
		Remedy: "try again later, or ask its administrator"}, Temporary: temporary}
}

// saying is a server's answer as it is shown: code and text in one line.
func saying(reply *textproto.Error) string {
	return shorten(fmt.Sprintf("%d %s", reply.Code, printable(reply.Msg)), 300)
}

var enhancedPattern = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)

// enhancedStatus is the status of RFC 3463 at the start of an answer, or "".
func enhancedStatus(text string) string { return enhancedPattern.FindString(strings.TrimSpace(text)) }

// meaningOf says in words why one mailbox refused, by the enhanced status where there is one (RFC 3463).
func meaningOf(code int, status string) string {
	_, class, _ := strings.Cut(status, ".")
	switch class {
	case "1.1", "1.10", "1.6", "2.1", "1.0":
		return "the address does not exist or no longer takes mail"
	case "1.2", "4.4", "1.3", "4.6":
		return "the part after the @ is not a place that takes mail"
	case "2.2":
		return "the mailbox is full"
	case "2.4": // a list that leads nowhere; OpenSMTPD says so of any unknown address
		return "the address leads to no mailbox"
	case "3.4", "2.3":
		return "the message is too large"
	case "7.1", "7.0", "7.26", "7.25", "7.23":
		return "the server's rules refuse the message"
	case "6.7":
		return "the server cannot deliver to an address with international characters"
	}
	switch code {
	case 550, 551, 553:
		return "the address does not exist or may not be written to"
	case 552:
		return "the message is too large, or the mailbox is full"
	case 450, 451, 421:
		return "the server is not ready to take it at the moment"
	case 452:
		return "the mailbox or the server is full at the moment"
	}
	if code >= 500 || strings.HasPrefix(status, "5.") {
		return "the server refused it"
	}
	return "the server cannot take it at the moment"
}
