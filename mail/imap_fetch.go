package mail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/rubric-project/rubric/models"
)

// batch is how many messages are asked for at once.
const batch = 50

// listed is a message of which the server says that it has it.
type listed struct {
	uid  imap.UID
	size int64
}

// fetchAll reads the mailbox, of which the server says that it has so many messages.
func (in *incoming) fetchAll(ctx context.Context, c *imapclient.Client, conn *patience, messages uint32, a account, o Options) error {
	conn.step(mostOfAnswer+mostPerListed*min(int64(messages), int64(in.limits.Messages)), 0)
	list, err := listMessages(c, o.Since, in.limits.Messages+1)
	if err != nil {
		return err
	}
	if len(list) > in.limits.Messages {
		in.finding(models.MailOverLimit, where{path: []string{a.folder}}, "The mailbox has more than %d messages; the first %d were read.", in.limits.Messages, in.limits.Messages)
		list = list[:in.limits.Messages]
	}
	done, all := 0, len(list)
	for len(list) > 0 && !in.stopped && ctx.Err() == nil {
		n := min(batch, len(list))
		seen, err := in.fetch(c, conn, a, list[:n])
		if err != nil {
			return err
		}
		list = list[n:]
		done += n
		if o.MarkSeen && len(seen) > 0 && !in.stopped {
			conn.step(mostOfAnswer, 0)
			store := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}
			if err := c.Store(seen, store, nil).Close(); err != nil {
				return err
			}
		}
		conn.rest()
		if o.Progress != nil {
			o.Progress(done, all)
		}
	}
	return nil
}

// listMessages asks for the number and the size of each message, and keeps at most so many.
func listMessages(c *imapclient.Client, since time.Time, most int) ([]listed, error) {
	var set imap.NumSet
	if since.IsZero() {
		var all imap.SeqSet
		all.AddRange(1, 0)
		set = all
	} else {
		found, err := c.UIDSearch(&imap.SearchCriteria{Since: since}, nil).Wait()
		if err != nil {
			return nil, err
		}
		// The set stays as it was sent: written out, a few bytes can be billions of numbers.
		uids, ok := found.All.(imap.UIDSet)
		if !ok || len(uids) == 0 {
			return nil, nil
		}
		set = uids
	}
	var list []listed
	cmd := c.Fetch(set, &imap.FetchOptions{UID: true, RFC822Size: true})
	for m := cmd.Next(); m != nil; m = cmd.Next() {
		var l listed
		for item := m.Next(); item != nil; item = m.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataUID:
				l.uid = item.UID
			case imapclient.FetchItemDataRFC822Size:
				l.size = item.Size
			}
		}
		if l.uid != 0 && len(list) < most {
			list = append(list, l)
		}
	}
	return list, cmd.Close()
}

func messagePath(a account, uid imap.UID) []string {
	return []string{a.user + " " + a.folder, fmt.Sprintf("message %d", uid)}
}

// fetch reads messages one at a time as they arrive, and says which of those that the server listed never came. Servers
// state sizes that are a little wrong, so that twice the size may come.
func (in *incoming) fetch(c *imapclient.Client, conn *patience, a account, list []listed) (read imap.UIDSet, err error) {
	var set imap.UIDSet
	due := int64(mostOfAnswer)
	for _, l := range list {
		if l.size > in.limits.Message {
			in.finding(models.MailOverLimit, where{path: messagePath(a, l.uid)}, "The message has %s; the limit is %s.", megabytes(l.size), megabytes(in.limits.Message))
			continue
		}
		set.AddNum(l.uid)
		due += 2*max(l.size, 0) + 64<<10
	}
	if len(set) == 0 {
		return nil, nil
	}
	conn.step(due, 0)
	cmd := c.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}})
	for m := cmd.Next(); m != nil; m = cmd.Next() {
		uid, raw, err := in.receive(m, conn.remaining())
		if err != nil {
			return read, err // the library reads on by itself: nothing more must be asked of this command
		}
		if raw == nil || uid == 0 {
			continue // the message is gone
		}
		if in.begin(int64(len(raw))); !in.stopped {
			conn.rest()
			in.message(where{path: messagePath(a, uid)}, raw)
			conn.goOn()
			read.AddNum(uid)
		}
	}
	if err := cmd.Close(); err != nil {
		return read, err
	}
	for _, l := range list {
		if !in.stopped && set.Contains(l.uid) && !read.Contains(l.uid) {
			in.gone(where{path: messagePath(a, l.uid)})
		}
	}
	return read, nil
}

// receive reads one message of at most so many bytes.
func (in *incoming) receive(m *imapclient.FetchMessageData, most int64) (uid imap.UID, raw []byte, err error) {
	limit := min(in.limits.Message+1, most)
	for item := m.Next(); item != nil; item = m.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = item.UID
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			size := min(item.Literal.Size(), limit)
			var b bytes.Buffer
			b.Grow(int(max(size, 0)) + bytes.MinRead)
			if _, err := io.Copy(&b, io.LimitReader(item.Literal, limit)); err != nil {
				return uid, nil, err
			}
			if int64(b.Len()) == size {
				raw = b.Bytes()
			}
		}
	}
	return uid, raw, nil
}
