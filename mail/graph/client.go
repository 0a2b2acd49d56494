package graph

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/mail"
)

// Tokens give access tokens: one that can be used, and another than one that was refused.
type Tokens interface {
	Token(ctx context.Context) (string, error)
	Renewed(ctx context.Context, refused string) (string, error)
}

// Client speaks with Microsoft Graph for one mailbox. It is for one goroutine at a time.
type Client struct {
	// Base is the address of Graph up to its version.
	Base   string
	Tokens Tokens
	// Mailbox is the address of a shared mailbox; "" for that of whoever signed in.
	Mailbox string
	// Clock is nil for the computer's.
	Clock mail.Clock
	// HTTP is nil for the usual client. It must not follow redirects: a token is for one place.
	HTTP *http.Client

	pace pace
}

// answer is what came back to a request.
type answer struct {
	status int
	body   []byte
	// retry is how long Graph says to wait.
	retry time.Duration
	// cut says that there was more than most bytes, where the request has a most of its own.
	cut bool
}

// lostError says that no answer came. made says that the request may have arrived.
type lostError struct{ made bool }

func (e *lostError) Error() string {
	if e.made {
		return "the connection to Microsoft broke before it answered"
	}
	return "Microsoft's service for mail cannot be reached"
}

// explained is the error for a person.
func (e *lostError) explained() error {
	return &mail.ServerError{Temporary: true, Fault: fault.Error{Message: e.Error(), Remedy: "check that this computer is connected to the network and that no firewall is in the way, then try again; it goes on where it stopped"}}
}

const (
	requestWithin = 2 * time.Minute
	mostOfAnswer  = 4 << 20
)

func (c *Client) clock() mail.Clock {
	if c.Clock == nil {
		return mail.SystemClock{}
	}
	return c.Clock
}

func (c *Client) http() *http.Client {
	if c.HTTP != nil {
		return c.HTTP
	}
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// me is the path of the mailbox.
func (c *Client) me() string { return ownerPath(c.Mailbox) }

func ownerPath(mailbox string) string {
	if mailbox == "" {
		return "/me"
	}
	return "/users/" + url.PathEscape(mailbox)
}

// request is what is asked for.
type request struct {
	method, path string
	body         []byte
	kind         string // of the body
	most         int64  // of the answer; 0 stands for mostOfAnswer
}

// once makes one request, when the limits let it. A token that is refused is renewed once: Graph has done nothing then. The
// error is the context's, a *lostError, or that of the tokens.
func (c *Client) once(ctx context.Context, q request) (answer, error) {
	if err := c.pace.wait(ctx, c.clock(), int64(len(q.body))); err != nil {
		return answer{}, err
	}
	token, err := c.Tokens.Token(ctx)
	if err != nil {
		return answer{}, err
	}
	a, err := c.do(ctx, q, token)
	if err == nil && a.status == http.StatusUnauthorized {
		if token, err = c.Tokens.Renewed(ctx, token); err != nil {
			return answer{}, err
		}
		if err := c.pace.wait(ctx, c.clock(), int64(len(q.body))); err != nil {
			return answer{}, err
		}
		a, err = c.do(ctx, q, token)
	}
	if err == nil && (a.status == http.StatusTooManyRequests || a.status >= 500) || a.retry > 0 {
		c.pace.rest(c.clock().Now(), a.retry)
	}
	return a, err
}

func (c *Client) do(ctx context.Context, q request, token string) (answer, error) {
	address := c.Base + q.path
	if strings.HasPrefix(q.path, c.Base+"/") {
		address = q.path // the next page
	}
	limited, cancel := context.WithTimeout(ctx, requestWithin)
	defer cancel()
	made := false
	traced := httptrace.WithClientTrace(limited, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { made = true }})
	r, err := http.NewRequestWithContext(traced, q.method, address, bytes.NewReader(q.body))
	if err != nil {
		return answer{}, err
	}
	// Go would make a request again by itself where it takes it for harmless.
	r.GetBody = nil
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Prefer", `IdType="ImmutableId"`)
	r.Header.Set("Client-Request-Id", randomID())
	r.Header.Set("User-Agent", "rubric")
	if q.kind != "" {
		r.Header.Set("Content-Type", q.kind)
	}
	reply, err := c.http().Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		return answer{}, &lostError{made}
	}
	defer reply.Body.Close()
	a := answer{status: reply.StatusCode, retry: retryAfter(reply.Header.Get("Retry-After"), c.clock().Now())}
	most := q.most
	if most == 0 {
		most = mostOfAnswer
	}
	if a.body, err = io.ReadAll(io.LimitReader(reply.Body, most+1)); err != nil && ctx.Err() != nil {
		return answer{}, ctx.Err()
	}
	if a.cut = err == nil && int64(len(a.body)) > most; a.cut && q.most > 0 {
		return a, nil
	}
	if err != nil || a.cut {
		return answer{}, &lostError{true}
	}
	return a, nil
}

func randomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// retryAfter reads the header of that name (RFC 9110, 10.2.3), up to an hour.
func retryAfter(value string, now time.Time) time.Duration {
	var d time.Duration
	if n, err := strconv.Atoi(value); err == nil {
		d = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), time.Hour)
}

// read makes a request that changes nothing, again where it fails for now.
func (c *Client) read(ctx context.Context, q request) (answer, error) {
	q.method = http.MethodGet
	for try := 1; ; try++ {
		a, err := c.once(ctx, q)
		lost := new(lostError)
		again := errors.As(err, &lost) || err == nil && (a.status == http.StatusTooManyRequests || a.status >= 500 || a.status == http.StatusRequestTimeout)
		if !again {
			return a, err
		}
		if try == 5 {
			if err != nil {
				return a, lost.explained()
			}
			return a, c.refused(a, "read the mailbox")
		}
		if err := c.clock().Sleep(ctx, time.Duration(try*try)*2*time.Second); err != nil {
			return a, err
		}
	}
}

// said is what Graph's answer says of an error.
func said(a answer) (code, message string) {
	var body struct {
		Error struct{ Code, Message string }
	}
	if json.Unmarshal(a.body, &body) != nil {
		return "", ""
	}
	return text.OneLine(text.Cut(body.Error.Code, 80, "…")), text.OneLine(text.Cut(body.Error.Message, 300, "…"))
}

func saying(a answer) string {
	code, message := said(a)
	return strings.TrimRight(strings.TrimSpace(fmt.Sprintf("%d %s %s", a.status, code, message)), ".")
}

// refused is the error for an answer that concerns the account and not one message.
func (c *Client) refused(a answer, what string) error {
	e := &mail.ServerError{Fault: fault.Error{Message: "Microsoft does not let this account " + what + " (it said: " + saying(a) + ")"}}
	switch {
	case a.status == http.StatusForbidden || a.status == http.StatusUnauthorized:
		e.Fault.Remedy = "look with the check of the sign-in what the account may do; an administrator may have to agree to more"
	case a.status == http.StatusNotFound && c.Mailbox != "":
		e.Fault.Remedy = "check the address of the shared mailbox, " + c.Mailbox + ", and that this account may open it"
	case a.status == http.StatusTooManyRequests || a.status >= 500:
		e.Fault.Message, e.Fault.Remedy, e.Temporary = "Microsoft's service for mail does not work at the moment (it said: "+saying(a)+")", "try again later; it goes on where it stopped", true
	default:
		e.Fault.Remedy = "ask your IT what that means"
	}
	return e
}
