package office

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/rubric-project/rubric/models/crosswalk"
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
	// Touched are workbooks that somebody saved since they were made, and that were therefore left as they are.
	Touched []string
	Notes   []Note
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
	known, err := f.Made()
	if err != nil {
		return out, err
	}
	made, err := o.writeWorkbooks(ctx, f, known, list, out.Prefilled)
	if err != nil { // what was written until then is known again
		if unrecorded := f.Record(slices.DeleteFunc(made, func(e round.Event) bool { return e.Kind == "" })...); unrecorded != nil {
			err = errors.Join(err, unrecorded)
		}
		return out, err
	}
	for i, e := range made {
		if e.Kind == "" {
			out.Touched = append(out.Touched, "outbox/"+list[i].Name)
		}
	}
	made = slices.DeleteFunc(made, func(e round.Event) bool { return e.Kind == "" })
	left, err := f.clearOutbox(known, divided, made, list)
	if err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, f.NoteTouched(InOutbox, slices.Concat(out.Touched, left))...)
	out.Workbooks = len(made)
	var names []string
	for _, e := range made {
		names = append(names, e.File)
	}
	out.Notes = append(out.Notes, f.noteDeep(names)...)
	remade, err := f.noteRemade(made)
	if err != nil {
		return out, err
	}
	out.Notes = append(out.Notes, remade...)
	return out, f.Record(append(divided, made...)...)
}

// writeWorkbooks writes the workbooks, and returns the events that remember them, in the same order. A workbook that
// somebody saved since it was made is left as it is, and its event is the zero value.
func (o *Office) writeWorkbooks(ctx context.Context, f *Folder, known *Made, list []Piece, carried Prefilled) ([]round.Event, error) {
	events := make([]round.Event, len(list))
	err := o.Each(ctx, "writing workbooks", len(list), func(i int) error {
		x := list[i]
		var b bytes.Buffer
		if err := known.books.write(&b, x, carried.sets[x.Recipient.ID]); err != nil {
			return err
		}
		if !known.replacesWorkbook(x, b.Bytes()) {
			return nil
		}
		name := "outbox/" + x.Name
		// By its digest a workbook is known again that comes back as it was sent.
		events[i] = round.Event{Time: o.Time(), Kind: round.Generated, Recipient: x.Recipient.ID, Part: x.Part.ID, File: name,
			Template: f.TemplateDigest, Round: f.Config.ID, Digest: Digest(b.Bytes())}
		return f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
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
	sets map[string]crosswalk.CarriedSet
}
