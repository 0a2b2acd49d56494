package graph

import (
	"context"
	"net/http"
	"time"

	"github.com/rubric-project/rubric/mail"
)

// patience is how long a draft that was ordered to be sent may lie in Drafts before it is called back. Sent Items may lag
// behind what was sent, Microsoft does not say by how much; what is called back too early would be sent twice.
const patience = 15 * time.Minute

// mostLooks is how often it is looked what became of a message.
const mostLooks = 40

// next is how long to wait before looking again.
func (o *Outgoing) next(id string) time.Duration {
	o.looks[id]++
	n := o.looks[id]
	return min(time.Duration(n*n)*5*time.Second, 3*time.Minute)
}

// Settle looks what became of a message that was ordered to be sent. One that is no draft any more was sent. One that is
// still a draft when all patience is over is called back, by deleting it, and then has not been sent.
func (o *Outgoing) Settle(ctx context.Context, begun mail.Entry) (mail.Delivery, error) {
	if err := o.start(ctx); err != nil {
		return mail.Delivery{}, err
	}
	id, messageID, isAccepted := ofHandle(begun.Handle)
	x, there, err := o.Client.item(ctx, id)
	if err != nil {
		return mail.Delivery{}, err
	}
	age := o.Client.clock().Now().Sub(begun.Time)
	again := mail.Delivery{Outcome: mail.Unsure, Again: o.next(id)}
	switch {
	case there && !x.IsDraft:
		return mail.Delivery{Outcome: mail.Sent}, nil
	case there && x.ParentFolderID == o.deleted:
		return mail.Delivery{Outcome: mail.Postponed, Detail: "its draft was deleted and not sent"}, nil
	case there && age < patience:
		return again, nil
	case there:
		return o.callBack(ctx, id)
	}
	found, err := o.inSentItems(ctx, messageID)
	switch {
	case err != nil:
		return mail.Delivery{}, err
	case found:
		return mail.Delivery{Outcome: mail.Sent}, nil
	case o.calledBack[id]:
		return mail.Delivery{Outcome: mail.Postponed, Detail: "it lay unsent in Drafts for a quarter of an hour, and was called back"}, nil
	case isAccepted && age >= 2*time.Minute:
		return mail.Delivery{Outcome: mail.Sent, Detail: "Microsoft accepted it; there is no copy in Sent Items"}, nil
	case age < patience && o.looks[id] < mostLooks:
		return again, nil
	}
	return mail.Delivery{Outcome: mail.Unsure, Detail: "it is neither in Drafts nor in Sent Items"}, nil
}

// callBack deletes a draft. Whether it was sent all the same is looked at once more, after a while. One that is not there any
// more was not called back by this: it may have gone.
func (o *Outgoing) callBack(ctx context.Context, id string) (mail.Delivery, error) {
	status, err := o.Client.remove(ctx, id)
	if err == nil && status == http.StatusNoContent {
		o.calledBack[id] = true
		return mail.Delivery{Outcome: mail.Unsure, Again: 2 * time.Minute, Detail: "it was called back"}, nil
	}
	if ctx.Err() != nil {
		return mail.Delivery{}, ctx.Err()
	}
	if o.looks[id] < mostLooks {
		return mail.Delivery{Outcome: mail.Unsure, Again: o.next(id)}, nil
	}
	return mail.Delivery{Outcome: mail.Unsure, Detail: "it lies in Drafts and can be neither sent nor called back; open it there"}, nil
}

// inSentItems looks for the copy by its Message-ID: that of a message in the name of a shared mailbox may lie with whoever
// signed in.
func (o *Outgoing) inSentItems(ctx context.Context, messageID string) (bool, error) {
	if messageID == "" {
		return false, nil
	}
	owners := []string{o.Client.Mailbox}
	if o.Client.Mailbox != "" {
		owners = append(owners, "")
	}
	for _, owner := range owners {
		found, err := o.Client.inFolder(ctx, owner, "sentitems", messageID)
		if err != nil || len(found) > 0 {
			return len(found) > 0, err
		}
	}
	return false, nil
}
