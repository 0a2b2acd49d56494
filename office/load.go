package office

import (
	"context"
	"errors"
	"fmt"

	"github.com/rubric-project/rubric/dataset/warehouse"
	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
)

// Load puts the round into a warehouse: a PostgreSQL database of many rounds, in place of what it holds of this one. The
// address is as psql takes it. Earlier is the round before: it is needed where the template has changed since, so that what
// changed, and how criteria go on, is loaded too. The results are not written.
func (o *Office) Load(ctx context.Context, f *Folder, address string, earlier Earlier) (out warehouse.Loaded, notes []Note, err error) {
	w, err := warehouse.Open(ctx, address)
	if err != nil {
		return out, nil, loadError(err)
	}
	defer w.Close(context.WithoutCancel(ctx))
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, nil, err
	}
	since, notes, err := o.since(ctx, earlier, f, in)
	if notes = append(in.Notes, notes...); err != nil {
		return out, notes, err
	}
	if earlier.Dir == "" {
		notes = append(notes, crosswalkLeftOut(f)...)
	}
	out, err = w.Load(ctx, warehouse.Input{Results: o.results(f, in, since), Crosswalk: since.walk})
	return out, notes, loadError(err)
}

// crosswalkLeftOut notes that the round's crosswalk is not loaded, as the template that it leads from is not at hand.
func crosswalkLeftOut(f *Folder) []Note {
	data, err := disk.ReadFile(f.path(round.CrosswalkFile))
	if err != nil {
		return nil
	}
	from, to, ok := templates.CrosswalkEditions(round.CrosswalkFile, data)
	if !ok || from == to {
		return nil
	}
	return noted(fmt.Sprintf("%s is not loaded, as it is checked against both templates: name the earlier round, whose template is %s, as the one to compare with. Without it, only criteria go on that are the same by ref, wording and scale.", round.CrosswalkFile, from))
}

// loadError says what can be done about an error of the warehouse.
func loadError(err error) error {
	remedies := map[error]string{
		warehouse.ErrUnreachable: "check the address with psql, and that the server is up; nothing was changed",
		warehouse.ErrRefused:     "let the role that loads own the schemas rubric and rubric_analysis, or before the first load give it the right to create them; nothing was changed",
		warehouse.ErrReaders:     "ask whoever it is to end the query or transaction, and load again; nothing was changed",
	}
	for kind, remedy := range remedies {
		if errors.Is(err, kind) {
			return &fault.Error{Message: err.Error(), Remedy: remedy, Err: err}
		}
	}
	if errors.Is(err, warehouse.ErrAddress) {
		return &fault.Error{Usage: true, Message: err.Error(), Remedy: "write it as postgres://user@host/database", Err: err}
	}
	return err
}
