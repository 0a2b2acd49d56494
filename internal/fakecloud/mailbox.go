package fakecloud

import (
	"bytes"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
)

// mailbox is the mail of one address.
type mailbox struct {
	messages map[string]*message
	leaving  map[string]*message // those that were ordered to be sent and still lie in Drafts
	folders  map[string]folder   // by id
}

type folder struct{ id, name, parent string }

type message struct {
	id, messageID string
	folder        string
	draft         bool
	raw           []byte
	received      time.Time
	serial        int
	categories    []string
	// leaves is when it goes from Drafts to Sent Items.
	leaves time.Time
}

func (s *server) box(user string) *mailbox {
	user = strings.ToLower(user)
	if b := s.boxes[user]; b != nil {
		return b
	}
	b := &mailbox{messages: map[string]*message{}, leaving: map[string]*message{}, folders: map[string]folder{}}
	for id, name := range map[string]string{"drafts": "Drafts", "sentitems": "Sent Items", "inbox": "Inbox", "deleteditems": "Deleted Items"} {
		b.folders[id] = folder{id, name, ""}
	}
	s.boxes[user] = b
	return b
}

// folderNamed is the id of a folder, which is made where it is not there; a slash leads into another.
func (b *mailbox) folderNamed(path string) string {
	parent := ""
	for name := range strings.SplitSeq(path, "/") {
		id := ""
		for _, f := range b.folders {
			if strings.EqualFold(f.name, name) && f.parent == parent {
				id = f.id
			}
		}
		if id == "" {
			id = "folder" + strconv.Itoa(len(b.folders))
			b.folders[id] = folder{id, name, parent}
		}
		parent = id
	}
	return parent
}

func (b *mailbox) put(id, in string, raw []byte, at time.Time) *message {
	m := &message{id: id, folder: in, raw: raw, received: at, serial: len(b.messages), draft: in == "drafts"}
	if head, err := mail.ReadMessage(bytes.NewReader(raw)); err == nil {
		m.messageID = strings.Trim(head.Header.Get("Message-Id"), "<>")
	}
	b.messages[id] = m
	return m
}

// sorted lists the messages, the oldest first.
func (b *mailbox) sorted() []*message {
	var out []*message
	for _, m := range b.messages {
		out = append(out, m)
	}
	slices.SortFunc(out, func(x, y *message) int {
		if c := x.received.Compare(y.received); c != 0 {
			return c
		}
		return x.serial - y.serial
	})
	return out
}

// settle moves what was sent and has waited long enough.
func (c *call) settle(b *mailbox) {
	for id, m := range b.leaving {
		if c.now.Before(m.leaves) {
			continue
		}
		delete(b.leaving, id)
		if c.set.NoCopies {
			delete(b.messages, id)
			continue
		}
		m.leaves, m.draft, m.folder = time.Time{}, false, "sentitems"
	}
}

// deliver sends a message.
func (s *server) deliver(raw []byte, now time.Time) {
	d := Delivered{Time: now, Raw: raw}
	if head, err := mail.ReadMessage(bytes.NewReader(raw)); err == nil {
		d.ID = strings.Trim(head.Header.Get("Message-Id"), "<>")
		for _, h := range []string{"To", "Cc"} {
			list, _ := head.Header.AddressList(h)
			for _, a := range list {
				d.To = append(d.To, a.Address)
			}
		}
	}
	s.delivered = append(s.delivered, d)
}

// limits finds what Microsoft would refuse for its number, and whether it was said to wait.
func (c *call) limits() (over string) {
	requests, bytes, messages := 0, int64(0), 0
	for i := len(c.log) - 1; i >= 0 && c.now.Sub(c.log[i].Time) < 10*time.Minute; i-- {
		x := c.log[i]
		if x.Kind == "token" || x.Kind == "authorize" {
			continue
		}
		requests++
		if c.now.Sub(x.Time) < 5*time.Minute {
			bytes += x.Bytes
		}
		if (x.Kind == "send" || x.Kind == "sendMail") && c.now.Sub(x.Time) < time.Minute {
			messages++
		}
	}
	switch {
	case requests >= 10_000:
		return "more than 10,000 requests in ten minutes"
	case bytes+int64(len(c.body)) > 150_000_000:
		return "more than 150 MB in five minutes"
	case messages >= 31 && (c.kind == "send" || c.kind == "sendMail"): // 30, and one at either end of the minute
		return "more than 30 messages in a minute"
	}
	return ""
}
