package desk

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"sync"
	"time"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// Config is what a desk works with.
type Config struct {
	// Office does the work. Its Progress is not used: each job has its own.
	Office office.Office
	// Home is the folder of the user's settings: recent rounds, language, name. It is made when it is needed.
	Home string
	// Documents is where the folder chooser begins, and where the example is made.
	Documents string
	// Host is the exact address that pages are asked for at, such as 127.4.2.9:40123.
	Host string
	// Accounts are the mailboxes that are signed in to; without a Home they are in the desk's.
	Accounts post.Accounts
	// Ended is called once when the desk is ended by its button.
	Ended func()
}

// Desk serves the pages. Make it with New.
type Desk struct {
	cfg      Config
	settings *settings
	keys     keys
	mux      *http.ServeMux
	pages    map[string]pageSet // by language
	drops    drops

	mu    sync.Mutex
	live  map[string]*live // by key
	busy  time.Time        // when it was last asked for something
	ended bool

	drafts  drafts
	reports reports
	brought uploads
}

// New makes a desk. It opens nothing yet.
func New(cfg Config) (*Desk, error) {
	d := &Desk{cfg: cfg, keys: newKeys(cfg.Host), drops: newDrops(), live: map[string]*live{}, busy: time.Now()}
	d.settings = openSettings(cfg.Home)
	var err error
	if d.pages, err = parsePages(); err != nil {
		return nil, err
	}
	d.mux = d.routes()
	return d, nil
}

// Handler serves everything, and refuses what does not come from the desk's own pages.
func (d *Desk) Handler() http.Handler { return d.guard(d.mux) }

// Idle is how long nothing was asked for; a running job counts as being asked for.
func (d *Desk) Idle() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, l := range d.live {
		if l.running() != nil {
			return 0
		}
	}
	return time.Since(d.busy)
}

// Stop ends what runs in the background; jobs stop after the file or message at hand.
func (d *Desk) Stop() {
	d.mu.Lock()
	list := make([]*live, 0, len(d.live))
	for _, l := range d.live {
		list = append(list, l)
	}
	d.mu.Unlock()
	for _, l := range list {
		l.stop()
	}
	d.brought.clear()
}

// secret is 32 random bytes as text.
func secret() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}
