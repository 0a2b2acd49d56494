package models

import (
	"time"

	"github.com/rubric-project/rubric/models/plans"
)

// Return is one file that came back, as read: what it says it is, what was answered, and what is wrong.
type Return struct {
	// File is the slash-separated path inside returns/.
	File string `json:"file"`
	// Digest is the SHA-256 of the file's bytes, in hex.
	Digest string `json:"digest"`
	Size   int64  `json:"size"`
	// Format is how the file was recognised by its content: xlsx, xlsm, ods, xls, pdf, …
	Format string `json:"format"`
	// Application is the program that says it saved the workbook, if it does.
	Application string `json:"application,omitempty"`
	// Saved is the workbook's own time of last saving, in UTC; zero where it has none.
	Saved time.Time `json:"saved,omitzero"`
	// Received is when the file came, from the journal or else the file's own time.
	Received time.Time `json:"received,omitzero"`
	// Senders are the addresses of the messages that the file lies in, where returns/ holds it inside messages.
	Senders []string `json:"-"`
	// Container is the message that the file came in, or the outermost archive where it came in none, as a path inside
	// returns/ with an exclamation mark between what lies in what; "" for a file that lies in returns/ itself. What came in
	// one container belongs together.
	Container string `json:"-"`
	// Beside says that it is a picture or a text that went with a message: no return, but perhaps evidence for one.
	Beside bool `json:"-"`
	// Claims is what each of the three places says about whose workbook it is, as found.
	Claims     []Claim    `json:"claims,omitempty"`
	Respondent Respondent `json:"respondent"`
	// Questions has an entry for each question of the Start sheet whose row was found, in the template's order.
	Questions []QuestionAnswer `json:"questions,omitempty"`
	// Confirmed are the refs of answers of which the sender says that they still hold as they were carried over.
	Confirmed []string `json:"confirmed,omitempty"`
	// Plan is what an action plan says, where the file is one: it has no answers then. nil for any other file.
	Plan *plans.Plan `json:"plan,omitempty"`
	// Findings is everything wrong or noteworthy, in order of position.
	Findings []Finding `json:"findings,omitempty"`

	// answers has an entry for each criterion whose row was found, in the template's order; packed has them in its
	// place where a large round is taken in. See Answers.
	answers []Answer
	packed  *packed
}

// Place is one of the three places that say whose workbook it is.
type Place string

// The places of a manifest.
const (
	HiddenSheet        Place = "hidden sheet"
	DocumentProperties Place = "document properties"
	VisibleReference   Place = "visible reference"
)

// Claim is what one place says. For VisibleReference only Reference is given, for the others the Manifest.
type Claim struct {
	Place     Place    `json:"place"`
	Manifest  Manifest `json:"manifest,omitzero"`
	Reference string   `json:"reference,omitempty"`
	// Name is the organisation's name as the Start sheet shows it, for VisibleReference.
	Name   string `json:"name,omitempty"`
	Origin Origin `json:"origin"`
}

// Status is where a recipient stands in the round, or a file in the register.
type Status string

// The statuses of the register. The first five are of recipients, the rest of files that do not count.
const (
	Returned     Status = "returned"
	Partial      Status = "partial" // of several parts one is outstanding; the others count
	Outstanding  Status = "outstanding"
	Late         Status = "late"        // outstanding after the due date
	Corrections  Status = "corrections" // its only returns have findings of severity error
	Counted      Status = "counted"     // the file whose answers count
	PlanCounts   Status = "plan"        // the action plan that counts
	ViewCounts   Status = "view"        // the view of a respondent, as it stands; it is no return
	Superseded   Status = "superseded"  // another return of the same recipient counts
	Waiting      Status = "waiting"     // nothing but the visible reference confirms it, beside one with a seal
	Rejected     Status = "rejected"    // cannot count: the findings say why
	Unidentified Status = "unidentified"
	// Attached is what a file becomes that is kept as the attachment of another: it has no line of its own.
	Attached Status = "attached"
)

// Register says for each recipient what came back, and for each file what became of it.
type Register struct {
	// Entries has one entry for each recipient, in the order of the recipients list.
	Entries []Entry `json:"entries"`
	// Files has one line for each file in returns/, sorted by path.
	Files []FileLine `json:"files"`
}

// Entry is one recipient's line in the register.
type Entry struct {
	Recipient Recipient `json:"recipient"`
	Status    Status    `json:"status"`
	// Return is the return that counts, or nil.
	Return *Return `json:"-"`
	// File is its path, or "".
	File string `json:"file,omitempty"`
	// Files lists the files whose answers count, where Return is put together from several parts; File has them
	// all, separated by "; ".
	Files []string `json:"files,omitempty"`
	// Parts has a line for each part of a recipient whose workbook is split, in the order of the list: those that
	// are asked for, then others that came.
	Parts []PartLine `json:"parts,omitempty"`
	// Others lists the recipient's further files.
	Others []string `json:"others,omitempty"`
	// Plan is the file of the action plan that counts, or "", and PlanReturn what was read of it. A plan is no return: it
	// changes nothing in the rest of the entry.
	Plan       string  `json:"plan,omitempty"`
	PlanReturn *Return `json:"-"`
	// Consensus says that the return that counts is a consensus workbook: what a meeting chose among views.
	Consensus bool `json:"consensus,omitempty"`
	// ReturnedLate says that the counted return was saved after the due date.
	ReturnedLate bool `json:"returned_late,omitempty"`
	// Answered and Criteria say how far the counted return is filled in.
	Answered int `json:"answered"`
	Criteria int `json:"criteria"`
	// Untouched is how many of the answers stand as they were carried over from an earlier round, unconfirmed.
	Untouched int `json:"untouched,omitempty"`
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Repairs   int `json:"repairs"`
}

// PartLine is where one part of a recipient's answers stands.
type PartLine struct {
	Part
	// Status is Returned, Corrections, Outstanding or Late.
	Status Status `json:"status"`
	// File is the file that counts, or "".
	File     string `json:"file,omitempty"`
	Answered int    `json:"answered"`
	Criteria int    `json:"criteria"`
	// View is what the file says, where the part is a respondent's view that is back; nil for any other.
	View *Return `json:"-"`
}

// PartsBack counts the parts that are back, of those that are asked for.
func (e *Entry) PartsBack() (back, all int) {
	for _, p := range e.Parts {
		if p.Status == Returned {
			back++
		}
	}
	return back, len(e.Parts)
}

// HasViews says that respondents are asked for a view each, or gave one.
func (e *Entry) HasViews() bool {
	for _, p := range e.Parts {
		if p.IsView() {
			return true
		}
	}
	return false
}

// Counts lists the files whose answers count.
func (e *Entry) Counts() []string {
	if len(e.Files) > 0 || e.File == "" {
		return e.Files
	}
	return []string{e.File}
}

// FileLine is one file's line in the register.
type FileLine struct {
	File string `json:"file"`
	// Digest is the SHA-256 of the file's bytes, in hex.
	Digest string `json:"digest,omitempty"`
	// Recipient is the id of the recipient it is credited to, or "".
	Recipient string `json:"recipient,omitempty"`
	Status    Status `json:"status"`
	// Part is the id of the part that it is, plans.PartID for an action plan, or "" for a whole workbook.
	Part string `json:"part,omitempty"`
	// Candidates are the ids of the recipients whose it may be, where that is doubtful: those that a seal or a reference
	// names first, then those that only a name points to.
	Candidates []string `json:"candidates,omitempty"`
	// Saved and Received are those of the return; see Return.
	Saved    time.Time `json:"saved,omitzero"`
	Received time.Time `json:"received,omitzero"`
	// Changes is how the return that counts differs from this one, for a file that is superseded.
	Changes  []Change  `json:"changes,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
	// Attachments are the evidence files that came beside it.
	Attachments []Attachment `json:"attachments,omitempty"`
}

// Attachment is an evidence file that came beside a return, in one message or archive. It is never opened.
type Attachment struct {
	// Name is its name as it came, made safe.
	Name string `json:"name"`
	// File is where it is kept, slash-separated inside the round folder; "" until a command that writes has kept it.
	File string `json:"file,omitempty"`
	// From is where it lies inside returns/, or "" where it was collected from elsewhere.
	From string `json:"from,omitempty"`
	// Digest is the SHA-256 of its bytes, in hex.
	Digest string `json:"digest"`
	Size   int64  `json:"size"`
}

// Change is one value that differs between two returns of one recipient.
type Change struct {
	Ref string `json:"ref"`
	// Field is level, target, evidence, comment, or question, whose id is then in Ref.
	Field string `json:"field"`
	// Before and After are the two values as text; a level is its number, "n/a" or "".
	Before string `json:"before"`
	After  string `json:"after"`
	// Origin is where After stands.
	Origin Origin `json:"origin"`
}
