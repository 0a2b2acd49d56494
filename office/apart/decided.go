package apart

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// Decided is what was decided about the recipients of one shard. It is for one goroutine at a time.
type Decided struct {
	*checks.Decided

	r        *Round
	shard    int
	returns  []models.Return
	findings []models.Finding
	// fileOf is the file in returns/ that a return lies in.
	fileOf map[string]string
}

// Decide decides about the recipients of a shard, from all that was read of theirs, in any order. What was decided about
// answers is in the returns from here on: to decide again, decode them again.
func (r *Round) Decide(shard int, read []Read) *Decided {
	d := &Decided{r: r, shard: shard, fileOf: map[string]string{}}
	slices.SortFunc(read, func(a, b Read) int { return strings.Compare(a.File, b.File) }) // of a file there is one
	for i := range read {
		x := &read[i]
		for k := range x.Returns { // Divide keeps their order
			d.fileOf[x.Returns[k].File] = x.File
			d.returns = append(d.returns, x.Returns[k])
		}
		d.findings = append(d.findings, x.Findings...)
	}
	in := r.input
	in.Recipients = nil
	for _, at := range r.places[shard] {
		in.Recipients = append(in.Recipients, r.Folder.Recipients[at])
	}
	r.Folder.Came(&in, d.returns, r.events)
	d.Decided = r.rules.Decide(in)
	return d
}

// FileOf is the file in returns/ that a return lies in.
func (d *Decided) FileOf(file string) string { return d.fileOf[file] }

// Finish is the shard's intake: its register, findings and scores, with what was found across recipients.
func (d *Decided) Finish(copies []checks.Copy, kept []checks.Kept) *office.Intake {
	d.Copied(copies)
	d.Keep(kept)
	return d.r.Folder.Taken(d.Register(), d.returns, d.findings, d.r.events)
}

// Results are those of a shard that was finished, for the rows of its recipients.
func (r *Round) Results(shard int, in *office.Intake) *models.Results {
	out := r.o.ResultsApart(r.Folder, in)
	out.Places = r.places[shard]
	return out
}
