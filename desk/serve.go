package desk

import (
	"errors"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/rubric-project/rubric/office"
)

// mostForm is the size in bytes of the largest form without files.
const mostForm = 1 << 20

// serve answers one request by the rules of its route.
func (d *Desk) serve(r route, w http.ResponseWriter, q *http.Request) {
	c := &call{Desk: d, w: w, r: q, speech: speechOf(d.settings.lang(), q)}
	if r.form != upload {
		q.Body = http.MaxBytesReader(w, q.Body, mostForm)
	}
	if r.round {
		if c.live = d.find(q.PathValue("key")); c.live == nil {
			c.write(c.missing())
			return
		}
	}
	if r.form != none {
		if a, ok := c.takeMark(r.form); !ok {
			c.write(a)
			return
		}
	}
	if r.round && r.form != upload {
		c.live.mu.Lock()
		defer c.live.mu.Unlock()
	}
	a, err := c.answer(r)
	if err != nil {
		if r.form != none {
			d.keys.again(c.mark(r.form))
		}
		a = c.failed(err)
	}
	c.write(a)
}

// answer takes a look at the round and calls the handler.
func (c *call) answer(r route) (answer, error) {
	if r.round && r.form != upload {
		if r.form == bound { // what others did a moment ago is to be seen too
			c.live.looked = time.Time{}
		}
		var err error
		if c.view, err = c.live.look(c.r.Context()); err != nil && !r.blind && r.page != "job" && r.path != "job/stop" {
			return answer{}, err
		}
		if r.form == bound && !r.blind {
			if n, _ := strconv.Atoi(c.field("at")); n > position(c.view.Events) {
				return c.drawnFromLater(), nil
			}
		}
		if r.form == bound {
			if since := c.since(); len(since) > 0 && c.field("still") == "" {
				return c.conflict(since), nil
			}
		}
	}
	return r.serve(c)
}

// mark is the mark of the form that was sent.
func (c *call) mark(f form) string {
	if f == upload {
		return c.query("once")
	}
	return c.field("once")
}

// takeMark takes back the mark of a form, which is good once.
func (c *call) takeMark(f form) (answer, bool) {
	if f != upload {
		if kind, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type")); kind == "multipart/form-data" {
			c.r.ParseMultipartForm(mostForm)
		} else if c.r.ParseForm() != nil {
			return c.told(http.StatusRequestEntityTooLarge, c.T("This form is too large"), c.T("Nothing was done. Write less, or put the text into a file.")), false
		}
	}
	known, first := c.keys.returned(c.mark(f))
	switch {
	case !known:
		return c.told(http.StatusConflict, c.T("This page is from an earlier run"), c.T("Nothing was done. Open the page anew, and do it again there.")), false
	case !first:
		return c.told(http.StatusConflict, c.T("This was sent already"), c.T("It was done the first time, and not again. Go on from the page as it is now.")), false
	}
	return answer{}, true
}

// position is the place in the journal that a form is drawn from: events that only note what was written do not count.
func position(events []office.Event) int {
	n := 0
	for _, e := range events {
		if !onlyNotes(e) {
			n++
		}
	}
	return n
}

// onlyNotes says that an event notes a file that was written, and changes nothing that a person decides upon.
func onlyNotes(e office.Event) bool {
	switch e.Kind {
	case "reported", "correction-made", "result-made", "compared":
		return true
	}
	return false
}

// since are the events that came after the form was drawn.
func (c *call) since() []office.Event {
	var out []office.Event
	n, _ := strconv.Atoi(c.field("at"))
	for _, e := range c.view.Events {
		if onlyNotes(e) {
			continue
		}
		if n--; n < 0 {
			out = append(out, e)
		}
	}
	return out
}

// conflict shows what happened since the form was drawn, beside what it asks for, and lets the person choose.
func (c *call) conflict(since []office.Event) answer {
	type pair struct{ Name, Value string }
	var fields []pair
	for name, values := range c.r.PostForm {
		if name == "at" || name == "once" || name == "password" { // a password is never shown, and typed anew
			continue
		}
		for _, v := range values {
			fields = append(fields, pair{name, v})
		}
	}
	return answer{status: http.StatusConflict, page: "conflict", head: head{Title: c.T("The round has changed"),
		Question: c.T("Do you still want what you asked for?")},
		data: struct {
			Since  []office.Event
			Fields []pair
			Action string
		}{since, fields, c.r.URL.RequestURI()}}
}

// failed is the page of an error: what happened, and what to do.
func (c *call) failed(err error) answer {
	status := http.StatusInternalServerError
	var busy *busyError
	title := c.T("This could not be done")
	switch {
	case errors.As(err, &busy):
		return c.told(http.StatusConflict, c.T("Something else is being done in this round"), c.T("Wait until it has ended: %s. Nothing was changed.", busy.job.Title))
	case office.IsMisuse(err):
		status = http.StatusUnprocessableEntity
	}
	return answer{status: status, page: "failed", head: head{Title: title}, data: struct {
		Note office.Note
		Way  way
	}{office.AsNote(err), c.way(office.AsNote(err).Do)}}
}

// told is a page that says one thing in the desk's own words.
func (c *call) told(status int, title, text string) answer {
	return answer{status: status, page: "told", head: head{Title: title}, data: text}
}

// missing is the page of an address that is none.
func (c *call) missing() answer {
	return c.told(http.StatusNotFound, c.T("There is no such page"), c.T("It may be of a round that is not open on this computer. Go to the rounds and open it."))
}

// broke answers after a fault of the program. What went wrong is not shown: it may hold names.
func (d *Desk) broke(w http.ResponseWriter, r *http.Request, _ []byte) {
	c := &call{Desk: d, w: w, r: r, speech: speechOf(d.settings.lang(), r)}
	c.write(c.told(http.StatusInternalServerError, c.T("This page could not be made"), c.T("That is a fault of rubric's own; the round is unharmed. Tell those who make rubric which page it was.")))
}
