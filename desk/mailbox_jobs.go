package desk

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/internal/text"
	roundyaml "github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

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
	l.signing.begin(o.Account)
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
		if err == nil {
			l.signing.begin(roundyaml.Account{})
		}
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
		x.More = c.N(len(left), "%d draft is still in the mailbox: %s.", "%d drafts are still in the mailbox: %s.", text.FirstFew(names, 12, ", ", fmt.Sprintf(", … (%d)", len(names))))
	}
	return redirect(c.to("mailbox", "done", c.live.say(x))), nil
}

// tryMailbox tries what the account may do.
func (d *Desk) tryMailbox(c *call) (answer, error) {
	l, s := c.live, c.speech
	err := l.begin(c.T("Trying the mailbox"), "send", func(ctx context.Context, of *office.Office, j *job) (string, string, error) {
		j.tried = true
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
		j.messages = true
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
			j.Line(jobLine{What: e.Recipient, Whose: strings.Join(e.Addresses, "; "), Became: s.T("not found"), Shape: "look", Found: e.Detail})
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

// collectAccount collects from the mailbox that is signed in to.
func (d *Desk) collectAccount(c *call) (answer, error) {
	if _, err := c.post().IsSignedIn(c.view.Folder); err != nil {
		return answer{}, err
	}
	a := c.signedMailbox()
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
