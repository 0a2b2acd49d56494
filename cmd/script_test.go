package cmd_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/desk"
)

func TestMain(m *testing.M) {
	cmdtest.Main(m, func() { os.Exit(cmd.Main(desk.Run, cmd.CommandLine()...)) })
}

// TestScripts runs the command scripts: one for each story that a user has.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "../testdata/script", RequireExplicitExec: true, Cmds: cmdtest.ScriptCommands, Setup: func(e *testscript.Env) error {
		e.Setenv("APPDATA", "/no-home") // as HOME is elsewhere
		return nil
	}})
}
