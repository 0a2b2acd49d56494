package mail

import (
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// allowance is what is left for the message or file that is being read.
type allowance struct {
	parts int
	// total is how many bytes may still be made: unpacked or decoded. They are charged when they are made, and not given
	// back where what was made is then not taken.
	total int64
	// work is how many bytes may still be looked at; a byte counts each time.
	work int64
	// until is when the time ends.
	until time.Time
	// over is set when any of it is used up, which was said then.
	over bool
	// made and looked count all of them, for the tests.
	made, looked int64
	// size is that of the message or file, madeBefore what was made when it began.
	size, madeBefore int64
}

// Reading a message of n bytes looks at each byte at most so many times: once for each level of nesting, and a few times
// for what it may be. A file unpacks to at most so many times its size; what deflates further is no return.
const (
	workForEach   = 100
	madeForEach   = 100
	freeAllowance = 8 << 20
)

// begin gives the next file or message, of so many bytes, its allowance.
func (in *incoming) begin(size int64) {
	in.free = freeAllowance
	in.allow(size)
}

// next gives the next message of a mailbox its allowance. What the messages before it had of the free allowance is gone:
// a mailbox of many small bombs is one file.
func (in *incoming) next(size int64) {
	in.free = max(0, in.free-max(0, in.made-in.madeBefore-madeForEach*in.size))
	in.allow(size)
}

func (in *incoming) allow(size int64) {
	made, looked := in.made, in.looked
	in.allowance = allowance{size: size, parts: in.limits.Parts, total: min(in.limits.Total, in.free+madeForEach*size), work: freeAllowance + workForEach*size,
		until: in.now().Add(in.limits.Time), made: made, looked: looked, madeBefore: made}
}

func (in *incoming) now() time.Time {
	if in.clock != nil {
		return in.clock()
	}
	return time.Now()
}

// look takes bytes that are looked at off the allowance.
func (in *incoming) look(bytes int) {
	in.looked += int64(bytes)
	in.work -= int64(bytes)
}

// make takes bytes that were made off the allowance.
func (in *incoming) make(bytes int64) {
	in.made += bytes
	in.total -= bytes
}

// spend takes a part with its bytes off the allowance, and says once when it is used up.
func (in *incoming) spend(c where, size int64) bool {
	in.make(size)
	return in.enter(c, size)
}

// enter takes a part off the allowance whose bytes were charged before.
func (in *incoming) enter(c where, size int64) bool {
	in.parts--
	if in.parts >= 0 && in.total >= 0 && in.work >= 0 && c.depth <= in.limits.Depth && size <= in.limits.File && !in.now().After(in.until) {
		return !in.stopped
	}
	if in.over {
		return false
	}
	what := words.Said{}
	switch {
	case size > in.limits.File && in.total >= 0:
		in.finding(models.MailOverLimit, c, "The file has more than %s.", megabytes(in.limits.File))
		return false // this one alone
	case c.depth > in.limits.Depth:
		what = words.Sayf("Messages and archives are nested more than %d deep.", in.limits.Depth)
	case in.parts < 0:
		what = words.Sayf("It has more than %d parts.", in.limits.Parts)
	case in.total < 0:
		what = words.Sayf("It unpacks to more than %s, or to more than a hundred times its size.", megabytes(in.limits.Total))
	case in.work < 0:
		what = words.Sayf("It is nested in a way that costs much more than its size to read.")
	default:
		what = words.Sayf("Reading it took more than %d seconds.", int(in.limits.Time.Seconds()))
	}
	in.saidFinding(models.MailOverLimit, c, what)
	in.over = true
	return false
}
