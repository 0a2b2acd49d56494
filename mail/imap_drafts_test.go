package mail_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-smtp"

	"github.com/rubric-project/rubric/mail"
)

// usedFolders are folders of which the server says what they are for.
type usedFolders struct {
	imapserver.Session
	uses map[string]imap.MailboxAttr
	// appending is called when a message was added; nil for nothing.
	appending func()
}

// Append adds a message, and lets the test do what it wants before the client is told.
func (s usedFolders) Append(name string, r imap.LiteralReader, o *imap.AppendOptions) (*imap.AppendData, error) {
	data, err := s.Session.Append(name, r, o)
	if err == nil && s.appending != nil {
		s.appending()
	}
	return data, err
}

// List says what the folders are for, where that is asked for.
func (s usedFolders) List(w *imapserver.ListWriter, _ string, _ []string, options *imap.ListOptions) error {
	for name, use := range s.uses {
		x := imap.ListData{Mailbox: name, Delim: '/'}
		if options.ReturnSpecialUse {
			x.Attrs = []imap.MailboxAttr{use}
		}
		if err := w.WriteList(&x); err != nil {
			return err
		}
	}
	return nil
}

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

// TestAnAnswerLostAtTheDrafts: where the connection breaks after the server has the draft, it is looked for and not put there
// again, also where a person has sent it meanwhile.
func TestAnAnswerLostAtTheDrafts(t *testing.T) {
	cert, pool := validCertificate(t)
	for _, moved := range []bool{false, true} {
		m := newMailbox(t, cert, true)
		m.use(map[string]imap.MailboxAttr{"Drafts": imap.MailboxAttrDrafts, "Sent": imap.MailboxAttrSent})
		for _, name := range []string{"Drafts", "Sent"} {
			if err := m.user.Create(name, nil); err != nil {
				t.Fatal(err)
			}
		}
		o := imapOptions(pool)
		var conn net.Conn
		o.Dial = func(ctx context.Context, network, address string) (c net.Conn, err error) {
			conn, err = new(net.Dialer).DialContext(ctx, network, address)
			return conn, err
		}
		appended := 0
		m.mu.Lock()
		m.appending = func() {
			if appended++; appended > 1 {
				return
			}
			if moved {
				if err := m.user.Rename("Drafts", "Old", nil); err != nil {
					t.Error(err)
				}
				if err := m.user.Delete("Sent"); err != nil {
					t.Error(err)
				}
				if err := m.user.Rename("Old", "Sent", nil); err != nil {
					t.Error(err)
				}
				if err := m.user.Create("Drafts", nil); err != nil {
					t.Error(err)
				}
			}
			conn.Close()
		}
		m.mu.Unlock()
		book := &notebook{}
		run := &mail.Run{Carrier: &mail.DraftsFolder{Mailbox: m.address("imaps", ""), Options: o}, Journal: book, Verify: belongs, Clock: newClock(), Retry: mail.DefaultRetry(), PerMinute: 600}
		report, err := run.Send(t.Context(), postings(t, composer(t), exampleRecipients(1)...))
		if err != nil || moved && len(report.Sent) != 1 || !moved && len(report.Placed) != 1 || appended != 1 {
			t.Errorf("sent by a person %v: appended %d times: %+v, %v", moved, appended, report, err)
		}
		for _, e := range book.entries {
			if e.Outcome == mail.Postponed {
				t.Errorf("sent by a person %v: %+v", moved, e)
			}
		}
	}
}

// TestOthersMessagesStayUnsure: what another carrier had begun is not taken for unsent because it is in no folder here.
func TestOthersMessagesStayUnsure(t *testing.T) {
	cert, pool := validCertificate(t)
	m := newMailbox(t, cert, true)
	m.use(map[string]imap.MailboxAttr{"Drafts": imap.MailboxAttrDrafts})
	if err := m.user.Create("Drafts", nil); err != nil {
		t.Fatal(err)
	}
	d := &mail.DraftsFolder{Mailbox: m.address("imaps", ""), Options: imapOptions(pool)}
	defer d.Close()
	for handle, want := range map[string]mail.Outcome{"AAkALg1= rubric.x@y.example accepted": mail.Unsure, "imap rubric.x@y.example": mail.Postponed} {
		got, err := d.Settle(t.Context(), mail.Entry{Key: "rubric.x@y.example", Outcome: mail.Begun, Handle: handle})
		if err != nil || got.Outcome != want {
			t.Errorf("%s: %+v, %v", handle, got, err)
		}
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
