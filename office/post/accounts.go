package post

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/mail/graph"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
)

// Accounts are the mailboxes at Microsoft and Google that the user signs in to.
type Accounts struct {
	// Home is the user's configuration folder; "" for the usual one.
	Home string
	// InFile says that the key to a new sign-in may lie in a file, where the computer has no keyring.
	InFile bool
	// Place puts the addresses and the client of a test in place of the provider's; nil for none.
	Place func(*account.SignIn)
	// Say puts the page at the end of a sign-in into another language, which is Lang; nil and "" for English.
	Say  func(string) string
	Lang string
}

// Folder is the user's configuration folder.
func (a Accounts) Folder() (string, error) {
	if a.Home != "" {
		return a.Home, nil
	}
	return account.Home()
}

// Account is the account of a round, or else that of the user's configuration folder. Its Provider is "" where there is none;
// f may be nil.
func (p *Post) Account(f *office.Folder) (a settings.Account, ofRound bool, err error) {
	if f != nil && f.Config.Mail.Account != nil {
		a = *f.Config.Mail.Account
		if a.ClientSecretFile != "" && !filepath.IsAbs(a.ClientSecretFile) {
			a.ClientSecretFile = filepath.Join(f.Dir, a.ClientSecretFile)
		}
		return a, true, nil
	}
	home, err := p.Accounts.Folder()
	if err != nil {
		return a, false, err
	}
	a, err = account.ReadFor(home)
	if a.ClientSecretFile != "" && !filepath.IsAbs(a.ClientSecretFile) {
		a.ClientSecretFile = filepath.Join(home, a.ClientSecretFile)
	}
	return a, false, err
}

// SignIn is what signs in to an account.
func (p *Post) SignIn(a settings.Account) (account.SignIn, error) {
	home, err := p.Accounts.Folder()
	if err != nil {
		return account.SignIn{}, err
	}
	s := account.SignIn{Account: a, Store: &account.Store{Dir: filepath.Join(home, "accounts"), InFile: p.Accounts.InFile}, Now: p.Time, Say: p.Accounts.Say, Lang: p.Accounts.Lang}
	if p.Clock != nil {
		s.Now = p.Clock.Now
	}
	if p.Accounts.Place != nil {
		p.Accounts.Place(&s)
	}
	return s, nil
}

// KeepForAll keeps an account in the user's configuration folder, for all rounds that name none.
func (p *Post) KeepForAll(a settings.Account) error {
	home, err := p.Accounts.Folder()
	if err != nil {
		return err
	}
	return account.WriteFor(home, a)
}

// tokens are those of the round's account, which has to be one of a provider.
func (p *Post) tokens(f *office.Folder, provider string) (*account.Tokens, account.SignIn, error) {
	a, _, err := p.Account(f)
	if err != nil {
		return nil, account.SignIn{}, err
	}
	if a.Provider == "" {
		return nil, account.SignIn{}, &fault.Error{Usage: true, Message: "no account at " + strings.ToUpper(provider[:1]) + provider[1:] + " is named", Remedy: "set account under mail: in round.yaml, and sign in", Do: actions.SignInSteps.On()}
	}
	if a.Provider != provider {
		return nil, account.SignIn{}, &fault.Error{Usage: true, Message: "the account under mail: is at " + a.Provider + ", not at " + provider, Remedy: "choose the way of that provider"}
	}
	s, err := p.SignIn(a)
	if err != nil {
		return nil, s, err
	}
	t, err := account.NewTokens(s)
	return t, s, err
}

// steady turns troubles of the sign-in that may be over in a moment into what a run waits for.
type steady struct{ *account.Tokens }

func (s steady) Token(ctx context.Context) (string, error) {
	token, err := s.Tokens.Token(ctx)
	return token, passing(err)
}

func (s steady) Renewed(ctx context.Context, refused string) (string, error) {
	token, err := s.Tokens.Renewed(ctx, refused)
	return token, passing(err)
}

// secret is what a server for mail is signed in to with.
func (s steady) secret() mail.Secret { return mail.Secret{Token: s.Token, Renewed: s.Renewed} }

func passing(err error) error {
	var e *account.Error
	if errors.As(err, &e) && e.Temporary {
		return &mail.ServerError{Temporary: true, Fault: e.Fault}
	}
	return err
}

// graph is the way into the round's mailbox at Microsoft, or into another than the one that the settings say, where mailbox is
// not "".
func (p *Post) graph(f *office.Folder, mailbox string) (*graph.Client, *account.Tokens, error) {
	t, s, err := p.tokens(f, account.Microsoft)
	if err != nil {
		return nil, nil, err
	}
	c := &graph.Client{Base: t.Graph(), Tokens: steady{t}, Mailbox: t.Account().SharedMailbox, Clock: p.Clock, HTTP: s.HTTP}
	if mailbox != "" {
		c.Mailbox = mailbox
	}
	if strings.EqualFold(c.Mailbox, t.Who()) {
		c.Mailbox = ""
	}
	return c, t, nil
}

// The ways that messages go out, as they are called in settings and options.
const (
	ViaDrafts    = "drafts"
	ViaSMTP      = "smtp"
	ViaMicrosoft = "microsoft"
	ViaMailbox   = "mailbox-drafts"
)

// Ways lists them.
func Ways() []string { return []string{ViaDrafts, ViaSMTP, ViaMicrosoft, ViaMailbox} }

// Through is where messages go by a way that is not drafts. given and allowUnencrypted are for SMTP, mailbox for drafts in a
// mailbox of IMAP, where round.yaml does not say it.
func (p *Post) Through(f *office.Folder, via string, given settings.SMTP, allowUnencrypted bool, mailbox string) (*Server, error) {
	switch via {
	case ViaSMTP:
		return p.Server(f, given, allowUnencrypted)
	case ViaMicrosoft:
		return p.microsoft(f)
	}
	return p.mailboxDrafts(f, given, mailbox)
}

// mostPerMinute is how many messages Microsoft takes from one mailbox (Exchange Online limits, "Message rate limit").
const mostPerMinute = 30

func (p *Post) microsoft(f *office.Folder) (*Server, error) {
	c, t, err := p.graph(f, "")
	if err != nil {
		return nil, err
	}
	s := &Server{Host: "Microsoft 365, " + t.Who(), most: mostPerMinute}
	switch quota := (&account.Usage{Tokens: t}); {
	case account.Allows(t.Granted(), account.MailReadWrite):
		s.carrier = &graph.Outgoing{Client: c, Quota: quota}
	case account.Allows(t.Granted(), account.MailSend):
		s.carrier = &graph.OneStep{Client: c, Quota: quota}
	default:
		return nil, &fault.Error{Message: t.Who() + " did not get the permission to send", Remedy: "sign in again, and accept", Do: actions.SignIn.On()}
	}
	return s, nil
}
