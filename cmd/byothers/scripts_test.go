//go:build unix

package byothers_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rubric-project/rubric/cmd/cmdtest"
)

// TestScripts runs the command scripts in which other programs fill in what was sent.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: cmdtest.Testdata("script_others"), RequireExplicitExec: true, Cmds: cmdtest.ScriptCommands})
}
