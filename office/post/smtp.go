package post

import (
	"context"
	"errors"
	"slices"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
)

// ErrNoServer says that neither round.yaml nor the options name a mail server.
var ErrNoServer = errors.New("no mail server is named; set host under mail: smtp: in round.yaml")

// Server is where messages are handed over.
type Server struct {
	// Host is its name, or that of the mailbox.
	Host string
	// Drafts says that messages are put into the mailbox's own folder of drafts, for a person to send.
	Drafts  bool
	carrier mail.Carrier
	// most is how many messages a minute it takes at most; 0 where that is the office's affair.
	most int
}

// Server puts together the mail server from round.yaml and what is given here, which counts more. allowUnencrypted lets
// messages go over the network readable for others.
func (p *Post) Server(f *office.Folder, given settings.SMTP, allowUnencrypted bool) (*Server, error) {
	c, token, err := p.signedInSMTP(f, given)
	if err != nil {
		return nil, err
	}
	if c.Host == "" {
		return nil, ErrNoServer
	}
	switch mail.TLS(c.TLS) {
	case "", mail.StartTLS, mail.ImplicitTLS, mail.Unencrypted:
	default:
		return nil, office.Bad(office.Option("tls"), " ", c.TLS, ": choose starttls, implicit or unencrypted")
	}
	if err := checkAuth(c.Auth); err != nil {
		return nil, err
	}
	roots, err := trusted(f.Dir, c.CAFile)
	if err != nil {
		return nil, err
	}
	secret := p.secret(f.Dir, c.PasswordEnv, c.PasswordFile, "Password of "+c.User+" at "+c.Host)
	if token.Token != nil {
		secret = token
	}
	return &Server{Host: c.Host, carrier: &mail.Server{Host: c.Host, Port: c.Port, TLS: mail.TLS(c.TLS), AllowUnencrypted: allowUnencrypted, User: c.User,
		XOAUTH2: c.Auth == "xoauth2", Roots: roots, Password: secret}}, nil
}

// checkAuth checks the name of a way to sign in; "" is password.
func checkAuth(auth string) error {
	if auth != "" && auth != "password" && auth != "xoauth2" {
		return office.Bad(office.Option("auth"), " ", auth, ": choose password or xoauth2")
	}
	return nil
}

// Fresh counts the messages that Send would hand over: those that the journal does not hold as sent.
func (m *Mailing) Fresh() int {
	fresh := 0
	for _, p := range m.parcels {
		if !mayBeOut(m.journal.last[p.message.ID].Outcome) || m.opts.isResent(p.recipient.ID) {
			fresh++
		}
	}
	return fresh
}

// open counts the messages that were handed over and not looked up since.
func (m *Mailing) open() (n int) {
	for _, p := range m.parcels {
		if isOpen(m.journal.last[p.message.ID]) {
			n++
		}
	}
	return n
}

// Send hands over what the journal does not hold as sent. The journal is written before and after each message. Where
// there is an error the report says how far it came.
func (m *Mailing) Send(ctx context.Context, to *Server) (Report, error) {
	if err := m.begin(); err != nil {
		return Report{}, err
	}
	var postings []mail.Posting
	of := map[string][]parcel{}
	for _, p := range m.parcels {
		of[p.recipient.ID] = append(of[p.recipient.ID], p)
		postings = append(postings, mail.Posting{Key: p.message.ID, Recipient: p.recipient.ID, Make: func() (*mail.Message, error) {
			msg, err := p.make(m.f)
			if err == nil {
				msg.Date = m.post.Time()
			}
			return msg, err
		}})
	}
	n := m.Fresh()
	if _, looks := to.carrier.(mail.Settler); looks {
		n += m.open()
	}
	step, done := m.post.Begin("sending", n)
	defer done()
	perMinute := m.f.Config.Mail.SMTP.PerMinute
	if to.most > 0 && (perMinute == 0 || perMinute > to.most) {
		perMinute = to.most
	}
	run := &mail.Run{Carrier: to.carrier, Journal: m.journal, PerMinute: perMinute, Retry: mail.DefaultRetry(), Clock: m.post.Clock, Resend: m.opts.Resend,
		Each: func(e mail.Entry) {
			step()
			if m.post.Told != nil {
				m.post.Told(e)
			}
		},
		Verify: func(id string, a mail.Attachment) error {
			for _, p := range of[id] {
				if i := slices.Index(p.attachments, a.Name); i >= 0 {
					return p.verified(p.pieces[i], a.Content)
				}
			}
			return errors.New("the attachment is not one that was meant for this recipient")
		}}
	return run.Send(ctx, postings)
}
