package cmd

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/office"
)

// Desk opens the page in the browser: dir is the round folder, or "" for the list of rounds; port is 0 for any. Without
// browser it only prints the link on out. It returns when the desk has ended.
type Desk func(ctx context.Context, o *office.Office, dir string, port int, browser bool, out io.Writer) error

func newDeskCmd(app *App) *cobra.Command {
	var port int
	var noBrowser bool
	c := &cobra.Command{
		Use:   "desk [DIR]",
		Short: "Open the round in the browser, on this computer only",
		Long: `desk opens a page in the browser that runs the whole round: the list, the workbooks, the post, what came back, what
to decide, results and PDFs. It is served by rubric itself, to this computer only, and needs no network.

Without DIR it shows the rounds that were opened lately. The link that it opens works once, within a minute; start it
again for another. One desk runs for each user: a second start opens a new link to it. It ends by the button on every
page, or after eight hours in which nobody asks it for anything.`,
		Example: `  rubric desk
  rubric desk spring-2027`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			} else if cmd.Flags().Changed("dir") {
				dir = app.Dir
			}
			return app.openDesk(cmd.Context(), dir, port, !noBrowser)
		},
	}
	c.Flags().BoolVar(&noBrowser, "no-browser", false, "print the link on standard output and open nothing")
	c.Flags().IntVar(&port, "port", 0, "the port to listen on; any that is free where it is not given")
	return c
}

// openDesk runs the desk. A program that was built without one says so.
func (app *App) openDesk(ctx context.Context, dir string, port int, browser bool) error {
	if port < 0 || port > 65535 {
		return usagef("--port %d: a port is a number from 1 to 65535", port)
	}
	if app.Desk == nil {
		return usagef("this program was built without the desk")
	}
	if dir != "" {
		if _, err := app.office().Open(dir); err != nil {
			return err
		}
	}
	return app.Desk(ctx, app.office(), dir, port, browser, app.Out)
}
