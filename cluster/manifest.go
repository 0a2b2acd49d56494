package cluster

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
)

// The names of the files that are written last.
const (
	FiguresName  = "figures.json"
	ManifestName = "manifest.json"
)

// Manifest says what a run wrote. Where it is, all that it names is whole.
type Manifest struct {
	// Round is the round's id, and AsOf the time that decided what is late.
	Round  string    `json:"round"`
	AsOf   time.Time `json:"as_of"`
	Shards int       `json:"shards"`
	// Recipients are those of the list, Returned those of whom a return counts.
	Recipients int `json:"recipients"`
	Returned   int `json:"returned"`
	// Returns counts the files of the register by their status.
	Returns map[models.Status]int `json:"returns"`
	// Files are all others, by name.
	Files []File `json:"files"`
}

// manifestFn adds the tallies up to the figures of all, and writes these and then the manifest.
type manifestFn struct{ Options Options }

func (f *manifestFn) ProcessElement(ctx ctx, _ int, next func(*[]byte) bool) error {
	r, err := f.Options.round()
	if err != nil {
		return err
	}
	m := Manifest{Round: r.Folder.Config.ID, AsOf: f.Options.Now, Shards: r.Shards(), Returns: map[models.Status]int{}}
	var sum scoring.Tallies
	var b []byte
	for next(&b) {
		var x shardReport
		if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&x); err != nil {
			return err
		}
		m.Files = append(m.Files, x.Files...)
		if x.Tally != nil {
			sum.Add(x.Tally)
		}
		for status, n := range x.Returns {
			m.Returns[status] += n
		}
	}
	s := r.Folder.Config.ScoringFor(r.Folder.Template)
	c := scoring.NewScorer(r.Folder.Template, s).Consolidation(r.Folder.Config.Groups, &sum)
	m.Recipients, m.Returned = c.Recipients, c.Returned
	figures, err := json.Marshal(c)
	if err != nil {
		return err
	}
	out, err := placeOf(f.Options.Out)
	if err != nil {
		return err
	}
	written, err := writeWhole(ctx, out, FiguresName, figures)
	if err != nil {
		return err
	}
	m.Files = append(m.Files, written)
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	whole, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	_, err = writeWhole(ctx, out, ManifestName, append(whole, '\n'))
	return err
}
