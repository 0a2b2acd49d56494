package fakecloud

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// needs are the permissions that a kind of request needs, one of them.
var needs = map[string][]string{"create": {"Mail.ReadWrite"}, "send": {"Mail.Send"}, "sendMail": {"Mail.Send"}, "list": {"Mail.ReadWrite"}, "raw": {"Mail.ReadWrite"}, "mark": {"Mail.ReadWrite"}, "delete": {"Mail.ReadWrite"}, "look": {"Mail.ReadWrite", "User.Read"}}

func (c *call) graph() {
	token := strings.TrimPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	x, ok := c.access[token]
	path, inGraph := strings.CutPrefix(c.r.URL.Path, "/v1.0/")
	switch {
	case !inGraph:
		c.fail(404, "NoSuchPlace", c.r.URL.Path)
		return
	case !ok || c.now.After(x.expires):
		c.fail(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid. "+token)
		return
	case c.r.URL.Path != "/v1.0/me" && !strings.Contains(c.r.Header.Get("Prefer"), `IdType="ImmutableId"`):
		c.wrong = "a request for ids that do not last"
	}
	if over := c.limits(); over != "" {
		c.wrong = over
		c.fail(429, "ApplicationThrottled", over)
		c.header = map[string]string{"Retry-After": "30"}
		return
	}
	user, shared := c.set.Users[0], false
	if rest, ok := strings.CutPrefix(path, "users/"); ok {
		user, path, _ = strings.Cut(rest, "/")
		if shared = true; !strings.EqualFold(user, c.set.Shared) {
			c.fail(404, "ErrorInvalidUser", "The requested user '"+user+"' is invalid.")
			return
		}
	} else if path == "me" {
		c.json(200, map[string]string{"mail": c.set.Users[0], "userPrincipalName": c.set.Users[0]})
		return
	} else {
		path = strings.TrimPrefix(path, "me/")
	}
	if !slices.ContainsFunc(needs[c.kind], func(n string) bool {
		return slices.ContainsFunc(x.scopes, func(s string) bool { return s == n && !shared || s == n+".Shared" })
	}) {
		c.fail(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
		return
	}
	if len(c.body) > 4<<20 {
		c.status = 200 // as was reported: no error, and nothing done
		return
	}
	b := c.box(user)
	c.settle(b)
	c.route(b, path)
}

func (c *call) route(b *mailbox, path string) {
	parts := strings.Split(path, "/")
	switch {
	case path == "sendMail":
		if raw := c.mime(); raw != nil {
			c.deliver(raw, c.now)
			b.put(c.newID(), "sentitems", raw, c.now)
			c.status = http.StatusAccepted
		}
	case path == "messages" && c.r.Method == http.MethodPost:
		if raw := c.mime(); raw != nil {
			m := b.put(c.newID(), "drafts", raw, c.now)
			if c.set.Rewrite {
				m.messageID = "REWRITTEN" + strconv.Itoa(m.serial) + "@fake.example"
			}
			c.json(http.StatusCreated, c.shown(m))
		}
	case parts[0] == "messages" && len(parts) >= 2:
		c.message(b, parts[1:])
	case parts[0] == "mailFolders":
		c.folders(b, parts[1:])
	default:
		c.fail(404, "NoSuchPlace", path)
	}
}

// mime is the message of the body.
func (c *call) mime() []byte {
	raw, err := base64.StdEncoding.DecodeString(string(c.body))
	if err != nil || !strings.HasPrefix(c.r.Header.Get("Content-Type"), "text/plain") {
		c.fail(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.")
		return nil
	}
	return raw
}

func (c *call) message(b *mailbox, parts []string) {
	if !strings.HasPrefix(parts[0], idPrefix) {
		c.fail(400, "ErrorInvalidIdMalformed", "Id is malformed.")
		return
	}
	m := b.messages[parts[0]]
	if m == nil {
		c.fail(404, "ErrorItemNotFound", "The specified object was not found in the store.")
		return
	}
	what := ""
	if len(parts) > 1 {
		what = parts[1]
	}
	switch {
	case what == "send":
		if !m.draft {
			c.fail(400, "ErrorInvalidRequest", "not a draft")
			return
		}
		if !m.leaves.IsZero() {
			c.wrong = "the order to send was given twice"
		}
		c.deliver(m.raw, c.now)
		m.leaves = c.now.Add(time.Duration(c.set.Lag) * time.Second)
		b.leaving[m.id] = m
		c.settle(b)
		c.status = http.StatusAccepted
	case what == "$value":
		c.status, c.kindOfReply, c.reply = 200, "text/plain", m.raw
	case what == "move":
		var to struct{ DestinationID string }
		_ = json.Unmarshal(c.body, &to)
		if _, ok := b.folders[to.DestinationID]; !ok {
			c.fail(404, "ErrorFolderNotFound", "no such folder")
			return
		}
		m.folder = to.DestinationID
		c.json(201, c.shown(m))
	case c.r.Method == http.MethodPatch:
		var to struct{ Categories []string }
		_ = json.Unmarshal(c.body, &to)
		m.categories = to.Categories
		c.json(200, c.shown(m))
	case c.r.Method == http.MethodDelete:
		delete(b.messages, m.id)
		delete(b.leaving, m.id)
		c.status = http.StatusNoContent
	default:
		c.json(200, c.shown(m))
	}
}

func (c *call) shown(m *message) map[string]any {
	return map[string]any{"id": m.id, "internetMessageId": "<" + m.messageID + ">", "isDraft": m.draft, "parentFolderId": m.folder, "receivedDateTime": m.received.UTC().Format(time.RFC3339), "categories": m.categories}
}

func (c *call) folders(b *mailbox, parts []string) {
	listed := func(parent string) {
		name := c.equals("displayName")
		out := []any{}
		for _, f := range b.folders {
			if f.parent == parent && strings.EqualFold(f.name, name) {
				out = append(out, map[string]string{"id": f.id, "displayName": f.name})
			}
		}
		c.json(200, map[string]any{"value": out})
	}
	if len(parts) == 0 {
		listed("")
		return
	}
	f, ok := b.folders[parts[0]]
	switch {
	case !ok:
		c.fail(404, "ErrorFolderNotFound", "The specified folder could not be found in the store.")
	case len(parts) == 1:
		c.json(200, map[string]string{"id": f.id, "displayName": f.name})
	case parts[1] == "childFolders":
		listed(f.id)
	default:
		c.list(b, f.id)
	}
}

var equal = regexp.MustCompile(`(\w+) eq '((?:[^']|'')*)'`)

// equals is the value that a filter compares with.
func (c *call) equals(field string) string {
	for _, m := range equal.FindAllStringSubmatch(c.r.URL.Query().Get("$filter"), -1) {
		if m[1] == field {
			return strings.ReplaceAll(m[2], "''", "'")
		}
	}
	return ""
}

// list is a page of a folder, the oldest first.
func (c *call) list(b *mailbox, in string) {
	q := c.r.URL.Query()
	id := strings.Trim(c.equals("internetMessageId"), "<>")
	var since time.Time
	if _, day, ok := strings.Cut(q.Get("$filter"), "receivedDateTime ge "); ok {
		since, _ = time.Parse(time.RFC3339, strings.Fields(day)[0])
	}
	skip, _ := strconv.Atoi(q.Get("$skip"))
	top, _ := strconv.Atoi(q.Get("$top"))
	if top == 0 {
		top = 10
	}
	out, more := []any{}, false
	for _, m := range b.sorted() {
		if m.folder != in || id != "" && m.messageID != id || m.received.Before(since) {
			continue
		}
		if skip--; skip >= 0 {
			continue
		}
		if more = len(out) == top; more {
			break
		}
		out = append(out, c.shown(m))
	}
	page := map[string]any{"value": out}
	if more {
		was, _ := strconv.Atoi(q.Get("$skip"))
		q.Set("$skip", strconv.Itoa(was+top))
		page["@odata.nextLink"] = "http://" + c.r.Host + c.r.URL.Path + "?" + strings.ReplaceAll(url.Values(q).Encode(), "+", "%20")
	}
	c.json(200, page)
}
