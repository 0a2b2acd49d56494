package cmdtest

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd"
)

// Clock waits without spending time.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// ClockAt begins at a time.
func ClockAt(now time.Time) *Clock { return &Clock{now: now} }

// Now is the time that it has come to.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep moves the clock on.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(max(d, 0))
	return ctx.Err()
}

// Session runs rubric and keeps everything it ever said.
type Session struct {
	T *testing.T
	// Dir is the round's folder.
	Dir   string
	Clock *Clock
	// All is whatever was printed so far, on both streams.
	All strings.Builder
	// Set changes each app before it runs; it may be nil.
	Set func(*cmd.App)
}

// Run runs a command; another exit status than want ends the test. It returns what was printed.
func (s *Session) Run(want int, args ...string) string {
	s.T.Helper()
	var out, errs bytes.Buffer
	app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &errs, Now: s.Clock.Now, Clock: s.Clock}
	if s.Set != nil {
		s.Set(app)
	}
	if got := app.Run(s.T.Context(), append(args, "-C", s.Dir, "--quiet")...); got != want {
		s.T.Fatalf("rubric %s: status %d, want %d\n%s%s", strings.Join(args, " "), got, want, out.String(), errs.String())
	}
	s.All.WriteString(out.String() + errs.String())
	return out.String()
}
