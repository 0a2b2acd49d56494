package office

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/round"
)

// divide says how the workbooks of these recipients are divided from now on: as it is wanted, or where that is ""
// as they were last. It returns the events that remember what changes, and the parts in p.
func (o *Office) divide(f *Folder, p *Pieces, recipients []models.Recipient, want string) ([]round.Event, []Note, error) {
	switch want {
	case "", "whole", string(models.ByTopic), string(models.ByRespondents), string(models.ByViews):
	default:
		return nil, nil, Bad(Option("split"), " ", want, ": choose topic, respondents, views or whole")
	}
	events, _, err := f.Journal()
	if err != nil {
		return nil, nil, err
	}
	splits, sent := round.Splits(events), wasSent(events)
	var respondents map[string][]round.Respondent
	var out []round.Event
	var changed, rest, none, roles []string
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
		people := split == models.ByRespondents || split == models.ByViews
		if people && !asked[split] {
			list, err := f.Respondents(f.Template)
			if err != nil {
				return nil, nil, err
			}
			respondents = round.RespondentsOf(list)
		}
		asked[split] = true
		parts := round.Parts(f.Template.For(rc), split, respondents[rc.ID])
		if people {
			if len(parts) == 0 {
				none = append(none, rc.ID)
			} else if split == models.ByRespondents && askedAlike(parts, respondents[rc.ID]) {
				roles = append(roles, rc.ID)
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
	note := func(list []string, do actions.Action, format string) {
		if len(list) > 0 {
			notes = append(notes, Note{Text: fmt.Sprintf(format, text.FirstFew(list, 12, "; ", "; and %d more")), Do: do})
		}
	}
	note(rest, actions.Action{}, "topics that no respondent has are in a workbook for the recipient's contact: %s.")
	note(none, actions.Action{}, "respondents.csv names nobody of these recipients; they get one whole workbook for their contact: %s.")
	note(roles, actions.Action{}, "several respondents of these recipients are asked for everything, as parts of one answer, so that it is an error where they differ: %s. Where each is to give a view of the whole, divide by views.")
	note(changed, actions.SendAgain.On(changed...), "the workbooks of these recipients went out divided otherwise than they are now: %s. What comes back of the earlier ones counts beside the new ones; send the new ones where that is not meant.")
	return out, notes, nil
}

// askedAlike says that several respondents, whose roles are given, are asked for the same topics, as for a view each.
func askedAlike(parts []models.Part, respondents []round.Respondent) bool {
	return len(parts) > 1 && len(parts) == len(respondents) &&
		!slices.ContainsFunc(respondents, func(who round.Respondent) bool { return who.Role == "" }) &&
		!slices.ContainsFunc(parts, func(p models.Part) bool { return !slices.Equal(p.Topics, parts[0].Topics) })
}

// wasSent says to whom a message with the recipient's workbook was sent, or drafted.
func wasSent(events []round.Event) map[string]bool {
	out := map[string]bool{}
	for _, e := range events {
		switch e.Kind {
		case round.Sent, round.Drafted, round.Placed, round.Reminded, round.Unsure:
			out[e.Recipient] = true
		}
	}
	return out
}

// clearOutbox takes out of outbox/ what nobody is to send by mistake: workbooks that an earlier run made for recipients
// whose workbooks are divided otherwise now, and drafts that carry another workbook than the one that was made now. It
// returns what stays because somebody changed it since.
func (f *Folder) clearOutbox(known *Made, divided, made []round.Event, list []Piece) (left []string, err error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	affected, renewed, keep, before := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]string{}
	for _, e := range divided {
		affected[e.Recipient] = true
	}
	for _, p := range list {
		keep["outbox/"+p.Name] = true
	}
	for _, e := range events {
		if e.Kind == round.Generated {
			before[e.File] = e.Digest
		}
	}
	for _, e := range made {
		if last, ok := before[e.File]; ok && last != e.Digest {
			renewed[e.Recipient] = true
		}
	}
	seen := map[string]bool{}
	for _, e := range events {
		if keep[e.File] || seen[e.File] || !strings.HasPrefix(e.File, "outbox/") || !filepath.IsLocal(filepath.FromSlash(e.File)) {
			continue
		}
		stale := e.Kind == round.Generated && affected[e.Recipient] ||
			e.Kind == round.Drafted && (affected[e.Recipient] || renewed[e.Recipient] && carriesWorkbook(e))
		if !stale {
			continue
		}
		seen[e.File] = true
		touched, err := known.Clear(e.File)
		if err != nil {
			return left, err
		}
		if touched {
			left = append(left, e.File)
		}
	}
	return left, nil
}

// carriesWorkbook says whether a draft has the workbook of outbox/ attached.
func carriesWorkbook(e round.Event) bool {
	return e.Note == string(mail.Invitation) || e.Note == string(mail.Reminder)
}
