package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/mail"
)

// Incoming reads the messages of a folder, the oldest first. Nothing in the mailbox is changed by that.
type Incoming struct {
	Client *Client
	// Folder is a path of names as Outlook shows them, such as Inbox/Returns.
	Folder string
	// Since leaves out messages that came before, where it is not zero.
	Since time.Time
	// Known says of a message, by its lasting id, whether it was read before; nil for none.
	Known func(id string) bool
	// Now is called with the id of each message before it is passed on; it may be nil.
	Now func(id string)
	// MostMessages and MostBytes are what is read at most, of the folder and of one message; 0 stands for the limits of
	// package mail.
	MostMessages int
	MostBytes    int64
}

// Letters gives the messages, as they are.
func (in *Incoming) Letters(ctx context.Context) iter.Seq2[mail.Raw, error] {
	return func(yield func(mail.Raw, error) bool) {
		list, more, err := in.list(ctx)
		if err != nil {
			yield(mail.Raw{}, err)
			return
		}
		owner := in.Client.Mailbox
		if owner == "" {
			owner = "microsoft"
		}
		for _, x := range list {
			raw, err := in.letter(ctx, x)
			if err != nil {
				yield(mail.Raw{}, err)
				return
			}
			if in.Now != nil {
				in.Now(x.ID)
			}
			raw.Path = []string{owner + " " + in.Folder, x.Received.UTC().Format("2006-01-02 15.04.05") + " " + bare(x.InternetMessageID)}
			if !yield(raw, nil) {
				return
			}
		}
		if more {
			yield(mail.Raw{}, &mail.ServerError{Fault: fault.Error{Message: fmt.Sprintf("the folder %s has more than %d messages that were not read before; so many were read", in.Folder, len(list)),
				Remedy: "collect again for the rest, or say from which day on"}})
		}
	}
}

// list lists what is new in the folder, page by page, before anything is read: what is moved meanwhile is not missed.
func (in *Incoming) list(ctx context.Context) (out []item, more bool, err error) {
	folder, err := in.Client.FolderAt(ctx, in.Folder)
	if err != nil {
		return nil, false, err
	}
	q := url.Values{"$select": {"id,internetMessageId,receivedDateTime"}, "$orderby": {"receivedDateTime asc"}, "$top": {"100"}}
	if !in.Since.IsZero() {
		q.Set("$filter", "receivedDateTime ge "+in.Since.UTC().Format(time.RFC3339))
	}
	most := in.MostMessages
	if most == 0 {
		most = mail.DefaultLimits().Messages
	}
	path := in.Client.me() + "/mailFolders/" + url.PathEscape(folder) + "/messages?" + strings.ReplaceAll(q.Encode(), "+", "%20")
	seen := map[string]bool{} // a page may repeat what the one before had
	err = in.Client.list(ctx, path, func(x item) bool {
		if x.ID == "" || seen[x.ID] || in.Known != nil && in.Known(x.ID) {
			return true
		}
		if len(out) == most {
			more = true
			return false
		}
		seen[x.ID] = true
		out = append(out, x)
		return true
	})
	return out, more, err
}

func (in *Incoming) letter(ctx context.Context, x item) (mail.Raw, error) {
	most := in.MostBytes
	if most == 0 {
		most = mail.DefaultLimits().Message
	}
	a, err := in.Client.read(ctx, request{path: in.Client.me() + "/messages/" + url.PathEscape(x.ID) + "/$value", most: most})
	switch {
	case err != nil:
		return mail.Raw{}, err
	case a.cut:
		return mail.Raw{TooLarge: true}, nil
	case a.status == http.StatusNotFound || a.status == http.StatusGone:
		return mail.Raw{Gone: true}, nil
	case a.status != http.StatusOK:
		return mail.Raw{}, in.Client.refused(a, "read its messages")
	}
	return mail.Raw{Content: a.body}, nil
}

// wellKnown are the folders that have the same name in the addresses of every language (Microsoft, "mailFolder resource").
var wellKnown = []string{"inbox", "drafts", "sentitems", "deleteditems", "archive", "junkemail"}

// FolderAt is the id of a folder by its path. The first name may be a well-known one: Inbox is the inbox in all languages.
func (c *Client) FolderAt(ctx context.Context, path string) (id string, err error) {
	for i, name := range strings.Split(strings.Trim(path, "/"), "/") {
		if plain := strings.ReplaceAll(strings.ToLower(name), " ", ""); i == 0 && slices.Contains(wellKnown, plain) {
			if id, err = c.folder(ctx, plain); err != nil {
				return "", err
			}
			continue
		}
		at := c.me() + "/mailFolders"
		if i > 0 {
			at += "/" + url.PathEscape(id) + "/childFolders"
		}
		q := url.Values{"$filter": {"displayName eq '" + strings.ReplaceAll(name, "'", "''") + "'"}, "$select": {"id,displayName"}}
		a, err := c.read(ctx, request{path: at + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")})
		if err != nil {
			return "", err
		}
		var p page
		if a.status != http.StatusOK || json.Unmarshal(a.body, &p) != nil {
			return "", c.refused(a, "open its folders")
		}
		if len(p.Value) == 0 {
			return "", &mail.ServerError{Fault: fault.Error{Message: "the mailbox has no folder " + path, Remedy: "write its name as Outlook shows it; a folder in another is Inbox/Returns"}}
		}
		id = p.Value[0].ID
	}
	return id, nil
}

// Move moves a message into a folder, by the folder's id.
func (c *Client) Move(ctx context.Context, id, folder string) error {
	body, err := json.Marshal(map[string]string{"destinationId": folder})
	if err != nil {
		return err
	}
	return c.mark(ctx, request{method: http.MethodPost, path: c.me() + "/messages/" + url.PathEscape(id) + "/move", body: body}, "move messages")
}

// Categorize gives a message a category, beside those it has.
func (c *Client) Categorize(ctx context.Context, id, category string) error {
	a, err := c.read(ctx, request{path: c.me() + "/messages/" + url.PathEscape(id) + "?$select=categories"})
	if err != nil || a.status == http.StatusNotFound {
		return err
	}
	var x struct{ Categories []string }
	if a.status != http.StatusOK || json.Unmarshal(a.body, &x) != nil {
		return c.refused(a, "mark messages")
	}
	if slices.Contains(x.Categories, category) {
		return nil
	}
	body, err := json.Marshal(map[string][]string{"categories": append(x.Categories, category)})
	if err != nil {
		return err
	}
	return c.mark(ctx, request{method: http.MethodPatch, path: c.me() + "/messages/" + url.PathEscape(id), body: body}, "mark messages")
}

// mark makes a request that can be made twice without harm. A message that is gone needs none.
func (c *Client) mark(ctx context.Context, q request, what string) error {
	q.kind = "application/json"
	for try := 1; ; try++ {
		a, err := c.once(ctx, q)
		switch {
		case err == nil && (a.status < 300 || a.status == http.StatusNotFound):
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil && refusedForGood(a.status):
			return c.refused(a, what)
		case try == 4 && err != nil:
			return err
		case try == 4:
			return c.refused(a, what)
		}
		if err := c.clock().Sleep(ctx, max(a.retry, time.Duration(try)*3*time.Second)); err != nil {
			return err
		}
	}
}
