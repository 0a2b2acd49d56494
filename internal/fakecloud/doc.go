// Package fakecloud is a sign-in and a mail service in the manner of Microsoft's, for tests: a process of its own that the test
// binary starts from itself. It can fail in every way that was reported of the real ones, writes down each request, and holds
// its secrets to a prefix that a search finds. It is built from Microsoft's documents; it proves nothing of the real service.
package fakecloud

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Prefix is what every secret of the fake begins with: codes, access tokens, refresh tokens.
const Prefix = "rbqsecret"

// serveEnv tells the test binary that it is to be the fake.
const serveEnv = "RUBRIC_FAKE_CLOUD"

func init() {
	if os.Getenv(serveEnv) != "" {
		serve()
		os.Exit(0)
	}
}

// Fake is the process.
type Fake struct {
	t testing.TB
	// URL is its address.
	URL string
}

// Settings say how the fake behaves; they can be changed at any time.
type Settings struct {
	// Users are the addresses of mailboxes; the first is who signs in. Shared is one that it may open too.
	Users  []string `json:"users"`
	Shared string   `json:"shared,omitempty"`
	// Scopes are those that are granted, whatever was asked for; none stand for all that was asked for.
	Scopes []string `json:"scopes,omitempty"`
	// Refuse is the error of the sign-in: error and error_description; "" where it works.
	Refuse, RefuseText string `json:",omitempty"`
	// Lifetime is that of an access token in seconds; 0 stands for 3600.
	Lifetime int `json:"lifetime"`
	// Lag is how many seconds after the order to send a message leaves Drafts for Sent Items.
	Lag int `json:"lag"`
	// NoCopies keeps no copy of what was sent, and Rewrite gives messages another Message-ID.
	NoCopies, Rewrite bool
	// Faults are what goes wrong; each is used up. Rate is how many of a thousand requests go wrong, by chance from Seed.
	Faults []Fault `json:"faults,omitempty"`
	Rate   int     `json:"rate,omitempty"`
	Seed   uint64  `json:"seed,omitempty"`
	// Strict makes a refresh token worthless when it was exchanged; Microsoft does not.
	Strict bool
	// Ask shows a page with a question at the sign-in, and does not answer it by itself.
	Ask bool
}

// Fault is one thing that goes wrong: at the Nth request of a kind (create, send, sendMail, look, list, delete, raw, token).
type Fault struct {
	On  string `json:"on"`
	Nth int    `json:"nth"`
	// Do is drop-before, drop-after, or a status with what became of the request: "504 done", "429 undone", "200 undone".
	Do string `json:"do"`
}

// Request is a line of the fake's log.
type Request struct {
	Time   time.Time `json:"time"`
	Kind   string    `json:"kind"`
	Method string    `json:"method"`
	Path   string    `json:"path"`
	Status int       `json:"status"`
	Bytes  int64     `json:"bytes"`
	Fault  string    `json:"fault,omitempty"`
	// Wrong is what the program should not have done.
	Wrong string `json:"wrong,omitempty"`
}

// Delivered is a message that left.
type Delivered struct {
	Time time.Time `json:"time"`
	To   []string  `json:"to"`
	ID   string    `json:"id"`
	Raw  []byte    `json:"raw"`
}

// Start starts a fake, which ends with the test.
func Start(t testing.TB, s Settings) *Fake {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), serveEnv+"=1")
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.StdinPipe() // it ends when this is closed
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); c.Wait() })
	var line [200]byte
	n, err := out.Read(line[:])
	if err != nil {
		t.Fatal(err)
	}
	f := &Fake{t: t, URL: strings.TrimSpace(string(line[:n]))}
	f.Set(s)
	return f
}

// Set changes how it behaves.
func (f *Fake) Set(s Settings) { f.call("set", s, nil) }

// Log is every request that was made.
func (f *Fake) Log() (out []Request) { f.call("log", nil, &out); return out }

// Delivered are all messages that left.
func (f *Fake) Delivered() (out []Delivered) { f.call("delivered", nil, &out); return out }

// Drafts are the IDs of the messages in the Drafts folder of a mailbox.
func (f *Fake) Drafts(user string) (out []string) { f.call("drafts", user, &out); return out }

// Letter is a message that arrived in a mailbox.
type Letter struct {
	User, Folder string
	Time         time.Time
	Raw          []byte
}

// Arrive puts a message into a folder.
func (f *Fake) Arrive(x Letter) { f.call("arrive", x, nil) }

// SendDraft sends a draft as a person would in Outlook.
func (f *Fake) SendDraft(user, id string) { f.call("senddraft", [2]string{user, id}, nil) }

// Where says which folder each message of a mailbox lies in, and its categories after a "|", by Message-ID.
func (f *Fake) Where(user string) (out map[string]string) { f.call("where", user, &out); return out }

// Expire makes all access tokens worthless before their time.
func (f *Fake) Expire() { f.call("expire", nil, nil) }

// Revoke makes all refresh tokens worthless.
func (f *Fake) Revoke() { f.call("revoke", nil, nil) }

// Planted is a secret of the fake, for a search that is to find it.
func (f *Fake) Planted() (out string) { f.call("secret", nil, &out); return out }

// Clear forgets mails, faults and log, and keeps who signed in.
func (f *Fake) Clear() { f.call("clear", nil, nil) }

func (f *Fake) call(what string, in, out any) {
	f.t.Helper()
	b, err := json.Marshal(in)
	if err != nil {
		f.t.Fatal(err)
	}
	r, err := http.Post(f.URL+"/fake/"+what, "application/json", bytes.NewReader(b))
	if err != nil {
		f.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err = io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		f.t.Fatalf("the fake: %s: %s %s %v", what, r.Status, b, err)
	}
	if out != nil {
		if err := json.Unmarshal(b, out); err != nil {
			f.t.Fatal(err)
		}
	}
}

// Transport tells the fake the time of a test, which is not the computer's.
type Transport struct {
	Now func() time.Time
	// Before and After are called around each request, where they are not nil.
	Before, After func(*http.Request)
}

// RoundTrip makes the request.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if t.Now != nil {
		r.Header.Set(nowHeader, t.Now().UTC().Format(time.RFC3339Nano))
	}
	if t.Before != nil {
		t.Before(r)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if t.After != nil {
		t.After(r)
	}
	return answer, err
}

const nowHeader = "X-Fake-Now"
