package graph

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/rubric-project/rubric/mail"
)

// OneStep hands messages over where the account may only send. Nothing can be looked up then, so that nothing is repeated
// that may have been sent.
type OneStep struct {
	Client *Client
	// Quota may be nil.
	Quota Quota
}

// Deliver hands one message over. There is no handle.
func (o *OneStep) Deliver(ctx context.Context, p mail.Parcel, commit func(handle string) error) (mail.Delivery, error) {
	if d, err := tooMuch(p, o.Quota, o.Client.clock().Now()); d.Outcome != "" || err != nil {
		return d, err
	}
	// A token that is used up is no reason for doubt, and Graph is waited for before it is too late to wait.
	if _, err := o.Client.Tokens.Token(ctx); err != nil {
		return mail.Delivery{}, err
	}
	if err := o.Client.clock().Sleep(ctx, o.Client.pace.notBefore.Sub(o.Client.clock().Now())); err != nil {
		return mail.Delivery{}, err
	}
	if err := commit(""); err != nil {
		return mail.Delivery{}, err
	}
	a, err := o.Client.once(context.WithoutCancel(ctx), request{method: http.MethodPost, path: "/me/sendMail", body: asMIME(p.Raw), kind: "text/plain"})
	lost := new(lostError)
	switch {
	case errors.As(err, &lost) && !lost.made:
		return mail.Delivery{Outcome: mail.Postponed, Lost: true, Detail: lost.Error()}, nil
	case errors.As(err, &lost):
		return mail.Delivery{Outcome: mail.Unsure, Lost: true, Detail: lost.Error()}, nil
	case err != nil: // the token: nothing was sent
		return noToken(err), nil
	case a.status == http.StatusAccepted:
		return mail.Delivery{Outcome: mail.Sent}, nil
	case refusedForGood(a.status) || a.status == http.StatusNotFound:
		return o.Client.no(a), nil
	}
	d := mail.Delivery{Outcome: mail.Unsure, Detail: "Microsoft did not say whether it was sent (it said: " + saying(a) + ")"}
	d.Lost = a.retry < time.Second && a.status >= 500
	return d, nil
}

// Close does nothing.
func (o *OneStep) Close() error { return nil }
