package office

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// divide says how the workbooks of these recipients are divided from now on: as it is wanted, or where that is ""
// as they were last. It returns the events that remember what changes, and the parts in p.
func (o *Office) divide(f *Folder, p *Pieces, recipients []models.Recipient, want string) ([]round.Event, []Note, error) {
	switch want {
	case "", "whole", string(models.ByTopic), string(models.ByRespondents):
	default:
		return nil, nil, Bad(Option("split"), " ", want, ": choose topic, respondents or whole")
	}
	events, _, err := f.Journal()
	if err != nil {
		return nil, nil, err
	}
	splits, sent := round.Splits(events), wasSent(events)
	var respondents map[string][]round.Respondent
	var out []round.Event
	var changed, rest, none []string
	asked := map[models.Split]bool{}
	for _, rc := range recipients {
		before := splits[rc.ID]
		split := models.Split(want)
		switch want {
		case "":
			split = before
		case "whole":
			split = models.Whole
		}
		if split == models.ByRespondents && !asked[split] {
			list, err := f.Respondents(f.Template)
			if err != nil {
				return nil, nil, err
			}
			respondents = round.RespondentsOf(list)
		}
		asked[split] = true
		parts := round.Parts(f.Template.For(rc), split, respondents[rc.ID])
		if split == models.ByRespondents {
			if len(parts) == 0 {
				none = append(none, rc.ID)
			} else if last := parts[len(parts)-1]; last.ID == models.ContactPart {
				rest = append(rest, rc.ID+": "+models.TopicList(last.Topics))
			}
		}
		if !reflect.DeepEqual(parts, p.parts[rc.ID]) && len(parts)+len(p.parts[rc.ID]) > 0 || split != before {
			if sent[rc.ID] {
				changed = append(changed, rc.ID)
			}
			out = append(out, round.Event{Time: o.Time(), Kind: round.Divided, Recipient: rc.ID, Note: string(split), Parts: parts})
			p.parts[rc.ID] = parts
		}
	}
	p.name()
	var notes []Note
	note := func(list []string, do models.Action, format string) {
		if len(list) > 0 {
			notes = append(notes, Note{Text: fmt.Sprintf(format, text.FirstFew(list, 12, "; ", "; and %d more")), Do: do})
		}
	}
	note(rest, models.Action{}, "topics that no respondent has are in a workbook for the recipient's contact: %s.")
	note(none, models.Action{}, "respondents.csv names nobody of these recipients; they get one whole workbook for their contact: %s.")
	note(changed, models.ActionSendAgain.On(changed...), "the workbooks of these recipients went out divided otherwise than they are now: %s. What comes back of the earlier ones counts beside the new ones; send the new ones where that is not meant.")
	return out, notes, nil
}

// wasSent says to whom a message with the recipient's workbook was sent, or drafted.
func wasSent(events []round.Event) map[string]bool {
	out := map[string]bool{}
	for _, e := range events {
		switch e.Kind {
		case round.Sent, round.Drafted, round.Reminded, round.Unsure:
			out[e.Recipient] = true
		}
	}
	return out
}

// clearOutbox takes workbooks out of outbox/ that an earlier run made for these recipients and this one did not, and
// the drafts that go with them: nobody is to send them by mistake. A file that somebody changed since stays.
func (f *Folder) clearOutbox(divided []round.Event, made []Piece) error {
	if len(divided) == 0 {
		return nil
	}
	events, _, err := f.Journal()
	if err != nil {
		return err
	}
	affected, keep := map[string]bool{}, map[string]bool{}
	for _, e := range divided {
		affected[e.Recipient] = true
	}
	for _, p := range made {
		keep["outbox/"+p.Name] = true
	}
	for _, e := range events {
		if !affected[e.Recipient] || keep[e.File] || !strings.HasPrefix(e.File, "outbox/") || strings.Contains(e.File, "..") {
			continue
		}
		switch e.Kind {
		case round.Drafted:
			err = f.RemoveIfThere(e.File)
		case round.Generated:
			b, readErr := os.ReadFile(f.path(e.File))
			if sum := sha256.Sum256(b); readErr == nil && hex.EncodeToString(sum[:]) == e.Digest {
				err = f.RemoveIfThere(e.File)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
