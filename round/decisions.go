package round

import (
	"slices"
	"strconv"

	"github.com/rubric-project/rubric/models/decisions"
)

// kindOf is the kind of a decision by the kind of its event. The first three were there before decisions had numbers.
var kindOf = map[Kind]decisions.Kind{Assigned: decisions.Recipient, Preferred: decisions.Counts, Decided: decisions.From,
	Answered: decisions.Answer, Left: decisions.Leave}

// eventOf is the kind of the event of a decision.
var eventOf = map[decisions.Kind]Kind{decisions.Recipient: Assigned, decisions.Counts: Preferred, decisions.From: Decided,
	decisions.Answer: Answered, decisions.Leave: Left}

// eachDecision calls see with the place and the number of each decision. One that was recorded without a number has the
// next after that of the last before it.
func eachDecision(events []Event, see func(at, number int)) {
	last := 0
	for i := range events {
		if kindOf[events[i].Kind] == "" {
			continue
		}
		last = max(last+1, events[i].Number)
		see(i, last)
	}
}

// Numbered are the events with the numbers of all decisions, also of those that were recorded without.
func Numbered(events []Event) []Event {
	out := slices.Clone(events)
	eachDecision(events, func(at, number int) { out[at].Number = number })
	return out
}

// standing are the events without the decisions that were taken back by their number.
func standing(events []Event) []Event {
	if !slices.ContainsFunc(events, func(e Event) bool { return e.Kind == Undone }) {
		return events
	}
	undone, drop := map[int]bool{}, map[int]bool{}
	for _, e := range events {
		if e.Kind == Undone {
			undone[e.Number] = true
		}
	}
	eachDecision(events, func(at, number int) { drop[at] = undone[number] })
	var out []Event
	for i := range events {
		if !drop[i] {
			out = append(out, events[i])
		}
	}
	return out
}

// Decisions lists all decisions in the order in which they were made, each with its number and with what the journal alone
// can say of its state: undone, replaced by a later one about the same, or in force.
func Decisions(events []Event) []decisions.Decision {
	var out []decisions.Decision
	at := map[int]int{} // place in out by number
	eachDecision(events, func(i, number int) {
		at[number] = len(out)
		out = append(out, decisionOf(&events[i], number))
	})
	for i := range events {
		e := &events[i]
		if k, ok := at[e.Number]; ok && e.Kind == Undone && out[k].Undo == nil {
			out[k].Undo = &decisions.Undo{By: e.who(), Account: e.By, Reason: e.Reason, At: e.Time}
			out[k].State, out[k].Because = decisions.Undone, "Taken back by "+e.who()+"."
			if e.Reason != "" {
				out[k].Because = "Taken back by " + e.who() + ": " + e.Reason
			}
		}
	}
	type about struct {
		kind           decisions.Kind
		digest, id, to string
	}
	last := map[about]int{}
	for i := len(out) - 1; i >= 0; i-- {
		d := &out[i]
		if d.State == decisions.Undone {
			continue
		}
		key := about{d.Kind, d.Digest, "", d.Ref}
		if d.Kind == decisions.From {
			key = about{d.Kind, "", d.Recipient, d.Ref}
		}
		if n := last[key]; n > 0 {
			d.State, d.Because = decisions.Replaced, "Decision "+strconv.Itoa(n)+" is about the same, and later."
			continue
		}
		last[key] = d.Number
	}
	return out
}

// decisionOf is the decision that an event records.
func decisionOf(e *Event, number int) decisions.Decision {
	d := decisions.Decision{Number: number, Digest: e.Digest, By: e.who(), Account: e.By, Reason: e.Reason, At: e.Time, State: decisions.InForce,
		Request: decisions.Request{Kind: kindOf[e.Kind], File: e.File, Recipient: e.Recipient, Ref: e.Ref, Value: e.Value}}
	switch e.Kind {
	case Assigned:
		d.Back = e.Recipient == ""
	case Preferred, Decided:
		d.Back = e.Note == "no"
	}
	return d
}

// who is who decided: the name that was given, or else the account.
func (e *Event) who() string {
	if e.Who != "" {
		return e.Who
	}
	return e.By
}

// Decide records decisions, with the next numbers, which it fills in: Request, Digest, By ("" for the account that runs
// the program), Reason and At are as they will stand in the journal. Either all are recorded or none.
func (r *Round) Decide(list []decisions.Decision) error {
	events, _, err := r.Journal()
	if err != nil {
		return err
	}
	return r.Record(number(events, list)...)
}

// Undo records that decisions were taken back, and fills that in. By is as in Decide.
func (r *Round) Undo(list []decisions.Decision, undo decisions.Undo) error {
	add := make([]Event, len(list))
	for i := range list {
		add[i] = undoOf(&list[i], undo)
	}
	return r.Record(add...)
}

// AsIf are the events that there would be with some decisions made, and others taken back. Nothing is recorded.
func AsIf(events []Event, made, undone []decisions.Decision) []Event {
	out := append(slices.Clone(events), number(events, slices.Clone(made))...)
	for _, d := range undone {
		out = append(out, undoOf(&d, decisions.Undo{}))
	}
	return out
}

// number makes events of decisions, with the next numbers.
func number(events []Event, list []decisions.Decision) []Event {
	last := 0
	eachDecision(events, func(_, number int) { last = number })
	add := make([]Event, len(list))
	for i := range list {
		d := &list[i]
		last++
		d.Number, d.Account, d.State = last, userName(), decisions.InForce
		e := Event{Kind: eventOf[d.Kind], File: d.File, Digest: d.Digest, Recipient: d.Recipient, Ref: d.Ref, Value: d.Value, Number: last,
			By: d.Account, Reason: d.Reason, Time: d.At}
		if d.By == "" {
			d.By = d.Account
		} else if d.By != d.Account {
			e.Who = d.By
		}
		switch {
		case d.Kind == decisions.Answer:
			e.Needs = decisionsSince
		case d.Back && d.Kind == decisions.Recipient:
			e.Recipient = ""
		case d.Back:
			e.Note = "no"
		}
		add[i] = e
	}
	return add
}

// undoOf is the event by which a decision is taken back.
func undoOf(d *decisions.Decision, undo decisions.Undo) Event {
	e := Event{Kind: Undone, Number: d.Number, File: d.File, Digest: d.Digest, Recipient: d.Recipient, Ref: d.Ref, By: userName(),
		Reason: undo.Reason, Time: undo.At, Needs: decisionsSince}
	if undo.By != e.By {
		e.Who = undo.By
	}
	undo.By, undo.Account = e.who(), e.By
	d.Undo, d.State = &undo, decisions.Undone
	return e
}
