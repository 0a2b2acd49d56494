package office

import (
	"context"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/round"
)

// AsIf is what a recipient's scores are, and what they would be: nil where no return counts.
type AsIf struct {
	Recipient string `json:"recipient"`
	// FileNow is the file that counts, FileThen the one that would; several have "; " between them.
	FileNow  string `json:"file_now,omitempty"`
	FileThen string `json:"file_then,omitempty"`
	// Now and Then are the scorecards.
	Now  *models.Scorecard `json:"now"`
	Then *models.Scorecard `json:"then"`
}

// AsIf says what the scores would be with some decisions made, and others taken back, without recording anything: for
// each recipient whose return would be another, in the order of the list. batch needs no reason.
func (o *Office) AsIf(ctx context.Context, f *Folder, batch decisions.Batch) ([]AsIf, error) {
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return nil, err
	}
	if batch.Reason == "" {
		batch.Reason = "as if"
	}
	made, err := o.asked(f, in, batch)
	if err != nil {
		return nil, err
	}
	undone, err := in.toUndo(batch.Undo)
	if err != nil {
		return nil, err
	}
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	read := in.read
	if read == nil {
		if read, _, err = o.readReturns(ctx, f); err != nil {
			return nil, err
		}
	}
	then, err := f.judge(read, in.passedOver, round.AsIf(events, made, undone), o.Time())
	if err != nil {
		return nil, err
	}
	var out []AsIf
	for i := range in.Members {
		x := AsIf{Recipient: in.Members[i].Recipient.ID, FileNow: in.Register.Entries[i].File, FileThen: then.Register.Entries[i].File}
		if x.FileNow == x.FileThen && in.answersFrom(i) == then.answersFrom(i) {
			continue
		}
		x.Now, x.Then = in.Scorecard(i), then.Scorecard(i)
		out = append(out, x)
	}
	return out, nil
}
