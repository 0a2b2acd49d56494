package lists

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// Apply puts a proposal into effect. The folder is open to write. The error is round.ErrListChanged where the list is not
// the one that the proposal was about.
func Apply(o *office.Office, f *office.Folder, p *Proposal) error {
	if len(p.Problems) > 0 {
		return p.Problems
	}
	if p.Empty() {
		return &fault.Error{Usage: true, Message: "the list has the same recipients with the same entries", Remedy: "nothing needs to be done"}
	}
	var events []round.Event
	for _, rc := range p.Added {
		events = append(events, round.Event{Kind: round.RecipientAdded, Recipient: rc.ID, File: round.RecipientsFile, Note: rc.Name})
	}
	for _, c := range p.Changed {
		events = append(events, changed(c))
	}
	for _, rc := range p.Gone {
		events = append(events, round.Event{Kind: round.RecipientRemoved, Recipient: rc.ID, File: round.RecipientsFile, Note: rc.Name})
	}
	return write(o, f, p.Of, p.rows, events...)
}

func changed(c Change) round.Event {
	var said []string
	for _, x := range c.Fields {
		said = append(said, x.Name+": "+x.Was+" → "+x.Is)
	}
	return round.Event{Kind: round.RecipientChanged, Recipient: c.ID, File: round.RecipientsFile, Note: strings.Join(said, "; ")}
}

// write replaces the list, where the template can be asked of those who are in it.
func write(o *office.Office, f *office.Folder, of string, rows [][]round.Cell, events ...round.Event) error {
	recipients, err := f.CheckList(rows)
	if err != nil {
		return err
	}
	if problems := checks.Asked(f.Template, recipients); len(problems) > 0 {
		return &fault.Error{Usage: true, Message: "the template asks some criteria of some recipients alone: " + strings.Join(problems, "; "), Remedy: "keep that column and its entries in the list"}
	}
	for i := range events {
		events[i].Time = o.Time()
	}
	defer f.Forget()
	return f.ReplaceList(of, rows, events...)
}

// Edit gives the recipient with rc's id the other entries of rc, and says what is different; nothing is written where that is
// nothing. Entries of groups that rc does not name stay. The folder is open to write.
func Edit(o *office.Office, f *office.Folder, rc models.Recipient) ([]Field, error) {
	was, err := f.Select([]string{rc.ID})
	if err != nil {
		return nil, err
	}
	if len(was) != 1 || was[0].ID != rc.ID {
		return nil, &fault.Error{Usage: true, Message: "there is no recipient with the id " + rc.ID, Remedy: "an id never changes: it is what the workbooks say whose they are"}
	}
	fields := differing(was[0], rc)
	if len(fields) == 0 {
		return nil, nil
	}
	rows, of, err := f.List()
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i] = slices.Clone(rows[i])
	}
	at := slices.Index(f.Headings(rows[0]), "id")
	for i := range rows[1:] {
		row := &rows[i+1]
		if at >= len(*row) || strings.TrimSpace((*row)[at].Text) != rc.ID {
			continue
		}
		if err := set(f, rows, i+1, fields); err != nil {
			return nil, err
		}
		return fields, write(o, f, of, rows, changed(Change{rc.ID, rc.Name, fields}))
	}
	return nil, &fault.Error{Message: "the line of " + rc.ID + " is not found in " + round.RecipientsFile, Remedy: "open the list and look whether it is as it should be"}
}

// differing is Differences without the groups and the previous id that are not said.
func differing(was, rc models.Recipient) []Field {
	if rc.PreviousID == "" {
		rc.PreviousID = was.PreviousID
	}
	groups := map[string]string{}
	for g, v := range was.Groups {
		groups[g] = v
	}
	for g, v := range rc.Groups {
		groups[g] = v
	}
	rc.Groups = groups
	return Differences(was, rc)
}

// set writes fields into a row; a column that is not there is added.
func set(f *office.Folder, rows [][]round.Cell, row int, fields []Field) error {
	for _, x := range fields {
		col := slices.Index(f.Headings(rows[0]), x.Name)
		if col < 0 {
			heading, err := f.NewHeading(x.Name)
			if err != nil {
				return err
			}
			col = len(rows[0])
			rows[0] = append(rows[0], heading)
		}
		for len(rows[row]) <= col {
			rows[row] = append(rows[row], round.Cell{})
		}
		rows[row][col].Text = x.Is
	}
	return nil
}

// Add puts a recipient who joins late at the end of the list. The folder is open to write.
func Add(o *office.Office, f *office.Folder, rc models.Recipient) error {
	if slices.ContainsFunc(f.Recipients, func(x models.Recipient) bool { return strings.EqualFold(x.ID, rc.ID) }) {
		return &fault.Error{Usage: true, Message: "the id " + rc.ID + " is in the list already", Remedy: "give the recipient an id of its own, or edit the one that is there"}
	}
	rows, of, err := f.List()
	if err != nil {
		return err
	}
	rows = append(rows, make([]round.Cell, len(rows[0])))
	fields := append([]Field{{Name: "id", Is: rc.ID}}, Differences(models.Recipient{}, rc)...)
	if err := set(f, rows, len(rows)-1, fields); err != nil {
		return err
	}
	return write(o, f, of, rows, round.Event{Kind: round.RecipientAdded, Recipient: rc.ID, File: round.RecipientsFile, Note: rc.Name})
}
