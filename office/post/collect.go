package post

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// CollectOptions say how a mailbox is opened and read.
type CollectOptions struct {
	// Since leaves out messages that came before this day, where it is not zero.
	Since models.Date
	// PasswordEnv names the environment variable that holds the password, PasswordFile the file whose first line it is;
	// without both, Ask asks. Auth is password (as "") or xoauth2. CAFile has certificates to trust beside the system's.
	PasswordEnv, PasswordFile, Auth, CAFile string
	// MoveTo is a folder of a mailbox at Microsoft that messages are moved to when something was taken from them, and Category
	// one that they get; "" leaves them as they are.
	MoveTo, Category string
	// MarkSeen marks the messages that were read as read in the mailbox.
	MarkSeen bool
	// Open opens sources of further kinds; nil where there are none.
	Open OpenSource
	// Took is told of each thing that a source held, when it is known what became of it; nil where nobody looks.
	Took func(Taken)
}

// Collected is what one run of Collect found.
type Collected struct {
	New        int `json:"new"`
	Duplicates int `json:"duplicates"`
	// Attachments counts the evidence files that were kept in attachments/.
	Attachments int      `json:"attachments,omitempty"`
	Files       []string `json:"files"`
	// Sent counts drafts in the mailbox that a person has sent since.
	Sent int `json:"sent,omitempty"`
	// Moved are files that lay in outbox/ or results/ and are in returns/ instead.
	Moved    []string         `json:"moved,omitempty"`
	Events   []MailEvent      `json:"events"`
	Findings []models.Finding `json:"findings"`
	// Problems are sources that could not be read, or not to the end.
	Problems []string `json:"problems"`
}

// MailEvent is a bounce, a delay or an automatic reply.
type MailEvent struct {
	Kind      mail.EventKind `json:"kind"`
	Recipient string         `json:"recipient,omitempty"`
	Addresses []string       `json:"addresses"`
	Reason    string         `json:"reason,omitempty"`
	Said      string         `json:"said,omitempty"`
}

// Collect copies into returns/ what the sources hold and is not there yet, and writes bounces and automatic replies into
// the journal. A source is a file, a folder, a Maildir, or a mailbox: imaps://user@server/INBOX, or one that is signed in to:
// microsoft:Inbox, microsoft:shared@office.example/Inbox/Returns, google:INBOX. The folder is open to write.
func (p *Post) Collect(ctx context.Context, f *office.Folder, sources []string, opts CollectOptions) (out Collected, err error) {
	if err := checkAuth(opts.Auth); err != nil {
		return out, err
	}
	o := mail.Options{Since: opts.Since.Time, MarkSeen: opts.MarkSeen, XOAUTH2: opts.Auth == "xoauth2",
		Password: p.secret(".", opts.PasswordEnv, opts.PasswordFile, "Password for the mailbox")}
	if o.Roots, err = trusted(".", opts.CAFile); err != nil {
		return out, err
	}
	defer f.Forget()
	c := &collecting{post: p, f: f, out: &out}
	if c.in, err = f.Receiver(); err != nil {
		return out, err
	}
	if err := c.readJournal(); err != nil {
		return out, err
	}
	if c.together, err = p.NewCollecting(f); err != nil {
		return out, err
	}
	c.took = opts.Took
	sources, moving, err := c.own(sources)
	if err != nil {
		return out, err
	}
	for i, source := range sources {
		c.source = i
		for item, problem := range c.items(ctx, source, o, opts) {
			if err := c.item(ctx, item, problem); err != nil {
				return out, err
			}
		}
	}
	rest, err := c.together.End(ctx)
	if err == nil {
		err = c.receiveAll(rest)
	}
	c.tellBeside()
	out.Attachments, out.Findings = c.together.Kept, append(out.Findings, c.together.Findings...)
	if err != nil {
		return out, err
	}
	c.move(moving)
	return out, errors.Join(c.settleElsewhere(), c.settleLetters(ctx), c.lookForSent(ctx))
}

// item takes in one thing that a source held; a problem is with the source as a whole, and the next follows.
func (c *collecting) item(ctx context.Context, item mail.Item, problem error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case problem != nil:
		c.out.Problems = append(c.out.Problems, problem.Error())
		c.tell(Taken{Source: c.source, Problem: problem.Error()})
	case item.Found != nil:
		return c.take(ctx, item.Found, false)
	case item.Beside != nil:
		return c.take(ctx, item.Beside, true)
	case item.Event != nil:
		return c.record(item.Event)
	case item.Finding != nil:
		c.out.Findings = append(c.out.Findings, *item.Finding)
		c.tell(Taken{Source: c.source, Path: strings.Split(item.Finding.Origin.File, "!"), Finding: item.Finding})
	}
	return nil
}

// collecting is the state of one run.
type collecting struct {
	post *Post
	f    *office.Folder
	in   *round.Receiver
	// together tells evidence from returns.
	together *office.Collecting
	out      *Collected
	// known are the bounces and replies that the journal holds, by the message that brought them.
	known map[string]bool
	// parts are the parts of workbooks that were ever made, by recipient.
	parts map[string][]models.Part

	// took may be nil. source is the place of the one that is being read, and held those of what is not settled yet.
	took   func(Taken)
	source int
	held   map[string][]Taken
	// letterboxes are the folders at Microsoft that were read.
	letterboxes []*letterbox
	// opened are the sources of further kinds.
	opened []Source
	// begun is when the round was made.
	begun time.Time
}

func (c *collecting) readJournal() error {
	events, _, err := c.f.Journal()
	c.known = map[string]bool{}
	if len(events) > 0 {
		c.begun = events[0].Time
	}
	for _, e := range events {
		if e.Kind == round.Bounced || e.Kind == round.Delayed || e.Kind == round.AutoReply {
			c.known[keyOf(e)] = true
		}
	}
	_, c.parts = round.PartsMade(events)
	return err
}

func keyOf(e round.Event) string { return string(e.Kind) + e.Message + e.Address + e.Note }

// came is the time of a message, which cannot be later than now.
func (c *collecting) came(date time.Time) time.Time {
	if now := c.post.Time(); date.IsZero() || !date.Before(now) {
		return now
	}
	return date
}

// take receives a file of its own, and holds what came in a message or an archive until all that came with it is there.
func (c *collecting) take(ctx context.Context, x *mail.Found, beside bool) error {
	c.hold(x)
	if x.Home == 0 {
		return c.receive(x)
	}
	receive, err := c.together.Add(ctx, x, beside)
	if err != nil {
		return err
	}
	return c.receiveAll(receive)
}

func (c *collecting) receiveAll(list []*mail.Found) error {
	for _, x := range list {
		if err := c.receive(x); err != nil {
			return err
		}
	}
	return nil
}

// receive copies a file into returns/ and remembers who sent it and when.
func (c *collecting) receive(x *mail.Found) error {
	e := round.Event{Time: c.came(x.Letter.Date), Address: strings.Join(x.Senders, "; "), Message: x.Letter.ID, Note: strings.Join(x.Path, "!")}
	file, isNew, err := c.in.Receive(x.Name, x.Content, e)
	switch {
	case err != nil:
		return err
	case isNew:
		c.out.New++
		c.out.Files = append(c.out.Files, file)
	default:
		c.out.Duplicates++
	}
	c.received(x, file, isNew)
	return nil
}

// eventKinds says which of the journal's events stands for what a message brought; a receipt says nothing about the return.
var eventKinds = map[mail.EventKind]round.Kind{mail.Bounce: round.Bounced, mail.Delayed: round.Delayed, mail.AutoReply: round.AutoReply}

// record finds the recipient that a bounce or an automatic reply concerns, and writes it into the journal.
func (c *collecting) record(x *mail.Event) error {
	kind, ok := eventKinds[x.Kind]
	if !ok {
		return nil
	}
	e := round.Event{Kind: kind, Recipient: c.concerned(x), Address: strings.Join(x.Addresses, "; "), Message: x.Letter.ID, Note: strings.TrimSpace(x.Status + " " + x.Reason)}
	if e.Note == "" {
		e.Note = x.Said
	}
	e.Time = c.came(x.Letter.Date)
	c.out.Events = append(c.out.Events, MailEvent{x.Kind, e.Recipient, x.Addresses, x.Reason, x.Said})
	if c.known[keyOf(e)] {
		return nil
	}
	c.known[keyOf(e)] = true
	return c.f.Record(e)
}

// concerned is the id of the recipient that an event is about, or "".
func (c *collecting) concerned(x *mail.Event) string {
	for _, rc := range c.f.Recipients {
		if rc.ID == x.RecipientID {
			return rc.ID
		}
	}
	for _, rc := range c.f.Recipients {
		for _, a := range x.Addresses {
			if mail.SenderFits(rc.Email, a) {
				return rc.ID
			}
		}
	}
	for _, rc := range c.f.Recipients {
		for _, part := range c.parts[rc.ID] {
			if slices.ContainsFunc(x.Addresses, func(a string) bool { return part.Email != "" && mail.SenderFits(part.Email, a) }) {
				return rc.ID
			}
		}
	}
	return ""
}
