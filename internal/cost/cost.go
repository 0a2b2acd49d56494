// Package cost measures what a piece of work costs, for the tests of hostile input.
package cost

import (
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// Of runs the work and says how long it took and by how many bytes the heap grew meanwhile at most. The seconds are for
// tables: no test fails by the clock.
func Of(work func()) (took time.Duration, peak uint64) {
	runtime.GC()
	before := heap()
	var most atomic.Uint64
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			most.Store(max(most.Load(), heap()))
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	start := time.Now()
	work()
	took = time.Since(start)
	close(stop)
	<-done
	return took, most.Load() - min(before, most.Load())
}

// heap is the bytes that objects take up.
func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
