package cmd

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models/actions"
)

// saying is how the command line says an action. $1, $2 and so on stand for what the action is done with, $* for all of
// it in one list, and names for what it was not said to be done with.
type saying struct {
	command string
	names   []string
	// round says that the command works on a round folder, so that -C belongs to it.
	round bool
	// other says that what the action is done with is the folder of another round.
	other bool
	// aside says that the command is a way to do it that need not be named each time.
	aside bool
}

// sayings has every action of package models.
var sayings = map[fault.ActionName]saying{
	actions.Assign:          {command: "rubric decide $1 --recipient $2", names: []string{"FILE", "ID"}, round: true},
	actions.Prefer:          {command: "rubric decide $1 --counts", names: []string{"FILE"}, round: true},
	actions.Settle:          {command: "rubric decide $1 --from $2", names: []string{"RECIPIENT/REF", "FILE"}, round: true},
	actions.Decide:          {command: "rubric decide", round: true},
	actions.DecideAnswer:    {command: "rubric decide $1=$2 --reason $3", names: []string{"FILE/REF", "VALUE", "WHY"}, round: true},
	actions.Undo:            {command: "rubric decide --undo $1", names: []string{"N"}, round: true},
	actions.AskSender:       {command: "rubric validate --corrections", round: true, aside: true},
	actions.Corrections:     {command: "rubric validate --corrections", round: true},
	actions.Validate:        {command: "rubric validate $1", round: true},
	actions.Status:          {command: "rubric status", round: true},
	actions.Collect:         {command: "rubric collect $1", names: []string{"SOURCE"}, round: true},
	actions.Remind:          {command: "rubric remind", round: true},
	actions.Generate:        {command: "rubric generate", round: true},
	actions.Prefill:         {command: "rubric generate --prefill $1", names: []string{"EARLIER"}, round: true},
	actions.Send:            {command: "rubric send", round: true},
	actions.SendAgain:       {command: "rubric send --resend $*", names: []string{"ID"}, round: true},
	actions.SendUnencrypted: {command: "rubric send --allow-unencrypted", round: true},
	actions.SignIn:          {command: "rubric login", round: true},
	actions.SignInWithFile:  {command: "rubric login --store file", round: true},
	actions.SignInSteps:     {command: "rubric login --setup", round: true},
	actions.Consolidate:     {command: "rubric consolidate", round: true, other: true},
	actions.Report:          {command: "rubric report", round: true},
	actions.TextStands:      {command: "rubric report --text-stands", round: true},
	actions.Plan:            {command: "rubric plan", round: true},
	actions.Consensus:       {command: "rubric consensus", round: true},
	actions.CompareAnew:     {command: "rubric consolidate --publish --again $1", names: []string{"REASON"}, round: true},
	actions.FixIDs:          {command: "rubric recipients fix-ids", round: true},
	actions.Init:            {command: "rubric init $1", names: []string{"DIR"}},
	actions.OpenRound:       {command: "rubric COMMAND -C $1", names: []string{"DIR"}},
	actions.ImportTemplate:  {command: "rubric templates import $1", names: []string{"FILE"}},
	actions.MapColumns:      {command: "rubric templates import $1 --map 1=D,2=E,3=F", names: []string{"FILE"}},
	actions.ImportOnBase:    {command: "rubric templates import $1 --base uk-dmm", names: []string{"FILE"}},
	actions.ExportTemplate:  {command: "rubric templates export $1", names: []string{"ID"}},
	actions.ListTemplates:   {command: "rubric templates list"},
	actions.ShowTemplate:    {command: "rubric templates show $1", names: []string{"TEMPLATE"}},
	actions.CheckTemplate:   {command: "rubric templates check $1", names: []string{"FILE"}},
	actions.TemplatesDiff:   {command: "rubric templates diff $1 $2 --crosswalk $3", names: []string{"EARLIER", "LATER", "FILE"}},
}

// command says an action as a command, with dir as the round folder; "" for an action that is none.
func command(a actions.Action, dir string) string {
	s, ok := sayings[a.Name]
	if !ok {
		return ""
	}
	if s.other && len(a.On) > 0 {
		dir = cmp.Or(plain(a.On[0]), "EARLIER")
	}
	values := make([]string, max(len(a.On), len(s.names)))
	for i := range values {
		if i < len(a.On) {
			values[i] = plain(a.On[i])
		}
		if values[i] == "" && i < len(s.names) {
			values[i] = s.names[i]
		}
	}
	var words []string
	raw := strings.Fields(s.command)
	// The name of the command is what stands before its flags and values.
	name := slices.IndexFunc(append(raw, "-"), func(w string) bool { return strings.HasPrefix(w, "-") || strings.HasPrefix(w, "$") })
	for i, w := range raw {
		for k, v := range values {
			w = strings.ReplaceAll(w, "$"+strconv.Itoa(k+1), v)
		}
		w = strings.ReplaceAll(w, "$*", text.FirstFew(values, 12, ",", ",…"))
		if strings.HasPrefix(w, "$") {
			continue // it may be left out
		}
		words = append(words, quoted(w))
		if i == name-1 && s.round && cmp.Or(dir, ".") != "." {
			words = append(words, "-C", quoted(dir))
		}
	}
	return strings.Join(words, " ")
}

// quoted writes a word of a command line so that shells of every system take it for one.
func quoted(w string) string {
	if strings.ContainsAny(w, " &()'`$;<>|!*?[]{}#~^%") {
		return `"` + w + `"`
	}
	return w
}

// nextStep is the line that names the command for an action, or "".
func nextStep(a actions.Action, dir string) string {
	if sayings[a.Name].aside {
		return ""
	}
	if c := command(a, dir); c != "" {
		return "Command: " + c
	}
	return ""
}
