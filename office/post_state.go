package office

import (
	"sort"
	"time"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/round"
)

// PostState is what the journal says about the messages to one recipient.
type PostState struct {
	// Word is the latest word on the workbook: not yet sent, drafted, sent, not sent, unsure, bounced.
	Word string `json:"post"`
	// Since is when that was; zero for not yet sent.
	Since time.Time `json:"since,omitzero"`
	// Reminders counts reminders sent; Away is the time of the latest automatic reply.
	Reminders int       `json:"reminders"`
	Away      time.Time `json:"away,omitzero"`
	Note      string    `json:"note,omitempty"`
}

// NotYetSent is the word of a recipient whom nothing was sent or drafted to.
const NotYetSent = "not yet sent"

// postStates goes through the journal once. A bounce stands until something is sent again after it.
func postStates(f *Folder) (map[string]PostState, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	sort.SliceStable(events, func(i, j int) bool { return events[i].Time.Before(events[j].Time) })
	out := map[string]PostState{}
	for _, e := range events {
		s := out[e.Recipient]
		set := func(word string) { s.Word, s.Since, s.Note = word, e.Time, e.Note }
		switch e.Kind {
		case round.Drafted:
			if s.Word == "" {
				set("drafted")
			}
		case round.Placed:
			if s.Word == "" || s.Word == "unsure" { // it was about to be placed
				set("drafted")
				s.Note = ""
			}
		case round.Sent, round.CorrectionsSent, round.ResultsSent, round.PlansSent, round.ConsensusSent:
			set("sent")
		case round.Reminded:
			s.Reminders++
			set("sent")
		case round.Sending, round.Unsure:
			set("unsure")
		case round.NotSent:
			set("not sent")
		case round.Bounced:
			set("bounced")
		case round.AutoReply:
			s.Away = e.Time
		}
		out[e.Recipient] = s
	}
	for _, rc := range f.Recipients {
		if s := out[rc.ID]; s.Word == "" {
			s.Word = NotYetSent
			out[rc.ID] = s
		}
	}
	return out, nil
}

// String is the state in short: sent 2 Nov, 1 reminder.
func (s PostState) String() string {
	out := s.Word
	if !s.Since.IsZero() {
		out += " " + s.Since.Format("2 Jan")
	}
	if s.Reminders > 0 {
		out += ", " + text.Count(s.Reminders, "reminder", "reminders")
	}
	if s.Away.After(s.Since) {
		out += ", away " + s.Away.Format("2 Jan")
	}
	return out
}
