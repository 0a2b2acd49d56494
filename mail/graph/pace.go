package graph

import (
	"context"
	"time"

	"github.com/rubric-project/rubric/mail"
)

// Microsoft's limits for one program at one mailbox (Microsoft, "Microsoft Graph service-specific throttling limits",
// Outlook). A tenth of each is left to others who use the same registration.
const (
	mostRequests, requestsPer = 9_000, 10 * time.Minute
	mostBytes, bytesPer       = 135_000_000, 5 * time.Minute
)

// pace keeps to the limits: it remembers what was asked for in the last minutes.
type pace struct {
	made []madeRequest
	// notBefore is when the next request may be made, since Graph said to wait.
	notBefore time.Time
}

type madeRequest struct {
	at    time.Time
	bytes int64
}

// wait waits until a request of so many bytes may be made, and counts it.
func (p *pace) wait(ctx context.Context, clock mail.Clock, bytes int64) error {
	for {
		now := clock.Now()
		d := max(p.due(now, bytes), p.notBefore.Sub(now))
		if d <= 0 {
			p.made = append(p.made, madeRequest{now, bytes})
			return ctx.Err()
		}
		if err := clock.Sleep(ctx, d); err != nil {
			return err
		}
	}
}

// due is how long a request has to wait for those before it.
func (p *pace) due(now time.Time, bytes int64) time.Duration {
	for len(p.made) > 0 && now.Sub(p.made[0].at) >= requestsPer {
		p.made = p.made[1:]
	}
	if len(p.made) >= mostRequests {
		return requestsPer - now.Sub(p.made[0].at)
	}
	sum := bytes
	for i := len(p.made) - 1; i >= 0 && now.Sub(p.made[i].at) < bytesPer; i-- {
		if sum += p.made[i].bytes; sum > mostBytes {
			return bytesPer - now.Sub(p.made[i].at)
		}
	}
	return 0
}

// rest lets no request be made for so long, or for some seconds where Graph did not say how long.
func (p *pace) rest(now time.Time, d time.Duration) {
	if d <= 0 {
		d = 2 * time.Second
	}
	if at := now.Add(d); at.After(p.notBefore) {
		p.notBefore = at
	}
}
