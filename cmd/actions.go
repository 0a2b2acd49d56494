package cmd

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
)

// saying is how the command line says an action. $1, $2 and so on stand for what the action is done with, and names
// for what it was not said to be done with.
type saying struct {
	command string
	names   []string
	// round says that the command works on a round folder, so that -C belongs to it.
	round bool
	// aside says that the command is a way to do it that need not be named each time.
	aside bool
}

// sayings has every action of package models.
var sayings = map[fault.ActionName]saying{
	models.ActionAssign:          {command: "rubric status --assign $1=$2", names: []string{"FILE", "ID"}, round: true},
	models.ActionPrefer:          {command: "rubric status --prefer $1", names: []string{"FILE"}, round: true},
	models.ActionSettle:          {command: "rubric status --settle $1=$2", names: []string{"RECIPIENT/REF", "FILE"}, round: true},
	models.ActionAskSender:       {command: "rubric validate --corrections", round: true, aside: true},
	models.ActionCorrections:     {command: "rubric validate --corrections", round: true},
	models.ActionValidate:        {command: "rubric validate $1", round: true},
	models.ActionStatus:          {command: "rubric status", round: true},
	models.ActionCollect:         {command: "rubric collect $1", names: []string{"SOURCE"}, round: true},
	models.ActionRemind:          {command: "rubric remind", round: true},
	models.ActionGenerate:        {command: "rubric generate", round: true},
	models.ActionPrefill:         {command: "rubric generate --prefill $1", names: []string{"EARLIER"}, round: true},
	models.ActionSend:            {command: "rubric send", round: true},
	models.ActionSendAgain:       {command: "rubric send --resend $1", names: []string{"ID"}, round: true},
	models.ActionSendUnencrypted: {command: "rubric send --allow-unencrypted", round: true},
	models.ActionConsolidate:     {command: "rubric consolidate", round: true},
	models.ActionReport:          {command: "rubric report", round: true},
	models.ActionFixIDs:          {command: "rubric recipients fix-ids", round: true},
	models.ActionInit:            {command: "rubric init $1", names: []string{"DIR"}},
	models.ActionOpenRound:       {command: "rubric COMMAND -C $1", names: []string{"DIR"}},
	models.ActionImportTemplate:  {command: "rubric templates import $1", names: []string{"FILE"}},
	models.ActionMapColumns:      {command: "rubric templates import $1 --map 1=D,2=E,3=F", names: []string{"FILE"}},
	models.ActionImportOnBase:    {command: "rubric templates import $1 --base uk-dmm", names: []string{"FILE"}},
	models.ActionExportTemplate:  {command: "rubric templates export $1", names: []string{"ID"}},
	models.ActionCheckTemplate:   {command: "rubric templates check $1", names: []string{"FILE"}},
	models.ActionTemplatesDiff:   {command: "rubric templates diff $1 $2 --crosswalk FILE", names: []string{"EARLIER", "LATER"}},
}

// command says an action as a command, with dir as the round folder; "" for an action that is none.
func command(a models.Action, dir string) string {
	s, ok := sayings[a.Name]
	if !ok {
		return ""
	}
	values := make([]string, max(len(a.On), len(s.names)))
	for i := range values {
		if i < len(a.On) {
			values[i] = plain(a.On[i])
		} else {
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
func nextStep(a models.Action, dir string) string {
	if sayings[a.Name].aside {
		return ""
	}
	if c := command(a, dir); c != "" {
		return "Command: " + c
	}
	return ""
}
