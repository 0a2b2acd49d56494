package desk

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// watchesEvery is how often a folder is looked at: shared drives do not tell of changes.
var watchesEvery = 4 * time.Second

// watching is the folder beside a round whose files are collected as they arrive.
type watching struct {
	mu     sync.Mutex
	folder string
	end    chan struct{}
	// waiting is how many files are still being written, problem why the folder cannot be read now.
	waiting int
	problem string
	looked  time.Time
}

// watchView is the watching as a page shows it. Folder is "" where none is watched.
type watchView struct {
	Folder, Problem string
	Waiting         int
	Seconds         int
	Looked          time.Time
	// Asked is what a form asked for and was refused.
	Asked string
}

// watched is what is watched for a round; it goes on with what an earlier run began.
func (d *Desk) watched(l *live) watchView {
	if folder := d.settings.watched(l.dir); folder != "" {
		if err := d.watch(l, folder); err != nil {
			return watchView{Folder: folder, Problem: err.Error()}
		}
	}
	w := &l.watching
	w.mu.Lock()
	defer w.mu.Unlock()
	return watchView{Folder: w.folder, Problem: w.problem, Waiting: w.waiting, Seconds: int(watchesEvery / time.Second), Looked: w.looked}
}

// watch begins to watch a folder, in place of the one before.
func (d *Desk) watch(l *live, folder string) error {
	w := &l.watching
	w.mu.Lock()
	same := w.folder == folder
	w.mu.Unlock()
	if same {
		return nil
	}
	of, err := post.NewWatch(l.dir, folder)
	if err != nil {
		return err
	}
	l.endWatch()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.folder, w.end, w.problem, w.waiting, w.looked = folder, make(chan struct{}), "", 0, time.Time{}
	go l.lookEverySoOften(of, w.end, speechOfSettings(d.settings.lang()))
	return nil
}

// endWatch ends the watching of a round.
func (l *live) endWatch() {
	w := &l.watching
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.folder != "" {
		close(w.end)
		w.folder = ""
	}
}

func speechOfSettings(lang string) speech {
	if lang == "" {
		lang = languages[0].tag
	}
	return speech{lang}
}

func (l *live) lookEverySoOften(of *post.Watch, end chan struct{}, s speech) {
	tick := time.NewTicker(watchesEvery)
	defer tick.Stop()
	for {
		ready, waiting, err := of.Look()
		w := &l.watching
		w.mu.Lock()
		w.waiting, w.problem, w.looked = waiting+len(ready), "", time.Now()
		if err != nil {
			w.problem = s.T("The folder cannot be read now; it is tried again.")
		}
		w.mu.Unlock()
		if len(ready) > 0 && l.collectReady(ready, s) == nil {
			of.Given(ready)
		}
		select {
		case <-end:
			return
		case <-tick.C:
		}
	}
}

// collectReady collects the files that are ready; an error means that another job runs, and the next look tries again.
func (l *live) collectReady(ready []string, s speech) error {
	names := make([]string, len(ready))
	for i := range ready {
		names[i] = filepath.Base(ready[i])
	}
	return l.begin(s.N(len(ready), "Reading %d file of the watched folder", "Reading %d files of the watched folder"), "returns",
		func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
			return collectInto(ctx, l, s, o, j, collection{what: "watched folder", names: names, sources: ready})
		})
}

// beginWatch takes the folder to be watched from the form.
func (d *Desk) beginWatch(c *call) (answer, error) {
	folder := c.field("folder")
	if err := d.watch(c.live, filepath.Clean(folder)); err != nil || folder == "" {
		data, pageErr := c.returnsPage()
		if pageErr != nil {
			return answer{}, pageErr
		}
		data.Watch.Asked = folder
		h := c.returnsHead()
		text := c.T("Give the whole name of the folder")
		if err != nil && folder != "" {
			text = c.upper(err.Error())
		}
		h.Errors = []formError{{"folder", text}}
		return c.wrong("returns", h, data), nil
	}
	d.settings.watch(c.live.dir, filepath.Clean(folder))
	return redirect(c.to("returns", "done", c.live.say(saying{Text: c.T("The folder is watched."), More: c.T("What arrives there is copied into the round, and read. It stays where it is.")}))), nil
}

// leaveWatch ends the watching.
func (d *Desk) leaveWatch(c *call) (answer, error) {
	d.settings.watch(c.live.dir, "")
	c.live.endWatch()
	return redirect(c.to("returns", "done", c.live.say(saying{Text: c.T("The folder is no longer watched."), More: c.T("What was collected from it stays.")}))), nil
}

// watched is the folder that is watched for a round, or "".
func (s *settings) watched(dir string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.Watched[dir]
}

// watch keeps which folder is watched for a round; "" for none.
func (s *settings) watch(dir, folder string) {
	s.change(func(k *keptSettings) {
		if k.Watched == nil {
			k.Watched = map[string]string{}
		}
		if k.Watched[dir] = folder; folder == "" {
			delete(k.Watched, dir)
		}
	})
}
