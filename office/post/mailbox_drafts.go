package post

import (
	"cmp"
	"context"
	"crypto/x509"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/mail/graph"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// signedInSMTP puts the settings for SMTP together: round.yaml's, and what is given here, which counts more. Where neither
// names a server and the account is Google's, its server is used with the sign-in; token is empty for all others.
func (p *Post) signedInSMTP(f *office.Folder, given settings.SMTP) (c settings.SMTP, token mail.Secret, err error) {
	var none mail.Secret
	c = f.Config.Mail.SMTP
	c.Host, c.Port, c.TLS = cmp.Or(given.Host, c.Host), cmp.Or(given.Port, c.Port), cmp.Or(given.TLS, c.TLS)
	c.User, c.Auth, c.CAFile = cmp.Or(given.User, c.User), cmp.Or(given.Auth, c.Auth), cmp.Or(given.CAFile, c.CAFile)
	if given.PasswordEnv != "" || given.PasswordFile != "" {
		c.PasswordEnv, c.PasswordFile = given.PasswordEnv, given.PasswordFile
	}
	if c.PasswordEnv+c.PasswordFile != "" || c.Auth == "password" {
		return c, none, nil
	}
	a, _, err := p.Account(f)
	if err != nil || a.Provider != account.Google {
		if c.Host != "" {
			err = nil // it is not asked for
		}
		return c, none, err
	}
	s, err := p.SignIn(a)
	if err != nil {
		return c, none, err
	}
	host, port, err := net.SplitHostPort(s.SMTP())
	if err != nil {
		host = s.SMTP()
	}
	if c.Host != "" && c.Host != host {
		return c, none, nil
	}
	t, err := account.NewTokens(s)
	if err != nil {
		return c, none, err
	}
	if n, err := strconv.Atoi(port); err == nil {
		c.Port = n
	}
	c.Host, c.User, c.Auth = host, a.User, "xoauth2"
	return c, steady{t}.secret(), nil
}

// mailboxDrafts is the folder of drafts of the office's own mailbox: the one that round.yaml or the options name, or else
// that of the account.
func (p *Post) mailboxDrafts(f *office.Folder, given settings.SMTP, mailbox string) (*Server, error) {
	if mailbox = cmp.Or(mailbox, f.Config.Mail.Mailbox); mailbox != "" {
		if err := checkAuth(given.Auth); err != nil {
			return nil, err
		}
		c := f.Config.Mail.SMTP
		roots, err := trusted(f.Dir, cmp.Or(given.CAFile, c.CAFile))
		if err != nil {
			return nil, err
		}
		return p.imapDrafts(mailbox, given.Auth == "xoauth2", p.secret(f.Dir, cmp.Or(given.PasswordEnv, c.PasswordEnv), cmp.Or(given.PasswordFile, c.PasswordFile), "Password for the mailbox"), roots), nil
	}
	a, _, err := p.Account(f)
	if err != nil {
		return nil, err
	}
	switch a.Provider {
	case account.Google:
		t, _, err := p.tokens(f, account.Google)
		if err != nil {
			return nil, err
		}
		d, err := googleDrafts(f, t)
		return &Server{Host: "the drafts at " + t.IMAP(), Drafts: true, most: 600, carrier: d}, err
	case account.Microsoft:
		c, t, err := p.graph(f, "")
		if err != nil {
			return nil, err
		}
		if !account.Allows(t.Granted(), account.MailReadWrite) {
			return nil, &fault.Error{Message: t.Who() + " may only send, and not put drafts into the mailbox", Remedy: "send with that permission, or have an administrator agree to more and sign in again", Do: actions.SignInSteps.On()}
		}
		return &Server{Host: "the drafts of " + cmp.Or(c.Mailbox, t.Who()), Drafts: true, carrier: &graph.Placing{Outgoing: graph.Outgoing{Client: c}}, most: 600}, nil
	}
	return nil, &fault.Error{Usage: true, Message: "no mailbox is named for drafts", Remedy: "set mailbox: imaps://user@server/ under mail: in round.yaml, or an account at Microsoft or Google"}
}

func (p *Post) imapDrafts(mailbox string, xoauth2 bool, secret mail.Secret, roots *x509.CertPool) *Server {
	host := mailbox
	if u, err := url.Parse(mailbox); err == nil {
		host = u.Host
	}
	return &Server{Host: "the drafts at " + host, Drafts: true, most: 600,
		carrier: &mail.DraftsFolder{Mailbox: mailbox, Options: mail.Options{Password: secret, XOAUTH2: xoauth2, Roots: roots}}}
}

// googleDrafts is the folder of drafts at Google; f may be nil.
func googleDrafts(f *office.Folder, t *account.Tokens) (*mail.DraftsFolder, error) {
	d := &mail.DraftsFolder{Mailbox: googleMailbox(t, ""), Options: mail.Options{XOAUTH2: true, Password: steady{t}.secret()}}
	if f == nil {
		return d, nil
	}
	var err error
	d.Options.Roots, err = trusted(f.Dir, f.Config.Mail.SMTP.CAFile)
	return d, err
}

func googleMailbox(t *account.Tokens, folder string) string {
	u := url.URL{Scheme: "imaps", User: url.User(t.Account().User), Host: t.IMAP(), Path: "/" + folder}
	return u.String()
}

// PlacedDrafts is what became of drafts in the mailbox.
type PlacedDrafts struct {
	// Sent counts those that were found sent now, Waiting those that lie in the drafts.
	Sent, Waiting int
	// Gone are those that can be found nowhere.
	Gone []Entry
}

// LookForSent looks which of the drafts that were put into the mailbox a person has sent, and writes that into the journal.
// The folder is open to write.
func (p *Post) LookForSent(ctx context.Context, f *office.Folder, to *Server) (out PlacedDrafts, err error) {
	j, err := newPostJournal(f.Round)
	if err != nil {
		return out, err
	}
	settler, ok := to.carrier.(mail.Settler)
	if !ok {
		return out, nil
	}
	defer to.carrier.Close()
	for _, e := range placed(j) {
		d, err := settler.Settle(ctx, e)
		if err != nil {
			return out, err
		}
		switch d.Outcome {
		case mail.Placed:
			out.Waiting++
		case mail.Sent:
			out.Sent++
			j.kinds[e.Key] = round.Kind(e.Detail)
			e.Outcome, e.Detail, e.Time = mail.Sent, "sent from the mailbox", p.Time()
			if err := j.Append(e); err != nil {
				return out, err
			}
		default:
			e.Outcome, e.Detail = d.Outcome, d.Detail
			out.Gone = append(out.Gone, e)
		}
	}
	return out, nil
}

// placed are the messages that lie as drafts in the mailbox, as far as the journal knows, by recipient.
func placed(j *postJournal) (out []Entry) {
	for _, e := range j.last {
		if e.Outcome == mail.Placed {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b Entry) int {
		return cmp.Or(strings.Compare(a.Recipient, b.Recipient), strings.Compare(a.Key, b.Key))
	})
	return out
}

// InMailbox lists the messages of a round that lie as drafts in the mailbox, or were about to be sent from there and have not
// been looked up: what is left there when nobody is signed in any more.
func InMailbox(f *office.Folder) ([]Entry, error) {
	j, err := newPostJournal(f.Round)
	if err != nil {
		return nil, err
	}
	out := placed(j)
	for _, e := range j.last {
		if isOpen(e) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return strings.Compare(a.Recipient, b.Recipient) })
	return out, nil
}
