package post

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// Drafts says which drafts were written.
type Drafts struct {
	Written int
	// Folder is where they lie in the round folder.
	Folder string
	// Withheld say whose message was not written, because its attachment is not right.
	Withheld []office.Note
}

// WriteDrafts writes one .eml for each message into outbox/, to be opened and sent in a mail program. The same round gives
// the same bytes.
func (m *Mailing) WriteDrafts(ctx context.Context) (Drafts, error) {
	if err := m.begin(); err != nil {
		return Drafts{}, err
	}
	events := make([]round.Event, len(m.parcels))
	withheld := make([]office.Note, len(m.parcels))
	err := m.post.Each(ctx, "writing drafts", len(m.parcels), func(i int) error {
		p := m.parcels[i]
		msg, err := p.make(m.f)
		if err == nil {
			err = p.checked(msg)
		}
		if err != nil { // nobody gets another's workbook, and the others get theirs
			withheld[i] = office.AsNote(fmt.Errorf("%s: %w", p.who(), err))
			return m.f.RemoveIfThere(p.draft)
		}
		msg.Unsent = true
		events[i] = round.Event{Time: m.post.Time(), Kind: round.Drafted, Recipient: p.recipient.ID, File: p.draft, Address: addressList(msg.To), Note: string(p.kind)}
		return m.f.WriteFile(p.draft, func(w io.Writer) error { return msg.Write(w) })
	})
	if err != nil {
		return Drafts{}, err
	}
	events = slices.DeleteFunc(events, func(e round.Event) bool { return e.Kind == "" })
	out := Drafts{Written: len(events), Withheld: slices.DeleteFunc(withheld, func(n office.Note) bool { return n.Text == "" })}
	if len(m.parcels) > 0 {
		out.Folder = filepath.ToSlash(filepath.Dir(m.parcels[0].draft))
	}
	return out, m.f.Record(events...)
}
