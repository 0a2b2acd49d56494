package desk

import (
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// policy lets a page use what the desk itself serves, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard refuses what does not come from the desk's own pages in a browser that was let in: another host name (as when a
// name is made to point here), another site or port, also for reading, and whoever has no cookie. Nothing of a request is
// written down anywhere.
func (d *Desk) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // no-referrer would make forms come with the origin null
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		starting := r.URL.Path == "/start"
		switch {
		case r.Host != d.cfg.Host:
			http.Error(w, "rubric desk is not at this address.", http.StatusMisdirectedRequest)
			return
		case !d.own(r) && !(starting && r.Method == http.MethodGet):
			http.Error(w, "This request does not come from rubric desk's own pages; nothing was done.", http.StatusForbidden)
			return
		case !starting && !d.keys.holds(r) && !strings.HasPrefix(r.URL.Path, "/assets/"):
			d.letIn(w, r)
			return
		}
		d.mu.Lock()
		d.busy = time.Now()
		ended := d.ended
		d.mu.Unlock()
		if ended {
			http.Error(w, "rubric desk has ended.", http.StatusServiceUnavailable)
			return
		}
		defer func() {
			if x := recover(); x != nil {
				if x == http.ErrAbortHandler {
					panic(x)
				}
				d.broke(w, r, debug.Stack())
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// own says whether a request was made by one of the desk's pages, or typed by a person. Browsers that do not say where a
// request comes from are known by the origin, which they give with everything that changes something.
func (d *Desk) own(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin":
	case "none":
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return false
		}
	case "":
		if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Header.Get("Origin") == "" {
			return false
		}
	default:
		return false
	}
	origin := r.Header.Get("Origin")
	return origin == "" || origin == "http://"+d.cfg.Host
}
