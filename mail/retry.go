package mail

import (
	"time"
)

// Retry says how often a message that was refused for now is tried again, and after which waits.
type Retry struct {
	// Tries is the number of tries altogether, at least 1.
	Tries int
	// First is the wait after the first try; each further wait is Factor times as long.
	First  time.Duration
	Factor int
}

// DefaultRetry waits 1, 4 and 16 minutes: longer than servers keep unknown senders waiting (greylisting).
func DefaultRetry() Retry { return Retry{Tries: 4, First: time.Minute, Factor: 4} }

func (r Retry) wait(tries int) time.Duration {
	d := r.First
	for range tries - 1 {
		d *= time.Duration(max(r.Factor, 1))
	}
	return d
}
