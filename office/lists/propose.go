package lists

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// Proposal is another list beside the round's: how it was read, and what would be different.
type Proposal struct {
	office.ListProposal
	// Join says that only those are taken whom the round's list does not have.
	Join bool `json:"join"`
	// Of is the digest of the round's list that all this is about.
	Of string `json:"of"`
	// Added join, Gone leave, Changed are others than before; Same counts those who are not.
	Added   []models.Recipient `json:"added"`
	Gone    []models.Recipient `json:"gone"`
	Changed []Change           `json:"changed"`
	Same    int                `json:"same"`
	// Moved are those who seem to be in both lists under two ids, as the names are equal: among Gone and Added as well.
	Moved []Moved `json:"moved"`
	// Lost are ids that have zeros less than those of the round's list.
	Lost []round.ShortID `json:"lost"`
	// GoneMade counts those of Gone who have a workbook already.
	GoneMade int `json:"gone_made"`

	rows [][]round.Cell
}

// Change is one recipient who is another than before, by its fields.
type Change struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Fields []Field `json:"fields"`
}

// Field is an entry that is another: name, email, contact, language, previousid, or the heading of a group.
type Field struct {
	Name string `json:"name"`
	Was  string `json:"was"`
	Is   string `json:"is"`
}

// Moved is an organisation that is in both lists under two ids.
type Moved struct{ Was, Is, Name string }

// Empty says that nothing would be different.
func (p *Proposal) Empty() bool { return len(p.Added)+len(p.Gone)+len(p.Changed) == 0 }

// Ready says that the list was read without a problem and would change something.
func (p *Proposal) Ready() bool { return len(p.Problems) == 0 && !p.Empty() }

// Propose reads another list and holds it against the round's: in place of it, or with join for those who are not in it.
// Nothing is changed. Whatever is wrong with the list is among the problems; an error says that it cannot be read at all.
func Propose(ctx context.Context, o *office.Office, f *office.Folder, opts office.ListOptions, join bool) (*Proposal, error) {
	opts.Columns = f.Config.Columns
	read, err := o.ProposeList(ctx, opts)
	if err != nil {
		return nil, err
	}
	p := &Proposal{ListProposal: read, Join: join}
	before, of, err := f.List()
	if err != nil {
		return nil, err
	}
	p.Of = of
	if read.Open() || len(read.Rows) == 0 {
		return p, nil
	}
	rows, err := f.Encoded(read.Rows, read.Renamed())
	if err != nil {
		return nil, err
	}
	p.restoreZeros(f, rows, opts.ShortIDs)
	if join {
		rows = joined(f, before, rows)
	}
	p.rows = rows
	recipients, err := f.CheckList(rows)
	if err != nil && len(p.Problems) == 0 {
		if problems, ok := err.(round.Problems); ok {
			p.Problems = append(p.Problems, problems...)
		} else {
			return nil, err
		}
	}
	p.compare(f, recipients)
	return p, p.countMade(f)
}

// restoreZeros finds ids that are those of the round's list but for zeros at the beginning. With pad they are put back.
func (p *Proposal) restoreZeros(f *office.Folder, rows [][]round.Cell, say string) {
	at := slices.Index(f.Headings(rows[0]), "id")
	if at < 0 {
		return
	}
	listed, by := map[string]bool{}, map[string][]string{}
	for _, row := range rows[1:] {
		if at < len(row) {
			listed[strings.TrimSpace(row[at].Text)] = true
		}
	}
	for _, rc := range f.Recipients {
		if n := strings.TrimLeft(rc.ID, "0"); n != rc.ID && strings.Trim(n, "0123456789") == "" && !listed[rc.ID] {
			by[n] = append(by[n], rc.ID)
		}
	}
	known := map[string]bool{}
	for _, rc := range f.Recipients {
		known[rc.ID] = true
	}
	for i := range rows[1:] {
		row := rows[i+1]
		if at >= len(row) {
			continue
		}
		id := strings.TrimSpace(row[at].Text)
		was := by[strings.TrimLeft(id, "0")]
		if len(was) == 0 || known[id] {
			continue
		}
		p.Lost = append(p.Lost, round.ShortID{Now: id, Was: was})
		if say == "pad" && len(was) == 1 {
			row[at].Text = was[0]
		}
	}
	if len(p.Lost) > 0 && say == "" {
		said := make([]string, len(p.Lost))
		for i, s := range p.Lost {
			said[i] = s.String()
		}
		p.Problems = append(p.Problems, round.Problem{Kind: round.ProblemShort, Option: "short-ids", Choices: "pad or keep",
			Message: fmt.Sprintf("%s zeros at the beginning that the round's list has: %s", text.Count(len(p.Lost), "id lost", "ids lost"), text.FirstFew(said, 5, "; ", "; and %d more")),
			Remedy:  "say whether the zeros are to be put back, or whether these are other recipients"})
	}
}

// joined is the round's rows with those of another list below whose ids are not there yet. Columns that only the other list
// has come at the end.
func joined(f *office.Folder, before, more [][]round.Cell) [][]round.Cell {
	keys := f.Headings(before[0])
	out := [][]round.Cell{slices.Clone(before[0])}
	place := make([]int, len(more[0]))
	for i, key := range f.Headings(more[0]) {
		place[i] = slices.Index(keys, key)
		if place[i] < 0 && key != "" {
			place[i] = len(out[0])
			out[0] = append(out[0], more[0][i])
			keys = append(keys, key)
		}
	}
	out = append(out, before[1:]...)
	at := slices.Index(f.Headings(more[0]), "id")
	known := map[string]bool{}
	for _, rc := range f.Recipients {
		known[strings.ToLower(rc.ID)] = true
	}
	for _, row := range more[1:] {
		if at < len(row) && known[strings.ToLower(strings.TrimSpace(row[at].Text))] {
			continue
		}
		fresh := make([]round.Cell, len(out[0]))
		for i, c := range row {
			if i < len(place) && place[i] >= 0 {
				fresh[place[i]] = round.Cell{Text: c.Text}
			}
		}
		out = append(out, fresh)
	}
	return out
}

// compare says who joins, leaves and changes.
func (p *Proposal) compare(f *office.Folder, now []models.Recipient) {
	before := map[string]models.Recipient{}
	for _, rc := range f.Recipients {
		before[rc.ID] = rc
	}
	for _, rc := range now {
		old, there := before[rc.ID]
		delete(before, rc.ID)
		switch fields := Differences(old, rc); {
		case !there:
			p.Added = append(p.Added, rc)
		case len(fields) > 0:
			p.Changed = append(p.Changed, Change{rc.ID, rc.Name, fields})
		default:
			p.Same++
		}
	}
	names := map[string]string{}
	for _, rc := range f.Recipients {
		if _, gone := before[rc.ID]; gone {
			p.Gone = append(p.Gone, rc)
			names[plain(rc.Name)] = rc.ID
		}
	}
	for _, rc := range p.Added {
		if was := names[plain(rc.Name)]; was != "" {
			p.Moved = append(p.Moved, Moved{was, rc.ID, rc.Name})
		}
	}
}

func plain(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// ErrListChanged says that the round's list is not the one that a proposal is about.
var ErrListChanged = round.ErrListChanged

// Differences lists the fields that are others in b than in a, in the order of a list's columns.
func Differences(a, b models.Recipient) []Field {
	var out []Field
	add := func(name, was, is string) {
		if was != is {
			out = append(out, Field{name, was, is})
		}
	}
	add("name", a.Name, b.Name)
	add("email", a.Email, b.Email)
	add("contact", a.Contact, b.Contact)
	add("language", a.Language, b.Language)
	add("previousid", a.PreviousID, b.PreviousID)
	var groups []string
	for g := range a.Groups {
		groups = append(groups, g)
	}
	for g := range b.Groups {
		if _, there := a.Groups[g]; !there {
			groups = append(groups, g)
		}
	}
	slices.Sort(groups)
	for _, g := range groups {
		add(g, a.Groups[g], b.Groups[g])
	}
	return out
}

func (p *Proposal) countMade(f *office.Folder) error {
	made, err := Made(f)
	for _, rc := range p.Gone {
		if made[rc.ID] {
			p.GoneMade++
		}
	}
	return err
}

// Made says of which recipients a workbook was ever made.
func Made(f *office.Folder) (map[string]bool, error) {
	events, _, err := f.Journal()
	out := map[string]bool{}
	for _, e := range events {
		if e.Kind == round.Generated {
			out[e.Recipient] = true
		}
	}
	return out, err
}
