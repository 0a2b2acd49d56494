package round

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/models"
)

// Kind says what an event of the journal records.
type Kind string

// The kinds of events. Other kinds may be recorded; they are kept.
const (
	Initialised Kind = "initialised"
	Generated   Kind = "generated" // a recipient's workbook was written to outbox/
	Drafted     Kind = "drafted"   // a message was written to outbox/
	Sent        Kind = "sent"
	Reminded    Kind = "reminded"
	NotSent     Kind = "not-sent"
	Received    Kind = "received"  // a file came into returns/
	Kept        Kind = "kept"      // evidence that came beside a recipient's return was kept in attachments/
	Assigned    Kind = "assigned"  // a person said whose file it is; Recipient "" takes it back
	Preferred   Kind = "preferred" // a person said that this return of several counts; Note "no" takes it back
	Divided     Kind = "divided"   // a recipient's workbook was made in Parts, or with none whole again; Note is the models.Split
	Decided     Kind = "decided"   // a person said which file decides where workbooks of a recipient differ; Note "no" takes it back

	Sending         Kind = "sending" // a message is about to be handed over; without another event it is unsure
	Unsure          Kind = "unsure"  // nobody can know whether the message arrived
	Placed          Kind = "placed"  // a message lies as a draft in the office's mailbox; Note is the kind of event that its sending is
	CorrectionsSent Kind = "corrections-sent"
	ResultsSent     Kind = "results-sent"
	Bounced         Kind = "bounced"
	Delayed         Kind = "delayed"
	AutoReply       Kind = "auto-reply"
	Reported        Kind = "reported"     // a recipient's summary was written, with Digest and Made
	IDsRestored     Kind = "ids-restored" // the zeros of a recipient's id were put back into the list; Note is what it had become
	Compared        Kind = "compared"     // what leaves the office compares with this Set from here on; Note is the office's reason where it is one

	// A recipient joined the list, left it, or is another there than before; Note says what is, and who was.
	RecipientAdded   Kind = "recipient-added"
	RecipientRemoved Kind = "recipient-removed"
	RecipientChanged Kind = "recipient-changed"

	SettingsChanged Kind = "settings-changed" // settings of round.yaml are others than before; Note says what was and is

	Answered Kind = "answered" // a person said what the answer to Ref in a file is: Value
	Left     Kind = "left"     // a person looked at a file, or its answer to Ref, and leaves it as it is
	Undone   Kind = "undone"   // the decision with Number was taken back: it counts as if it had never been made

	Dated Kind = "dated" // an entry for the calendar with the date Value of Ref (due, plans_due or meeting) is about to go out for the first time

	CorrectionMade Kind = "correction-made" // a workbook to send back was written to results/corrections/, with Digest
	PlanMade       Kind = "plan-made"       // a recipient's action plan was written to results/plans/, with Digest and its rows in Parts
	PlansSent      Kind = "plans-sent"      // a message with a recipient's action plan went out
	ConsensusMade  Kind = "consensus-made"  // a consensus workbook was written to results/consensus/, with Digest and its views in Parts
	ConsensusSent  Kind = "consensus-sent"  // a message with a consensus workbook went out
	ResultMade     Kind = "result-made"     // another file of results/ was written, with Digest; Made.State is that of the returns
)

// Event is one line of the journal.
type Event struct {
	Time time.Time `json:"time"`
	Kind Kind      `json:"kind"`
	// Recipient is the id of the recipient concerned.
	Recipient string `json:"recipient,omitempty"`
	// File is slash-separated: inside returns/ for received and assigned, inside the round folder otherwise.
	File string `json:"file,omitempty"`
	// Digest is the SHA-256 of the file's bytes, in hex.
	Digest string `json:"digest,omitempty"`
	// Part is the id of the part that a workbook is, for generated; Parts are all of them, for divided.
	Part  string        `json:"part,omitempty"`
	Parts []models.Part `json:"parts,omitempty"`
	// Ref is the criterion or question concerned, for decided, answered and left; "" is all.
	Ref string `json:"ref,omitempty"`
	// Of is the digest of the return that a file came beside, for kept.
	Of string `json:"of,omitempty"`
	// Template is the digest of template.yaml, for initialised and generated, and Round the round's id.
	Template string `json:"template,omitempty"`
	Round    string `json:"round,omitempty"`
	// Address is where a message went, or came from.
	Address string `json:"address,omitempty"`
	// Message identifies a message (RFC 5322 Message-ID).
	Message string `json:"message,omitempty"`
	// Handle is what a mailbox knows a message by, for sending, unsure and placed.
	Handle string `json:"handle,omitempty"`
	// By is who ran the command, Note what else is worth knowing.
	By   string `json:"by,omitempty"`
	Note string `json:"note,omitempty"`
	// Number is given for decisions, and for undone that of the decision. Reason says why, and Who who decided where that is
	// not By. Value is an answer: a level's number, or a word of package decisions.
	Number int    `json:"number,omitempty"`
	Value  string `json:"value,omitempty"`
	Reason string `json:"reason,omitempty"`
	Who    string `json:"who,omitempty"`
	// Needs is the first version of the program that understands the event, where the others are told not to write.
	Needs string `json:"needs,omitempty"`
	// Made is given for reported, Set for compared.
	Made *ReportMade    `json:"made,omitempty"`
	Set  *ComparisonSet `json:"set,omitempty"`
}

// ComparisonSet is the returns and decisions that what leaves the office compares with: those that counted when it was
// recorded. Programs that do not know it leave it alone, and compare with what counts when they run.
type ComparisonSet struct {
	// For is what it was first recorded for: edition or summaries.
	For string `json:"for"`
	// AsOf is when it was first recorded, and Events the number of events that the journal had then. A later event may
	// repeat a set with more that is withheld.
	AsOf   time.Time `json:"as_of"`
	Events int       `json:"events"`
	// Files are the digests of the files that lay in returns/, sorted.
	Files []string `json:"files"`
	// Counted is of each recipient with a return a digest of what counted: levels, targets, and its groups.
	Counted map[string]string `json:"counted"`
	// Withheld are the refs of criteria that the office leaves out of all that leaves it.
	Withheld []string `json:"withheld,omitempty"`
}

// ReportMade is what a summary was made with, and from.
type ReportMade struct {
	Lang string `json:"lang,omitempty"`
	Full bool   `json:"full,omitempty"`
	// Baseline is the earlier round that is compared with, and Crosswalk the file that was named with it, both as seen from
	// the round folder; Since names that round for people.
	Baseline  string `json:"baseline,omitempty"`
	Crosswalk string `json:"crosswalk,omitempty"`
	Since     string `json:"since,omitempty"`
	// State is a digest of all else that the summary shows.
	State string `json:"state"`
	// Returns is a digest of the files that the summary's answers come from; "" in rounds of earlier versions.
	Returns string `json:"returns,omitempty"`
}

const journalName = "journal.jsonl"

func (r *Round) journalPath() string { return filepath.Join(r.Dir, stateDir, journalName) }

// Record appends events to the journal; they have reached the disk when it returns. An event without a
// time gets the present one, and one without By the person who runs the program.
func (r *Round) Record(events ...Event) error {
	if len(events) == 0 {
		return nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, e := range events {
		if e.Time.IsZero() {
			e.Time = time.Now()
		}
		e.Time = e.Time.UTC().Truncate(time.Millisecond)
		if e.By == "" {
			e.By = userName()
		}
		if e.Kind == Placed { // an earlier program would write the same message a second time
			e.Needs = placedSince
		}
		if e.Kind == Divided && e.Note == string(models.ByViews) || e.Kind == ConsensusMade {
			e.Needs = viewsSince
		}
		if err := enc.Encode(e); err != nil {
			return failure("the journal cannot be written", err)
		}
	}
	f, err := disk.OpenFile(r.journalPath(), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return failure("the journal cannot be written", err)
	}
	err = appendLines(f, b.Bytes())
	if err := errors.Join(err, f.Close()); err != nil {
		return failure("the journal cannot be written", err)
	}
	return nil
}

// appendLines writes the lines in one piece. A last line that a crash cut off is ended first, so that it
// spoils nothing but itself.
func appendLines(f *os.File, lines []byte) error {
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if end > 0 {
		var last [1]byte
		if _, err := f.ReadAt(last[:], end-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			lines = append([]byte{'\n'}, lines...)
		}
	}
	if _, err := f.Write(lines); err != nil {
		return err
	}
	return f.Sync()
}

// Journal reads all events, oldest first, in the order they were recorded. Lines that cannot be read (cut
// off by a crash, or edited) are left out and counted.
func (r *Round) Journal() (events []Event, unreadable int, err error) {
	b, err := r.read(state(journalName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, failure("the journal cannot be read", err)
	}
	for line := range bytes.Lines(b) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var e Event
		if json.Unmarshal(line, &e) != nil || e.Kind == "" {
			unreadable++
			continue
		}
		events = append(events, e)
	}
	return events, unreadable, nil
}

// SentWorkbooks lists by digest the recipients of the workbooks, action plans and consensus workbooks that were made, as the
// journal has them: a return with the same bytes is the file as it was sent.
func SentWorkbooks(events []Event) map[string]string {
	out := map[string]string{}
	for _, e := range events {
		if (e.Kind == Generated || e.Kind == PlanMade || e.Kind == ConsensusMade) && e.Digest != "" {
			out[e.Digest] = e.Recipient
		}
	}
	return out
}

// CameIn names by digest what a received file came in, a message or an archive: files of one name came together.
func CameIn(events []Event) map[string]string {
	out := map[string]string{}
	for _, e := range events {
		if e.Kind != Received || e.Digest == "" {
			continue
		}
		if i := strings.LastIndexByte(e.Note, '!'); i > 0 {
			out[e.Digest] = e.Message + "\x00" + e.Note[:i]
		}
	}
	return out
}
