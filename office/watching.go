package office

import "github.com/rubric-project/rubric/round"

// Stamp tells cheaply whether a round folder may have changed: two that are equal say that no name, size or time of a
// file was seen to change. See round.Stamp for what it does not notice.
func Stamp(dir string) (string, error) { return round.Stamp(dir) }

// Locked says who works on a round folder now, or nil.
func Locked(dir string) *Holder { return round.LockHolder(dir) }

// Holder is who works on a round folder, and since when.
type Holder = round.Holder
