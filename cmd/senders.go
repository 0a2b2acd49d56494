package cmd

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// noteSenders adds a finding to each return that came by mail from an address that is not its recipient's.
func noteSenders(register *models.Register, events []round.Event) {
	senders := map[string][]string{} // by digest, as several messages may have brought the same file
	for _, e := range events {
		if e.Kind == round.Received && e.Address != "" {
			senders[e.Digest] = append(senders[e.Digest], strings.Split(e.Address, "; ")...)
		}
	}
	for n := range register.Entries {
		entry := &register.Entries[n]
		if entry.Return == nil || len(senders[entry.Return.Digest]) == 0 {
			continue
		}
		from := senders[entry.Return.Digest]
		fits := false
		for _, s := range from {
			fits = fits || mail.SenderFits(entry.Recipient.Email, s)
		}
		if fits {
			continue
		}
		f := models.NewFinding(models.MailOtherSender, models.Origin{File: entry.File},
			fmt.Sprintf("The return of %s came from %s, which is not its address in the recipients list.", entry.Recipient.Name, strings.Join(from, ", ")))
		f.Recipient = entry.Recipient.ID
		entry.Warnings++
		for i, line := range register.Files {
			if line.File == entry.File {
				register.Files[i].Findings = append(register.Files[i].Findings, f)
				models.SortFindings(register.Files[i].Findings)
			}
		}
	}
}
