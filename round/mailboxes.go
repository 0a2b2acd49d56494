package round

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/rubric-project/rubric/internal/disk"
)

// mailboxesName is the file that says which messages of mailboxes were read. Where it is lost they are read again, and what is
// in returns/ already is not copied again.
const mailboxesName = "mailboxes.json"

// ReadLetters are the messages of a mailbox's folder that were read before, by what the mailbox knows them by.
func (r *Round) ReadLetters(source string) (map[string]bool, error) {
	all, err := r.mailboxes()
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, id := range all[source] {
		out[id] = true
	}
	return out, nil
}

func (r *Round) mailboxes() (map[string][]string, error) {
	all := map[string][]string{}
	b, err := disk.ReadFile(filepath.Join(r.Dir, stateDir, mailboxesName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, failure(mailboxesName+" cannot be read", err)
	}
	if json.Unmarshal(b, &all) != nil {
		all = map[string][]string{}
	}
	return all, nil
}

// KeepReadLetters remembers that messages were read.
func (r *Round) KeepReadLetters(source string, ids []string) error {
	all, err := r.mailboxes()
	if err != nil {
		return err
	}
	list := append(all[source], ids...)
	slices.Sort(list)
	all[source] = slices.Compact(list)
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(r.Dir, stateDir, mailboxesName), 0o600, writeBytes(b))
}
