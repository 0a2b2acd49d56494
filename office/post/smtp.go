package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/mail"
)

// server puts together the mail server from round.yaml and the flags, which count more.
func (app *App) server(f *folder, o postOptions) (*mail.Server, error) {
	c := f.Config.Mail.SMTP
	c.Host, c.Port, c.TLS = cmp.Or(o.SMTP.Host, c.Host), cmp.Or(o.SMTP.Port, c.Port), cmp.Or(o.SMTP.TLS, c.TLS)
	c.User, c.Auth, c.CAFile = cmp.Or(o.SMTP.User, c.User), cmp.Or(o.SMTP.Auth, c.Auth), cmp.Or(o.SMTP.CAFile, c.CAFile)
	if o.SMTP.PasswordEnv != "" || o.SMTP.PasswordFile != "" {
		c.PasswordEnv, c.PasswordFile = o.SMTP.PasswordEnv, o.SMTP.PasswordFile
	}
	if c.Host == "" {
		return nil, usagef("no mail server is named; set host under mail: smtp: in round.yaml, or give --host")
	}
	switch mail.TLS(c.TLS) {
	case "", mail.StartTLS, mail.ImplicitTLS, mail.Unencrypted:
	default:
		return nil, usagef("--tls %s: choose starttls, implicit or unencrypted", c.TLS)
	}
	if c.Auth != "" && c.Auth != "password" && c.Auth != "xoauth2" {
		return nil, usagef("--auth %s: choose password or xoauth2", c.Auth)
	}
	roots, err := trusted(f.Dir, c.CAFile)
	if err != nil {
		return nil, err
	}
	return &mail.Server{Host: c.Host, Port: c.Port, TLS: mail.TLS(c.TLS), AllowUnencrypted: o.AllowUnencrypted, User: c.User,
		XOAUTH2: c.Auth == "xoauth2", Roots: roots, Password: app.secret(f.Dir, c.PasswordEnv, c.PasswordFile, "Password of "+c.User+" at "+c.Host)}, nil
}

// sendParcels sends by SMTP what the journal does not hold as sent.
func (app *App) sendParcels(ctx context.Context, f *folder, o postOptions, parcels []parcel, journal *postJournal) error {
	server, err := app.server(f, o)
	if err != nil {
		return err
	}
	byKey := map[string]parcel{}
	var postings []mail.Posting
	fresh := 0
	for _, p := range parcels {
		byKey[p.message.ID] = p
		if e, ok := journal.Last(p.message.ID); !ok || e.Outcome != mail.Sent && e.Outcome != mail.Begun && e.Outcome != mail.Unsure || o.isResent(p.recipient.ID) {
			fresh++
		}
		postings = append(postings, mail.Posting{Key: p.message.ID, Recipient: p.recipient.ID, Make: func() (*mail.Message, error) {
			m, err := p.make(f)
			if err == nil {
				m.Date = app.Now()
			}
			return m, err
		}})
	}
	if fresh > 0 && !o.Yes {
		if err := app.confirm(fmt.Sprintf("Send %s to %s through %s?", count(fresh, "message"), count(fresh, "recipient"), server.Host)); err != nil {
			return err
		}
	}
	step, done := app.bar("sending", fresh)
	run := &mail.Run{Carrier: server, Journal: journal, PerMinute: f.Config.Mail.SMTP.PerMinute, Retry: mail.DefaultRetry(), Clock: app.Clock, Resend: o.Resend,
		Each: func(mail.Entry) { step() },
		Verify: func(id string, a mail.Attachment) error {
			for _, p := range parcels {
				if i := slices.Index(p.attachments, a.Name); i >= 0 && p.recipient.ID == id {
					return p.verify(p.pieces[i], a.Content)
				}
			}
			return errors.New("the attachment is not one that was meant for this recipient")
		}}
	report, err := run.Send(ctx, postings)
	done()
	if printErr := app.printReport(f, report); err == nil {
		err = printErr
	}
	if err == nil && len(report.Refused)+len(report.Postponed)+len(report.Unsure)+len(report.Withheld) > 0 {
		return errFindings
	}
	return err
}

// printReport says what became of the messages; those that did not go out are named, with what to do.
func (app *App) printReport(f *folder, r mail.Report) error {
	if app.JSON {
		return app.printJSON(r)
	}
	app.printf("%s sent now, %d before.\n", count(len(r.Sent), "message"), len(r.Already))
	names := map[string]string{}
	for _, rc := range f.Recipients {
		names[rc.ID] = rc.Name
	}
	for _, part := range []struct {
		title string
		list  []mail.Entry
	}{
		{"Refused for good. Correct the address in recipients.csv and send again:", r.Refused},
		{"Not taken for now. Send again later:", r.Postponed},
		{"Not sent, because the attachment is not right:", r.Withheld},
		{"Unsure: nobody can know whether these arrived. Ask the recipient, or send again with --resend ID:", r.Unsure},
	} {
		if len(part.list) == 0 {
			continue
		}
		app.printf("\n%s\n", part.title)
		for _, e := range part.list {
			app.printf("  %s %s: %s\n", plain(e.Recipient), plain(names[e.Recipient]), plain(e.Detail))
		}
	}
	for _, e := range r.Sent {
		if len(e.Refused) > 0 {
			app.printf("\n%s %s has the message, but not at every address: %s\n", plain(e.Recipient), plain(names[e.Recipient]), plain(e.Detail))
		}
	}
	if len(r.Left) > 0 {
		app.printf("\n%s left; run the command again to go on.\n", count(len(r.Left), "recipient"))
	}
	return nil
}
