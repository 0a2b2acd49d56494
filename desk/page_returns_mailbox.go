package desk

import (
	"context"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// mailboxForm is what is asked to collect from a mailbox. The password is in no field of it: it is typed for each run, and
// is neither shown again nor written anywhere.
type mailboxForm struct {
	Server, Port, User, Folder, Since, CAFile string
	Errors                                    map[string]string
}

func (c *call) mailboxForm() mailboxForm {
	f := mailboxForm{Server: strings.TrimSpace(c.field("server")), Port: strings.TrimSpace(c.field("port")), User: strings.TrimSpace(c.field("user")),
		Folder: strings.TrimSpace(c.field("mailbox")), Since: c.field("since"), CAFile: strings.TrimSpace(c.field("ca")), Errors: map[string]string{}}
	if f.Server == "" || strings.ContainsAny(f.Server, "/@ ") {
		f.Errors["server"] = c.T("Give the name of the mail server, such as imap.example.org")
	}
	if f.User == "" {
		f.Errors["user"] = c.T("Give the name that you sign in to the mailbox with")
	}
	if n, err := strconv.Atoi(f.Port); err != nil || n < 1 || n > 65535 {
		f.Errors["port"] = c.T("The port is a number, most often 993")
	}
	if c.field("password") == "" {
		f.Errors["password"] = c.T("Type the password of the mailbox")
	}
	if f.Since != "" {
		if _, err := time.Parse(time.DateOnly, f.Since); err != nil {
			f.Errors["since"] = c.T("Give a day, such as 2026-11-22")
		}
	}
	return f
}

// address is the mailbox as Collect takes it.
func (f mailboxForm) address() string {
	u := url.URL{Scheme: "imaps", User: url.User(f.User), Host: net.JoinHostPort(f.Server, f.Port), Path: "/" + f.Folder}
	if f.Port == "143" {
		u.Scheme = "imap"
	}
	return u.String()
}

// collectMailbox collects from a mailbox, as a job.
func (d *Desk) collectMailbox(c *call) (answer, error) {
	if c.field("do") == "account" {
		return d.collectAccount(c)
	}
	f := c.mailboxForm()
	if len(f.Errors) > 0 {
		data, err := c.returnsPage()
		if err != nil {
			return answer{}, err
		}
		data.Mailbox = f
		h := c.returnsHead()
		for _, field := range []string{"server", "port", "user", "password", "since"} {
			if text := f.Errors[field]; text != "" {
				h.Errors = append(h.Errors, formError{field, text})
			}
		}
		return c.wrong("returns", h, data), nil
	}
	options := post.CollectOptions{CAFile: f.CAFile}
	if f.Since != "" {
		day, err := time.Parse(time.DateOnly, f.Since)
		if err != nil {
			return answer{}, err
		}
		options.Since = models.Date{Time: day}
	}
	password, address, s, l := c.field("password"), f.address(), c.speech, c.live
	err := l.begin(c.T("Collecting from the mailbox of %s", f.User), "returns", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		return collectInto(ctx, l, s, o, j, collection{what: "mailbox", names: []string{""}, sources: []string{address}, options: options,
			ask: func(string) (string, error) { return password, nil }})
	})
	if err != nil {
		return answer{}, err
	}
	waitAWhile(l)
	return redirect(c.to("returns", "job", "ended")), nil
}
