package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// GenerateOptions say which workbooks to write, and how.
type GenerateOptions struct {
	// Only are the ids of recipients; none stand for all.
	Only []string
	// Split is "topic", "respondents" or "whole"; "" is as the workbooks were last divided.
	Split string
	// Prefill is the round whose answers are filled in, if there is one.
	Prefill Earlier
}

// GenerateResult says what was written into outbox/.
type GenerateResult struct {
	Workbooks  int
	Recipients int
	Prefilled  Prefilled
	Notes      []Note
}

// Generate writes the recipients' workbooks into outbox/ and records in the journal that they were made. The folder is
// open to write.
func (o *Office) Generate(ctx context.Context, f *Folder, opts GenerateOptions) (out GenerateResult, err error) {
	recipients, err := f.Select(opts.Only)
	if err != nil {
		return out, err
	}
	if err := f.Unchanged(); err != nil {
		return out, err
	}
	defer f.Forget()
	out.Recipients = len(recipients)
	if out.Prefilled, out.Notes, err = o.prefill(ctx, f, opts.Prefill, recipients); err != nil {
		return out, err
	}
	p, err := f.Pieces()
	if err != nil {
		return out, err
	}
	divided, notes, err := o.divide(f, p, recipients, opts.Split)
	if err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, notes...)
	var list []Piece
	for _, rc := range recipients {
		list = append(list, p.Of(rc)...)
	}
	if err := f.RecordCarried(out.Prefilled.sets); err != nil {
		return out, err
	}
	if err := f.KeepTemplate(); err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, noteLanguages(f.Template, f.Languages(recipients), false)...)
	made, err := o.writeWorkbooks(ctx, f, list, out.Prefilled)
	if err != nil {
		return out, err
	}
	if err := f.clearOutbox(divided, list); err != nil {
		return out, err
	}
	out.Workbooks = len(list)
	remade, err := f.noteRemade(made)
	if err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, remade...)
	return out, f.Record(append(divided, made...)...)
}

// writeWorkbooks writes the workbooks, and returns the events that remember them.
func (o *Office) writeWorkbooks(ctx context.Context, f *Folder, list []Piece, carried Prefilled) ([]round.Event, error) {
	prepared := books{f: f}
	events := make([]round.Event, len(list))
	err := o.Each(ctx, "writing workbooks", len(list), func(i int) error {
		x := list[i]
		answers := carried.sets[x.Recipient.ID].Answers
		since := ""
		if len(answers) > 0 {
			since = carried.Since
		}
		book, err := prepared.of(x, since)
		if err != nil {
			return err
		}
		name := "outbox/" + x.Name
		m := x.Manifest(f)
		sum := sha256.New()
		err = f.WriteFile(name, func(w io.Writer) error {
			if since != "" {
				return book.WriteCarried(io.MultiWriter(w, sum), x.Recipient, m.Sealed(f.Key), m.Reference(f.Key), answers)
			}
			return book.Write(io.MultiWriter(w, sum), x.Recipient, m.Sealed(f.Key), m.Reference(f.Key))
		})
		// By its digest a workbook is known again that comes back as it was sent.
		events[i] = round.Event{Time: o.Time(), Kind: round.Generated, Recipient: x.Recipient.ID, Part: x.Part.ID, File: name,
			Template: f.TemplateDigest, Round: f.Config.ID, Digest: hex.EncodeToString(sum.Sum(nil))}
		return err
	})
	return events, err
}

// Prefilled is what is carried over from an earlier round into the workbooks; nothing, where Since is "".
type Prefilled struct {
	// Since names the earlier round for people.
	Since string
	// Answers counts what is carried over, Left the answers of then that have no place now or could not be carried over,
	// Recipients whose workbooks get some.
	Answers, Left, Recipients int

	// sets are what each recipient's workbook gets, by id.
	sets map[string]models.CarriedSet
}
