package office

import (
	"context"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// LogResult is one recipient's story.
type LogResult struct {
	Recipient models.Recipient
	// Events are what the journal holds about the recipient and the files credited to it, in order of time.
	Events []round.Event
	// Unreadable counts lines of the journal that are left out.
	Unreadable int
	// Now is where the recipient stands.
	Now   []models.Entry
	Notes []Note
}

// Log tells one recipient's story.
func (o *Office) Log(ctx context.Context, f *Folder, id string) (out LogResult, err error) {
	chosen, err := f.Select([]string{id})
	if err != nil {
		return out, err
	}
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	out.Recipient, out.Now, out.Notes = chosen[0], in.EntriesOf(chosen), in.Notes
	all, unreadable, err := f.Journal()
	if err != nil {
		return out, err
	}
	out.Unreadable = unreadable
	mine, content := map[string]bool{}, map[string]bool{}
	for _, line := range in.Register.Files {
		if line.Recipient == out.Recipient.ID {
			mine[line.File], content[line.Digest] = true, true
		}
	}
	for _, e := range round.Numbered(all) {
		if e.Recipient == out.Recipient.ID || mine[e.File] && e.Kind == round.Received || e.Number > 0 && content[e.Digest] {
			out.Events = append(out.Events, e)
		}
	}
	slices.SortStableFunc(out.Events, func(a, b round.Event) int { return a.Time.Compare(b.Time) })
	return out, nil
}

// Event is an event of the journal.
type Event = round.Event

// Received is the kind of an event that brought a file into returns/.
const Received = round.Received

// Kept is the kind of an event that kept evidence beside a return.
const Kept = round.Kept
