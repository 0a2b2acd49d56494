package desk

import (
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/actions"
)

// way is how the desk does an action: where, and the words of the link.
type way struct{ Text, To string }

// waysTo has every action of package models, with the page of a round that does it; "" for one that the desk has no page
// for, where the remedy in words must do.
var waysTo = map[fault.ActionName]struct{ text, page string }{
	actions.Assign:          {"Say whose it is", "decide"},
	actions.Prefer:          {"Choose the one that counts", "decide"},
	actions.Settle:          {"Decide between them", "decide"},
	actions.Decide:          {"Decide", "decide"},
	actions.DecideAnswer:    {"Decide", "decide"},
	actions.Undo:            {"See the history", "history"},
	actions.AskSender:       {"Make corrections", "returns"},
	actions.Corrections:     {"Make corrections", "returns"},
	actions.Validate:        {"See the findings", "returns"},
	actions.Status:          {"See the returns", "returns"},
	actions.Collect:         {"Add returns", "returns"},
	actions.Remind:          {"Remind", "send"},
	actions.Generate:        {"Make the workbooks", "send"},
	actions.Prefill:         {"Make the workbooks", "send"},
	actions.Send:            {"Send", "send"},
	actions.SendAgain:       {"Send", "send"},
	actions.SendUnencrypted: {"Send", "send"},
	actions.SignIn:          {"Sign in", "mailbox"},
	actions.SignInWithFile:  {"Sign in", "mailbox"},
	actions.SignInSteps:     {"What IT has to do", "mailbox/it"},
	actions.Consolidate:     {"Make the files", "files"},
	actions.Report:          {"Make the files", "files"},
	actions.TextStands:      {"Make the files", "files"},
	actions.CompareAnew:     {"Make the files", "files"},
	actions.Plan:            {"See the action plans", "actions"},
	actions.Consensus:       {"Make and send consensus workbooks", "send?kind=consensus"},
	actions.FixIDs:          {"See the recipients", "recipients/ids"},
	actions.Init:            {"", ""},
	actions.OpenRound:       {"", ""},
	actions.ImportTemplate:  {"", ""},
	actions.MapColumns:      {"", ""},
	actions.ImportOnBase:    {"", ""},
	actions.ExportTemplate:  {"", ""},
	actions.ListTemplates:   {"", ""},
	actions.ShowTemplate:    {"", ""},
	actions.CheckTemplate:   {"", ""},
	actions.TemplatesDiff:   {"", ""},
}

// way is how an action is done here; its To is "" where there is none.
func (c *call) way(a fault.Action) way {
	w, ok := waysTo[a.Name]
	if !ok || w.page == "" || c.live == nil {
		return way{}
	}
	return way{c.T(w.text), c.to(w.page)}
}
