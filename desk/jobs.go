package desk

import (
	"context"
	"sync"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// jobs are the pieces of work of a round that take longer than a page may. One runs at a time; it outlives the tab that
// began it, and what became of the last one stays to be read.
type jobs struct {
	mu   sync.Mutex
	last *job
}

// job is one of them. Page is the place in the rail that shows it.
type job struct {
	Title, Page string
	Started     time.Time

	cancel context.CancelFunc
	done   chan struct{}

	mu       sync.Mutex
	label    string
	n, steps int
	lines    []jobLine
	stopped  bool
	// messages says that the lines are about messages, and tried about what was tried; otherwise they are about files.
	messages, tried bool
	ended           time.Time
	said            string
	to              string
	err             error
	// shown says that a page has said what became of it.
	shown bool
}

// jobLine is what became of one thing that a job worked on.
// To is the file in returns/ that it became; "" where it became none.
type jobLine struct {
	What, Became, Shape, Whose, Found, To string
	// Code is that of the finding in Found.
	Code models.Code
}

// busyError says that another job runs.
type busyError struct{ job *job }

func (e *busyError) Error() string { return "another job runs: " + e.job.Title }

// running is the job that runs now, or nil.
func (l *live) running() *job {
	l.jobs.mu.Lock()
	defer l.jobs.mu.Unlock()
	if j := l.jobs.last; j != nil && !j.Ended() {
		return j
	}
	return nil
}

// latest is the job that runs or ran last, or nil.
func (l *live) latest() *job {
	l.jobs.mu.Lock()
	defer l.jobs.mu.Unlock()
	return l.jobs.last
}

// begin runs work in the background. work says at its end what was done, and where that is to be seen (a page of the
// round, or ""). Another job that runs is an error.
func (l *live) begin(title, page string, work func(ctx context.Context, o *office.Office, j *job) (said, to string, err error)) error {
	l.jobs.mu.Lock()
	defer l.jobs.mu.Unlock()
	if j := l.jobs.last; j != nil && !j.Ended() {
		return &busyError{j}
	}
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{Title: title, Page: page, Started: time.Now(), cancel: cancel, done: make(chan struct{})}
	l.jobs.last = j
	o := l.desk.office()
	o.Progress = j
	go func() {
		defer cancel()
		said, to, err := runJob(ctx, o, j, work)
		l.forget()
		j.mu.Lock()
		j.said, j.to, j.err, j.ended = said, to, err, time.Now()
		j.mu.Unlock()
		close(j.done)
	}()
	return nil
}

// runJob runs a job's work; a fault of the program in it is an error like another.
func runJob(ctx context.Context, o *office.Office, j *job, work func(context.Context, *office.Office, *job) (string, string, error)) (said, to string, err error) {
	defer func() {
		if recover() != nil {
			err = &fault.Error{Message: "this stopped for a reason that is rubric's own fault", Remedy: "what was written before is whole; tell those who make rubric what you did"}
		}
	}()
	return work(ctx, o, j)
}

// Begin is for office.Progress.
func (j *job) Begin(label string, n int) (step, done func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.label, j.n, j.steps = label, n, 0
	return func() { j.mu.Lock(); j.steps++; j.mu.Unlock() }, func() {}
}

// Line notes what became of one thing.
func (j *job) Line(x jobLine) { j.mu.Lock(); j.lines = append(j.lines, x); j.mu.Unlock() }

// Stop asks the job to end after what it has at hand.
func (j *job) Stop() { j.mu.Lock(); j.stopped = true; j.mu.Unlock(); j.cancel() }

// Ended says whether it has come to its end.
func (j *job) Ended() bool {
	select {
	case <-j.done:
		return true
	default:
		return false
	}
}

// wasShown says whether a page has said what became of it; show notes that one does.
func (j *job) wasShown() bool { j.mu.Lock(); defer j.mu.Unlock(); return j.shown }
func (j *job) show()          { j.mu.Lock(); j.shown = true; j.mu.Unlock() }

// Wait waits for the end of a job.
func (j *job) Wait() { <-j.done }

// jobView is a job as a page shows it.
type jobView struct {
	Title, Label   string
	N, Steps       int
	Lines          []jobLine
	Stopped, Ended bool
	// Messages and Tried say what the lines are about, where it is not files.
	Messages, Tried bool
	Started         time.Time
	Said, To        string
	Err             error
}

// Why is the error as a sentence, and Do what is to be done about it.
func (v *jobView) Why() string      { return text.Sentence(v.Err.Error()) }
func (v *jobView) Do() fault.Action { return fault.ActionOf(v.Err) }

func (j *job) view() *jobView {
	ended := j.Ended()
	j.mu.Lock()
	defer j.mu.Unlock()
	return &jobView{Title: j.Title, Label: j.label, N: j.n, Steps: j.steps, Lines: append([]jobLine(nil), j.lines...), Stopped: j.stopped, Messages: j.messages, Tried: j.tried,
		Ended: ended, Started: j.Started, Said: j.said, To: j.to, Err: j.err}
}
