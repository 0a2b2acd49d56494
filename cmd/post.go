package cmd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// postOptions are the flags of the commands that send messages.
type postOptions struct {
	Via              string
	DryRun, Yes      bool
	AllowUnencrypted bool
	Only, Resend     []string
	Limit            int
	Calendar         bool
	SMTP             settings.SMTP
	// Mailbox is where drafts are put by IMAP.
	Mailbox string
}

func (o *postOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.Via, "via", "drafts", "drafts: one .eml for each recipient in outbox/, ready to open and send; smtp: send now; microsoft: send now with the account that is signed in; mailbox-drafts: put drafts into the mailbox's own folder")
	f.StringVar(&o.Mailbox, "mailbox", "", "with mailbox-drafts, the mailbox by IMAP: imaps://user@server/; without it the account that is signed in")
	f.BoolVar(&o.DryRun, "dry-run", false, "show what would go to whom, and write and send nothing")
	f.BoolVar(&o.Yes, "yes", false, "do not ask before sending")
	f.StringSliceVar(&o.Only, "only", nil, "only these recipients, by id or exact name, separated by commas")
	f.BoolVar(&o.Calendar, "calendar", false, "with an entry for the calendar: the due date, and with plans the meeting (as calendar: true in round.yaml)")
	f.IntVar(&o.Limit, "limit", 0, "at most so many messages now; the rest next time")
	f.StringSliceVar(&o.Resend, "resend", nil, "send to these recipients again, although it is known or unsure that they have the message")
	f.BoolVar(&o.AllowUnencrypted, "allow-unencrypted", false, "with tls: unencrypted, let messages go over the network readable for others")
	f.StringVar(&o.SMTP.Host, "host", "", "the mail server, in place of mail: smtp: in round.yaml")
	f.IntVar(&o.SMTP.Port, "port", 0, "its port")
	f.StringVar(&o.SMTP.TLS, "tls", "", "starttls, implicit or unencrypted")
	f.StringVar(&o.SMTP.User, "user", "", "the user who signs in; the password is asked for, or comes from --password-env or --password-file")
	f.StringVar(&o.SMTP.Auth, "auth", "", "password or xoauth2")
	f.StringVar(&o.SMTP.PasswordEnv, "password-env", "", "the environment variable that holds the password or token")
	f.StringVar(&o.SMTP.PasswordFile, "password-file", "", "the file whose first line is the password or token")
	f.StringVar(&o.SMTP.CAFile, "ca-file", "", "certificates (PEM) to trust beside the system's")
}

// options are the flags as package post has them.
func (o *postOptions) options() post.Options {
	return post.Options{Only: o.Only, Resend: o.Resend, Limit: o.Limit, Calendar: o.Calendar}
}

// deliver prepares a mailing, and shows it, writes drafts or sends.
func (app *App) deliver(ctx context.Context, f *office.Folder, job post.Job, o postOptions) error {
	if !slices.Contains(post.Ways(), o.Via) {
		return usagef("--via %s: choose one of %s", o.Via, strings.Join(post.Ways(), ", "))
	}
	m, err := app.post().Prepare(ctx, f, job, o.options())
	app.note(m.Notes)
	if err != nil {
		return err
	}
	app.note(m.Problems)
	switch {
	case o.Via == post.ViaDrafts && !o.DryRun:
		err = app.writeDrafts(ctx, m)
	case m.Len() == 0:
		app.printf("There is nothing to send.\n")
	case o.DryRun:
		err = app.printOutlines(m.Outlines())
	default:
		err = app.send(ctx, f, m, o)
	}
	if err == nil && len(m.Problems) > 0 {
		return errFindings
	}
	return err
}

func (app *App) printOutlines(list []post.Outline) error {
	if app.JSON {
		return app.printJSON(list)
	}
	var rows [][]any
	for _, l := range list {
		rows = append(rows, []any{l.ID, l.Name, l.To, l.Cc, l.Attachment})
	}
	app.tableOf([]string{"id", "name", "to", "cc", "attachment"}, rows)
	app.printf("%s would go out. The first reads:\n\nSubject: %s\n\n%s\n", text.Count(len(list), "message", "messages"), plain(list[0].Subject), list[0].Text)
	return nil
}

func (app *App) writeDrafts(ctx context.Context, m *post.Mailing) error {
	d, err := m.WriteDrafts(ctx)
	if err != nil {
		return err
	}
	if app.JSON {
		if err := app.printJSON(map[string]any{"drafts": d.Written, "folder": d.Folder}); err != nil {
			return err
		}
	}
	if m.Len() == 0 {
		app.printf("There is nothing to send.\n")
	} else {
		app.printf("%s written to %s/. Open each in Outlook or Thunderbird, look at it and send it.\n", text.Count(d.Written, "draft", "drafts"), d.Folder)
	}
	app.note(d.Withheld)
	if len(d.Withheld) > 0 {
		return errFindings
	}
	return nil
}

// send asks, and sends, or puts drafts into the mailbox.
func (app *App) send(ctx context.Context, f *office.Folder, m *post.Mailing, o postOptions) error {
	server, err := app.post().Through(f, o.Via, o.SMTP, o.AllowUnencrypted, o.Mailbox)
	if errors.Is(err, post.ErrNoServer) {
		return usagef("%w, or give --host", err)
	}
	if err != nil {
		return err
	}
	if n := m.Fresh(); n > 0 && !o.Yes {
		question := "Send %s to %s through %s?"
		if server.Drafts {
			question = "Put %s to %s into %s?"
		}
		if err := app.confirm(fmt.Sprintf(question, text.Count(n, "message", "messages"), text.Count(n, "recipient", "recipients"), server.Host)); err != nil {
			return err
		}
	}
	report, err := m.Send(ctx, server)
	if printErr := app.printReport(f, report); err == nil {
		err = printErr
	}
	if err == nil && len(report.Refused)+len(report.Postponed)+len(report.Unsure)+len(report.Withheld) > 0 {
		return errFindings
	}
	return err
}

// confirm asks before messages leave.
func (app *App) confirm(question string) error {
	fmt.Fprint(app.Err, question+" [y/N] ")
	answer, _ := bufio.NewReader(app.In).ReadString('\n')
	if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
		return usagef("nothing was sent; answer y, or say --yes in a script")
	}
	return nil
}
