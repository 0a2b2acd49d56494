package apart

import (
	"context"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// Round is a round whose recipients are divided into shards. It does not change, and may be shared.
type Round struct {
	Folder *office.Folder

	o      *office.Office
	events []round.Event
	input  checks.RegisterInput
	rules  *checks.Rules
	// first has for each shard the least id in it; the ids of a shard stand together when all are sorted.
	first []string
	// places are those of a shard's recipients in the recipients list.
	places [][]int
}

// Open prepares a round for n shards, as it is at a time: that decides what is late.
func Open(o *office.Office, f *office.Folder, n int, now time.Time) (*Round, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	if err := f.Round.Unchanged(events, f.Template.ID); err != nil {
		return nil, err
	}
	r := &Round{Folder: f, o: o, events: events}
	if r.input, err = f.Rules(now, events); err != nil {
		return nil, err
	}
	r.rules = checks.NewRules(r.input)
	r.share(max(1, n))
	return r, nil
}

// share divides the recipients: each shard has as many, but for one.
func (r *Round) share(n int) {
	list := r.Folder.Recipients
	sorted := make([]int, len(list))
	for i := range sorted {
		sorted[i] = i
	}
	slices.SortFunc(sorted, func(a, b int) int { return strings.Compare(list[a].ID, list[b].ID) })
	r.first, r.places = make([]string, n), make([][]int, n)
	for k := range n {
		from, to := k*len(sorted)/n, (k+1)*len(sorted)/n
		r.places[k] = slices.Sorted(slices.Values(sorted[from:to]))
		r.first[k] = "\xff" // no id: the shard is empty
		if from < to {
			r.first[k] = list[sorted[from]].ID
		}
	}
	for k := n - 2; k >= 0; k-- { // an empty shard begins where the next does
		if len(r.places[k]) == 0 {
			r.first[k] = r.first[k+1]
		}
	}
}

// Shards is how many there are.
func (r *Round) Shards() int { return len(r.places) }

// ShardOf is the shard of a recipient.
func (r *Round) ShardOf(recipient string) int {
	k, _ := slices.BinarySearchFunc(r.first, recipient, func(first, id string) int {
		if first <= id {
			return -1
		}
		return 1
	})
	return max(0, k-1)
}

// shard is that of a return: its recipient's, or where it is nobody's one that all with the same bytes have.
func (r *Round) shard(ret *models.Return, assigned map[string]string) int {
	if id := r.rules.Whose(ret, assigned); id != "" {
		return r.ShardOf(id)
	}
	if ret.Digest != "" {
		return r.Spread(ret.Digest)
	}
	return r.Spread(ret.File)
}

// Spread gives a text some shard, the same text always the same.
func (r *Round) Spread(text string) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32() % uint32(len(r.places)))
}

// Read reads one file.
func (r *Round) Read(ctx context.Context, file round.ReturnFile) Read {
	list, findings := r.o.ReadOne(ctx, r.Folder, file)
	return Read{file.File, list, findings}
}

// Divide gives what was read to the shards that it belongs to.
func (r *Round) Divide(x Read) map[int]Read {
	out := map[int]Read{}
	assigned, _ := round.Settled(r.events, x.Returns)
	for i := range x.Returns {
		k := r.shard(&x.Returns[i], assigned)
		part := out[k]
		part.File, part.Returns = x.File, append(part.Returns, x.Returns[i])
		out[k] = part
	}
	if len(x.Findings) > 0 {
		k := r.Spread(x.File)
		part := out[k]
		part.File, part.Findings = x.File, x.Findings
		out[k] = part
	}
	return out
}
