package desk

import (
	"cmp"
	"path"

	"github.com/rubric-project/rubric/office"
)

// eventWords are what the kinds of events are called on the desk.
var eventWords = map[string]string{
	"initialised": "The round was made", "generated": "A workbook was made", "drafted": "A draft was written", "sent": "A message was sent",
	"reminded": "A reminder was sent", "not-sent": "A message could not be sent", "received": "A file came in", "kept": "Evidence was kept",
	"assigned": "A file was credited to a recipient", "preferred": "The return that counts was chosen", "divided": "A workbook was divided",
	"answered": "An answer was decided", "left": "Something was left as it is", "undone": "A decision was taken back",
	"decided": "Which workbook decides was chosen", "sending": "A message was about to be sent", "unsure": "It is not known whether a message arrived",
	"corrections-sent": "Corrections were sent", "results-sent": "A summary was sent", "bounced": "A message came back", "delayed": "A message was delayed",
	"auto-reply": "An automatic reply came", "placed": "A draft was put into the mailbox", "reported": "A summary was made", "ids-restored": "Ids got their zeros back",
	"compared": "What is compared with was recorded", "correction-made": "A workbook to send back was made", "result-made": "A file of results was made",
	"consensus-made": "A consensus workbook was made", "consensus-sent": "A consensus workbook was sent",
	"plan-made": "An action plan was made", "plans-sent": "An action plan was sent", "dated": "A date went out as an entry for the calendar",
	"settings-changed": "Settings of the round were changed",
	"recipient-added":  "A recipient joined the list", "recipient-removed": "A recipient left the list", "recipient-changed": "A recipient's entries were changed",
}

// event says what happened, in few words: what, whose, which file.
func (s speech) event(e office.Event) string {
	what, ok := eventWords[string(e.Kind)]
	if !ok {
		what = string(e.Kind)
	}
	out := s.T(what)
	for _, detail := range []string{e.Recipient, e.Ref, path.Base("/" + e.File), cmp.Or(e.Who, e.By)} {
		if detail != "" && detail != "/" {
			out += " · " + detail
		}
	}
	return out
}
