package mail

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
)

// patience is a connection to a server that may be anything. For each step, a command with its answer, it says how many
// bytes may come and how long that may take; a server that sends a byte now and then does not earn more time. What the
// libraries set as deadlines for reading does not count.
type patience struct {
	net.Conn
	timeout time.Duration

	mu sync.Mutex
	// since is when waiting began in this step, zero while nobody waits; used is the time waited before.
	since time.Time
	used  time.Duration
	// left is how many bytes may still come, got how many came.
	left, got int64
	// failed is what ended the connection from here. The libraries do not always pass it on: a line that is cut off by
	// the deadline is a whole one to net/textproto.
	failed error
}

// slowest is how many bytes in a second a server must send, or take, to be given more than the timeout.
const slowest = 10 << 10

// What a server may send in one step. An answer of SMTP or IMAP is a few lines of at most some thousand bytes.
const (
	mostOfAnswer  = 256 << 10
	mostOfSignIn  = 1 << 20 // the whole beginning: greeting, certificates, sign-in
	mostPerListed = 100     // number, UID and size of a message in a mailbox
)

// tooMuch says that a server sent more than the step can be.
type tooMuch struct{ bytes int64 }

func (e tooMuch) Error() string {
	return fmt.Sprintf("the server sent more than %s, more than was due", megabytes(e.bytes))
}

// explained is what a person is told.
func (e tooMuch) explained(address string) *ServerError {
	return &ServerError{Fault: fault.Error{Message: "the server " + address + " sent more than " + megabytes(e.bytes) + ", more than was due, and was left",
		Remedy: "check host and port; if they are right, ask its administrator"}}
}

func newPatience(conn net.Conn, timeout time.Duration) *patience {
	return &patience{Conn: conn, timeout: timeout}
}

// step begins a step in which at most so many bytes may come. toSend is how many are sent in it.
func (p *patience) step(most, toSend int64) { p.stepFor(p.timeout, most, toSend) }

func (p *patience) stepFor(timeout time.Duration, most, toSend int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.since, p.used, p.left, p.got = now, -(timeout-p.timeout)-earned(toSend), most, 0
	p.set()
	_ = p.Conn.SetWriteDeadline(p.deadline())
}

// rest stops the time while what came is worked on, and goOn lets it run again within the same step.
func (p *patience) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.since.IsZero() {
		p.used += time.Since(p.since)
		p.since = time.Time{}
	}
	p.set()
}

func (p *patience) goOn() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.since.IsZero() {
		p.since = time.Now()
	}
	p.set()
}

// remaining is how many bytes may still come in this step.
func (p *patience) remaining() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.left
}

func earned(bytes int64) time.Duration {
	return time.Duration(float64(bytes) / slowest * float64(time.Second))
}

func (p *patience) deadline() time.Time { return p.since.Add(p.timeout + earned(p.got) - p.used) }

// set puts the deadline into effect, also for a read that is waiting.
func (p *patience) set() {
	if p.since.IsZero() {
		_ = p.Conn.SetReadDeadline(time.Time{})
		return
	}
	_ = p.Conn.SetReadDeadline(p.deadline())
}

func (p *patience) Read(b []byte) (int, error) {
	p.mu.Lock()
	if p.left <= 0 && len(b) > 0 {
		defer p.mu.Unlock()
		p.failed = tooMuch{p.got}
		return 0, p.failed
	}
	if int64(len(b)) > p.left {
		b = b[:p.left]
	}
	p.mu.Unlock()
	n, err := p.Conn.Read(b)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left -= int64(n)
	p.got += int64(n)
	if n > 0 {
		p.set()
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() && p.failed == nil {
		p.failed = err
	}
	return n, err
}

// failure is what ended the connection from here, or err where nothing did.
func (p *patience) failure(err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed != nil {
		return p.failed
	}
	return err
}

func (p *patience) SetReadDeadline(time.Time) error { return nil }
func (p *patience) SetDeadline(time.Time) error     { return nil }
