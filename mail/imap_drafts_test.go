package mail_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-smtp"

	"github.com/rubric-project/rubric/mail"
)

// TestDraftsFolder puts drafts into the folder that the server says is for them, whatever it is called; a run that was
// stopped between the folder and the journal puts none twice.
func TestDraftsFolder(t *testing.T) {
	cert, pool := validCertificate(t)
	m := newMailbox(t, cert, true)
	uses := map[string]imap.MailboxAttr{"Entwürfe": imap.MailboxAttrDrafts, "Gesendet": imap.MailboxAttrSent}
	m.use(uses)
	for name := range uses {
		if err := m.user.Create(name, nil); err != nil {
			t.Fatal(err)
		}
	}
	c := composer(t)
	list := postings(t, c, exampleRecipients(6)...)
	drafts := func() *mail.DraftsFolder {
		return &mail.DraftsFolder{Mailbox: m.address("imaps", ""), Options: imapOptions(pool)}
	}
	for stop := 1; stop <= 12; stop++ {
		book := &notebook{}
		writes := 0
		book.fail = func(mail.Entry) error {
			if writes++; writes == stop {
				return fmt.Errorf("the disk is full")
			}
			return nil
		}
		run := &mail.Run{Carrier: drafts(), Journal: book, Verify: belongs, Clock: newClock(), Retry: mail.DefaultRetry(), PerMinute: 600}
		if _, err := run.Send(t.Context(), list); err == nil {
			t.Fatal("the run was to stop")
		}
		run.Carrier = drafts()
		report, err := run.Send(t.Context(), list)
		if err != nil || len(report.Placed) != 6 {
			t.Fatalf("stop at write %d: %+v, %v", stop, report, err)
		}
		data, err := m.user.Status("Entwürfe", &imap.StatusOptions{NumMessages: true})
		if err != nil || *data.NumMessages != 6 {
			t.Fatalf("stop at write %d: %d drafts, %v", stop, *data.NumMessages, err)
		}
		if stop < 12 {
			if err := m.user.Delete("Entwürfe"); err != nil {
				t.Fatal(err)
			}
			if err := m.user.Create("Entwürfe", nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !strings.Contains(m.said(), `(\Draft \Seen)`) {
		t.Error("the drafts are not marked as such as they are put there")
	}
	d := drafts()
	defer d.Close()
	settled, err := d.Settle(t.Context(), mail.Entry{Key: list[0].Key, Outcome: mail.Placed})
	if err != nil || settled.Outcome != mail.Placed {
		t.Errorf("%+v, %v", settled, err)
	}
	if settled, err = d.Settle(t.Context(), mail.Entry{Key: "nobody@knows.example", Outcome: mail.Placed}); err != nil || settled.Outcome != mail.Unsure {
		t.Errorf("%+v, %v", settled, err)
	}
}

// TestATokenIsAskedForAtEveryConnection holds for SMTP and IMAP.
func TestATokenIsAskedForAtEveryConnection(t *testing.T) {
	cert, pool := validCertificate(t)
	m := newMailbox(t, cert, true)
	if err := m.user.Create("Drafts", nil); err != nil {
		t.Fatal(err)
	}
	m.use(map[string]imap.MailboxAttr{"Drafts": imap.MailboxAttrDrafts})
	asked := 0
	o := imapOptions(pool)
	o.Password = mail.Secret{Token: tokens(&asked)}
	for range 2 {
		d := &mail.DraftsFolder{Mailbox: m.address("imaps", ""), Options: o}
		if _, err := d.Settle(t.Context(), mail.Entry{Key: "x@y.example"}); err != nil {
			t.Fatal(err)
		}
		d.Close()
	}
	box := newLetterbox(t, cert, func(_ *smtp.Server, b *letterbox) { b.needLogin = true })
	s := &mail.Server{Host: "127.0.0.1", Port: box.port, Roots: pool, User: testUser, Password: mail.Secret{Token: tokens(&asked)}}
	for range 2 {
		if err := s.Connect(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Close()
	}
	if asked != 4 {
		t.Errorf("it was asked for %d times at 4 connections", asked)
	}
}

func tokens(asked *int) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { *asked++; return testPassword, nil }
}
