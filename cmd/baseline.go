package cmd

import (
	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/office"
)

const crosswalkHelp = "how the earlier template's criteria go on in this round's; crosswalk.yaml in the round folder where it is not given"

// baselineFlags are the flags of commands that compare with an earlier round.
func baselineFlags(c *cobra.Command, o *office.Earlier) {
	c.Flags().StringVar(&o.Dir, "baseline", "", "an earlier round's folder, or its consolidated.xlsx: show what changed since, for the same recipients and criteria")
	c.Flags().StringVar(&o.Crosswalk, "crosswalk", "", "with --baseline: "+crosswalkHelp)
}
