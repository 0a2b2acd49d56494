package consolidated_test

import (
	"bytes"
	"testing"
)

func TestConsolidatedIsTheSameFromRunToRun(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		first := consolidatedBytes(t, exampleRound(t, id, 24))
		for range 3 {
			if !bytes.Equal(first, consolidatedBytes(t, exampleRound(t, id, 24))) {
				t.Fatalf("%s: two runs on the same input gave different bytes", id)
			}
		}
	}
}
