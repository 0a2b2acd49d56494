package post

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// addressee is somebody who gets a message: a recipient's contact, or one of its respondents.
type addressee struct {
	// recipient is as in the list, but for the address and the contact of a respondent.
	recipient models.Recipient
	// respondent is the id of the part that is the respondent's; "" for the recipient's contact.
	respondent string
	pieces     []office.Piece
	// files are the attachments' paths in the round folder, one for each piece.
	files []string
	// problems counts entries to correct.
	problems int
	// findings are what came out for the recipient, in sentences.
	findings []string
}

// addressees says who gets these workbooks of a recipient, which lie in a folder: each respondent his or her own, and
// the contact all others in one message.
func addressees(list []office.Piece, folder string, emails map[[2]string]string) []addressee {
	var out []addressee
	contact := -1
	for _, x := range list {
		file := folder + "/" + x.Name
		if x.Part.Respondent() != "" {
			a := addressee{recipient: x.Recipient, respondent: x.Part.ID, pieces: []office.Piece{x}, files: []string{file}}
			a.recipient.Contact, a.recipient.Email = x.Part.Name, x.Part.Email
			if now, ok := emails[[2]string{x.Recipient.ID, x.Part.Name}]; ok {
				a.recipient.Email = now
			}
			out = append(out, a)
			continue
		}
		if contact < 0 {
			contact = len(out)
			out = append(out, addressee{recipient: x.Recipient})
		}
		out[contact].pieces = append(out[contact].pieces, x)
		out[contact].files = append(out[contact].files, file)
	}
	return out
}

// respondentEmails are the addresses in respondents.csv as it is now, by recipient and name: one that was corrected
// after the workbooks were made counts. Where the list divides the topics otherwise by now, that is noted.
func respondentEmails(f *office.Folder) (map[[2]string]string, []office.Note, error) {
	if _, err := os.Stat(filepath.Join(f.Dir, round.RespondentsFile)); err != nil {
		return nil, nil, nil
	}
	list, err := f.Respondents(f.Template)
	if err != nil {
		return nil, nil, err
	}
	out := map[[2]string]string{}
	for _, r := range list {
		out[[2]string{r.Recipient, r.Name}] = r.Email
	}
	events, _, err := f.Journal()
	if err != nil {
		return nil, nil, err
	}
	made, _ := round.PartsMade(events)
	splits := round.Splits(events)
	respondents := round.RespondentsOf(list)
	var stale []string
	for _, rc := range f.Recipients {
		split := splits[rc.ID]
		if (split == models.ByRespondents || split == models.ByViews) &&
			!slices.EqualFunc(made[rc.ID], round.Parts(f.Template.For(rc), split, respondents[rc.ID]), sameShare) {
			stale = append(stale, rc.ID)
		}
	}
	if len(stale) > 0 {
		return out, []office.Note{{Do: actions.Generate.On(), Text: "respondents.csv was changed since the workbooks of these recipients were made: " + text.FirstFew(stale, 12, "; ", "; and %d more") + ". Make the workbooks again to divide them anew."}}, nil
	}
	return out, nil, nil
}

// sameShare says whether two parts are the same person's and have the same topics; an address does not matter.
func sameShare(a, b models.Part) bool {
	return a.ID == b.ID && slices.Equal(a.Topics, b.Topics)
}

// names are the attachments as the addressee sees them. Parts are named as in outbox/, which tells them apart.
func (a addressee) names(f *office.Folder, label string) []string {
	var out []string
	for i, x := range a.pieces {
		ext := filepath.Ext(a.files[i])
		name := mail.AttachmentName(ext, f.Config.Title, label, a.recipient.Name)
		if x.Part.ID != "" {
			name = strings.TrimSuffix(x.Name, filepath.Ext(x.Name))
			if label != "" {
				name += " - " + label
			}
			name += ext
		}
		out = append(out, name)
	}
	return out
}

// reference is that of the workbook, where it is one.
func (a addressee) reference(f *office.Folder) string {
	if len(a.pieces) != 1 {
		return ""
	}
	return a.pieces[0].Manifest(f).Reference(f.Key)
}

// topics says which topics a respondent, or the contact, is asked for; "" where it is all of them.
func (a addressee) topics(t *models.Template) string {
	var out []string
	for _, x := range a.pieces {
		for _, id := range x.Part.Topics {
			if topic, ok := t.Topic(id); ok {
				out = append(out, topic.Name)
			}
		}
	}
	return strings.Join(out, "; ")
}

// who names an addressee for the office.
func (a addressee) who() string {
	if a.respondent != "" {
		return a.recipient.Contact + ", " + a.recipient.Name + " (" + a.recipient.ID + ")"
	}
	return a.recipient.Name + " (" + a.recipient.ID + ")"
}
