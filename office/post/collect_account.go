package post

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/mail/graph"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/settings"
)

// letterbox is a folder of a mailbox at Microsoft, read for a round.
type letterbox struct {
	in     *graph.Incoming
	source string
	// read are the messages that were read, with the one that is being read at the end, and useful those that something was
	// taken from.
	read, useful []string
	// moveTo is the id of a folder, or "".
	moveTo, category string
}

// ofMicrosoft takes a source apart: microsoft:FOLDER or microsoft:ADDRESS/FOLDER.
func ofMicrosoft(source string) (mailbox, folder string, ok bool) {
	rest, ok := strings.CutPrefix(source, account.Microsoft+":")
	if !ok {
		return "", "", false
	}
	if first, after, _ := strings.Cut(rest, "/"); strings.Contains(first, "@") {
		return first, cmp.Or(strings.Trim(after, "/"), "Inbox"), true
	}
	return "", cmp.Or(strings.Trim(rest, "/"), "Inbox"), true
}

// openLetterbox gets ready to read a folder.
func (c *collecting) openLetterbox(ctx context.Context, source string, o CollectOptions) (*letterbox, error) {
	mailbox, folder, _ := ofMicrosoft(source)
	client, t, err := c.post.graph(c.f, mailbox)
	if err != nil {
		return nil, err
	}
	if !account.Allows(t.Granted(), account.MailReadWrite) {
		return nil, &fault.Error{Message: t.Who() + " may only send, and not read the mailbox", Remedy: "have an administrator agree to more, and sign in again", Do: actions.SignInSteps.On()}
	}
	known, err := c.f.ReadLetters(source)
	if err != nil {
		return nil, err
	}
	b := &letterbox{source: source, category: o.Category}
	since := o.Since.Time
	if since.IsZero() {
		// A round may be made, and answered, before the day that it is issued on by its own words.
		if since = c.f.Config.Issued.Time; c.begun.Before(since) && !c.begun.IsZero() {
			since = c.begun
		}
		since = since.AddDate(0, 0, -1)
	}
	b.in = &graph.Incoming{Client: client, Folder: folder, Since: since,
		Known: func(id string) bool { return known[short(id)] },
		Now:   func(id string) { b.read = append(b.read, id) }}
	if o.MoveTo != "" {
		if b.moveTo, err = client.FolderAt(ctx, o.MoveTo); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// short stands for a lasting id, which is long.
func short(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:9])
}

// items goes through what a source holds.
func (c *collecting) items(ctx context.Context, source string, o mail.Options, opts CollectOptions) iter.Seq2[mail.Item, error] {
	if items, ok := c.elsewhere(ctx, source, opts.Open); ok {
		return items
	}
	if folder, ok := strings.CutPrefix(source, account.Google+":"); ok {
		return c.fromGoogle(ctx, folder, o)
	}
	if _, _, ok := ofMicrosoft(source); !ok {
		return mail.Collect(ctx, []string{source}, o)
	}
	b, err := c.openLetterbox(ctx, source, opts)
	if err != nil {
		return func(yield func(mail.Item, error) bool) { yield(mail.Item{}, err) }
	}
	c.letterboxes = append(c.letterboxes, b)
	return func(yield func(mail.Item, error) bool) {
		for item, err := range mail.CollectLetters(ctx, b.in.Letters(ctx), o) {
			if item.Found != nil || item.Event != nil {
				b.useful = append(b.useful, b.read[len(b.read)-1])
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

// fromGoogle reads a folder by IMAP with the sign-in.
func (c *collecting) fromGoogle(ctx context.Context, folder string, o mail.Options) iter.Seq2[mail.Item, error] {
	t, _, err := c.post.tokens(c.f, account.Google)
	if err == nil && o.Roots == nil {
		o.Roots, err = trusted(c.f.Dir, c.f.Config.Mail.SMTP.CAFile)
	}
	if err != nil {
		return func(yield func(mail.Item, error) bool) { yield(mail.Item{}, err) }
	}
	o.XOAUTH2, o.Password = true, steady{t}.secret()
	return mail.Collect(ctx, []string{googleMailbox(t, cmp.Or(folder, "INBOX"))}, o)
}

// settleLetters remembers what was read, when all that was in it is in returns/, and marks and moves what the office said is
// to be.
func (c *collecting) settleLetters(ctx context.Context) error {
	for _, b := range c.letterboxes {
		ids := make([]string, len(b.read))
		for i, id := range b.read {
			ids[i] = short(id)
		}
		if err := c.f.KeepReadLetters(b.source, ids); err != nil {
			return err
		}
		for _, id := range slices.Compact(b.useful) {
			var err error
			if b.category != "" {
				err = b.in.Client.Categorize(ctx, id, b.category)
			}
			if err == nil && b.moveTo != "" {
				err = b.in.Client.Move(ctx, id, b.moveTo)
			}
			if err != nil {
				c.out.Problems = append(c.out.Problems, "all is collected; not all messages could be marked: "+err.Error())
				break
			}
		}
	}
	return nil
}

// lookForSent sees what became of drafts in the mailbox, where one at Microsoft was read.
func (c *collecting) lookForSent(ctx context.Context) error {
	if len(c.letterboxes) == 0 {
		return nil
	}
	j, err := newPostJournal(c.f.Round)
	if err != nil || len(placed(j)) == 0 {
		return err
	}
	to, err := c.post.mailboxDrafts(c.f, settings.SMTP{}, "")
	if err != nil {
		return err
	}
	found, err := c.post.LookForSent(ctx, c.f, to)
	c.out.Sent = found.Sent
	return err
}
