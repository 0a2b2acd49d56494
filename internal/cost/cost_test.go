package cost_test

import (
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/cost"
)

var kept []byte

func TestOf(t *testing.T) {
	_, peak := cost.Of(func() {
		kept = make([]byte, 64<<20)
		time.Sleep(20 * time.Millisecond) // so that somebody looks
		kept = nil
	})
	if peak < 60<<20 || peak > 80<<20 {
		t.Errorf("64 MB were measured as %d", peak>>20)
	}
}
