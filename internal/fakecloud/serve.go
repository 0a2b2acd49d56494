package fakecloud

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	mrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// server is the fake's state.
type server struct {
	mu        sync.Mutex
	set       Settings
	source    *mrand.PCG
	chance    *mrand.Rand
	counts    map[string]int
	log       []Request
	delivered []Delivered
	boxes     map[string]*mailbox
	codes     map[string]asked
	access    map[string]session
	refresh   map[string]session
	devices   map[string]*asked
	serial    int
	latest    time.Time // of the times that tests told
	kept      []*server
}

// asked is a sign-in that was begun.
type asked struct {
	challenge, redirect, client string
	scopes                      []string
	polls                       int
}

// session is what a token stands for.
type session struct {
	scopes  []string
	expires time.Time
}

func serve() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s := &server{counts: map[string]int{}, codes: map[string]asked{}, access: map[string]session{}, refresh: map[string]session{}, devices: map[string]*asked{}, boxes: map[string]*mailbox{}}
	fmt.Println("http://" + l.Addr().String())
	go http.Serve(l, s)
	_, _ = io.Copy(io.Discard, os.Stdin) // until whoever started it ends
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(io.LimitReader(r.Body, 64<<20))
	if what, ok := strings.CutPrefix(r.URL.Path, "/fake/"); ok {
		s.control(w, what, body)
		return
	}
	now := time.Now()
	if t, err := time.Parse(time.RFC3339Nano, r.Header.Get(nowHeader)); err == nil {
		now, s.latest = t, t
	}
	c := &call{server: s, r: r, body: body, now: now, kind: kindOf(r)}
	s.counts[c.kind]++
	c.fault = s.faultOf(c.kind)
	line := Request{Time: now, Kind: c.kind, Method: r.Method, Path: r.URL.Path, Bytes: int64(len(body)), Fault: c.fault}
	defer func() {
		line.Status, line.Wrong = c.status, c.wrong
		s.log = append(s.log, line)
	}()
	if c.fault == "drop-before" {
		drop(w)
		return
	}
	undone := strings.HasSuffix(c.fault, " undone")
	if !undone {
		if strings.Contains(r.URL.Path, "/oauth2/") {
			c.oauth()
		} else {
			c.graph()
		}
	}
	if c.fault == "drop-after" {
		drop(w)
		return
	}
	if status, _, ok := strings.Cut(c.fault, " "); ok {
		c.status, _ = strconv.Atoi(status)
		c.reply = nil
		if c.status >= 400 {
			c.fail(c.status, "FaultOfTheFake", "as ordered")
		}
		if c.status == 429 || c.status == 503 {
			w.Header().Set("Retry-After", "17")
		}
	}
	for k, v := range c.header {
		w.Header().Set(k, v)
	}
	if c.kindOfReply != "" {
		w.Header().Set("Content-Type", c.kindOfReply)
	}
	w.WriteHeader(c.status)
	_, _ = w.Write(c.reply)
}

func drop(w http.ResponseWriter) {
	if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
		c.Close()
	}
}

// faultOf is what goes wrong with this request.
func (s *server) faultOf(kind string) string {
	for i, f := range s.set.Faults {
		if f.On == kind && f.Nth == s.counts[kind] {
			s.set.Faults[i].On = ""
			return f.Do
		}
	}
	if s.chance == nil || s.set.Rate == 0 || s.chance.IntN(1000) >= s.set.Rate {
		return ""
	}
	of := chances[kind]
	if len(of) == 0 {
		return ""
	}
	return of[s.chance.IntN(len(of))]
}

// chances are what can go wrong by chance.
var chances = map[string][]string{
	"create": {"drop-before", "drop-after", "200 undone", "429 undone", "503 done", "504 done", "504 undone"},
	"send":   {"drop-before", "drop-after", "200 undone", "429 undone", "429 done", "503 undone", "504 done", "504 undone", "202 undone"},
	"look":   {"drop-before", "429 undone", "503 undone"},
	"list":   {"drop-before", "429 undone", "503 undone"},
	"raw":    {"drop-before", "429 undone", "503 undone"},
	"delete": {"drop-before", "drop-after", "503 undone"},
}

func kindOf(r *http.Request) string {
	p := r.URL.Path
	switch {
	case strings.HasSuffix(p, "/token"):
		return "token"
	case strings.Contains(p, "/oauth2/"):
		return "authorize"
	case strings.HasSuffix(p, "/send"):
		return "send"
	case strings.HasSuffix(p, "/sendMail"):
		return "sendMail"
	case strings.HasSuffix(p, "/$value"):
		return "raw"
	case strings.HasSuffix(p, "/move"), r.Method == http.MethodPatch:
		return "mark"
	case r.Method == http.MethodDelete:
		return "delete"
	case r.Method == http.MethodPost:
		return "create"
	case strings.Contains(p, "/mailFolders/") && strings.HasSuffix(p, "/messages"):
		return "list"
	}
	return "look"
}

func secret(kind string) string {
	var b [12]byte
	_, _ = rand.Read(b[:])
	return Prefix + "-" + kind + "-" + hex.EncodeToString(b[:])
}

// control is what a test asks the fake for.
func (s *server) control(w http.ResponseWriter, what string, body []byte) {
	var out any
	switch what {
	case "set":
		s.set = Settings{}
		_ = json.Unmarshal(body, &s.set)
		s.source = mrand.NewPCG(s.set.Seed, 1)
		s.chance = mrand.New(s.source)
		s.counts = map[string]int{}
		for _, u := range append(s.set.Users, s.set.Shared) {
			s.box(u)
		}
	case "log":
		out = s.log
	case "delivered":
		out = s.delivered
	case "clear":
		s.log, s.delivered, s.boxes, s.counts = nil, nil, map[string]*mailbox{}, map[string]int{}
	case "keep":
		s.kept = append(s.kept, s.copied())
	case "back":
		s.become(s.kept[len(s.kept)-1])
		s.kept = s.kept[:len(s.kept)-1]
	case "reached":
		reached := map[string]int{}
		for _, d := range s.delivered {
			for _, a := range d.To {
				reached[a]++
			}
		}
		out = reached
	case "wrong":
		wrong := []Request{}
		for _, x := range s.log {
			if x.Wrong != "" {
				wrong = append(wrong, x)
			}
		}
		out = wrong
	case "expire":
		s.access = map[string]session{}
	case "revoke":
		s.refresh = map[string]session{}
	case "secret":
		out = secret("planted")
	case "arrive":
		var x Letter
		_ = json.Unmarshal(body, &x)
		b := s.box(x.User)
		b.put(s.newID(), b.folderNamed(x.Folder), x.Raw, x.Time)
	case "senddraft":
		var x [2]string
		_ = json.Unmarshal(body, &x)
		for _, m := range s.box(x[0]).messages {
			if m.id == x[1] || m.messageID == x[1] {
				m.draft, m.folder = false, "sentitems"
				s.deliver(m.raw, time.Now())
			}
		}
	case "drafts", "where":
		var user string
		_ = json.Unmarshal(body, &user)
		drafts, where := []string{}, map[string]string{}
		for _, m := range s.box(user).sorted() {
			if m.folder == "drafts" {
				drafts = append(drafts, m.messageID)
			}
			where[m.messageID] = s.box(user).folders[m.folder].name + "|" + strings.Join(m.categories, ",")
		}
		if out = any(drafts); what == "where" {
			out = where
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}

// idPrefix is what all ids of messages begin with.
const idPrefix = "AAkALg"

func (s *server) newID() string {
	s.serial++
	return idPrefix + strconv.Itoa(s.serial) + "="
}

// Chances are the ways in which each kind of request can go wrong.
func Chances() map[string][]string { return chances }
