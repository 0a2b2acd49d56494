package cmd

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

type collectOptions struct {
	Since                                   string
	PasswordEnv, PasswordFile, Auth, CAFile string
	MarkSeen                                bool
}

func newCollectCmd(app *App) *cobra.Command {
	var opts collectOptions
	c := &cobra.Command{
		Use:   "collect SOURCE…",
		Short: "Copy returns into returns/: from folders, .zip, .eml, .msg, .mbox, Maildir, IMAP",
		Long: `collect takes the attachments out of messages, forwarded messages and archives, and copies into returns/ what is not
there yet. A SOURCE is a file, a folder, a Maildir, or a mailbox: imaps://user@server/INBOX. Nothing in a mailbox is
deleted, or marked as read unless --mark-seen says so. Bounces and automatic replies go into the journal; 'rubric
status' and 'rubric log ID' show them.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCollect(cmd.Context(), app, opts, args)
		},
	}
	f := c.Flags()
	f.StringVar(&opts.Since, "since", "", "only messages of a mailbox that came on this day or later, such as 2026-11-22")
	f.StringVar(&opts.PasswordEnv, "password-env", "", "the environment variable that holds the password or token for IMAP")
	f.StringVar(&opts.PasswordFile, "password-file", "", "the file whose first line is the password or token")
	f.StringVar(&opts.Auth, "auth", "password", "password or xoauth2")
	f.StringVar(&opts.CAFile, "ca-file", "", "certificates (PEM) to trust beside the system's")
	f.BoolVar(&opts.MarkSeen, "mark-seen", false, "mark the messages that were read as read in the mailbox")
	return c
}

// collected is what one run of collect found.
type collected struct {
	New        int              `json:"new"`
	Duplicates int              `json:"duplicates"`
	Files      []string         `json:"files"`
	Events     []eventLine      `json:"events"`
	Findings   []models.Finding `json:"findings"`
	Problems   []string         `json:"problems"`
}

type eventLine struct {
	Kind      mail.EventKind `json:"kind"`
	Recipient string         `json:"recipient,omitempty"`
	Addresses []string       `json:"addresses"`
	Reason    string         `json:"reason,omitempty"`
	Said      string         `json:"said,omitempty"`
}

func runCollect(ctx context.Context, app *App, opts collectOptions, sources []string) error {
	f, unlock, err := app.openLocked("collect")
	if err != nil {
		return err
	}
	defer unlock()
	o := mail.Options{MarkSeen: opts.MarkSeen, XOAUTH2: opts.Auth == "xoauth2", Password: app.secret(".", opts.PasswordEnv, opts.PasswordFile, "Password for the mailbox")}
	if opts.Auth != "password" && opts.Auth != "xoauth2" {
		return usagef("--auth %s: choose password or xoauth2", opts.Auth)
	}
	if opts.Since != "" {
		day, err := dateFlag("since", opts.Since)
		if err != nil {
			return err
		}
		o.Since = day.Time
	}
	if o.Roots, err = trusted(".", opts.CAFile); err != nil {
		return err
	}
	in, err := f.Receiver()
	if err != nil {
		return err
	}
	known, err := knownEvents(f.Round)
	if err != nil {
		return err
	}
	var out collected
	for item, problem := range mail.Collect(ctx, sources, o) {
		var err error
		switch {
		case ctx.Err() != nil:
			err = ctx.Err()
		case problem != nil: // with one source; the next follows
			out.Problems = append(out.Problems, problem.Error())
		case item.Found != nil:
			err = app.receive(in, item.Found, &out)
		case item.Event != nil:
			err = app.recordEvent(f, item.Event, known, &out)
		case item.Finding != nil:
			out.Findings = append(out.Findings, *item.Finding)
		}
		if err != nil {
			return err
		}
	}
	return app.printCollected(out)
}

// receive copies a file into returns/ and remembers who sent it and when.
func (app *App) receive(in *round.Receiver, x *mail.Found, out *collected) error {
	came := app.Now()
	if d := x.Letter.Date; !d.IsZero() && d.Before(came) {
		came = d
	}
	e := round.Event{Time: came, Address: strings.Join(x.Senders, "; "), Message: x.Letter.ID, Note: strings.Join(x.Path, "!")}
	file, isNew, err := in.Receive(x.Name, x.Content, e)
	switch {
	case err != nil:
		return err
	case isNew:
		out.New++
		out.Files = append(out.Files, file)
	default:
		out.Duplicates++
	}
	return nil
}

// knownEvents lists the bounces and replies that the journal holds, by the message that brought them.
func knownEvents(r *round.Round) (map[string]bool, error) {
	events, _, err := r.Journal()
	known := map[string]bool{}
	for _, e := range events {
		if e.Kind == eventBounced || e.Kind == eventDelayed || e.Kind == eventAutoReply {
			known[string(e.Kind)+e.Message+e.Address+e.Note] = true
		}
	}
	return known, err
}

// recordEvent finds the recipient that a bounce or an automatic reply concerns, and writes it into the journal.
func (app *App) recordEvent(f *folder, x *mail.Event, known map[string]bool, out *collected) error {
	kind, ok := map[mail.EventKind]round.Kind{mail.Bounce: eventBounced, mail.Delayed: eventDelayed, mail.AutoReply: eventAutoReply}[x.Kind]
	if !ok {
		return nil // a receipt says nothing about the return
	}
	e := round.Event{Kind: kind, Recipient: concerned(f, x), Address: strings.Join(x.Addresses, "; "), Message: x.Letter.ID, Note: strings.TrimSpace(x.Status + " " + x.Reason)}
	if e.Note == "" {
		e.Note = x.Said
	}
	e.Time = app.Now()
	if d := x.Letter.Date; !d.IsZero() && d.Before(e.Time) {
		e.Time = d
	}
	out.Events = append(out.Events, eventLine{x.Kind, e.Recipient, x.Addresses, x.Reason, x.Said})
	key := string(e.Kind) + e.Message + e.Address + e.Note
	if known[key] {
		return nil
	}
	known[key] = true
	return f.Record(e)
}

// concerned is the id of the recipient that an event is about, or "".
func concerned(f *folder, x *mail.Event) string {
	for _, rc := range f.Recipients {
		if rc.ID == x.RecipientID {
			return rc.ID
		}
	}
	for _, rc := range f.Recipients {
		for _, a := range x.Addresses {
			if mail.SenderFits(rc.Email, a) {
				return rc.ID
			}
		}
	}
	p, err := f.pieces()
	if err != nil {
		return "" // the journal cannot be read; the event is kept without a recipient
	}
	for _, rc := range f.Recipients {
		for _, part := range p.ever[rc.ID] {
			if slices.ContainsFunc(x.Addresses, func(a string) bool { return part.Email != "" && mail.SenderFits(part.Email, a) }) {
				return rc.ID
			}
		}
	}
	return ""
}

func (app *App) printCollected(out collected) error {
	if app.JSON {
		if err := app.printJSON(out); err != nil {
			return err
		}
	} else {
		app.printFindings(out.Findings)
		for _, e := range out.Events {
			app.printf("%s: %s %s\n", e.Kind, plain(strings.Join(e.Addresses, ", ")), plain(e.Said))
		}
		app.printf("%s new in returns/, %d that were there already.\n", count(out.New, "file"), out.Duplicates)
	}
	if len(out.Problems) > 0 {
		return errors.New(strings.Join(out.Problems, "\n"))
	}
	return outcome(out.Findings)
}

// dayOf writes a time as people read it.
func dayOf(t time.Time) string { return t.Format("2 January 2006 15:04") }
