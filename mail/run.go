package mail

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/rubric-project/rubric/internal/fault"
)

// Entry is what a journal holds about one message at one moment.
type Entry struct {
	// Key is the message's ID, by which its entries belong together.
	Key       string   `json:"key"`
	Recipient string   `json:"recipient"`
	Outcome   Outcome  `json:"outcome"`
	Addresses []string `json:"addresses,omitempty"`
	// Refused lists those of the addresses that did not get it.
	Refused []string `json:"refused,omitempty"`
	Subject string   `json:"subject,omitempty"`
	Detail  string   `json:"detail,omitempty"`
	// Handle is what a Settler knows the message by.
	Handle string `json:"handle,omitempty"`
	// Do is what is to be done with the program about a message that was withheld, if anything. No journal holds it.
	Do fault.Action `json:"do,omitzero"`
	// Open says of one that is unsure that the run ended before it was looked up; the next looks. No journal holds it.
	Open bool      `json:"open,omitempty"`
	Time time.Time `json:"time"`
}

// Journal remembers what was sent, beyond the end of the process.
type Journal interface {
	// Last is the latest entry with the key.
	Last(key string) (Entry, bool)
	// Append returns when the entry is on the disk. A message is not handed over before that.
	Append(Entry) error
}

// Posting is one message of a run.
type Posting struct {
	// Key is the message's ID; Recipient the id of the recipient it is for.
	Key, Recipient string
	// Make makes the message with its attachments. It is called right before the message is sent, so that a
	// run does not hold all attachments at once.
	Make func() (*Message, error)
}

// Run sends many messages, one after the other.
type Run struct {
	Carrier Carrier
	Journal Journal
	// Verify is called with each attachment's bytes before its message is sent; an error withholds the message.
	// It must not be nil.
	Verify func(recipient string, a Attachment) error
	// PerMinute is the highest number of messages in a minute; 0 stands for 30.
	PerMinute int
	Retry     Retry
	Clock     Clock
	// Resend lists the recipients who get the message although it was sent, refused or unsure before.
	Resend []string
	// Each is called with every entry of the journal that ends a message, and may be nil.
	Each func(Entry)
}

type waiting struct {
	Posting
	tries     int
	notBefore time.Time
	// before is what the journal held when the run began, last what this run wrote.
	before, last Entry
	// open is the entry of a message that was begun, and of which the carrier is to be asked what became of it.
	open *Entry
	// again says that it is to be handed over once more, now.
	again bool
}

// Send sends what the journal does not hold as sent. It can be stopped at any point, by the context or by the
// end of the process, and called again with the same postings: then every message is sent exactly once, or
// named as unsure. The error says why the run stopped before its end: the context, the journal, or a
// *ServerError; the report is valid in any case.
func (r *Run) Send(ctx context.Context, postings []Posting) (Report, error) {
	s := &sending{Run: r, limiter: rate.NewLimiter(rate.Every(time.Minute/time.Duration(r.perMinute())), 1)}
	if s.Clock == nil {
		s.Clock = SystemClock{}
	}
	for _, p := range postings {
		s.admit(p)
	}
	err := s.loop(ctx)
	for _, w := range s.queue {
		switch {
		case w.open != nil:
			e := *w.open
			e.Open = true
			e.Outcome, e.Detail = Unsure, "it was handed over, and nobody has looked yet what became of it; the next run does"
			s.file(e)
		case w.tries > 0:
			s.file(w.last)
		default:
			s.report.Left = append(s.report.Left, w.Recipient)
		}
	}
	return s.report, errors.Join(err, r.Carrier.Close())
}

func (r *Run) perMinute() int {
	if r.PerMinute <= 0 {
		return 30
	}
	return r.PerMinute
}

type sending struct {
	*Run
	limiter *rate.Limiter
	queue   []waiting
	report  Report
	trouble int
}

func (s *sending) loop(ctx context.Context) error {
	for len(s.queue) > 0 {
		next := s.next()
		w := s.queue[next]
		if err := s.Clock.Sleep(ctx, w.notBefore.Sub(s.Clock.Now())); err != nil {
			return err
		}
		err := s.one(ctx, &w)
		s.queue[next] = w
		if err != nil {
			var server *ServerError
			if errors.As(err, &server) && server.Temporary && s.trouble+1 < max(s.Retry.Tries, 1) && ctx.Err() == nil {
				s.trouble++
				if err := s.Clock.Sleep(ctx, s.Retry.wait(s.trouble)); err != nil {
					return err
				}
				continue
			}
			return err
		}
		s.queue = slices.Delete(s.queue, next, next+1)
		if w.open != nil || w.again {
			w.again = false
			s.queue = append(s.queue, w)
			continue
		}
		if w.last.Outcome == Postponed && w.tries < s.Retry.Tries {
			w.notBefore = s.Clock.Now().Add(s.Retry.wait(w.tries))
			s.queue = append(s.queue, w)
			continue
		}
		s.file(w.last)
	}
	return nil
}

// one tries one message and writes what became of it. The error stops the run.
func (s *sending) one(ctx context.Context, w *waiting) error {
	if w.open != nil {
		return s.look(ctx, w)
	}
	entry := Entry{Key: w.Key, Recipient: w.Recipient}
	m, parcel, err := s.prepare(w.Posting, &entry)
	if err != nil {
		entry.Outcome, entry.Detail, entry.Do = Withheld, err.Error(), fault.ActionOf(err)
		return s.settle(w, entry)
	}
	entry.Subject, entry.Addresses = m.Subject, parcel.To
	if w.before.Outcome == Refused && slices.Equal(w.before.Addresses, parcel.To) {
		w.last = w.before // nothing was mended since
		return nil
	}
	now := s.Clock.Now()
	if err := s.Clock.Sleep(ctx, s.limiter.ReserveN(now, 1).DelayFrom(now)); err != nil {
		return err
	}
	var begun Entry
	d, err := s.Carrier.Deliver(ctx, parcel, func(handle string) error {
		entry.Handle = handle
		begun = entry
		begun.Outcome, begun.Time = Begun, s.Clock.Now()
		if err := s.Journal.Append(begun); err != nil {
			return fmt.Errorf("the journal cannot be written, so that nothing more is sent: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.tries++
	entry.Outcome, entry.Detail, entry.Refused = d.Outcome, d.Detail, d.Refused
	if d.Outcome == Unsure && d.Again > 0 && entry.Handle != "" {
		begun.Detail, begun.Refused = d.Detail, d.Refused
		if d.Handle != "" {
			begun.Handle, begun.Time = d.Handle, s.Clock.Now()
			if err := s.Journal.Append(begun); err != nil {
				return fmt.Errorf("the journal cannot be written, so that nothing more is sent: %w", err)
			}
		}
		w.open, w.notBefore = &begun, s.Clock.Now().Add(d.Again)
		return nil
	}
	if d.Stop != nil {
		return cmp.Or(s.settle(w, entry), d.Stop)
	}
	if !d.Lost {
		s.trouble = 0
	} else if s.trouble++; s.trouble >= 5 {
		// The message itself stays as it is: postponed, or unsure.
		if err := s.settle(w, entry); err != nil {
			return err
		}
		return &ServerError{Fault: fault.Error{Message: "the server keeps closing the connection (last: " + d.Detail + ")",
			Remedy: "ask its administrator, then try again; it goes on where it stopped"}}
	}
	return s.settle(w, entry)
}

// prepare makes the message, checks that it is for the recipient and that its attachments are, and turns it
// into bytes.
func (s *sending) prepare(p Posting, entry *Entry) (*Message, Parcel, error) {
	m, err := p.Make()
	if err != nil {
		return nil, Parcel{}, err
	}
	entry.Subject = m.Subject
	if m.Recipient != p.Recipient || m.ID != p.Key {
		return nil, Parcel{}, errors.New("the message is not the one that was meant for this recipient")
	}
	for _, a := range m.Attachments {
		if err := s.Verify(p.Recipient, a); err != nil {
			return nil, Parcel{}, fmt.Errorf("%s: %w", a.Name, err)
		}
	}
	if m.Date.IsZero() {
		m.Date = s.Clock.Now()
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		return nil, Parcel{}, err
	}
	return m, Parcel{ID: m.ID, From: m.From.Mailbox, To: m.Envelope(), Raw: b.Bytes(), International: m.international()}, nil
}

func (s *sending) settle(w *waiting, e Entry) error {
	e.Time = s.Clock.Now()
	e.Detail = strings.TrimSpace(e.Detail)
	w.last = e
	if err := s.Journal.Append(e); err != nil {
		return fmt.Errorf("the journal cannot be written, so that nothing more is sent: %w", err)
	}
	if s.Each != nil {
		s.Each(e)
	}
	return nil
}
