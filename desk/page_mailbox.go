package desk

import (
	"cmp"
	"html/template"
	"strings"
	"sync"

	roundyaml "github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office/post"
)

// signing is a sign-in that was begun: the address at which the person goes on, and what was typed, until it is kept.
type signing struct {
	mu      sync.Mutex
	address string
	typed   roundyaml.Account
}

func (s *signing) begin(typed roundyaml.Account) {
	s.mu.Lock()
	s.address, s.typed = "", typed
	s.mu.Unlock()
}
func (s *signing) said() roundyaml.Account { s.mu.Lock(); defer s.mu.Unlock(); return s.typed }

func (s *signing) set(address string) { s.mu.Lock(); s.address = address; s.mu.Unlock() }
func (s *signing) get() string        { s.mu.Lock(); defer s.mu.Unlock(); return s.address }

// accounts are where sign-ins are kept, and made.
func (d *Desk) accounts(s speech) post.Accounts {
	a := d.cfg.Accounts
	a.Home = cmp.Or(a.Home, d.cfg.Home)
	a.Lang = s.lang
	a.Say = func(text string) string { return s.T(text) }
	return a
}

// post is the office that sends and fetches for a call.
func (c *call) post() *post.Post {
	return &post.Post{Office: c.office(), Accounts: c.Desk.accounts(c.speech)}
}

// signedMailbox is the account as pages show it.
type signedMailbox struct {
	// Provider is "" where no account is named, Who is "" where nobody is signed in.
	Provider, Name, Who, Shared     string
	Sends, Drafts, Collects, InFile bool
}

// signedMailbox is the account of the round, or the user's, by what is kept on this computer.
func (c *call) signedMailbox() signedMailbox {
	p := c.post()
	a, _, err := p.Account(c.view.Folder)
	if err != nil {
		return signedMailbox{}
	}
	out := signedMailbox{Provider: a.Provider, Name: providerName(a.Provider), Shared: a.SharedMailbox}
	if a.Provider == "" {
		return out
	}
	if x, err := p.IsSignedIn(c.view.Folder); err == nil {
		out.Who, out.Sends, out.Drafts, out.Collects, out.InFile = x.Who, x.Sends, x.Drafts, x.Collects, !x.InKeyring
	}
	return out
}

func providerName(p string) string {
	switch p {
	case "microsoft":
		return "Microsoft 365"
	case "google":
		return "Google"
	}
	return ""
}

// mailboxPage is who is signed in, and what for.
type mailboxPage struct {
	Account signedMailbox
	// OfRound says that round.yaml names the account, so that it is not changed here.
	OfRound bool
	Inputs  []input
	// Providers and Clouds are what is chosen from.
	Providers, Clouds []listChoice
	// Address is where a sign-in that was begun goes on.
	Address template.URL
	Waiting int
}

func (d *Desk) mailbox(c *call) (answer, error) { return c.showMailbox(nil) }

func (c *call) showMailbox(errs []formError) (answer, error) {
	a, ofRound, err := c.post().Account(c.view.Folder)
	if err != nil {
		return answer{}, err
	}
	data := mailboxPage{Account: c.signedMailbox(), OfRound: ofRound}
	data.Address = template.URL(c.live.signing.get())
	switch typed := c.live.signing.said(); {
	case len(errs) > 0:
		a = c.accountSaid()
	case typed.ClientID != "":
		a = typed
	}
	left, err := post.InMailbox(c.view.Folder)
	if err != nil {
		return answer{}, err
	}
	data.Waiting = len(left)
	data.Providers = c.choices(cmp.Or(a.Provider, "microsoft"), "microsoft", "Microsoft 365", "google", "Google")
	data.Clouds = c.choices(cmp.Or(a.Cloud, "global"), "global", c.T("The usual one, GCC too"), "us-gov-high", "GCC High", "us-dod", "DoD")
	data.Inputs = inputsWith([]input{
		{ID: "user", Label: c.T("Your office’s address"), Hint: c.T("The one that you sign in with."), Value: a.User, Size: 40, Auto: "off"},
		{ID: "client", Label: c.T("Client id"), Hint: c.T("From your IT: the id of your organisation’s registration of this program."), Value: a.ClientID, Size: 40, Auto: "off"},
		{ID: "tenant", Label: c.T("Tenant"), Hint: c.T("For Microsoft 365: your organisation’s id or domain."), Value: a.Tenant, Size: 40, Auto: "off"},
		{ID: "shared", Label: c.T("Shared mailbox"), Hint: c.T("Only where messages are sent from a mailbox that several people use."), Value: a.SharedMailbox, Size: 40, Auto: "off"},
		{ID: "secretfile", Label: c.T("File with the client secret"), Hint: c.T("For Google only; the file’s whole name."), Value: a.ClientSecretFile, Size: 40, Auto: "off"}}, errs)
	h := head{Title: c.T("Mailbox"), Kicker: c.T("Send"), KickerTo: c.to("send"), Here: "send", Question: c.T("Who is signed in, and what may the account do?")}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("mailbox", h, data), nil
	}
	return c.show("mailbox", h, data), nil
}

// accountSaid is the account as the form has it.
func (c *call) accountSaid() roundyaml.Account {
	field := func(name string) string { return strings.TrimSpace(c.field(name)) }
	a := roundyaml.Account{Provider: field("provider"), User: field("user"), ClientID: field("client"), Tenant: field("tenant"), Cloud: field("cloud"), SharedMailbox: field("shared"), ClientSecretFile: field("secretfile")}
	if a.Cloud == "global" {
		a.Cloud = ""
	}
	return a
}

// stepsPage is what IT has to do.
type stepsPage struct {
	Name  string
	Steps []stepLine
}

type stepLine struct{ Text, Link string }

func (d *Desk) mailboxSteps(c *call) (answer, error) {
	a, _, err := c.post().Account(c.view.Folder)
	if err != nil {
		return answer{}, err
	}
	if p := c.query("provider"); p == "google" || p == "microsoft" {
		a.Provider = p
	}
	a.Provider = cmp.Or(a.Provider, "microsoft")
	data := stepsPage{Name: providerName(a.Provider)}
	for _, s := range post.Steps(a) {
		data.Steps = append(data.Steps, stepLine{c.T(s.Text, s.Values...), s.Link})
	}
	return c.show("mailbox-it", head{Title: c.T("What IT has to do"), Kicker: c.T("Mailbox"), KickerTo: c.to("mailbox"), Here: "send",
		Question: c.T("Once for your organisation, before anybody can sign in. Print this page or pass it on.")}, data), nil
}
