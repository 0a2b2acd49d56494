package cmd

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rubric-project/rubric/internal/browse"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

type loginOptions struct {
	post.LoginOptions
	Device, Check, Setup bool
	Store                string
}

func newLoginCmd(app *App) *cobra.Command {
	var opts loginOptions
	c := &cobra.Command{
		Use:   "login [microsoft|google]",
		Short: "Sign in to the office's mailbox at Microsoft 365 or Google, once for send and collect",
		Long: `login opens the browser, where you sign in and accept; rubric never sees your password. What comes of it is kept on
this computer, sealed with a key in the system's keyring, until 'rubric logout'.

Your organisation registers the program once: 'rubric login --setup' prints what its IT has to do, and the link by which
an administrator agrees. The ids from there stand in round.yaml under mail: account:, or are given here with --client-id
and --tenant and kept for all rounds that name no account.`,
		Example: `  rubric login microsoft --client-id ID --tenant example.org --user assessments@example.org
  rubric login --check
  rubric login --setup`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				opts.Account.Provider = strings.ToLower(args[0])
			}
			return runLogin(cmd.Context(), app, opts, cmd.Flags().Changed("dir"))
		},
	}
	f := c.Flags()
	f.BoolVar(&opts.Device, "device", false, "sign in with a code on another device; many organisations do not allow that")
	f.BoolVar(&opts.Check, "check", false, "say what the account may do, and try it: a draft is put into the mailbox, found again and deleted; nothing is sent")
	f.BoolVar(&opts.Setup, "setup", false, "print what the organisation's IT has to do before anybody can sign in, and the link for its consent")
	f.BoolVar(&opts.SendOnly, "send-only", false, "ask for no more than the permission to send, which mostly needs no administrator")
	f.StringVar(&opts.Store, "store", "keyring", "where the key to the sign-in lies: keyring, or file where this computer has no keyring: whoever can read your files can then use the sign-in")
	f.StringVar(&opts.Account.ClientID, "client-id", "", "the id of your organisation's registration of this program")
	f.StringVar(&opts.Account.Tenant, "tenant", "", "the organisation's tenant, by its id or domain")
	f.StringVar(&opts.Account.User, "user", "", "the address that signs in")
	f.StringVar(&opts.Account.Cloud, "cloud", "", "global, us-gov-high (GCC High) or us-dod")
	f.StringVar(&opts.Account.SharedMailbox, "shared-mailbox", "", "the address of a shared mailbox that messages are sent from")
	f.StringVar(&opts.Account.ClientSecretFile, "client-secret-file", "", "for Google, the file with what it calls the client secret")
	c.MarkFlagsMutuallyExclusive("device", "check", "setup")
	return c
}

// roundIfThere opens the round folder where there is one; an account can be signed in to without.
func (app *App) roundIfThere(named bool) (*office.Folder, error) {
	f, err := app.office().Open(app.Dir)
	if err == nil {
		return f, nil
	}
	if _, missing := os.Stat(app.Dir + "/round.yaml"); missing != nil && !named {
		return nil, nil
	}
	return nil, err
}

func runLogin(ctx context.Context, app *App, opts loginOptions, named bool) error {
	f, err := app.roundIfThere(named)
	if err != nil {
		return err
	}
	switch opts.Store {
	case "keyring", "file":
		app.Accounts.InFile = opts.Store == "file"
	default:
		return usagef("--store %s: choose keyring or file", opts.Store)
	}
	p := app.post()
	switch {
	case opts.Setup:
		return app.printSteps(p, f, opts.Account)
	case opts.Check:
		return app.tryAccount(ctx, p, f)
	}
	home, err := p.Accounts.Folder()
	if err != nil {
		return err
	}
	opts.Open = func(address string) error {
		open := app.Browse
		if open == nil {
			open = func(address string) error { return browse.Open(home, address) }
		}
		if err := open(address); err != nil {
			fmt.Fprintf(app.Err, "No browser could be opened. Open this address in one on this computer:\n%s\n", address)
		} else {
			fmt.Fprintln(app.Err, "The browser is open: sign in there, and accept.")
		}
		return nil
	}
	if opts.Device {
		opts.TellCode = func(address, code string) {
			fmt.Fprintf(app.Err, "Open %s in any browser and type this code: %s\n", plain(address), plain(code))
		}
	}
	x, err := p.Login(ctx, f, opts.LoginOptions)
	if err != nil {
		return err
	}
	return app.printSignedIn(x)
}

func (app *App) printSignedIn(x post.SignedIn) error {
	if app.JSON {
		return app.printJSON(x)
	}
	app.printf("Signed in as %s.\n", plain(x.Who))
	app.printMay(x)
	return nil
}

// printMay says what an account may do.
func (app *App) printMay(x post.SignedIn) {
	yes := func(b bool) string {
		if b {
			return "yes"
		}
		return "no"
	}
	via := "--via smtp"
	if x.Provider == "microsoft" {
		via = "--via microsoft"
	}
	app.printf("  send (%s): %s\n  drafts in the mailbox (--via mailbox-drafts): %s\n  collect (%s:Inbox): %s\n", via, yes(x.Sends), yes(x.Drafts), x.Provider, yes(x.Collects))
	if !x.InKeyring {
		app.printf("The key to the sign-in lies in a file: whoever can read your files can use it.\n")
	}
}

func (app *App) tryAccount(ctx context.Context, p *post.Post, f *office.Folder) error {
	x, tried, err := p.TryAccount(ctx, f)
	if err != nil {
		return err
	}
	if app.JSON {
		err = app.printJSON(struct {
			post.SignedIn
			Tried []post.Tried `json:"tried"`
		}{x, tried})
	} else {
		app.printf("Signed in as %s.\n", plain(x.Who))
		app.printMay(x)
	}
	failed := false
	for _, t := range tried {
		word := "works"
		if !t.OK {
			word, failed = "does not work", true
		}
		if !app.JSON {
			app.printf("%s: %s\n", word, plain(t.What))
			if t.Detail != "" {
				app.printf("  %s\n", plain(t.Detail))
			}
		}
	}
	if err == nil && failed {
		return errFindings
	}
	return err
}

func (app *App) printSteps(p *post.Post, f *office.Folder, given settings.Account) error {
	a, err := p.AccountFor(f, given)
	if err != nil {
		return err
	}
	a.Provider = cmp.Or(a.Provider, "microsoft")
	app.printf("For your organisation's IT, to be done once. The program then uses your own registration, and no other.\n")
	for i, s := range post.Steps(a) {
		app.printf("\n%d. %s\n", i+1, fmt.Sprintf(s.Text, s.Values...))
		if s.Link != "" {
			app.printf("   %s\n", s.Link)
		}
	}
	return nil
}

func newLogoutCmd(app *App) *cobra.Command {
	return &cobra.Command{
		Use:   "logout",
		Short: "Delete the sign-in from this computer",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f, err := app.roundIfThere(cmd.Flags().Changed("dir"))
			if err != nil {
				return err
			}
			return app.runLogout(cmd.Context(), f)
		},
	}
}

// runLogout signs out, and names what is left in the mailbox.
func (app *App) runLogout(ctx context.Context, f *office.Folder) error {
	who, err := app.post().Logout(ctx, f)
	if err != nil {
		return err
	}
	if who == "" {
		app.printf("Nobody is signed in.\n")
	} else {
		app.printf("%s is signed out on this computer.\n", plain(who))
	}
	if f == nil {
		return nil
	}
	left, err := post.InMailbox(f)
	if err != nil || len(left) == 0 {
		return err
	}
	app.printf("\nStill in the mailbox: drafts for these recipients. Send them there, or delete them:\n")
	for _, e := range left {
		app.printf("  %s %s\n", plain(e.Recipient), plain(strings.Join(e.Addresses, "; ")))
	}
	return nil
}

// lookForSent looks in the mailbox what became of the drafts that were put there.
func (app *App) lookForSent(ctx context.Context, f *office.Folder, mailbox string) error {
	unlock, notes, err := app.office().Lock(f, "status")
	app.note(notes)
	if err != nil {
		return err
	}
	defer unlock()
	p := app.post()
	to, err := p.Through(f, post.ViaMailbox, settings.SMTP{}, false, mailbox)
	if err != nil {
		return err
	}
	found, err := p.LookForSent(ctx, f, to)
	if err != nil {
		return err
	}
	fmt.Fprintf(app.Err, "rubric: drafts in the mailbox: %d sent since, %d waiting.\n", found.Sent, found.Waiting)
	for _, e := range found.Gone {
		fmt.Fprintf(app.Err, "rubric: %s: %s\n", plain(e.Recipient), plain(e.Detail))
	}
	return nil
}
