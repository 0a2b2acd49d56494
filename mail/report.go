package mail

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
	// Placed lie as drafts in the mailbox, now or before, for a person to send.
	Placed []Entry
	// Left lists the recipients that the run did not come to before it stopped.
	Left []string
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
	case Placed:
		r.Placed = append(r.Placed, e)
	default:
		r.Withheld = append(r.Withheld, e)
	}
}
