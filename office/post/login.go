package post

import (
	"context"
	"errors"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/mail/graph"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
)

// LoginOptions say how a person signs in.
type LoginOptions struct {
	// Account is what is given here, which counts more than the round's or the user's. What it says is kept for all rounds that
	// name no account of their own.
	Account settings.Account
	// SendOnly asks for no more than what sending needs.
	SendOnly bool
	// Open opens an address in the browser. TellCode, where it is not nil, asks for a code on another device instead, and is
	// given where to type which.
	Open     func(address string) error
	TellCode func(address, code string)
}

// SignedIn is who signed in, and what the account may do now.
type SignedIn struct {
	account.Signed
	Provider string `json:"provider"`
	// Sends, Drafts and Collects say what the permissions are enough for.
	Sends    bool `json:"sends"`
	Drafts   bool `json:"drafts"`
	Collects bool `json:"collects"`
	// InKeyring says that the key to the sign-in lies in the system's keyring, and not in a file.
	InKeyring bool `json:"in_keyring"`
}

func signedIn(s account.SignIn, x account.Signed) SignedIn {
	out := SignedIn{Signed: x, Provider: s.Account.Provider, InKeyring: s.Store.Sealed()}
	if s.Account.Provider == account.Google {
		all := account.Allows(x.Granted, account.GoogleMail)
		out.Sends, out.Drafts, out.Collects = all, all, all
		return out
	}
	whole := account.Allows(x.Granted, account.MailReadWrite)
	out.Sends, out.Drafts, out.Collects = account.Allows(x.Granted, account.MailSend), whole, whole
	return out
}

// merged is the account with what is given put over it.
func merged(a, given settings.Account) settings.Account {
	if given.Provider != "" && given.Provider != a.Provider {
		a = settings.Account{Provider: given.Provider}
	}
	for _, p := range []struct {
		to    *string
		given string
	}{{&a.User, given.User}, {&a.ClientID, given.ClientID}, {&a.Tenant, given.Tenant}, {&a.Cloud, given.Cloud}, {&a.SharedMailbox, given.SharedMailbox}, {&a.ClientSecretFile, given.ClientSecretFile}} {
		if p.given != "" {
			*p.to = p.given
		}
	}
	return a
}

// AccountFor is the account of a round, or the user's, with what is given put over it.
func (p *Post) AccountFor(f *office.Folder, given settings.Account) (settings.Account, error) {
	a, _, err := p.Account(f)
	return merged(a, given), err
}

// Login signs in to the account of a round, or to the user's where f is nil or the round names none.
func (p *Post) Login(ctx context.Context, f *office.Folder, o LoginOptions) (SignedIn, error) {
	a, ofRound, err := p.Account(f)
	if err != nil {
		return SignedIn{}, err
	}
	given := o.Account
	if ofRound && merged(a, given) != a {
		return SignedIn{}, &fault.Error{Usage: true, Message: "round.yaml names another account under mail:", Remedy: "change it there, or take it out to use one for all rounds"}
	}
	a = merged(a, given)
	s, err := p.SignIn(a)
	if err != nil {
		return SignedIn{}, err
	}
	s.SendOnly = o.SendOnly
	var x account.Signed
	if o.TellCode != nil {
		x, err = s.OnDevice(ctx, o.TellCode)
	} else {
		x, err = s.InBrowser(ctx, o.Open)
	}
	if err != nil {
		return SignedIn{}, err
	}
	if !ofRound {
		if err := p.KeepForAll(a); err != nil {
			return SignedIn{}, err
		}
	}
	return signedIn(s, x), nil
}

// Logout deletes the sign-in from this computer. It says who it was; "" where nobody was signed in.
func (p *Post) Logout(ctx context.Context, f *office.Folder) (who string, err error) {
	a, _, err := p.Account(f)
	if err != nil || a.Provider == "" {
		return "", err
	}
	s, err := p.SignIn(a)
	if err != nil {
		return "", err
	}
	if t, err := account.NewTokens(s); err == nil {
		who = t.Who()
	}
	was, err := account.SignOut(ctx, s)
	if was && who == "" {
		who = a.User
	}
	return who, err
}

// IsSignedIn says who is signed in to the account, by what is kept here; nobody is asked. The error is account.ErrSignedOut,
// or what is wrong with the settings.
func (p *Post) IsSignedIn(f *office.Folder) (SignedIn, error) {
	a, _, err := p.Account(f)
	if err != nil {
		return SignedIn{}, err
	}
	s, err := p.SignIn(a)
	if err != nil {
		return SignedIn{}, err
	}
	t, err := account.NewTokens(s)
	if err != nil {
		return SignedIn{}, err
	}
	return signedIn(s, account.Signed{Who: t.Who(), Granted: t.Granted()}), nil
}

// Tried is one thing that was tried at the provider.
type Tried struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	// Detail is what was found, or why it did not work and what to do.
	Detail string `json:"detail,omitempty"`
}

// connect signs in to the server that messages go out by, and sends none.
func (p *Post) connect(ctx context.Context, f *office.Folder) error {
	to, err := p.Server(f, settings.SMTP{}, false)
	if err != nil {
		return err
	}
	defer to.carrier.Close()
	return to.carrier.(*mail.Server).Connect(ctx)
}

// TryAccount tries what the account is for, at the provider: whether the sign-in can be renewed, whether a draft can be put
// into the mailbox, found again and deleted, and whether the shared mailbox opens. Nothing is sent.
func (p *Post) TryAccount(ctx context.Context, f *office.Folder) (x SignedIn, out []Tried, err error) {
	if x, err = p.IsSignedIn(f); err != nil {
		return x, nil, err
	}
	try := func(what string, work func() (string, error)) bool {
		detail, err := work()
		if err != nil {
			detail = err.Error()
		}
		out = append(out, Tried{what, err == nil, detail})
		return err == nil
	}
	a, _, _ := p.Account(f)
	t, _, err := p.tokens(f, a.Provider)
	if err != nil {
		return x, nil, err
	}
	renewed := try("the sign-in can be renewed", func() (string, error) {
		token, err := t.Token(ctx)
		if err == nil {
			_, err = t.Renewed(ctx, token)
		}
		return "", err
	})
	if !renewed || ctx.Err() != nil {
		return x, out, ctx.Err()
	}
	if a.Provider == account.Google {
		try("the mailbox opens by IMAP", func() (string, error) {
			d, err := googleDrafts(f, t)
			if err != nil {
				return "", err
			}
			defer d.Close()
			_, err = d.Settle(ctx, mail.Entry{Key: "rubric.check@rubric.invalid"})
			return "", err
		})
		if f != nil && f.Config.Mail.SMTP.Host == "" {
			try("the server takes messages with the sign-in", func() (string, error) { return "", p.connect(ctx, f) })
		}
		return x, out, ctx.Err()
	}
	if !x.Drafts {
		out = append(out, Tried{"drafts, and collecting", false, "the account may only send: an administrator has to agree to more"})
		return x, out, nil
	}
	c, _, err := p.graph(f, "")
	if err != nil {
		return x, out, err
	}
	raw, err := p.trial(f, x.Who)
	if err != nil {
		return x, out, err
	}
	what := "a draft can be put into the mailbox, found again and deleted"
	if c.Mailbox != "" {
		what = "a draft can be put into the mailbox " + c.Mailbox + ", found again and deleted"
	}
	try(what, func() (string, error) { return tryDraft(ctx, c, raw) })
	try("the inbox opens", func() (string, error) { _, err := c.FolderAt(ctx, "Inbox"); return "", err })
	return x, out, ctx.Err()
}

func tryDraft(ctx context.Context, c *graph.Client, raw []byte) (string, error) {
	keeps, err := c.Try(ctx, raw)
	if err != nil || keeps {
		return "", err
	}
	return "Microsoft gives messages an ID of its own; bounces are recognised by their address then", nil
}

// trial is a message to oneself that is never sent.
func (p *Post) trial(f *office.Folder, who string) ([]byte, error) {
	from := who
	if f != nil && f.Config.Mail.From != "" {
		from = f.Config.Mail.From
	}
	to, err := mail.ParseAddresses(who)
	if err != nil || len(to) == 0 {
		return nil, errors.Join(err, office.Bad("the account's address cannot be read"))
	}
	sender, err := mail.ParseAddresses(from)
	if err != nil || len(sender) == 0 {
		return nil, office.Bad("the sender under mail: in round.yaml cannot be read")
	}
	m := mail.Message{ID: "rubric.check." + office.Digest([]byte(who + p.Time().String()))[:16] + "@rubric.invalid", Date: p.Time(), From: sender[0], To: to,
		Subject: "rubric tries this mailbox", Text: "This draft is deleted at once. If you see it, delete it."}
	var b strings.Builder
	err = m.Write(&b)
	return []byte(b.String()), err
}

// SignInTexts are the texts of the page that ends a sign-in.
func SignInTexts() []string { return account.Texts() }
