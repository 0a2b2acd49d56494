// Package consensus makes the consensus workbooks of a round: for each recipient whose respondents gave views of the whole
// assessment, a workbook with all of them side by side, in which a meeting chooses the answer that counts.
//
// Make is where to begin; it writes into results/consensus/ and never over what somebody filled in there. What comes back is
// read with the returns and is the recipient's return: which counts, and what is wrong with it, says package checks.
// Behind says whether views came since a workbook was made.
package consensus

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// Folder is where the consensus workbooks lie in the round folder.
const Folder = "results/consensus/"

// Result says what was written into results/consensus/.
type Result struct {
	// Workbooks counts the workbooks, and Views the views in them.
	Workbooks, Views int
	// Touched are workbooks that somebody saved since they were made, and that were therefore left as they are.
	Touched []string
	Notes   []office.Note
}

// Make writes the consensus workbooks of the recipients with these ids, or with none of all of whom two views are back and no
// consensus workbook is, and records in the journal that they were made. The folder is open to write.
func Make(ctx context.Context, o *office.Office, f *office.Folder, only []string) (out Result, err error) {
	chosen, err := f.Select(only)
	if err != nil {
		return out, err
	}
	if err := f.Unchanged(); err != nil {
		return out, err
	}
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	out.Notes = in.Notes
	known, err := f.Made()
	if err != nil {
		return out, err
	}
	p, err := f.Pieces()
	if err != nil {
		return out, err
	}
	m := &making{o: o, f: f, pieces: p, known: known}
	entries := m.members(in.EntriesOf(chosen), len(only) > 0)
	events, err := m.write(ctx, entries)
	if recordErr := f.Record(slices.DeleteFunc(slices.Clone(events), func(e round.Event) bool { return e.Kind == "" })...); err == nil {
		err = recordErr
	}
	f.Forget()
	for i := range entries {
		switch d := m.done[i]; {
		case d.touched:
			out.Touched = append(out.Touched, d.name)
		case d.name != "":
			out.Workbooks++
			out.Views += d.views
		}
	}
	out.Notes = append(out.Notes, m.notes(out.Touched)...)
	return out, err
}

// Behind says whether views of an entry came, or were sent anew, since the workbook of a piece was made.
func Behind(e *models.Entry, x office.Piece) bool {
	return !slices.Equal(views.Sources(views.Of(e)), x.Part.Topics)
}

// making is consensus workbooks in the making.
type making struct {
	o      *office.Office
	f      *office.Folder
	pieces *office.Pieces
	known  *office.Made
	// few, back and incomplete name the recipients of whom too few views are back, whose consensus is back, and of whom some
	// views are outstanding.
	few, back, incomplete []string
	done                  []made
}

// made is what became of one workbook.
type made struct {
	name    string
	touched bool
	views   int
}

// leastViews is how many views there must be for something to be agreed on, where nobody was named.
const leastViews = 2

// members are the entries that get a workbook.
func (m *making) members(entries []models.Entry, named bool) (out []models.Entry) {
	for _, e := range entries {
		if !e.HasViews() {
			continue
		}
		id, n := e.Recipient.ID, len(views.Of(&e))
		asked, all := e.PartsBack()
		switch {
		case n == 0 || n < leastViews && !named:
			m.few = append(m.few, id)
			continue
		case e.Consensus && !named:
			m.back = append(m.back, id)
			continue
		case asked < all:
			m.incomplete = append(m.incomplete, fmt.Sprintf("%s: %d of %d", id, asked, all))
		}
		out = append(out, e)
	}
	return out
}

// write writes the workbooks, and returns the events that remember them, in the same order.
func (m *making) write(ctx context.Context, entries []models.Entry) ([]round.Event, error) {
	m.done = make([]made, len(entries))
	events := make([]round.Event, len(entries))
	err := m.o.Each(ctx, "writing consensus workbooks", len(entries), func(i int) error {
		rc := entries[i].Recipient
		list := views.Of(&entries[i])
		x, _ := m.pieces.Consensus(rc)
		x.Part.Topics = views.Sources(list)
		book, err := assessment.NewConsensus(m.f.Template.For(rc), m.f.In(m.f.LanguageOf(rc)), list)
		if err != nil {
			return err
		}
		manifest := x.Manifest(m.f)
		var b bytes.Buffer
		if err := book.Write(&b, rc, manifest.Sealed(m.f.Key), manifest.Reference(m.f.Key)); err != nil {
			return err
		}
		name := Folder + x.Name
		m.done[i] = made{name: name, views: len(list)}
		if !m.known.Replaces(name, b.Bytes()) {
			m.done[i].touched = true
			return nil
		}
		if last, ok := m.pieces.Consensus(rc); !ok || !m.known.Is(b.Bytes()) || !slices.Equal(last.Part.Topics, x.Part.Topics) {
			events[i] = round.Event{Time: m.o.Time(), Kind: round.ConsensusMade, Recipient: rc.ID, Part: x.Part.ID, Parts: []models.Part{x.Part}, File: name,
				Template: m.f.TemplateDigest, Round: m.f.Config.ID, Digest: office.Digest(b.Bytes())}
		}
		return m.f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
	})
	return events, err
}

// notes say whose workbook was not made, or was made without all views, and why.
func (m *making) notes(touched []string) []office.Note {
	out := m.f.NoteTouched(office.InConsensus, touched)
	note := func(list []string, said string) {
		if len(list) > 0 {
			out = append(out, office.Note{Text: fmt.Sprintf(said, text.FirstFew(list, 12, "; ", "; and %d more"))})
		}
	}
	note(m.few, "fewer than two views are back of these recipients, and no consensus workbook was made for them: %s.")
	note(m.incomplete, "not all views that were asked for are back of these recipients: %s. Make their consensus workbooks again when the others come.")
	note(m.back, "the consensus workbooks of these recipients are back, and none was made anew: %s. Name a recipient to make its workbook again.")
	return out
}
