package round

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
)

// RestoreIDs puts the zeros back that ids of the recipients list lost, there and in respondents.csv, and records it in the
// journal. Ids that several fit are left as they are. A list that is written over is kept in .rubric. It returns the names
// of the lists that were written.
func (r *Round) RestoreIDs(short []ShortID, now time.Time) (written []string, err error) {
	was := map[string]string{}
	var events []Event
	for _, s := range short {
		if len(s.Was) == 1 {
			was[s.Now] = s.Was[0]
			events = append(events, Event{Time: now, Kind: IDsRestored, Recipient: s.Was[0], File: RecipientsFile, Note: s.Now})
		}
	}
	if len(was) == 0 {
		return nil, nil
	}
	for _, list := range []struct{ file, heading string }{{RecipientsFile, "id"}, {RespondentsFile, "recipient"}} {
		data, err := disk.ReadFile(filepath.Join(r.Dir, list.file))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, failure(list.file+" cannot be read", err)
		}
		changed, err := r.replaced(list.file, list.heading, data, was)
		if err != nil {
			return nil, err
		}
		if changed == nil {
			continue
		}
		if err := r.keepList(list.file, data); err != nil {
			return nil, err
		}
		if err := r.WriteFile(list.file, writeBytes(changed)); err != nil {
			return nil, err
		}
		written = append(written, list.file)
	}
	for i := range r.Recipients {
		if id := was[r.Recipients[i].ID]; id != "" {
			r.Recipients[i].ID = id
		}
	}
	return written, r.Record(events...)
}

// replaced is a list in which the texts of one column are others, with the separators that it has; nil where nothing is.
func (r *Round) replaced(file, heading string, data []byte, by map[string]string) ([]byte, error) {
	content, problem := decodeText(file, data)
	if problem != nil {
		return nil, Problems{*problem}
	}
	rows, err := ReadCSV(file, data)
	if err != nil {
		return nil, err
	}
	at, changed := -1, false
	for _, row := range rows {
		for i, c := range row {
			if at < 0 && r.isHeading(c.Text, heading) {
				at = i
			} else if id, ok := by[tidy(c.Text)]; ok && i == at {
				row[i].Text, changed = id, true
			}
		}
	}
	if !changed {
		return nil, nil
	}
	b, err := encodeLike(content, rows)
	if err != nil {
		return nil, failure(file+" cannot be written", err)
	}
	return b, nil
}

// isHeading says whether a text is the heading of a column, by its own name or as round.yaml maps it.
func (r *Round) isHeading(s, heading string) bool {
	mapped := r.Config.Columns[heading]
	return plain(s) == heading || mapped != "" && plain(s) == plain(mapped)
}

// keepList keeps a list that is about to be written over, in .rubric.
func (r *Round) keepList(file string, data []byte) error {
	return r.WriteFile(stateDir+"/"+strings.TrimSuffix(file, ".csv")+"-before-"+digest(data)+".csv", writeBytes(data))
}
