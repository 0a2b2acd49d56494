//go:build unix

package cmd_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rubric-project/rubric/cmd/cmdtest"
)

// TestScriptsOfUnix runs the command scripts that need a shell and its limits, or programs that
// are at hand on Unix.
func TestScriptsOfUnix(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "../testdata/script_unix", RequireExplicitExec: true, Cmds: cmdtest.ScriptCommands})
}
