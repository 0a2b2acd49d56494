package round

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"reflect"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/crosswalk"
)

const carriedName = "carried.json"

// Carried reads the answers of earlier rounds that were written into workbooks, by recipient id. There is a set for each
// time that a workbook was made otherwise, because any of them may come back. A record that cannot be read is a
// *fault.Error of wrong usage.
func (r *Round) Carried() (map[string][]crosswalk.CarriedSet, error) {
	out := map[string][]crosswalk.CarriedSet{}
	data, err := r.read(state(carriedName))
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, failure(".rubric/"+carriedName+" cannot be read", err)
	}
	if json.Unmarshal(data, &out) != nil {
		return nil, &fault.Error{Usage: true, Message: ".rubric/" + carriedName + " is damaged, so that answers carried over cannot be told from new ones",
			Remedy: "restore it from a backup, or make the workbooks again with the answers of the same earlier round", Do: actions.Prefill.On()}
	}
	return out, nil
}

// RecordCarried adds the answers that are about to be written into workbooks, by recipient id. They have reached the disk
// when it returns. The file can be read only by the person who runs the round, as the key can.
func (r *Round) RecordCarried(sets map[string]crosswalk.CarriedSet) error {
	all, err := r.Carried()
	if err != nil {
		return err
	}
	changed := false
	for id, set := range sets {
		if known := all[id]; len(set.Answers) > 0 && !containsSet(known, set) {
			all[id], changed = append(known, set), true
		}
	}
	if !changed {
		return nil
	}
	if err := r.stillLocked(); err != nil {
		return err
	}
	return writeFile(filepath.Join(r.Dir, stateDir, carriedName), 0o600, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(all)
	})
}

func containsSet(list []crosswalk.CarriedSet, set crosswalk.CarriedSet) bool {
	for _, x := range list {
		if reflect.DeepEqual(x, set) {
			return true
		}
	}
	return false
}
