package desk

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// call is one request, in the language and for the round that it asks for.
type call struct {
	*Desk
	speech
	w http.ResponseWriter
	r *http.Request
	// live is the round of the address, and view one look at it; nil outside a round, or where it cannot be read.
	live *live
	view *view
	// whoseErrors are what is wrong with what was said about whose a file is.
	whoseErrors []formError
}

// handler answers a call. An error is shown as a page that says what happened, and what to do.
type handler func(c *call) (answer, error)

// answer is what goes back.
type answer struct {
	status int
	// page is shown, with data; or to is where the browser goes next; or content is a file.
	page, to string
	data     any
	head     head
	content  *content
	// after is called when the answer was written.
	after func()
}

// head is what stands above a page.
type head struct {
	// Kicker stands over the title, Question under it: what the page answers.
	Title, Kicker, Question string
	// KickerTo is where the kicker leads; "" for nowhere.
	KickerTo string
	// Here is the place in the rail that is marked.
	Here string
	// Act is the page's main action as a link, where it has one.
	Act, ActTo string
	// Facts are the row of facts under the title.
	Facts []fact
	// Errors say what is wrong with the form on the page.
	Errors []formError
	// Way is the steps of something that has several, in place of the rail; Where is said in the bar above.
	Way   *stepsWay
	Where string
	// bare leaves everything around the page away.
	bare bool
}

// fact is a figure in the head of a page; More is said beside it in grey.
type fact struct{ Name, Value, More string }

// formError is something wrong with a field of a form: Field is the id of its input.
type formError struct{ Field, Text string }

// content is a file that goes to the browser.
type content struct {
	name, kind string
	// inline shows it in the page where the browser can; otherwise it is saved.
	inline bool
	body   io.Reader
	size   int64
}

// show is a page of the round.
func (c *call) show(page string, h head, data any) answer {
	return answer{status: http.StatusOK, page: page, head: h, data: data}
}

// wrong is show for a form that was not filled in right.
func (c *call) wrong(page string, h head, data any) answer {
	return answer{status: http.StatusUnprocessableEntity, page: page, head: h, data: data}
}

// bare is a page with nothing around it.
func (c *call) bare(page string, status int, data any) answer {
	return answer{status: status, page: page, head: head{bare: true}, data: data}
}

func redirect(to string) answer { return answer{status: http.StatusSeeOther, to: to} }

// to is an address inside the round, with pairs of names and values; values that are "" are left out.
func (c *call) to(page string, pairs ...string) string {
	return address("/r/"+c.live.key+"/"+page, pairs...)
}

func address(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// query is a value of the address.
func (c *call) query(name string) string { return c.r.URL.Query().Get(name) }

// field is a value of a form.
func (c *call) field(name string) string { return c.r.PostFormValue(name) }

// write sends an answer. A page is made in memory first, so that a mistake in it never leaves half of one.
func (c *call) write(a answer) {
	switch {
	case a.to != "":
		http.Redirect(c.w, c.r, a.to, http.StatusSeeOther)
	case a.content != nil:
		c.send(a.content)
	default:
		var b bytes.Buffer
		if err := c.render(&b, a); err != nil {
			http.Error(c.w, "This page could not be shown.", http.StatusInternalServerError)
			return
		}
		c.w.Header().Set("Content-Type", "text/html; charset=utf-8")
		c.w.Header().Set("Content-Language", c.lang)
		c.w.WriteHeader(a.status)
		c.w.Write(b.Bytes())
	}
	if a.after != nil {
		a.after()
	}
}

func (c *call) send(x *content) {
	if f, ok := x.body.(io.Closer); ok {
		defer f.Close()
	}
	how := "attachment"
	if x.inline {
		how = "inline"
		c.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'self'")
	}
	c.w.Header().Set("Content-Type", x.kind)
	c.w.Header().Set("Content-Disposition", fmt.Sprintf("%s; filename*=UTF-8''%s", how, url.PathEscape(x.name)))
	if x.size > 0 {
		c.w.Header().Set("Content-Length", strconv.FormatInt(x.size, 10))
	}
	io.Copy(c.w, x.body)
}
