package cmd_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/desk"
)

func TestMain(m *testing.M) {
	os.Setenv("EXAMPLE_POST_PASSWORD", postPassword) // for all tests, so that those that need it can run beside others
	testscript.Main(tidied{m}, map[string]func(){
		"rubric": func() { os.Exit(cmd.Main(desk.Run, cmd.CommandLine()...)) },
	})
}

// tidied runs the tests and removes the example rounds.
type tidied struct{ *testing.M }

func (m tidied) Run() int {
	var err error
	if examples.dir, err = os.MkdirTemp("", "rubric-examples"); err != nil {
		panic(err)
	}
	examples.made = map[string]func() (exampleRound, error){}
	defer os.RemoveAll(examples.dir)
	return m.M.Run()
}

// TestScripts runs the command scripts: one for each story that a user has.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "../testdata/script", RequireExplicitExec: true, Cmds: scriptCommands, Setup: func(e *testscript.Env) error {
		e.Setenv("APPDATA", "/no-home") // as HOME is elsewhere
		return nil
	}})
}
