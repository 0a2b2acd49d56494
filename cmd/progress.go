package cmd

import (
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// bars draws progress on standard error. It is an office.Progress.
type bars struct{ app *App }

// Begin draws a bar, or nothing where standard error is no terminal.
func (b bars) Begin(label string, n int) (step, done func()) {
	if b.app.Quiet || !b.app.ErrIsTerminal {
		return func() {}, func() {}
	}
	p := mpb.New(mpb.WithOutput(b.app.Err), mpb.WithWidth(40))
	bar := p.AddBar(int64(n), mpb.PrependDecorators(decor.Name(label+" ")), mpb.AppendDecorators(decor.CountersNoUnit("%d of %d")))
	return bar.Increment, func() { bar.Abort(false); p.Wait() }
}
