package post

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/round"
)

// sentKinds says which event stands for a message of a kind that was taken by the server.
var sentKinds = map[mail.Kind]round.Kind{
	mail.Invitation: round.Sent, mail.Reminder: round.Reminded, mail.CorrectionsKind: round.CorrectionsSent, mail.ResultsKind: round.ResultsSent,
	mail.PlansKind: round.PlansSent, mail.ConsensusKind: round.ConsensusSent,
}

// postJournal lets a sending run keep its book in the round's journal.
type postJournal struct {
	round *round.Round
	// kinds holds the event for sent, by the message's key.
	kinds map[string]round.Kind
	last  map[string]mail.Entry
}

func newPostJournal(r *round.Round) (*postJournal, error) {
	events, _, err := r.Journal()
	if err != nil {
		return nil, err
	}
	j := &postJournal{round: r, kinds: map[string]round.Kind{}, last: map[string]mail.Entry{}}
	for _, e := range events {
		if outcome, ok := outcomeOf(e.Kind); ok && e.Message != "" {
			entry := mail.Entry{Key: e.Message, Recipient: e.Recipient, Outcome: outcome, Time: e.Time, Detail: e.Note, Handle: e.Handle}
			if e.Address != "" {
				entry.Addresses = strings.Split(e.Address, "; ")
			}
			if e.Kind == round.NotSent {
				word, detail, _ := strings.Cut(e.Note, ": ")
				entry.Outcome, entry.Detail = mail.Outcome(word), detail
			}
			j.last[e.Message] = entry
		}
	}
	return j, nil
}

func outcomeOf(k round.Kind) (mail.Outcome, bool) {
	switch k {
	case round.Sent, round.Reminded, round.CorrectionsSent, round.ResultsSent, round.PlansSent, round.ConsensusSent:
		return mail.Sent, true
	case round.Sending:
		return mail.Begun, true
	case round.Unsure:
		return mail.Unsure, true
	case round.NotSent:
		return mail.Refused, true
	case round.Placed:
		return mail.Placed, true
	}
	return "", false
}

// Last is the latest entry about a message.
func (j *postJournal) Last(key string) (mail.Entry, bool) {
	e, ok := j.last[key]
	return e, ok
}

// Append writes an entry into the round's journal, flushed to the disk.
func (j *postJournal) Append(e mail.Entry) error {
	event := round.Event{Time: e.Time, Recipient: e.Recipient, Message: e.Key, Address: strings.Join(e.Addresses, "; "), Note: e.Detail, Handle: e.Handle}
	switch e.Outcome {
	case mail.Begun:
		event.Kind = round.Sending
	case mail.Sent:
		event.Kind, event.Handle = j.kinds[e.Key], ""
	case mail.Unsure:
		event.Kind = round.Unsure
	case mail.Placed:
		event.Kind, event.Note = round.Placed, string(j.kinds[e.Key])
	default:
		event.Kind, event.Note = round.NotSent, string(e.Outcome)+": "+e.Detail
	}
	if err := j.round.Record(event); err != nil {
		return err
	}
	j.last[e.Key] = e
	return nil
}

// isResent says whether the recipient is to get a message again.
func (o *Options) isResent(id string) bool { return slices.Contains(o.Resend, id) }
