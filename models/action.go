package models

import "github.com/rubric-project/rubric/internal/fault"

// Action is something to be done about a finding or an error, by name. A front end words it: as a command, or as a
// button.
type Action = fault.Action

// The actions, and what each is done with (Action.On), in that order.
const (
	// ActionAssign credits a file to a recipient: the file, the recipient's id.
	ActionAssign fault.ActionName = "assign"
	// ActionPrefer lets one of several returns count: the file.
	ActionPrefer fault.ActionName = "prefer"
	// ActionSettle lets one file decide where several differ: RECIPIENT, RECIPIENT/REF or RECIPIENT/QUESTION, the file.
	ActionSettle fault.ActionName = "settle"
	// ActionAskSender asks the sender to mend the return or to say what is meant.
	ActionAskSender fault.ActionName = "ask-sender"
	// ActionCorrections writes the workbooks in which senders see what to mend.
	ActionCorrections fault.ActionName = "corrections"
	// ActionValidate lists every finding: files, or none for all.
	ActionValidate fault.ActionName = "validate"
	// ActionStatus shows who returned what.
	ActionStatus fault.ActionName = "status"
	// ActionCollect copies returns in: the sources.
	ActionCollect fault.ActionName = "collect"
	// ActionRemind writes to those of whom something is missing: recipients' ids, or none for all.
	ActionRemind fault.ActionName = "remind"
	// ActionGenerate makes the workbooks: recipients' ids, or none for all.
	ActionGenerate fault.ActionName = "generate"
	// ActionPrefill makes the workbooks with the answers of an earlier round: its folder.
	ActionPrefill fault.ActionName = "prefill"
	// ActionSend sends the workbooks: recipients' ids, or none for all.
	ActionSend fault.ActionName = "send"
	// ActionSendAgain sends the workbooks to recipients that have one already: their ids.
	ActionSendAgain fault.ActionName = "send-again"
	// ActionSendUnencrypted sends over a connection without encryption, where the network is trusted.
	ActionSendUnencrypted fault.ActionName = "send-unencrypted"
	// ActionConsolidate makes the consolidated workbook: the round's folder, or none for this one.
	ActionConsolidate fault.ActionName = "consolidate"
	// ActionReport makes the summaries.
	ActionReport fault.ActionName = "report"
	// ActionFixIDs restores ids of the recipients list that lost their zeros.
	ActionFixIDs fault.ActionName = "fix-ids"
	// ActionInit makes a round folder: the folder.
	ActionInit fault.ActionName = "init"
	// ActionOpenRound works in another round folder: the folder.
	ActionOpenRound fault.ActionName = "open-round"
	// ActionImportTemplate makes a template out of another form: the file.
	ActionImportTemplate fault.ActionName = "import-template"
	// ActionMapColumns imports a table, saying which column holds what: the file.
	ActionMapColumns fault.ActionName = "map-columns"
	// ActionImportOnBase imports the wording of some levels into a template: the files.
	ActionImportOnBase fault.ActionName = "import-on-base"
	// ActionExportTemplate writes a built-in template into a file: its id.
	ActionExportTemplate fault.ActionName = "export-template"
	// ActionCheckTemplate checks a template file: the file.
	ActionCheckTemplate fault.ActionName = "check-template"
	// ActionTemplatesDiff compares two templates and drafts a crosswalk: the earlier, the later.
	ActionTemplatesDiff fault.ActionName = "templates-diff"
)

// Actions lists the names of all actions.
func Actions() []fault.ActionName {
	return []fault.ActionName{
		ActionAssign, ActionPrefer, ActionSettle, ActionAskSender, ActionCorrections, ActionValidate, ActionStatus, ActionCollect,
		ActionRemind, ActionGenerate, ActionPrefill, ActionSend, ActionSendAgain, ActionSendUnencrypted, ActionConsolidate, ActionReport, ActionFixIDs, ActionInit,
		ActionOpenRound, ActionImportTemplate, ActionMapColumns, ActionImportOnBase, ActionExportTemplate, ActionCheckTemplate,
		ActionTemplatesDiff,
	}
}
