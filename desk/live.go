package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"sync"
	"time"

	"github.com/rubric-project/rubric/office"
)

// looksEvery is how long a look at the files of a round is good for before they are looked at again.
const looksEvery = 2 * time.Second

// live is a round folder that is open on the desk.
type live struct {
	key, dir string
	desk     *Desk

	mu     sync.Mutex // held while a page of the round is made
	view   *view
	looked time.Time

	jobs     jobs
	said     said
	mail     mailings
	signing  signing
	watching watching
}

// view is one look at a round: what came back, and what the journal says. It does not change; whoever sees that the
// files have changed takes another.
type view struct {
	Folder *office.Folder
	Intake *office.Intake
	// Events are the journal's, and so the position that a form is drawn from.
	Events []office.Event
	Status office.StatusResult
	ReadAt time.Time
	// Older says that the journal went further before; nil where it did not.
	Older *older

	// office does what pages ask of the round, several recipients at a time.
	office *office.Office

	stamp string
	memo  memo
}

// memo keeps what pages work out of a view, each once.
type memo struct{ of map[string]any }

// once works something out of a view the first time it is asked for. Pages of a round are made one at a time.
func once[T any](v *view, name string, work func() (T, error)) (T, error) {
	if x, ok := v.memo.of[name].(T); ok {
		return x, nil
	}
	x, err := work()
	if err == nil {
		if v.memo.of == nil {
			v.memo.of = map[string]any{}
		}
		v.memo.of[name] = x
	}
	return x, err
}

// keyOf names a folder in addresses.
func keyOf(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:6])
}

// add opens a folder on the desk, without looking into it.
func (d *Desk) add(dir string) *live {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	key := keyOf(dir)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.live[key] == nil {
		d.live[key] = &live{key: key, dir: dir, desk: d}
		go d.watched(d.live[key]) // what an earlier run watched goes on
	}
	return d.live[key]
}

// find is an open round by its key, or one that was opened in an earlier run; nil for any other.
func (d *Desk) find(key string) *live {
	d.mu.Lock()
	l := d.live[key]
	d.mu.Unlock()
	if l != nil {
		return l
	}
	for _, dir := range d.settings.rounds() {
		if keyOf(dir) == key {
			return d.add(dir)
		}
	}
	return nil
}

// office is the office that does the work for a page.
func (d *Desk) office() *office.Office {
	o := d.cfg.Office
	o.Progress = nil
	return &o
}

// look is the round as it is now. The caller holds mu. What was read before is used where no file was seen to change.
func (l *live) look(ctx context.Context) (*view, error) {
	if l.view != nil && time.Since(l.looked) < looksEvery {
		return l.view, nil
	}
	stamp, err := office.Stamp(l.dir)
	if err == nil && l.view != nil && l.view.stamp == stamp {
		l.looked = time.Now()
		return l.view, nil
	}
	v, err := l.read(ctx)
	if err != nil {
		return nil, err
	}
	v.stamp = stamp
	l.view, l.looked = v, time.Now()
	return v, nil
}

func (l *live) read(ctx context.Context) (*view, error) {
	o := l.desk.office()
	f, err := o.Open(l.dir)
	if err != nil {
		return nil, err
	}
	v := &view{Folder: f, ReadAt: o.Time(), office: o}
	if v.Intake, err = o.TakeIn(ctx, f); err != nil {
		return nil, err
	}
	if v.Status, err = o.Status(ctx, f, office.StatusOptions{}); err != nil {
		return nil, err
	}
	v.Status.Notes = append(v.Intake.Notes, v.Status.Notes...)
	if v.Events, _, err = f.Journal(); err != nil {
		return nil, err
	}
	v.Older = l.desk.settings.sawJournal(f.Config.ID, v.Events)
	return v, nil
}

// forget makes the next page look at the files again, however lately that was done.
func (l *live) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.looked = time.Time{}
}

// change opens the round to write, lets do its work, and makes the next page look anew. The caller holds mu.
func (l *live) change(what string, do func(*office.Office, *office.Folder) error) error {
	o := l.desk.office()
	f, unlock, _, err := o.OpenToWrite(l.dir, "desk: "+what)
	if err != nil {
		return err
	}
	defer unlock()
	defer func() { l.looked = time.Time{} }()
	return do(o, f)
}

// stop asks a running job to end.
func (l *live) stop() {
	l.endWatch()
	if j := l.running(); j != nil {
		j.Stop()
	}
}
