package mail

import (
	"bytes"
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
	// Do is what is to be done with the program about a message that was withheld, if anything. No journal holds it.
	Do   fault.Action `json:"do,omitzero"`
	Time time.Time    `json:"time"`
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

// Report is what became of the postings, each of which is in exactly one of the lists, in the order in which
// that was known.
type Report struct {
	// Sent now; Already before this run.
	Sent, Already []Entry
	Refused       []Entry
	Postponed     []Entry
	// Unsure: nobody knows whether the message arrived. They are not sent again unless Resend says so.
	Unsure   []Entry
	Withheld []Entry
	// Left lists the recipients that the run did not come to before it stopped.
	Left []string
}

type waiting struct {
	Posting
	tries     int
	notBefore time.Time
	// before is what the journal held when the run began, last what this run wrote.
	before, last Entry
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
		if w.tries > 0 {
			s.file(w.last)
		} else {
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

// admit queues a posting, or reports it where the journal shows that it must not be sent again.
func (s *sending) admit(p Posting) {
	last, ok := s.Journal.Last(p.Key)
	if !ok || slices.Contains(s.Resend, p.Recipient) {
		s.queue = append(s.queue, waiting{Posting: p})
		return
	}
	switch last.Outcome {
	case Sent:
		s.report.Already = append(s.report.Already, last)
	case Begun, Unsure:
		if last.Outcome == Begun {
			last.Detail = "the program ended while the message was being handed over"
		}
		last.Outcome = Unsure
		s.report.Unsure = append(s.report.Unsure, last)
	default:
		// Refused, postponed and withheld messages went to nobody.
		s.queue = append(s.queue, waiting{Posting: p, before: last})
	}
}

func (s *sending) loop(ctx context.Context) error {
	for len(s.queue) > 0 {
		next := 0
		for i, w := range s.queue {
			if w.notBefore.Before(s.queue[next].notBefore) {
				next = i
			}
		}
		w := s.queue[next]
		if err := s.Clock.Sleep(ctx, w.notBefore.Sub(s.Clock.Now())); err != nil {
			return err
		}
		err := s.one(ctx, &w)
		s.queue[next] = w
		if err != nil {
			var server *ServerError
			if errors.As(err, &server) && server.Temporary && s.trouble+1 < max(s.Retry.Tries, 1) {
				s.trouble++
				if err := s.Clock.Sleep(ctx, s.Retry.wait(s.trouble)); err != nil {
					return err
				}
				continue
			}
			return err
		}
		s.queue = slices.Delete(s.queue, next, next+1)
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
	d, err := s.Carrier.Deliver(ctx, parcel, func() error {
		begun := entry
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
	if !d.lost {
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
	return m, Parcel{From: m.From.Mailbox, To: m.Envelope(), Raw: b.Bytes(), International: m.international()}, nil
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

func (s *sending) file(e Entry) {
	r := &s.report
	switch e.Outcome {
	case Sent:
		r.Sent = append(r.Sent, e)
	case Refused:
		r.Refused = append(r.Refused, e)
	case Postponed:
		r.Postponed = append(r.Postponed, e)
	case Unsure:
		r.Unsure = append(r.Unsure, e)
	default:
		r.Withheld = append(r.Withheld, e)
	}
}
