package cmd

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/rubric-project/rubric/internal/version"
	"github.com/rubric-project/rubric/office/post"
)

// App is what a command works with: streams, clock and the flags that every command has.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	// Now is the clock; tests set it.
	Now func() time.Time
	// Clock is what waits between messages; nil stands for the computer's.
	Clock post.Clock
	// Parsed is as in office.Office.
	Parsed func(file string)
	// Accounts and Browse are for tests: where sign-ins are kept and made, and what opens an address in the browser.
	Accounts post.Accounts
	Browse   func(address string) error
	// Desk opens the page in the browser; nil where there is none.
	Desk Desk
	// Clicked says that the program was started from a window, not on a command line: without a command it opens the desk.
	Clicked bool
	// ErrIsTerminal says that progress may be drawn on Err.
	ErrIsTerminal bool

	// Dir is the round folder, JSON asks for machine-readable output, Quiet for no progress, Jobs is how
	// many files are worked on at once.
	Dir   string
	JSON  bool
	Quiet bool
	Jobs  int

	output output
	// name is the program's, where it is not rubric.
	name string
}

// Main runs rubric with the process's streams and returns its exit status. desk is what the command desk opens, or nil:
// the desk is a front end of its own beside this one, and neither knows the other.
func Main(desk Desk, args ...string) int {
	return started(desk, func(ctx context.Context, app *App) int { return app.Run(ctx, args...) })
}

// Main runs the program with the process's streams and returns its exit status.
func (x Collector) Main(args ...string) int {
	return started(nil, func(ctx context.Context, app *App) int { return x.Run(ctx, app, args...) })
}

// mostMemory is how much memory the program keeps to, in bytes, as long as what it holds fits: room for what is held of a million
// returns, on a computer of eight gigabytes. Memory is then collected as often as that takes.
const mostMemory = 7 << 30

// KeepMemory sets how memory is collected, as the program does, unless GOGC or GOMEMLIMIT in the environment say otherwise.
func KeepMemory() {
	if os.Getenv("GOGC") == "" {
		// Most of the heap of a large round is packed answers, which stay to the end and hold few pointers: going over them
		// more often costs little, and leaves half as much room unused.
		debug.SetGCPercent(50)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(mostMemory)
	}
}

// started runs a program with the process's streams.
func started(desk Desk, run func(ctx context.Context, app *App) int) int {
	KeepMemory()
	// SIGTERM is also what Go makes of a console window that is closed, and of logging off: Windows then gives a program five
	// seconds to come to its end.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cobra.MousetrapHelpText = "" // cobra would send away whoever starts the program by a double-click
	app := &App{Desk: desk, Clicked: clicked(), In: os.Stdin, Out: leadsSomewhere(os.Stdout), Err: os.Stderr, Now: time.Now, ErrIsTerminal: term.IsTerminal(int(os.Stderr.Fd()))}
	return run(ctx, app)
}

// leadsSomewhere is standard output, or nothing where there is none: a program that was started from a window has no console
// under Windows 11.
func leadsSomewhere(f *os.File) io.Writer {
	if !leads(f) {
		return io.Discard
	}
	return f
}

// Commands is the tree of all commands, for manual pages and the like.
func Commands() *cobra.Command {
	return newRootCmd(&App{In: os.Stdin, Out: io.Discard, Err: io.Discard, Now: time.Now})
}

// Run runs rubric with the app's streams and returns its exit status; see exit.go.
func (app *App) Run(ctx context.Context, args ...string) int {
	return app.run(ctx, newRootCmd(app), args)
}

func (app *App) run(ctx context.Context, root *cobra.Command, args []string) int {
	root.SetArgs(args)
	root.SetIn(app.In)
	root.SetOut(app.Out)
	root.SetErr(app.Err)
	return app.exit(app.writeOutput(root.ExecuteContext(ctx)))
}

func newRootCmd(app *App) *cobra.Command {
	root := &cobra.Command{
		Use:   "rubric",
		Short: "Run a maturity assessment on spreadsheets: workbooks out, returns in, one consolidation",
		Long: `rubric runs a maturity assessment as a round: one workbook out to each recipient, the completed
workbooks back, one consolidated workbook and a PDF summary for each recipient at the end.

A round is a plain folder. Start with:   rubric demo demo-round
Your own:  rubric init, rubric generate, (send, collect), rubric validate, rubric consolidate, rubric report.`,
		Version:          version.String(),
		SilenceErrors:    true,
		SilenceUsage:     true,
		Args:             knownCommand,
		PersistentPreRun: func(*cobra.Command, []string) { app.keepOutput() },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if app.Clicked && app.Desk != nil {
				app.printf("This window belongs to rubric's desk, which opens in the browser. Closing the window ends it.\n\n")
				return app.openDesk(cmd.Context(), "", 0, true)
			}
			return cmd.Help()
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	f := root.PersistentFlags()
	f.StringVarP(&app.Dir, "dir", "C", ".", "the round folder")
	f.BoolVar(&app.JSON, "json", false, "write machine-readable JSON to standard output")
	f.BoolVarP(&app.Quiet, "quiet", "q", false, "show no progress")
	f.IntVar(&app.Jobs, "jobs", runtime.NumCPU(), "how many files to work on at once")
	root.AddCommand(
		newDemoCmd(app), newInitCmd(app), newGenerateCmd(app),
		newSendCmd(app), newRemindCmd(app), newCollectCmd(app), newStatusCmd(app), newDecideCmd(app), newLogCmd(app),
		newValidateCmd(app), newScoreCmd(app), newConsolidateCmd(app), newLoadCmd(app), newReportCmd(app), newPlanCmd(app), newConsensusCmd(app),
		newTemplatesCmd(app), newRecipientsCmd(app), newLoginCmd(app), newLogoutCmd(app), newLicencesCmd(app), newDeskCmd(app),
	)
	for _, c := range root.Commands() {
		c.Args = usageArgs(c.Args)
	}
	return root
}

// knownCommand refuses a word that is no command, with the nearest ones named.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := ""
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usagef("there is no command %q%s", args[0], hint)
}

// usageArgs makes a wrong number of arguments a matter of usage.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	if check == nil {
		return nil
	}
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}
