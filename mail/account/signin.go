package account

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/settings"
)

// SignIn is one sign-in of a person.
type SignIn struct {
	Account settings.Account
	Store   *Store
	// SendOnly asks for no more than what sending needs.
	SendOnly bool
	// Endpoints are the addresses to use in place of the provider's.
	Endpoints *Endpoints
	// Now is nil for the computer's clock, and HTTP for the usual client.
	Now  func() time.Time
	HTTP *http.Client
	// Say puts the texts of the page that ends the sign-in into another language, which is Lang; nil and "" for English.
	Say  func(string) string
	Lang string

	secret string
}

// Signed is what came of a sign-in.
type Signed struct {
	// Who is the address that signed in, as the provider says.
	Who string `json:"user"`
	// Granted are the permissions that were given.
	Granted []string `json:"permissions"`
}

func (s *SignIn) endpoints() Endpoints {
	if s.Endpoints != nil {
		return *s.Endpoints
	}
	return endpointsOf(s.Account)
}

// SMTP is Google's server for SMTP, "" for Microsoft's accounts.
func (s *SignIn) SMTP() string { return s.endpoints().SMTP }

func (s *SignIn) context(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, httpClient(s.HTTP))
}

func httpClient(own *http.Client) *http.Client {
	if own != nil {
		return own
	}
	return &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (s *SignIn) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// prepare checks the settings and reads what Google calls the program's secret.
func (s *SignIn) prepare() error {
	if err := Check(s.Account); err != nil {
		return err
	}
	if file := s.Account.ClientSecretFile; file != "" {
		f, err := os.Open(file)
		if err != nil {
			return &fault.Error{Usage: true, Message: "the file " + file + ", named as client_secret_file, cannot be read", Remedy: "check its name and that you may read it"}
		}
		defer f.Close()
		line, _ := bufio.NewReader(io.LimitReader(f, 1000)).ReadString('\n')
		s.secret = strings.TrimSpace(line)
	}
	// What cannot be kept is not worth signing in for.
	_, err := s.Store.newKey()
	return err
}

// keep finds out who signed in, and stores what came of it.
func (s *SignIn) keep(ctx context.Context, t *oauth2.Token) (Signed, error) {
	k := kept{Refresh: t.RefreshToken, Access: t.AccessToken, Expires: s.now().Add(lifetime(t)).UTC(), Who: s.Account.User}
	if granted, _ := t.Extra("scope").(string); granted != "" {
		k.Granted = strings.Fields(granted)
	} else {
		k.Granted = scopes(s.Account, s.SendOnly)
	}
	if k.Refresh == "" {
		return Signed{}, &Error{Code: "no_refresh", Fault: fault.Error{Message: "the provider gave a sign-in for an hour only", Remedy: "ask your IT whether offline_access was left out of what this program may do"}}
	}
	if s.Account.Provider == Microsoft {
		who, err := s.me(ctx, t.AccessToken)
		if err != nil {
			return Signed{}, err
		}
		if !who.is(s.Account.User) {
			return Signed{}, &Error{Code: "other_user", Fault: fault.Error{Message: who.name() + " signed in, and not " + s.Account.User,
				Remedy: "sign out of the other account in the browser, or correct user under mail: account:"}}
		}
		k.Who = who.name()
	}
	unlock, err := s.Store.lock(s.Account)
	if err != nil {
		return Signed{}, err
	}
	defer unlock()
	if err := s.Store.save(s.Account, k); err != nil {
		return Signed{}, err
	}
	return Signed{k.Who, k.Granted}, nil
}

// person is who a token is for.
type person struct{ Mail, UserPrincipalName string }

func (p person) name() string { return cmp.Or(p.Mail, p.UserPrincipalName) }

func (p person) is(user string) bool {
	return user == "" || strings.EqualFold(p.Mail, user) || strings.EqualFold(p.UserPrincipalName, user)
}

func (s *SignIn) me(ctx context.Context, token string) (who person, err error) {
	r, err := http.NewRequestWithContext(ctx, "GET", s.endpoints().Graph+"/me?$select=mail,userPrincipalName", nil)
	if err != nil {
		return who, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := httpClient(s.HTTP).Do(r)
	if err != nil {
		return who, explain(ctx, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || json.NewDecoder(io.LimitReader(answer.Body, 1<<20)).Decode(&who) != nil || who.name() == "" {
		return who, &Error{Code: answer.Status, Temporary: answer.StatusCode >= 500, Fault: fault.Error{Message: "Microsoft does not say who signed in (it said: " + answer.Status + ")", Remedy: "try again; the permission User.Read is needed"}}
	}
	return who, nil
}

// lifetime is how long an access token can be used from now on.
func lifetime(t *oauth2.Token) time.Duration {
	if t.ExpiresIn > 0 {
		return time.Duration(t.ExpiresIn) * time.Second
	}
	return 5 * time.Minute
}
