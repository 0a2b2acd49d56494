package account

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/rubric-project/rubric/models/settings"
)

// spare is how long before its end an access token is renewed.
const spare = 5 * time.Minute

// Tokens gives access tokens for an account that somebody signed in to. It may be used by several goroutines, and by several
// processes at once: of those who find a token used up, one renews it.
type Tokens struct {
	signIn SignIn

	mu sync.Mutex
	// now is what is stored, as far as it is known here.
	now kept
}

// NewTokens gives the tokens of an account. The error is ErrSignedOut where nobody is signed in.
func NewTokens(s SignIn) (*Tokens, error) {
	if err := Check(s.Account); err != nil {
		return nil, err
	}
	t := &Tokens{signIn: s}
	var err error
	t.now, err = s.Store.load(s.Account)
	return t, err
}

// Who is the address that signed in.
func (t *Tokens) Who() string { return t.now.Who }

// Granted lists the permissions that it got.
func (t *Tokens) Granted() []string { return t.now.Granted }

// Account is whose tokens these are.
func (t *Tokens) Account() settings.Account { return t.signIn.Account }

// Graph is the address of Microsoft's service for this account.
func (t *Tokens) Graph() string { return t.signIn.endpoints().Graph }

// IMAP is Google's server for IMAP.
func (t *Tokens) IMAP() string { return t.signIn.endpoints().IMAP }

// Token is an access token that can be used for some minutes at least. It is to be asked for at every connection and request.
func (t *Tokens) Token(ctx context.Context) (string, error) { return t.token(ctx, "") }

// Renewed is another access token than one that was refused.
func (t *Tokens) Renewed(ctx context.Context, refused string) (string, error) {
	return t.token(ctx, refused)
}

func (t *Tokens) token(ctx context.Context, refused string) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	good := func(k kept) bool {
		return k.Access != "" && k.Access != refused && k.Expires.Sub(t.signIn.now()) > spare
	}
	if good(t.now) {
		return t.now.Access, nil
	}
	s := &t.signIn
	unlock, err := s.Store.lock(s.Account)
	if err != nil {
		return "", err
	}
	defer unlock()
	k, err := s.Store.load(s.Account) // another process may have renewed it
	if err != nil {
		return "", err
	}
	if t.now = k; good(k) {
		return k.Access, nil
	}
	if err := s.prepare(); err != nil {
		return "", err
	}
	// Who asks is not to end this half way: what comes in exchange has to be stored.
	work, cancel := context.WithTimeout(context.WithoutCancel(s.context(ctx)), time.Minute)
	defer cancel()
	token, err := s.config("").TokenSource(work, &oauth2.Token{RefreshToken: k.Refresh}).Token()
	if err != nil {
		return "", explain(work, err)
	}
	k.Access, k.Expires = token.AccessToken, s.now().Add(lifetime(token)).UTC()
	if token.RefreshToken != "" {
		k.Refresh = token.RefreshToken
	}
	if granted, _ := token.Extra("scope").(string); granted != "" {
		k.Granted = strings.Fields(granted)
	}
	if err := s.Store.save(s.Account, k); err != nil {
		return "", err
	}
	t.now = k
	return k.Access, nil
}

// SignOut deletes the sign-in from this computer, and ends it at the provider where there is a way to. It says whether there
// was one.
func SignOut(ctx context.Context, s SignIn) (bool, error) {
	unlock, err := s.Store.lock(s.Account)
	if err != nil {
		return false, err
	}
	defer unlock()
	if at := s.endpoints().Revoke; at != "" {
		if k, err := s.Store.load(s.Account); err == nil {
			revoke(ctx, httpClient(s.HTTP), at, k.Refresh)
		}
	}
	return s.Store.forget(s.Account)
}

// revoke tells the provider that a sign-in is over (RFC 7009). That it cannot be reached is no reason to keep the sign-in.
func revoke(ctx context.Context, c *http.Client, at, token string) {
	r, err := http.NewRequestWithContext(ctx, "POST", at, strings.NewReader(url.Values{"token": {token}}.Encode()))
	if err != nil {
		return
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if answer, err := c.Do(r); err == nil {
		answer.Body.Close()
	}
}
