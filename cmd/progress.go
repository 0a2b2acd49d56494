package cmd

import (
	"context"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// each calls work(i) for 0 ≤ i < n, app.Jobs at a time, and draws a bar on a terminal. It stops at the first
// error, or when ctx ends. What work(i) makes belongs in slot i, so that the outcome does not depend on Jobs.
func (app *App) each(ctx context.Context, label string, n int, work func(i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	step, done := app.bar(label, n)
	defer done()
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, min(app.Jobs, n)) {
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

// bar draws progress on standard error, or nothing where that is not a terminal.
func (app *App) bar(label string, n int) (step, done func()) {
	if app.Quiet || !app.ErrIsTerminal || n == 0 {
		return func() {}, func() {}
	}
	p := mpb.New(mpb.WithOutput(app.Err), mpb.WithWidth(40))
	b := p.AddBar(int64(n), mpb.PrependDecorators(decor.Name(label+" ")), mpb.AppendDecorators(decor.CountersNoUnit("%d of %d")))
	return b.Increment, func() { b.Abort(false); p.Wait() }
}
