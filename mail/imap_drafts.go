package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"github.com/rubric-project/rubric/internal/fault"
)

// DraftsFolder puts messages into the folder of drafts of an IMAP mailbox, for a person to look at and send. It is for one
// goroutine at a time.
type DraftsFolder struct {
	// Mailbox is imaps://user@server/, and a folder only where the server does not say which is for drafts (RFC 6154).
	Mailbox string
	// Options say how to sign in.
	Options Options

	session      *session
	drafts, sent string
}

// imapHandle begins the handles of messages that were put into a folder of drafts by IMAP.
const imapHandle = "imap "

// afterBreak is how long a server is given to end what it was doing when the connection broke.
const afterBreak = 5 * time.Second

// connect signs in and finds the folders, where that was not done yet.
func (d *DraftsFolder) connect(ctx context.Context) error {
	if d.session != nil {
		return nil
	}
	a, err := parseAccount(d.Mailbox)
	if err != nil {
		return err
	}
	s, err := a.signIn(ctx, d.Options)
	if err != nil {
		return err
	}
	d.session = s
	if d.drafts == "" {
		if err := d.find(ctx); err != nil {
			d.drop()
			return err
		}
	}
	return nil
}

func (d *DraftsFolder) drop() {
	if d.session != nil {
		d.session.close()
	}
	d.session = nil
}

// find finds the folders by what the server says they are for.
func (d *DraftsFolder) find(ctx context.Context) error {
	// Without LIST-EXTENDED (RFC 5258) there is no asking for it; Google says it unasked.
	caps := d.session.Caps()
	extended := caps.Has(imap.CapSpecialUse) && (caps.Has(imap.CapListExtended) || caps.Has(imap.CapIMAP4rev2))
	d.session.conn.step(mostOfSignIn, 0)
	list, err := d.session.List("", "*", &imap.ListOptions{ReturnSpecialUse: extended}).Collect()
	if err != nil {
		return d.session.failed(ctx, stepGreeting, err)
	}
	for _, x := range list {
		switch {
		case slices.Contains(x.Attrs, imap.MailboxAttrDrafts):
			d.drafts = x.Mailbox
		case slices.Contains(x.Attrs, imap.MailboxAttrSent):
			d.sent = x.Mailbox
		}
	}
	if d.session.folder != "INBOX" {
		d.drafts = d.session.folder
	}
	if d.drafts == "" {
		return &ServerError{Fault: fault.Error{Message: "the server " + d.session.address() + " does not say which folder is for drafts",
			Remedy: "name it after the server: imaps://user@server/Drafts"}}
	}
	return nil
}

// within is how many messages of a folder have an ID.
func (d *DraftsFolder) within(ctx context.Context, folder, messageID string) (int, error) {
	if folder == "" {
		return 0, nil
	}
	d.session.conn.step(mostOfAnswer, 0)
	if _, err := d.session.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return 0, d.session.folderFailed(ctx, err)
	}
	found, err := d.session.UIDSearch(&imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: messageID}}}, nil).Wait()
	if err != nil {
		return 0, d.session.failed(ctx, stepGreeting, err)
	}
	if set, ok := found.All.(imap.UIDSet); ok {
		return len(set), nil
	}
	return 0, nil
}

// Deliver puts one message into the folder, unless it is there from a run that was stopped.
func (d *DraftsFolder) Deliver(ctx context.Context, p Parcel, commit func(handle string) error) (Delivery, error) {
	if err := d.connect(ctx); err != nil {
		return Delivery{}, err
	}
	there, err := d.within(ctx, d.drafts, p.ID)
	if err != nil {
		d.drop()
		return Delivery{}, err
	}
	if err := commit(imapHandle + p.ID); err != nil {
		return Delivery{}, err
	}
	if there > 0 {
		return Delivery{Outcome: Placed}, nil
	}
	d.session.conn.step(mostOfAnswer, int64(len(p.Raw)))
	cmd := d.session.Append(d.drafts, int64(len(p.Raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagDraft, imap.FlagSeen}})
	_, err = bytes.NewReader(p.Raw).WriteTo(cmd)
	if closing := cmd.Close(); err == nil {
		err = closing
	}
	if err == nil {
		_, err = cmd.Wait()
	}
	if err != nil {
		explained := d.session.failed(ctx, stepGreeting, err)
		d.drop()
		var reply *imap.Error
		switch {
		case errors.As(err, &reply) && reply.Type != imap.StatusResponseTypeBye:
			return Delivery{Outcome: Postponed, Lost: true, Detail: fmt.Sprint("it was not put into the drafts: ", explained)}, nil
		case ctx.Err() != nil:
			return Delivery{Outcome: Unsure, Again: afterBreak, Detail: "it was stopped while it was put into the drafts"}, nil
		}
		return Delivery{Outcome: Unsure, Again: afterBreak, Detail: fmt.Sprint("it may lie in the drafts: ", explained)}, nil
	}
	return Delivery{Outcome: Placed}, nil
}

// Settle looks whether a message lies in the drafts or was sent by somebody: Placed, Sent, or, where it is in neither, Postponed
// if it was about to be put there, and else Unsure.
func (d *DraftsFolder) Settle(ctx context.Context, begun Entry) (Delivery, error) {
	if err := d.connect(ctx); err != nil {
		return Delivery{}, err
	}
	for _, x := range []struct {
		folder string
		means  Outcome
	}{{d.drafts, Placed}, {d.sent, Sent}} {
		n, err := d.within(ctx, x.folder, begun.Key)
		if err != nil {
			d.drop()
			return Delivery{}, err
		}
		if n > 0 {
			return Delivery{Outcome: x.means}, nil
		}
	}
	// One that something else than this folder was to take may have been sent from elsewhere.
	if begun.Outcome == Begun && strings.HasPrefix(begun.Handle, imapHandle) {
		return Delivery{Outcome: Postponed, Detail: "it was not put into the drafts"}, nil
	}
	return Delivery{Outcome: Unsure, Detail: "it lies neither in the drafts nor among what was sent"}, nil
}

// Close takes leave of the server.
func (d *DraftsFolder) Close() error {
	if d.session != nil {
		d.session.logout()
	}
	d.drop()
	return nil
}
