package cmd

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

type collectOptions struct {
	post.CollectOptions
	since string
}

func newCollectCmd(app *App) *cobra.Command {
	var opts collectOptions
	c := &cobra.Command{
		Use:   "collect SOURCE…",
		Short: "Copy returns into returns/: from folders, .zip, .eml, .msg, .mbox, Maildir, IMAP, Microsoft 365",
		Long: `collect takes the attachments out of messages, forwarded messages and archives, and copies into returns/ what is not
there yet. A SOURCE is a file, a folder, a Maildir, or a mailbox: imaps://user@server/INBOX, or with the account that
'rubric login' signed in to microsoft:Inbox, microsoft:shared@office.example/Inbox/Returns or google:INBOX. Nothing in a
mailbox is deleted; it is marked or moved only where --mark-seen, --move-to or --category says so. From microsoft: only
messages are read that were not read before. A workbook in the round's own outbox/ or results/ that somebody
filled in is moved to returns/. Bounces and automatic replies go into the journal; 'rubric
status' and 'rubric log ID' show them.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCollect(cmd.Context(), app, opts, expanded(".", args))
		},
	}
	f := c.Flags()
	f.StringVar(&opts.since, "since", "", "only messages of a mailbox that came on this day or later, such as 2026-11-22")
	f.StringVar(&opts.PasswordEnv, "password-env", "", "the environment variable that holds the password or token for IMAP")
	f.StringVar(&opts.PasswordFile, "password-file", "", "the file whose first line is the password or token")
	f.StringVar(&opts.Auth, "auth", "password", "password or xoauth2")
	f.StringVar(&opts.CAFile, "ca-file", "", "certificates (PEM) to trust beside the system's")
	f.BoolVar(&opts.MarkSeen, "mark-seen", false, "mark the messages that were read as read in the mailbox")
	f.StringVar(&opts.MoveTo, "move-to", "", "with microsoft:, move the messages that something was taken from to this folder, such as Inbox/Done")
	f.StringVar(&opts.Category, "category", "", "with microsoft:, give the messages that something was taken from this category")
	return c
}

// Collector is the command line of a program that does nothing but collect from sources of further kinds, into the same round
// folders, with the same exit statuses.
type Collector struct {
	// Name is the program's; Short, Long and Example are for its help.
	Name, Short, Long, Example string
	Open                       post.OpenSource
}

// Run runs the program with the app's streams and returns its exit status.
func (x Collector) Run(ctx context.Context, app *App, args ...string) int {
	root := newRootCmd(app)
	root.ResetCommands()
	root.Use, root.Short, root.Long, app.name = x.Name, x.Short, x.Long, x.Name
	c := &cobra.Command{Use: "collect SOURCE…", Short: x.Short, Long: x.Long, Example: x.Example, Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			var opts collectOptions
			opts.Open = func(ctx context.Context, f *office.Folder, source string) (post.Source, error) {
				s, err := x.Open(ctx, f, source)
				if s == nil && err == nil {
					err = usagef("%s takes other sources; rubric collect takes folders, messages and mailboxes", x.Name)
				}
				return s, err
			}
			return runCollect(cmd.Context(), app, opts, args)
		}}
	root.AddCommand(c)
	return app.run(ctx, root, args)
}

func runCollect(ctx context.Context, app *App, opts collectOptions, sources []string) error {
	if opts.since != "" {
		var err error
		if opts.Since, err = dateFlag("since", opts.since); err != nil {
			return err
		}
	}
	f, unlock, err := app.openToWrite("collect")
	if err != nil {
		return err
	}
	defer unlock()
	out, err := app.post().Collect(ctx, f, sources, opts.CollectOptions)
	if err != nil {
		return err
	}
	return app.printCollected(out)
}

func (app *App) printCollected(out post.Collected) error {
	if app.JSON {
		if err := app.printJSON(out); err != nil {
			return err
		}
	} else {
		app.printFindings(out.Findings)
		for _, e := range out.Events {
			app.printf("%s: %s %s\n", e.Kind, plain(strings.Join(e.Addresses, ", ")), plain(e.Said))
		}
		for _, file := range out.Moved {
			app.printf("%s: moved to returns/.\n", plain(file))
		}
		app.printf("%s new in returns/, %d that were there already.\n", text.Count(out.New, "file", "files"), out.Duplicates)
		if out.Sent > 0 {
			app.printf("%s in the mailbox has been sent.\n", text.Count(out.Sent, "draft", "drafts"))
		}
		if out.Attachments > 0 {
			app.printf("%s beside them, kept in attachments/.\n", text.Count(out.Attachments, "evidence file", "evidence files"))
		}
	}
	if len(out.Problems) > 0 {
		return errors.New(strings.Join(out.Problems, "\n"))
	}
	return outcome(out.Findings)
}
