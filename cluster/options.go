package cluster

import (
	"cmp"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/rubric-project/rubric/buckets/bucket"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/apart"
)

// Options are what a run is given. They go to every worker.
type Options struct {
	// Round is the round's folder, and Out the folder that the shards are written into, both as each worker reaches them. Each
	// may be the address of a bucket (package bucket).
	Round, Out string
	// Returns is the address of a bucket whose objects stand in the place of those in the round's folder returns/; "" for these.
	Returns string
	// Results is the folder or bucket in which results/ of a round in a bucket is written; "" for the round's own.
	Results string
	// Shards is how many shards the recipients are divided into; 0 stands for one for every 5,000 recipients.
	Shards int
	// Now is the time that decides what is late.
	Now time.Time
	// Version is the program's, for the workbook's sheet Method.
	Version string
	// Reports has Finish write the summaries and the overview too.
	Reports bool
	// FinishOnly leaves the pipeline out: it has run, and its manifest says at what time.
	FinishOnly bool
	// Jobs is how many files Finish works on at once.
	Jobs int
	// Run tells runs apart: a worker opens the round once for each. Run fills it in.
	Run string
}

// perShard is how many recipients a shard has where nobody says: those of one fit into a worker's memory many times.
const perShard = 5000

func (o Options) office() *office.Office {
	return &office.Office{Jobs: o.Jobs, Now: func() time.Time { return o.Now }, Version: o.Version}
}

// check says what is missing.
func (o Options) check() error {
	switch {
	case o.Round == "":
		return errors.New("give the round's folder")
	case o.Out == "":
		return errors.New("give a folder for the shards")
	case o.Returns != "" && !bucket.Is(o.Returns):
		return errors.New("the returns of a round in a folder lie in it; only those in a bucket are named apart")
	case o.Results != "" && !bucket.Is(o.Round):
		return errors.New("results/ of a round in a folder is written there; only that of one in a bucket can be elsewhere")
	case within(o.Out, o.Round):
		return errors.New("the shards must not lie in the round's folder: choose another one")
	case within(o.Out, o.Returns), o.Results != "" && within(o.Results, o.Returns):
		return errors.New("what is written must not lie among the returns: choose another place")
	case o.Shards < 0 || o.Shards > 99999:
		return errors.New("there can be 1 to 99,999 shards")
	}
	return nil
}

// opened are the rounds that this process has opened, by the options as text: those of a worker come from there.
var opened sync.Map

func (o Options) key() string {
	b, err := json.Marshal(o)
	if err != nil {
		panic(err) // a mistake in Options
	}
	return string(b)
}

// openRound is a round that is open at a worker.
type openRound struct {
	*apart.Round
	// source is where it comes from, where something of it lies in a bucket.
	source *source
}

// round opens the round, once in each process. Where it cannot be opened the next bundle tries again.
func (o Options) round() (*openRound, error) {
	key := o.key()
	open, _ := opened.LoadOrStore(key, sync.OnceValues(func() (*openRound, error) {
		of := o.office()
		f, s, err := o.open(of, "")
		var r *apart.Round
		if err == nil {
			r, err = apart.Open(of, f, cmp.Or(o.Shards, (len(f.Recipients)+perShard-1)/perShard), o.Now)
		}
		if err != nil {
			opened.Delete(key)
			return nil, err
		}
		return &openRound{r, s}, nil
	}))
	return open.(func() (*openRound, error))()
}

// close forgets an opened round.
func (o Options) close() { opened.Delete(o.key()) }
