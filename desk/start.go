package desk

import (
	"net/http"
	"strings"
)

// start shows a form that posts itself: what follows a link, such as a preview or a scanner, does not use it up.
func (d *Desk) start(c *call) (answer, error) {
	return c.bare("start", http.StatusOK, struct{ Link, Round string }{c.r.FormValue("k"), c.r.FormValue("r")}), nil
}

// started lets the browser in.
func (d *Desk) started(c *call) (answer, error) {
	if !d.keys.use(c.r.PostFormValue("k")) {
		return c.bare("late", http.StatusForbidden, nil), nil
	}
	http.SetCookie(c.w, &http.Cookie{Name: d.keys.cookie, Value: d.keys.session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	to := "/"
	if key := c.r.PostFormValue("r"); d.find(key) != nil {
		to = "/r/" + key + "/overview"
	}
	return redirect(to), nil
}

// letIn says what to do to somebody without a cookie.
func (d *Desk) letIn(w http.ResponseWriter, r *http.Request) {
	c := &call{Desk: d, w: w, r: r, speech: speechOf(d.settings.lang(), r)}
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		http.Error(w, "Start rubric again; it opens a new link.", http.StatusForbidden)
		return
	}
	c.write(c.bare("late", http.StatusForbidden, nil))
}

// end ends the desk by its button.
func (d *Desk) end(c *call) (answer, error) {
	a := c.bare("ended", http.StatusOK, nil)
	a.after = func() {
		d.mu.Lock()
		first := !d.ended
		d.ended = true
		d.mu.Unlock()
		if first && d.cfg.Ended != nil {
			go d.cfg.Ended()
		}
	}
	return a, nil
}
