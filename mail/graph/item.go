package graph

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// item is a message in the mailbox, as far as it is looked at.
type item struct {
	ID                string    `json:"id"`
	InternetMessageID string    `json:"internetMessageId"`
	IsDraft           bool      `json:"isDraft"`
	ParentFolderID    string    `json:"parentFolderId"`
	Received          time.Time `json:"receivedDateTime"`
}

const fieldsOfItem = "?$select=id,internetMessageId,isDraft,parentFolderId"

// page is a part of a list.
type page struct {
	Value []item `json:"value"`
	Next  string `json:"@odata.nextLink"`
}

// item looks at a message by its lasting id, wherever in the mailbox it lies now. there is false where there is none.
func (c *Client) item(ctx context.Context, id string) (x item, there bool, err error) {
	a, err := c.read(ctx, request{path: c.me() + "/messages/" + url.PathEscape(id) + fieldsOfItem})
	switch {
	case err != nil:
		return x, false, err
	case noneHere(a):
		return x, false, nil
	case a.status != http.StatusOK || json.Unmarshal(a.body, &x) != nil:
		return x, false, c.refused(a, "look at its messages")
	}
	return x, true, nil
}

// inFolder looks in a folder for messages with an ID (RFC 5322). mailbox is "" for that of whoever signed in.
func (c *Client) inFolder(ctx context.Context, mailbox, folder, messageID string) ([]item, error) {
	// In a filter a quote is doubled (OData 4.01, URL conventions, 5.1.1.6.1), and the whole is written for an address.
	filter := "internetMessageId eq '<" + strings.ReplaceAll(messageID, "'", "''") + ">'"
	q := url.Values{"$filter": {filter}, "$select": {"id,internetMessageId,isDraft,parentFolderId"}, "$top": {"10"}}
	a, err := c.read(ctx, request{path: ownerPath(mailbox) + "/mailFolders/" + folder + "/messages?" + strings.ReplaceAll(q.Encode(), "+", "%20")})
	if err != nil {
		return nil, err
	}
	if a.status == http.StatusNotFound {
		return nil, nil
	}
	var p page
	if a.status != http.StatusOK || json.Unmarshal(a.body, &p) != nil {
		return nil, c.refused(a, "look into its folders")
	}
	return p.Value, nil
}

// list goes through pages of messages until each says stop.
func (c *Client) list(ctx context.Context, path string, each func(item) (more bool)) error {
	for path != "" {
		a, err := c.read(ctx, request{path: path})
		if err != nil {
			return err
		}
		var p page
		if a.status != http.StatusOK || json.Unmarshal(a.body, &p) != nil {
			return c.refused(a, "list its messages")
		}
		for _, x := range p.Value {
			if !each(x) {
				return nil
			}
		}
		// A token goes nowhere else, whatever an answer says.
		if p.Next != "" && !strings.HasPrefix(p.Next, c.Base+"/") {
			return c.refused(answer{status: a.status}, "go on: the next page is somewhere else")
		}
		path = p.Next
	}
	return nil
}

// folder is the id of a folder by its well-known name.
func (c *Client) folder(ctx context.Context, name string) (string, error) {
	a, err := c.read(ctx, request{path: c.me() + "/mailFolders/" + name + "?$select=id"})
	if err != nil {
		return "", err
	}
	var x item
	if a.status != http.StatusOK || json.Unmarshal(a.body, &x) != nil || x.ID == "" {
		return "", c.refused(a, "open its folders")
	}
	return x.ID, nil
}

// delete deletes a message, and says whether it is gone.
func (c *Client) delete(ctx context.Context, id string) (bool, error) {
	status, err := c.remove(ctx, id)
	return err == nil && (status == http.StatusNoContent || status == http.StatusNotFound), err
}

// remove deletes a message. The status is 404 where there was none.
func (c *Client) remove(ctx context.Context, id string) (status int, err error) {
	a, err := c.once(ctx, request{method: http.MethodDelete, path: c.me() + "/messages/" + url.PathEscape(id)})
	return a.status, err
}

// noneHere says that an answer to the question for a message means that this mailbox has none with that id: it is gone, it is
// another mailbox's, or the id is no id of Microsoft's.
func noneHere(a answer) bool {
	code, _ := said(a)
	return a.status == http.StatusNotFound || a.status == http.StatusGone ||
		a.status == http.StatusBadRequest && (code == "ErrorInvalidIdMalformed" || code == "ErrorInvalidMailboxItemId")
}

// asMIME is a whole message as Graph takes it.
func asMIME(raw []byte) []byte {
	return []byte(base64.StdEncoding.EncodeToString(raw))
}
