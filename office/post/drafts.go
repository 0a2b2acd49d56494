package post

import (
	"bytes"
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
	known, err := m.f.Made()
	if err != nil {
		return Drafts{}, err
	}
	events := make([]round.Event, len(m.parcels))
	withheld := make([]office.Note, len(m.parcels))
	err = m.post.Each(ctx, "writing drafts", len(m.parcels), func(i int) (err error) {
		events[i], withheld[i], err = m.draft(known, m.parcels[i])
		return err
	})
	if err != nil {
		return Drafts{}, err
	}
	for _, name := range m.stale { // what is not to be sent is not left lying as a draft
		touched, err := known.Clear(name)
		if err != nil {
			return Drafts{}, err
		}
		if touched {
			withheld = append(withheld, office.Note{Text: name + " was written before and saved since; do not send it"})
		}
	}
	events = slices.DeleteFunc(events, func(e round.Event) bool { return e.Kind == "" })
	out := Drafts{Written: len(events), Withheld: slices.DeleteFunc(withheld, func(n office.Note) bool { return n.Text == "" })}
	if len(m.parcels) > 0 {
		out.Folder = filepath.ToSlash(filepath.Dir(m.parcels[0].draft))
	}
	return out, m.f.Record(events...)
}

// draft writes one draft, or says why it is withheld. Where its attachment is not right, nobody gets another's workbook,
// and the others get theirs.
func (m *Mailing) draft(known *office.Made, p parcel) (event round.Event, withheld office.Note, err error) {
	msg, err := p.make(m.f)
	if err == nil {
		err = p.checked(msg)
	}
	if err != nil {
		withheld = office.AsNote(fmt.Errorf("%s: %w", p.who(), err))
		touched, err := known.Clear(p.draft)
		if touched {
			withheld.Text += "; " + p.draft + " was written before and saved since: do not send it"
		}
		return event, withheld, err
	}
	msg.Unsent = true
	var b bytes.Buffer
	if err := msg.Write(&b); err != nil {
		return event, withheld, err
	}
	if !known.Replaces(p.draft, b.Bytes()) {
		return event, office.Note{Text: fmt.Sprintf("%s: %s was saved since it was written, and was left as it is; send it, or delete it and write the drafts again", p.who(), p.draft)}, nil
	}
	event = round.Event{Time: m.post.Time(), Kind: round.Drafted, Recipient: p.recipient.ID, File: p.draft, Address: addressList(msg.To), Note: string(p.kind), Digest: office.Digest(b.Bytes())}
	return event, withheld, m.f.WriteFile(p.draft, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
}
