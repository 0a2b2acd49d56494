package cmdtest

import (
	"os"
	"testing"
)

// OnlyWithTime passes over what .ci/run has the time for: a plain run of this package stays under two minutes.
func OnlyWithTime(t *testing.T) {
	t.Helper()
	if os.Getenv("RUBRIC_LONG") == "" {
		t.Skip("RUBRIC_LONG=1 runs it, as .ci/run does")
	}
}

// SomeOf is the first of several, and all of them in .ci/run, which has the time.
func SomeOf(all ...string) []string {
	if os.Getenv("RUBRIC_LONG") != "" {
		return all
	}
	return all[:1]
}
