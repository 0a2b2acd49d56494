package round

import (
	"maps"
	"slices"
	"time"

	"github.com/rubric-project/rubric/models"
)

// PreferredFiles lists the returns that a person chose to count, by file, the last chosen last. A choice holds for the
// bytes of the file, not for its name.
func PreferredFiles(events []Event, returns []models.Return) []string {
	events = standing(events)
	last := map[string]int{} // by digest, which event said so; -1 where it was taken back
	for i, e := range events {
		if e.Kind == Preferred && e.Digest != "" {
			last[e.Digest] = i
			if e.Note == "no" {
				last[e.Digest] = -1
			}
		}
	}
	chosen := map[int][]string{}
	for i := range returns {
		if at, ok := last[returns[i].Digest]; ok && at >= 0 {
			chosen[at] = append(chosen[at], returns[i].File)
		}
	}
	var files []string
	for _, at := range slices.Sorted(maps.Keys(chosen)) {
		files = append(files, chosen[at]...)
	}
	return files
}

// Settled finds in the journal what the returns cannot say themselves. assigned has the recipient that a person
// credited a file to, by file: it holds for the bytes of that file, wherever they lie now, and not for other bytes
// under its name. received has the time when a file first came in, by file.
func Settled(events []Event, returns []models.Return) (assigned map[string]string, received map[string]time.Time) {
	assigned, received = map[string]string{}, map[string]time.Time{}
	events = standing(events)
	byDigest, came := map[string]string{}, map[string]time.Time{}
	for _, e := range events {
		switch {
		case e.Digest == "":
		case e.Kind == Assigned:
			byDigest[e.Digest] = e.Recipient
		case e.Kind == Received:
			if t, ok := came[e.Digest]; !ok || e.Time.Before(t) {
				came[e.Digest] = e.Time
			}
		}
	}
	for _, ret := range returns {
		if id := byDigest[ret.Digest]; id != "" {
			assigned[ret.File] = id
		}
		if t, ok := came[ret.Digest]; ok {
			received[ret.File] = t
		}
	}
	return assigned, received
}

// Settlements lists what was settled where workbooks differ and still holds, in the order of time, one for each recipient and ref. A decision
// holds for the bytes of a file, wherever they lie now.
func Settlements(events []Event, returns []models.Return) []models.Settlement {
	events = standing(events)
	last := map[[2]string]int{} // by recipient and ref, which event holds
	for i, e := range events {
		if e.Kind == Decided {
			last[[2]string{e.Recipient, e.Ref}] = i
		}
	}
	if len(last) == 0 {
		return nil
	}
	files := map[string]string{} // by digest, the first with these bytes
	for i := range returns {
		if _, known := files[returns[i].Digest]; !known {
			files[returns[i].Digest] = returns[i].File
		}
	}
	var out []models.Settlement
	for i, e := range events {
		if e.Kind != Decided || e.Note == "no" || last[[2]string{e.Recipient, e.Ref}] != i {
			continue
		}
		if file, there := files[e.Digest]; there {
			out = append(out, models.Settlement{Recipient: e.Recipient, Ref: e.Ref, File: file})
		}
	}
	return out
}
