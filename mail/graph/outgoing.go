package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
)

// mostOfMessage is the size of a message that can be handed over: a request has at most 4 MB, and it is written as base64.
const mostOfMessage = 3_000_000

// Quota counts addressees beyond the end of the process.
type Quota interface {
	// Take counts n addressees, or says until when there is no room for them.
	Take(n int, now time.Time) (until time.Time, err error)
}

// Outgoing hands messages over to Microsoft, in two steps: a draft, whose id lasts, and the order to send it.
type Outgoing struct {
	Client *Client
	// Quota may be nil.
	Quota Quota

	drafts, deleted string          // ids of folders
	calledBack      map[string]bool // by id
	looks           map[string]int
	// leftovers are our drafts that were there before, by the ID of the message.
	leftovers map[string][]string
	// doubtful are messages of which a draft may have been made that nobody knows of, with the id of the one that is known.
	doubtful map[string]string
}

// start looks at the folders once, before the first message.
func (o *Outgoing) start(ctx context.Context) (err error) {
	if o.leftovers != nil {
		return nil
	}
	if o.drafts, err = o.Client.folder(ctx, "drafts"); err != nil {
		return err
	}
	if o.deleted, err = o.Client.folder(ctx, "deleteditems"); err != nil {
		return err
	}
	found := map[string][]string{}
	path := o.Client.me() + "/mailFolders/drafts/messages?$select=id,internetMessageId,isDraft&$top=200"
	err = o.Client.list(ctx, path, func(x item) bool {
		if id := bare(x.InternetMessageID); strings.HasPrefix(id, "rubric.") {
			found[id] = append(found[id], x.ID)
		}
		return true
	})
	if err != nil {
		return err
	}
	o.calledBack, o.looks, o.doubtful, o.leftovers = map[string]bool{}, map[string]int{}, map[string]string{}, found
	return nil
}

// bare is a Message-ID without angle brackets.
func bare(id string) string { return strings.Trim(strings.TrimSpace(id), "<>") }

// A handle is the draft's lasting id, the Message-ID that Graph gave it, which need not be ours, and accepted where Graph
// said that it will be sent.
func handleOf(x item) string { return x.ID + " " + bare(x.InternetMessageID) }

const accepted = " accepted"

func ofHandle(handle string) (id, messageID string, isAccepted bool) {
	handle, isAccepted = strings.CutSuffix(handle, accepted)
	id, messageID, _ = strings.Cut(handle, " ")
	return id, messageID, isAccepted
}

// Deliver hands one message over. commit is called with the draft's id, before the order to send it.
func (o *Outgoing) Deliver(ctx context.Context, p mail.Parcel, commit func(handle string) error) (mail.Delivery, error) {
	if d, err := tooMuch(p, o.Quota, o.Client.clock().Now()); d.Outcome != "" || err != nil {
		return d, err
	}
	x, d, err := o.draft(ctx, p)
	if err != nil || d.Outcome != "" {
		return d, err
	}
	handle := handleOf(x)
	if err := commit(handle); err != nil {
		return mail.Delivery{}, err
	}
	// From here on nobody's wish to stop counts: the answer is worth more than the two minutes that it may take.
	a, err := o.Client.once(context.WithoutCancel(ctx), request{method: http.MethodPost, path: o.Client.me() + "/messages/" + url.PathEscape(x.ID) + "/send"})
	lost := new(lostError)
	switch {
	case errors.As(err, &lost) && !lost.made:
		// Nothing was ordered, so that the draft can go.
		o.forget(ctx, p.ID, x.ID)
		return mail.Delivery{Outcome: mail.Postponed, Lost: true, Detail: lost.Error()}, nil
	case errors.As(err, &lost):
		return mail.Delivery{Outcome: mail.Unsure, Again: 30 * time.Second, Detail: lost.Error(), Lost: true}, nil
	case err != nil: // the token: nothing was ordered
		o.forget(ctx, p.ID, x.ID)
		return noToken(err), nil
	case a.status == http.StatusAccepted:
		return mail.Delivery{Outcome: mail.Unsure, Handle: handle + accepted, Again: max(5*time.Second, a.retry), Detail: "Microsoft accepted it and has not sent it yet"}, nil
	case refusedForGood(a.status):
		o.forget(ctx, p.ID, x.ID)
		return o.Client.no(a), nil
	}
	// Anything else may mean that it was sent, and yet: 504 and 429 as well.
	return mail.Delivery{Outcome: mail.Unsure, Again: max(30*time.Second, a.retry), Detail: "Microsoft did not say whether it was sent (it said: " + saying(a) + ")"}, nil
}

// noToken is the delivery where the sign-in did not hold, which ends the run unless that may be over in a moment.
func noToken(err error) mail.Delivery {
	d := mail.Delivery{Outcome: mail.Postponed, Detail: "the sign-in did not hold"}
	var server *mail.ServerError
	if !errors.As(err, &server) || !server.Temporary {
		d.Stop = err
	}
	return d
}

// refusedForGood says that an answer means no, and that nothing was done.
func refusedForGood(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooManyRequests, http.StatusNotFound, http.StatusPreconditionFailed, http.StatusLocked:
		return false
	}
	return status >= 400 && status < 500
}

// no is the delivery of what Graph refuses: a message, or all of this account's.
func (c *Client) no(a answer) mail.Delivery {
	if a.status == http.StatusForbidden || a.status == http.StatusUnauthorized {
		err := c.refused(a, "send")
		if code, _ := said(a); strings.Contains(code, "SendAs") {
			err = &mail.ServerError{Fault: fault.Error{Message: "this account may not send in the name that the messages have as sender (Microsoft said: " + saying(a) + ")",
				Remedy: "set from under mail: to the account's address, or have an administrator give it \"Send as\" for that address"}}
		}
		return mail.Delivery{Outcome: mail.Postponed, Detail: "Microsoft does not let this account send it (it said: " + saying(a) + ")", Stop: err}
	}
	return mail.Delivery{Outcome: mail.Refused, Detail: "Microsoft refused the message (it said: " + saying(a) + ")"}
}

// tooMuch finds what is not worth trying.
func tooMuch(p mail.Parcel, q Quota, now time.Time) (mail.Delivery, error) {
	if n := len(p.Raw); n > mostOfMessage {
		return mail.Delivery{Outcome: mail.Refused, Detail: fmt.Sprintf("the message has %.1f MB, and Microsoft takes at most %.1f MB in this way, which is a workbook of about 2.2 MB; send it another way", float64(n)/1e6, mostOfMessage/1e6)}, nil
	}
	if q == nil {
		return mail.Delivery{}, nil
	}
	until, err := q.Take(len(p.To), now)
	if err != nil || until.IsZero() {
		return mail.Delivery{}, err
	}
	return mail.Delivery{}, &mail.ServerError{Fault: fault.Error{Message: "as many addresses as Microsoft lets one mailbox write to in a day were written to",
		Remedy: "run it again after " + until.Local().Format("2 January 15:04") + "; it goes on where it stopped"}}
}

// draft puts the message into Drafts. Where Graph does not say that it did, it is looked for before it is put there again;
// a draft that nobody knows of is sent by nobody.
func (o *Outgoing) draft(ctx context.Context, p mail.Parcel) (x item, d mail.Delivery, err error) {
	if err := o.start(ctx); err != nil {
		return x, d, err
	}
	for _, id := range o.leftovers[p.ID] { // of a run that was stopped before it knew of it
		if gone, err := o.Client.delete(ctx, id); err != nil || !gone {
			o.doubtful[p.ID] = ""
		}
	}
	delete(o.leftovers, p.ID)
	for try := 1; ; try++ {
		a, err := o.Client.once(ctx, request{method: http.MethodPost, path: o.Client.me() + "/messages", body: asMIME(p.Raw), kind: "text/plain"})
		lost := new(lostError)
		switch {
		case err != nil && !errors.As(err, &lost):
			return x, d, err
		case err == nil && a.status == http.StatusCreated && json.Unmarshal(a.body, &x) == nil && x.ID != "":
			if _, ok := o.doubtful[p.ID]; ok {
				o.doubtful[p.ID] = x.ID
			}
			return x, d, nil
		case err == nil && refusedForGood(a.status):
			return x, o.Client.no(a), nil
		}
		if err == nil || lost.made {
			o.doubtful[p.ID] = ""
		}
		if try == 4 {
			if err != nil {
				return x, mail.Delivery{Outcome: mail.Postponed, Lost: true, Detail: lost.Error()}, nil
			}
			return x, mail.Delivery{Outcome: mail.Postponed, Detail: "Microsoft did not take it (it said: " + saying(a) + ")"}, nil
		}
		if err := o.Client.clock().Sleep(ctx, max(a.retry, time.Duration(try*try)*5*time.Second)); err != nil {
			return x, d, err
		}
		found, err := o.Client.inFolder(ctx, o.Client.Mailbox, "drafts", p.ID)
		if err != nil {
			return x, d, err
		}
		for i, f := range found {
			if i == 0 {
				x = f
			} else if gone, err := o.Client.delete(ctx, f.ID); err != nil || !gone {
				o.doubtful[p.ID] = x.ID
			}
		}
		if x.ID != "" {
			o.doubtful[p.ID] = x.ID
			return x, d, nil
		}
	}
}

// forget deletes a draft that is not going to be sent. Where that fails it lies in Drafts until a later run finds it.
func (o *Outgoing) forget(ctx context.Context, messageID, id string) {
	if gone, err := o.Client.delete(context.WithoutCancel(ctx), id); err != nil || !gone {
		o.doubtful[messageID] = ""
	}
}

// Close deletes drafts that were made without anybody knowing, as far as they can be found.
func (o *Outgoing) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), requestWithin)
	defer cancel()
	for messageID, known := range o.doubtful {
		found, err := o.Client.inFolder(ctx, o.Client.Mailbox, "drafts", messageID)
		if err != nil {
			return nil // they are found by the next run
		}
		for _, x := range found {
			if x.ID != known && x.IsDraft {
				_, _ = o.Client.delete(ctx, x.ID)
			}
		}
	}
	o.doubtful = nil
	return nil
}
