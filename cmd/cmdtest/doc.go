// Package cmdtest is what tests of the command line share: the command scripts' own commands, example rounds that are made
// once, a clock that waits without spending time, and commands run within the test. It is for tests only.
//
// The tests stand in three packages, so that none takes long: cmd has the stories of an office, cmd/bypost those in which
// mail is sent and collected, cmd/byothers those in which other programs open, fill in and compute our workbooks.
package cmdtest

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// Main runs a package's tests, in which the program rubric is what start runs, and removes the example rounds.
func Main(m *testing.M, start func()) {
	testscript.Main(tidied{m}, map[string]func(){"rubric": start})
}

// tidied runs the tests and removes the example rounds.
type tidied struct{ *testing.M }

// Run runs them.
func (m tidied) Run() int {
	var err error
	if examples.dir, err = os.MkdirTemp("", "rubric-examples"); err != nil {
		panic(err)
	}
	examples.made = map[string]func() (exampleRound, error){}
	defer os.RemoveAll(examples.dir)
	return m.M.Run()
}
