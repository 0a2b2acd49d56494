package bypost_test

import (
	"os"
	"testing"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/desk"
)

func TestMain(m *testing.M) {
	os.Setenv("EXAMPLE_POST_PASSWORD", postPassword) // for all tests, so that those that need it can run beside others
	cmdtest.Main(m, func() { os.Exit(cmd.Main(desk.Run, cmd.CommandLine()...)) })
}
