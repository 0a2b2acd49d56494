package desk

import (
	"crypto/subtle"
	"net"
	"net/http"
	"sync"
	"time"
)

// startsWithin is how long a start link works.
const startsWithin = time.Minute

// mostUsed is how many forms are remembered as sent; the oldest are forgotten first, long after their pages are gone.
const mostUsed = 10_000

// keys are what lets somebody in: start links, each good once, the session's cookie, and the marks of forms.
type keys struct {
	cookie, session string

	mu    sync.Mutex
	links map[string]time.Time // when each ends
	forms map[string]bool      // those that were handed out: false until they came back
	order []string
}

func newKeys(host string) keys {
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		port = "0"
	}
	return keys{cookie: "rubric-desk-" + port, session: secret(), links: map[string]time.Time{}, forms: map[string]bool{}}
}

// StartLink is an address that opens the desk in a browser once, within a minute. dir is a round folder that is opened
// with it; "" for the list of rounds.
func (d *Desk) StartLink(dir string) string {
	k := &d.keys
	k.mu.Lock()
	defer k.mu.Unlock()
	for link, ends := range k.links {
		if time.Now().After(ends) {
			delete(k.links, link)
		}
	}
	link := secret()
	k.links[link] = time.Now().Add(startsWithin)
	address := "http://" + d.cfg.Host + "/start?k=" + link
	if dir != "" {
		address += "&r=" + d.add(dir).key
	}
	return address
}

// use takes a start link; ok is false where it was used, is too old, or never was.
func (k *keys) use(link string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	ends, ok := k.links[link]
	delete(k.links, link)
	return ok && time.Now().Before(ends)
}

// holds says whether a request comes with the session's cookie.
func (k *keys) holds(r *http.Request) bool {
	for _, c := range r.CookiesNamed(k.cookie) {
		if subtle.ConstantTimeCompare([]byte(c.Value), []byte(k.session)) == 1 {
			return true
		}
	}
	return false
}

// form is a new mark for a form, which is good once.
func (k *keys) form() string {
	mark := secret()[:22]
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forms[mark] = false
	if k.order = append(k.order, mark); len(k.order) > mostUsed {
		delete(k.forms, k.order[0])
		k.order = k.order[1:]
	}
	return mark
}

// returned takes a form's mark back. known is false for a mark that was never handed out, first for one that came before.
func (k *keys) returned(mark string) (known, first bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	used, known := k.forms[mark]
	if known {
		k.forms[mark] = true
	}
	return known, !used
}

// again lets a form be sent once more, since nothing was done with it.
func (k *keys) again(mark string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.forms[mark]; ok {
		k.forms[mark] = false
	}
}
