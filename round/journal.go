package round

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

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

	CorrectionMade Kind = "correction-made" // a workbook to send back was written to results/corrections/, with Digest
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
	// Ref is the criterion or question concerned, for decided; "" is all.
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
	// By is who ran the command, Note what else is worth knowing.
	By   string `json:"by,omitempty"`
	Note string `json:"note,omitempty"`
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
		if err := enc.Encode(e); err != nil {
			return failure("the journal cannot be written", err)
		}
	}
	f, err := os.OpenFile(r.journalPath(), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
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
	b, err := os.ReadFile(r.journalPath())
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

// Assign records that a person credited a file to a recipient, by its id or name (see Find). An empty id takes that back. The error is a *fault.Error
// where there is no such recipient, or where the journal cannot be written.
func (r *Round) Assign(file, digest, id string) error {
	if id != "" {
		var err error
		if id, err = r.Find(id); err != nil {
			return err
		}
	}
	return r.Record(Event{Kind: Assigned, File: file, Digest: digest, Recipient: id})
}

// Prefer records that a person chose this return of several to count. With no it takes that back.
func (r *Round) Prefer(file, digest string, no bool) error {
	e := Event{Kind: Preferred, File: file, Digest: digest}
	if no {
		e.Note = "no"
	}
	return r.Record(e)
}

// PreferredFiles lists the returns that a person chose to count, by file, the last chosen last. A choice holds for the
// bytes of the file, not for its name.
func PreferredFiles(events []Event, returns []models.Return) []string {
	last := map[string]int{} // by digest, which event said so; -1 where it was taken back
	for i, e := range events {
		if e.Kind == Preferred && e.Digest != "" {
			last[e.Digest] = i
			if e.Note == "no" {
				last[e.Digest] = -1
			}
		}
	}
	chosen := map[int][]string{}
	for i := range returns {
		if at, ok := last[returns[i].Digest]; ok && at >= 0 {
			chosen[at] = append(chosen[at], returns[i].File)
		}
	}
	var files []string
	for _, at := range slices.Sorted(maps.Keys(chosen)) {
		files = append(files, chosen[at]...)
	}
	return files
}

// Settled finds in the journal what the returns cannot say themselves. assigned has the recipient that a person
// credited a file to, by file: it holds for the bytes of that file, wherever they lie now, and not for other bytes
// under its name. received has the time when a file first came in, by file.
func Settled(events []Event, returns []models.Return) (assigned map[string]string, received map[string]time.Time) {
	assigned, received = map[string]string{}, map[string]time.Time{}
	byDigest, came := map[string]string{}, map[string]time.Time{}
	for _, e := range events {
		switch {
		case e.Digest == "":
		case e.Kind == Assigned:
			byDigest[e.Digest] = e.Recipient
		case e.Kind == Received:
			if t, ok := came[e.Digest]; !ok || e.Time.Before(t) {
				came[e.Digest] = e.Time
			}
		}
	}
	for _, ret := range returns {
		if id := byDigest[ret.Digest]; id != "" {
			assigned[ret.File] = id
		}
		if t, ok := came[ret.Digest]; ok {
			received[ret.File] = t
		}
	}
	return assigned, received
}

// SentWorkbooks lists by digest the recipients of the workbooks that were generated, as the journal has them: a return
// with the same bytes is the workbook as it was sent.
func SentWorkbooks(events []Event) map[string]string {
	out := map[string]string{}
	for _, e := range events {
		if e.Kind == Generated && e.Digest != "" {
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
