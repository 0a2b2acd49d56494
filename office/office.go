package office

import (
	"context"
	"sync"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/actions"
)

// Office is what every use case needs from outside. The zero value works, with one file at a time and the computer's
// clock. It does not change and may be shared.
type Office struct {
	// Now is the clock; nil stands for the computer's.
	Now func() time.Time
	// Jobs is how many files are worked on at once; what comes out does not depend on it.
	Jobs int
	// Progress is told how far a long piece of work is; nil where nobody looks.
	Progress Progress
	// Version is the program's, for the Method sheet of the consolidated workbook.
	Version string
	// WorkbookPassword opens returns that were saved with a password, where round.yaml gives none.
	WorkbookPassword string
	// Parsed is called with the path of each file in returns/ that is read, as no earlier run has read the same bytes; nil
	// where nobody counts. It is called from several goroutines.
	Parsed func(file string)
}

// Progress shows how far a piece of work is.
type Progress interface {
	// Begin says that n equal steps begin. step is called after each, from several goroutines, and done once at the end,
	// also where the work stopped early.
	Begin(label string, n int) (step, done func())
}

// Note is something that a person should know about the run and that is no finding of a file.
type Note struct {
	// Text is a sentence.
	Text string `json:"text"`
	// More are lines that belong to it.
	More []string `json:"more,omitempty"`
	// Do is what is to be done with the program, if anything.
	Do actions.Action `json:"do,omitzero"`
}

// AsNote is an error as a note: its text, and what is to be done about it.
func AsNote(err error) Note { return Note{Text: err.Error(), Do: fault.ActionOf(err)} }

// noted makes notes of texts.
func noted(texts ...string) []Note {
	var out []Note
	for _, s := range texts {
		out = append(out, Note{Text: s})
	}
	return out
}

// Time is the present time.
func (o *Office) Time() time.Time {
	if o.Now == nil {
		return time.Now()
	}
	return o.Now()
}

// Begin tells the progress, if there is one, that n steps begin.
func (o *Office) Begin(label string, n int) (step, done func()) {
	if o.Progress == nil || n == 0 {
		return func() {}, func() {}
	}
	return o.Progress.Begin(label, n)
}

// Each calls work(i) for 0 ≤ i < n, Jobs at a time, and tells the progress. It stops at the first error, or when ctx
// ends. What work(i) makes belongs in slot i, so that the outcome does not depend on Jobs.
func (o *Office) Each(ctx context.Context, label string, n int, work func(i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	step, done := o.Begin(label, n)
	defer done()
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, min(o.Jobs, n)) {
		wg.Go(func() {
			for i := range next {
				if err := work(i); err != nil {
					cancel(err)
					return
				}
				step()
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	wg.Wait()
	return context.Cause(ctx)
}
