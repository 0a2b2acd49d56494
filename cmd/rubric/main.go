// Command rubric runs a maturity assessment as a round: workbooks out, returns in, one consolidation and a
// summary for each recipient. See the README.
package main

import (
	"os"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/desk"
)

func main() {
	os.Exit(cmd.Main(desk.Run, cmd.CommandLine()...))
}
