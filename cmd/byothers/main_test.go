package byothers_test

import (
	"os"
	"testing"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/desk"
)

func TestMain(m *testing.M) {
	cmdtest.Main(m, func() { os.Exit(cmd.Main(desk.Run, cmd.CommandLine()...)) })
}
