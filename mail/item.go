package mail

import (
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
)

// Item is one thing that was found among what came in. Exactly one of its fields is set.
type Item struct {
	// Found is a file that may be a return.
	Found *Found
	// Beside is a picture or a text that somebody attached to a message: never a return, but perhaps evidence for one. What
	// belongs to a letter itself (pictures in a signature, visiting cards, appointments) is left out.
	Beside *Found
	// Event is a bounce or an automatic reply.
	Event *Event
	// Finding is what could not be taken, or is worth a look.
	Finding *models.Finding
}

// Found is a file taken out of a folder, an archive or a message.
type Found struct {
	// Name is safe to use as a file name.
	Name    string
	Content []byte
	// Digest is the SHA-256 of Content, in hex.
	Digest string
	// Duplicate says that the same bytes came before, in this collection or as Options.Known says.
	Duplicate bool
	// Path leads to it, outermost first: a file's path or a mailbox, a message, a forwarded message, an archive,
	// and last the name as it was given.
	Path []string
	// Home is how many entries of Path lead to the message that the file came in, or to the outermost archive where it came
	// in none: what belongs together lies there. It is 0 for a file that lay in nothing.
	Home int
	// Letter is the outermost message it came in; its fields are empty for a file that came in none.
	Letter Letterhead
	// Senders lists the addresses of the messages it lay in, outermost first: who forwarded it, and who wrote.
	Senders []string
}

// Letterhead is what a message says about itself. Anybody can write anything there.
type Letterhead struct {
	// From is an address, FromName the name beside it.
	From     string
	FromName string
	Subject  string
	// ID is the Message-ID without angle brackets.
	ID string
	// Date is in UTC; zero where the message has none that can be read.
	Date time.Time
}

// EventKind says what a message is, where it is no letter: a bounce, an automatic reply or the like.
type EventKind string

// The kinds of events.
const (
	// Bounce: a message of ours could not be delivered (RFC 3464).
	Bounce EventKind = "bounce"
	// Delayed: it could not be delivered yet, and the server goes on trying.
	Delayed EventKind = "delayed"
	// AutoReply: a program answered, such as an out-of-office reply (RFC 3834).
	AutoReply EventKind = "auto-reply"
	// Receipt: a mail program says that a message was shown or deleted (RFC 8098).
	Receipt EventKind = "receipt"
)

// Event is a message that tells about another one.
type Event struct {
	Kind EventKind
	// Addresses are those concerned: the ones that a message did not reach, or the one that replied.
	Addresses []string
	// RecipientID is the recipient that our message was for, where what came back of it says so.
	RecipientID string
	// About is the ID of our message, where it is named.
	About string
	// Status is the enhanced status code of a bounce (RFC 3463), Reason what it means in words, Said what the
	// server or the subject says.
	Status, Reason, Said string
	Letter               Letterhead
	Path                 []string
}

// Limits keep what comes in within bounds. What lies beyond them becomes a finding, never a silent loss.
type Limits struct {
	// Message is the most bytes of one message, File of one file taken out, Total of all that one message or
	// archive unpacks to.
	Message, File, Total int64
	// Header is the most bytes of one message's header.
	Header int
	// Depth is how deep messages and archives may be nested, Parts how many parts and entries one message or
	// archive may have altogether.
	Depth, Parts int
	// Messages is the most messages of one mailbox, Files the most files of one folder.
	Messages, Files int
	// Time is the most that reading one message or archive may take, as a last resort: the others end it before.
	Time time.Duration
}

// DefaultLimits are far beyond any genuine return.
func DefaultLimits() Limits {
	return Limits{Message: 150 << 20, File: 64 << 20, Total: 256 << 20, Header: 1 << 20,
		Depth: 20, Parts: 2000, Messages: 100_000, Files: 100_000, Time: time.Minute}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	for _, p := range []struct{ v, d *int64 }{{&l.Message, &d.Message}, {&l.File, &d.File}, {&l.Total, &d.Total}} {
		if *p.v <= 0 {
			*p.v = *p.d
		}
	}
	for _, p := range []struct{ v, d *int }{{&l.Header, &d.Header}, {&l.Depth, &d.Depth}, {&l.Parts, &d.Parts}, {&l.Messages, &d.Messages}, {&l.Files, &d.Files}} {
		if *p.v <= 0 {
			*p.v = *p.d
		}
	}
	if l.Time <= 0 {
		l.Time = d.Time
	}
	return l
}

// place is a path as findings show it.
func place(path []string) string {
	out := make([]string, len(path))
	for i, p := range path {
		out[i] = printable(p)
	}
	return strings.Join(out, "!")
}
