package mail

import (
	"cmp"
	"context"
	"slices"
)

// admit queues a posting, or reports it where the journal shows that it must not be sent again.
func (s *sending) admit(p Posting) {
	last, ok := s.Journal.Last(p.Key)
	_, settles := s.Carrier.(Settler)
	if settles && last.Handle != "" && (last.Outcome == Begun || last.Outcome == Unsure) {
		s.queue = append(s.queue, waiting{Posting: p, open: &last})
		return
	}
	if !ok || slices.Contains(s.Resend, p.Recipient) {
		s.queue = append(s.queue, waiting{Posting: p})
		return
	}
	switch last.Outcome {
	case Placed:
		s.report.Placed = append(s.report.Placed, last)
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

// next is the place of the one whose turn it is: first those of whom it is to be seen what became of them.
func (s *sending) next() int {
	now, next := s.Clock.Now(), 0
	for i, w := range s.queue {
		if w.open != nil && !w.notBefore.After(now) {
			return i
		}
		if w.notBefore.Before(s.queue[next].notBefore) {
			next = i
		}
	}
	return next
}

// look asks the carrier what became of a message that was begun, and writes that down when it is known.
func (s *sending) look(ctx context.Context, w *waiting) error {
	d, err := s.Carrier.(Settler).Settle(ctx, *w.open)
	if err != nil {
		return err
	}
	s.trouble = 0
	entry := *w.open
	entry.Outcome, entry.Refused = d.Outcome, d.Refused
	entry.Detail = cmp.Or(d.Detail, entry.Detail)
	switch {
	case d.Outcome == Unsure && d.Again > 0:
		w.notBefore = s.Clock.Now().Add(d.Again)
		return nil
	case d.Outcome == Unsure && slices.Contains(s.Resend, w.Recipient):
		w.open, w.notBefore = nil, s.Clock.Now() // whoever said so knows that it may be the second
		w.again = true
		return nil
	case d.Outcome == Sent || d.Outcome == Placed:
		entry.Detail = d.Detail
	}
	w.open = nil
	if d.Outcome == Postponed {
		w.again, w.notBefore = w.tries < max(s.Retry.Tries, 1), s.Clock.Now()
	}
	if d.Stop != nil {
		return cmp.Or(s.settle(w, entry), d.Stop)
	}
	return s.settle(w, entry)
}
