// Package decisions has the words for what a person settles about the returns of a round: what was decided, and what is
// still to be decided. It holds no rule: package office records decisions and lists what is open, package checks lets them
// count.
package decisions

import "time"

// Kind says what a decision settles.
type Kind string

// The kinds of decisions.
const (
	Answer    Kind = "answer"    // what an answer in a file is, whatever its cell shows: File, Ref and Value
	Recipient Kind = "recipient" // whose a file is: File and Recipient
	Counts    Kind = "counts"    // this file counts for its recipient: File
	From      Kind = "from"      // this file decides where workbooks of a recipient differ: Recipient, Ref ("" for all) and File
	Leave     Kind = "leave"     // a person looked, and leaves it as it is: File, and Ref where it is about one answer
)

// The values of an answer beside the numbers of levels.
const (
	NotApplicable = "na"
	Blank         = "blank"
	Ask           = "ask" // blank, and the sender is asked for it
)

// Request is a decision as it is asked for.
type Request struct {
	Kind Kind `json:"kind"`
	// File is the path inside returns/ as the register has it.
	File string `json:"file,omitempty"`
	// Recipient is an id, or an exact name; Ref the ref of a criterion, or the id of a question.
	Recipient string `json:"recipient,omitempty"`
	Ref       string `json:"ref,omitempty"`
	// Value is the answer: a level's number, name or label in any language of the round, NotApplicable, Blank or Ask.
	Value string `json:"value,omitempty"`
	// Back takes the last word of this kind about the file, or about recipient and ref, back.
	Back bool `json:"back,omitempty"`
}

// Batch is what a person knows better, and why.
type Batch struct {
	// Requests are recorded together: all of them, or none where one cannot be meant.
	Requests []Request
	// Undo are the numbers of decisions to take back.
	Undo []int
	// Reason says why; answers need one. By is who decides, "" for the account that runs the program, which is kept always.
	Reason, By string
}

// State says what has become of a decision.
type State string

// The states.
const (
	InForce  State = "in force"
	Replaced State = "replaced" // by a later decision about the same
	Undone   State = "undone"
	Ended    State = "ended" // the file that it is about counts no more, or is no longer in returns/
)

// Decision is a decision that was made. In it, Recipient is an id, and Value a number, NotApplicable, Blank or Ask.
type Decision struct {
	// Number is the decision's own, from 1, in the order in which they were made.
	Number int `json:"number"`
	Request
	// Digest is the SHA-256 of the file that it is bound to, in hex.
	Digest string `json:"digest,omitempty"`
	// By is who decided, Account who ran the program, and Reason why.
	By      string    `json:"by"`
	Account string    `json:"account"`
	Reason  string    `json:"reason,omitempty"`
	At      time.Time `json:"at"`
	// State is what has become of it, and Because says so in a sentence; "" for one in force.
	State   State  `json:"state"`
	Because string `json:"because,omitempty"`
	// Undo is the event that took it back, or nil.
	Undo *Undo `json:"undo,omitempty"`
}

// Undo is the event that took a decision back.
type Undo struct {
	By      string    `json:"by"`
	Account string    `json:"account"`
	Reason  string    `json:"reason,omitempty"`
	At      time.Time `json:"at"`
}
