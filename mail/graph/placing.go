package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
)

// Placing puts messages into Drafts and leaves them there, for a person to look at and send.
type Placing struct{ Outgoing }

// Deliver puts one message into Drafts.
func (o *Placing) Deliver(ctx context.Context, p mail.Parcel, commit func(handle string) error) (mail.Delivery, error) {
	if d, err := tooMuch(p, nil, time.Time{}); d.Outcome != "" || err != nil {
		return d, err
	}
	x, d, err := o.draft(ctx, p)
	if err != nil || d.Outcome != "" {
		return d, err
	}
	if err := commit(handleOf(x)); err != nil {
		return mail.Delivery{}, err
	}
	return mail.Delivery{Outcome: mail.Placed}, nil
}

// Settle looks whether a draft is there, or was sent by somebody: Placed, Sent, or Postponed where it is gone without being
// sent.
func (o *Placing) Settle(ctx context.Context, begun mail.Entry) (mail.Delivery, error) {
	if err := o.start(ctx); err != nil {
		return mail.Delivery{}, err
	}
	id, messageID, _ := ofHandle(begun.Handle)
	x, there, err := o.Client.item(ctx, id)
	switch {
	case err != nil:
		return mail.Delivery{}, err
	case there && !x.IsDraft:
		return mail.Delivery{Outcome: mail.Sent}, nil
	case there && x.ParentFolderID != o.deleted:
		return mail.Delivery{Outcome: mail.Placed}, nil
	case there:
		return mail.Delivery{Outcome: mail.Postponed, Detail: "its draft was deleted and not sent"}, nil
	}
	found, err := o.inSentItems(ctx, messageID)
	if err != nil || found {
		return mail.Delivery{Outcome: mail.Sent}, err
	}
	return mail.Delivery{Outcome: mail.Unsure, Detail: "its draft is neither in Drafts nor in Sent Items; somebody may have sent it and moved the copy"}, nil
}

// Try puts a draft into the mailbox, finds it by its lasting id and deletes it. keeps says that its Message-ID stayed as it
// was.
func (c *Client) Try(ctx context.Context, raw []byte) (keeps bool, err error) {
	a, err := c.once(ctx, request{method: http.MethodPost, path: c.me() + "/messages", body: asMIME(raw), kind: "text/plain"})
	if lost := new(lostError); errors.As(err, &lost) {
		return false, lost.explained()
	}
	if err != nil {
		return false, err
	}
	var x item
	if a.status != http.StatusCreated || json.Unmarshal(a.body, &x) != nil || x.ID == "" {
		return false, c.refused(a, "put a draft into the mailbox")
	}
	found, there, err := c.item(ctx, x.ID)
	gone, deleting := c.delete(ctx, x.ID)
	switch {
	case err != nil:
		return false, err
	case deleting != nil || !gone:
		return false, &mail.ServerError{Fault: fault.Error{Message: "the draft was put into the mailbox and cannot be deleted", Remedy: "delete it in Drafts; it is called “rubric tries this mailbox”"}}
	case !there || !found.IsDraft:
		return false, &mail.ServerError{Fault: fault.Error{Message: "the draft was put into the mailbox and was not found by the id that is to last", Remedy: "do not send in this way yet; report it with your version"}}
	}
	return bytes.Contains(raw, []byte("Message-ID: "+found.InternetMessageID)), nil
}
