package office

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// noteSenders adds a finding to each return that came by mail from an address that is not its recipient's.
func (in *Intake) noteSenders(returns []models.Return, events []round.Event) {
	senders := map[string][]string{} // by digest, as several messages may have brought the same file
	for _, e := range events {
		if e.Kind == round.Received && e.Address != "" {
			senders[e.Digest] = append(senders[e.Digest], strings.Split(e.Address, "; ")...)
		}
	}
	from := map[string][]string{} // by file
	for _, ret := range returns {
		from[ret.File] = append(ret.Senders, senders[ret.Digest]...)
	}
	for n := range in.Register.Entries {
		for _, file := range in.Register.Entries[n].Counts() {
			in.noteSender(&in.Register.Entries[n], file, from[file])
		}
		e := &in.Register.Entries[n]
		warnings := e.Warnings
		for _, p := range e.Parts { // of views, what counts knows nothing
			if p.View != nil && !slices.Contains(e.Counts(), p.File) {
				in.noteSender(e, p.File, from[p.File])
			}
		}
		e.Warnings = warnings
	}
}

// noteSender adds the finding to one file that counts, where none of the senders is the recipient's or the
// respondent's whose part it is.
func (in *Intake) noteSender(entry *models.Entry, file string, from []string) {
	known := entry.Recipient.Email
	for _, p := range entry.Parts {
		if p.File == file && p.Email != "" {
			known += "; " + p.Email
		}
	}
	if len(from) == 0 || slices.ContainsFunc(from, func(s string) bool { return mail.SenderFits(strings.TrimPrefix(known, "; "), s) }) {
		return
	}
	f := models.NewFinding(models.MailOtherSender, models.Origin{File: file},
		"The return of %s (%s) came from %s, which is not its address in the recipients list.", entry.Recipient.ID, entry.Recipient.Name, strings.Join(from, ", "))
	f.Recipient = entry.Recipient.ID
	entry.Warnings++
	if i, ok := in.lines[file]; ok {
		line := &in.Register.Files[i]
		line.Findings = append(line.Findings, f)
		models.SortFindings(line.Findings)
	}
}
