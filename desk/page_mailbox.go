package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/internal/fault"
	roundyaml "github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// signing is a sign-in that was begun: the address at which the person goes on.
type signing struct {
	mu      sync.Mutex
	address string
}

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
	if len(errs) > 0 {
		a = c.accountSaid()
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

// signIn begins a sign-in, and shows where it goes on.
func (d *Desk) signIn(c *call) (answer, error) {
	p := c.post()
	_, ofRound, err := p.Account(c.view.Folder)
	if err != nil {
		return answer{}, err
	}
	o := post.LoginOptions{SendOnly: c.field("only") != ""}
	if !ofRound {
		var errs []formError
		if o.Account = c.accountSaid(); o.Account.User == "" {
			errs = append(errs, formError{"user", c.T("Give the address that you sign in with")})
		}
		if o.Account.ClientID == "" {
			errs = append(errs, formError{"client", c.T("Give the client id; your IT has it")})
		}
		if o.Account.Provider != "google" && o.Account.Tenant == "" {
			errs = append(errs, formError{"tenant", c.T("Give the tenant; your IT has it")})
		}
		if len(errs) > 0 {
			return c.showMailbox(errs)
		}
	}
	inFile := c.field("file") != ""
	l, s := c.live, c.speech
	l.signing.set("")
	ready := make(chan struct{})
	var once sync.Once
	o.Open = func(address string) error { l.signing.set(address); once.Do(func() { close(ready) }); return nil }
	err = l.begin(c.T("Signing in"), "send", func(ctx context.Context, of *office.Office, j *job) (string, string, error) {
		defer once.Do(func() { close(ready) })
		defer l.signing.set("")
		f, err := of.Open(l.dir)
		if err != nil {
			return "", "", err
		}
		p := &post.Post{Office: of, Accounts: l.desk.accounts(s)}
		p.Accounts.InFile = inFile
		x, err := p.Login(ctx, f, o)
		if err != nil && ctx.Err() != nil {
			return s.T("Nobody was signed in."), "", nil
		}
		if err != nil {
			return "", "", err
		}
		return s.T("%s is signed in.", x.Who), "", nil
	})
	if err != nil {
		return answer{}, err
	}
	<-ready
	if c.live.signing.get() == "" {
		waitAWhile(l)
		return redirect(c.to("mailbox", "job", "ended")), nil
	}
	return redirect(c.to("mailbox") + "#go-on"), nil
}

// signOut deletes the sign-in.
func (d *Desk) signOut(c *call) (answer, error) {
	who, err := c.post().Logout(c.r.Context(), c.view.Folder)
	if err != nil {
		return answer{}, err
	}
	left, err := post.InMailbox(c.view.Folder)
	if err != nil {
		return answer{}, err
	}
	x := saying{Text: c.T("%s is signed out on this computer.", who)}
	if len(left) > 0 {
		var names []string
		for _, e := range left {
			names = append(names, e.Recipient)
		}
		x.More = c.N(len(left), "%d draft is still in the mailbox: %s.", "%d drafts are still in the mailbox: %s.", firstFew(names))
	}
	return redirect(c.to("mailbox", "done", c.live.say(x))), nil
}

func firstFew(list []string) string {
	if len(list) > 12 {
		return strings.Join(list[:12], ", ") + fmt.Sprintf(", … (%d)", len(list))
	}
	return strings.Join(list, ", ")
}

// tryMailbox tries what the account may do.
func (d *Desk) tryMailbox(c *call) (answer, error) {
	l, s := c.live, c.speech
	err := l.begin(c.T("Trying the mailbox"), "send", func(ctx context.Context, of *office.Office, j *job) (string, string, error) {
		f, err := of.Open(l.dir)
		if err != nil {
			return "", "", err
		}
		_, tried, err := (&post.Post{Office: of, Accounts: l.desk.accounts(s)}).TryAccount(ctx, f)
		if err != nil {
			return "", "", err
		}
		bad := 0
		for _, t := range tried {
			line := jobLine{What: t.What, Became: s.T("works"), Shape: "in", Found: t.Detail}
			if !t.OK {
				bad++
				line.Became, line.Shape = s.T("does not work"), "out"
			}
			j.Line(line)
		}
		if bad > 0 {
			return s.N(bad, "%d thing does not work; what to do stands beside it.", "%d things do not work; what to do stands beside them."), "", nil
		}
		return s.T("The mailbox works. Nothing was sent."), "", nil
	})
	if err != nil {
		return answer{}, err
	}
	return c.afterBegin(c.to("mailbox"))
}

// lookForSent sees which of the drafts in the mailbox have been sent.
func (d *Desk) lookForSent(c *call) (answer, error) {
	l, s := c.live, c.speech
	err := l.begin(c.T("Looking what has been sent"), "send", func(ctx context.Context, of *office.Office, j *job) (string, string, error) {
		f, unlock, _, err := of.OpenToWrite(l.dir, "desk: look for sent")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		p := &post.Post{Office: of, Accounts: l.desk.accounts(s)}
		to, err := p.Through(f, post.ViaMailbox, roundyaml.SMTP{}, false, "")
		if err != nil {
			return "", "", err
		}
		found, err := p.LookForSent(ctx, f, to)
		for _, e := range found.Gone {
			j.Line(jobLine{What: e.Recipient, Became: s.T("not found"), Shape: "look", Found: e.Detail})
		}
		return s.N(found.Sent, "%d draft has been sent since", "%d drafts have been sent since") + s.N(found.Waiting, ", %d waits.", ", %d wait."), "", err
	})
	if err != nil {
		return answer{}, err
	}
	return c.afterBegin(c.to("mailbox"))
}

// viaAccount is the way that the form of the last confirmation chose.
func (c *call) viaAccount() string {
	switch c.field("do") {
	case "account":
		if c.signedMailbox().Provider == "microsoft" {
			return post.ViaMicrosoft
		}
	case "mailbox":
		return post.ViaMailbox
	}
	return post.ViaSMTP
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

// collectAccount collects from the mailbox that is signed in to.
func (d *Desk) collectAccount(c *call) (answer, error) {
	a := c.signedMailbox()
	if a.Who == "" {
		return answer{}, &fault.Error{Usage: true, Message: "nobody is signed in to the mailbox", Remedy: "sign in first", Err: errors.ErrUnsupported}
	}
	folder := strings.Trim(strings.TrimSpace(c.field("accountfolder")), "/")
	source := a.Provider + ":" + folder
	if a.Shared != "" && a.Provider == "microsoft" && c.field("sharedbox") != "" {
		source = a.Provider + ":" + a.Shared + "/" + folder
	}
	options := post.CollectOptions{MoveTo: strings.TrimSpace(c.field("moveto"))}
	l, s := c.live, c.speech
	err := l.begin(c.T("Collecting from the mailbox of %s", a.Who), "returns", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		return collectInto(ctx, l, s, o, j, collection{what: "mailbox", names: []string{""}, sources: []string{source}, options: options})
	})
	if err != nil {
		return answer{}, err
	}
	waitAWhile(l)
	return redirect(c.to("returns", "job", "ended")), nil
}
