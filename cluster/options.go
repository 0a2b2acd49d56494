package cluster

import (
	"cmp"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/apart"
)

// Options are what a run is given. They go to every worker.
type Options struct {
	// Round is the round's folder, and Out the folder that the shards are written into, both as each worker reaches them.
	Round, Out string
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
	case o.Shards < 0 || o.Shards > 99999:
		return errors.New("there can be 1 to 99,999 shards")
	}
	return nil
}

// within says that a folder lies in another, or is it.
func within(dir, in string) bool {
	rel, err := filepath.Rel(in, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
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

// round opens the round, once in each process.
func (o Options) round() (*apart.Round, error) {
	open, _ := opened.LoadOrStore(o.key(), sync.OnceValues(func() (*apart.Round, error) {
		of := o.office()
		f, err := of.Open(o.Round)
		if err != nil {
			return nil, err
		}
		return apart.Open(of, f, cmp.Or(o.Shards, (len(f.Recipients)+perShard-1)/perShard), o.Now)
	}))
	return open.(func() (*apart.Round, error))()
}

// close forgets an opened round.
func (o Options) close() { opened.Delete(o.key()) }

// removeIfThere removes a file of the output.
func removeIfThere(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
