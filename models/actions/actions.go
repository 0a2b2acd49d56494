// Package actions names what is to be done with the program about a finding or an error. A front end words each: as a
// command, or as a button.
package actions

import "github.com/rubric-project/rubric/internal/fault"

// Action is something to be done about a finding or an error, by name. A front end words it: as a command, or as a
// button.
type Action = fault.Action

// The actions, and what each is done with (Action.On), in that order.
const (
	// Assign credits a file to a recipient: the file, the recipient's id.
	Assign fault.ActionName = "assign"
	// Prefer lets one of several returns count: the file.
	Prefer fault.ActionName = "prefer"
	// Settle lets one file decide where several differ: RECIPIENT, RECIPIENT/REF or RECIPIENT/QUESTION, the file.
	Settle fault.ActionName = "settle"
	// Decide lists what is to be decided, and what was.
	Decide fault.ActionName = "decide"
	// DecideAnswer says what an answer is, whatever its cell shows: the file with a slash and the ref, the value.
	DecideAnswer fault.ActionName = "decide-answer"
	// Undo takes a decision back: its number.
	Undo fault.ActionName = "undo"
	// AskSender asks the sender to mend the return or to say what is meant.
	AskSender fault.ActionName = "ask-sender"
	// Corrections writes the workbooks in which senders see what to mend.
	Corrections fault.ActionName = "corrections"
	// Validate lists every finding: files, or none for all.
	Validate fault.ActionName = "validate"
	// Status shows who returned what.
	Status fault.ActionName = "status"
	// Collect copies returns in: the sources.
	Collect fault.ActionName = "collect"
	// Remind writes to those of whom something is missing: recipients' ids, or none for all.
	Remind fault.ActionName = "remind"
	// Generate makes the workbooks: recipients' ids, or none for all.
	Generate fault.ActionName = "generate"
	// Prefill makes the workbooks with the answers of an earlier round: its folder.
	Prefill fault.ActionName = "prefill"
	// Send sends the workbooks: recipients' ids, or none for all.
	Send fault.ActionName = "send"
	// SendAgain sends the workbooks to recipients that have one already: their ids.
	SendAgain fault.ActionName = "send-again"
	// SendUnencrypted sends over a connection without encryption, where the network is trusted.
	SendUnencrypted fault.ActionName = "send-unencrypted"
	// SignIn signs in to the office's mailbox.
	SignIn fault.ActionName = "sign-in"
	// SignInWithFile signs in with the key to the sign-in in a file, where the computer has no keyring.
	SignInWithFile fault.ActionName = "sign-in-with-file"
	// SignInSteps shows what an organisation's IT has to do before anybody can sign in.
	SignInSteps fault.ActionName = "sign-in-steps"
	// Consolidate makes the consolidated workbook: nothing for this round, or the folder of another, "" where it is not
	// known.
	Consolidate fault.ActionName = "consolidate"
	// Report makes the summaries.
	Report fault.ActionName = "report"
	// TextStands makes the reports and says that the office's own text on page one holds for the figures of today.
	TextStands fault.ActionName = "text-stands"
	// Plan makes the action plans: recipients' ids, or none for all.
	Plan fault.ActionName = "plan"
	// Consensus makes the consensus workbooks: recipients' ids, or none for all.
	Consensus fault.ActionName = "consensus"
	// CompareAnew makes an edition for circulation that compares with what counts now, whatever went out before: the reason.
	CompareAnew fault.ActionName = "compare-anew"
	// FixIDs restores ids of the recipients list that lost their zeros.
	FixIDs fault.ActionName = "fix-ids"
	// Init makes a round folder: the folder.
	Init fault.ActionName = "init"
	// OpenRound works in another round folder: the folder.
	OpenRound fault.ActionName = "open-round"
	// ImportTemplate makes a template out of another form: the file.
	ImportTemplate fault.ActionName = "import-template"
	// MapColumns imports a table, saying which column holds what: the file.
	MapColumns fault.ActionName = "map-columns"
	// ImportOnBase imports the wording of some levels into a template: the files.
	ImportOnBase fault.ActionName = "import-on-base"
	// ExportTemplate writes a built-in template into a file: its id.
	ExportTemplate fault.ActionName = "export-template"
	// ListTemplates lists the built-in templates.
	ListTemplates fault.ActionName = "list-templates"
	// ShowTemplate shows a template and its criteria: its file, or the id of a built-in one.
	ShowTemplate fault.ActionName = "show-template"
	// CheckTemplate checks a template file: the file.
	CheckTemplate fault.ActionName = "check-template"
	// TemplatesDiff compares two templates and drafts a crosswalk: the earlier, the later, the file for the crosswalk.
	TemplatesDiff fault.ActionName = "templates-diff"
)

// All lists the names of all actions.
func All() []fault.ActionName {
	return []fault.ActionName{
		Assign, Prefer, Settle, Decide, DecideAnswer, Undo, AskSender, Corrections, Validate, Status, Collect,
		Remind, Generate, Prefill, Send, SendAgain, SendUnencrypted, SignIn, SignInWithFile, SignInSteps, Consolidate, Report, TextStands, Plan, Consensus,
		CompareAnew, FixIDs, Init,
		OpenRound, ImportTemplate, MapColumns, ImportOnBase, ExportTemplate, ListTemplates, ShowTemplate, CheckTemplate,
		TemplatesDiff,
	}
}
