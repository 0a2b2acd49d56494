package desk

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/internal/fault"
	roundyaml "github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// mailings are messages that were prepared and shown, and wait to be confirmed: one for each round, under a key.
type mailings struct {
	mu   sync.Mutex
	next int
	last *prepared
}

// prepared is what a person confirms: how many messages go to whom.
type prepared struct {
	key      string
	kind     int
	ids      []string // of those to whom the messages go
	openIDs  []string // of those who may have theirs
	rows     []post.Outline
	problems []office.Note
	notes    []office.Note
	// known counts those who have it already.
	known int
}

// keep makes a mailing the one that waits.
func (m *mailings) keep(p *prepared) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next++
	p.key = strconv.Itoa(m.next)
	m.last = p
}

// waiting is the mailing with a key, or nil.
func (m *mailings) waiting(key string) *prepared {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last == nil || m.last.key != key {
		return nil
	}
	return m.last
}

// take takes the mailing with a key, so that nobody confirms it twice; nil where it was taken.
func (m *mailings) take(key string) *prepared {
	p := m.waiting(key)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last == p {
		m.last = nil
	}
	return p
}

// makeBooks makes the workbooks: those that are missing, or all again.
func (d *Desk) makeBooks(c *call) (answer, error) {
	dir, l := c.live.dir, c.live
	err := l.begin(c.T("Making the workbooks"), "send", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		f, unlock, notes, err := o.OpenToWrite(dir, "desk: make workbooks")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		made, err := o.Generate(ctx, f, office.GenerateOptions{})
		noteLines(j, "look", append(notes, made.Notes...))
		if err != nil {
			return "", "", err
		}
		return c.N(made.Workbooks, "%d workbook is made.", "%d workbooks are made."), "", nil
	})
	if err != nil {
		return answer{}, err
	}
	return c.afterBegin(c.to("send", "kind", c.query("kind")))
}

// makeFixes writes the workbooks to send back.
func (d *Desk) makeFixes(c *call) (answer, error) {
	dir := c.live.dir
	err := c.live.begin(c.T("Making the corrections"), "send", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		f, unlock, notes, err := o.OpenToWrite(dir, "desk: make corrections")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		made, err := o.Validate(ctx, f, office.ValidateOptions{Corrections: true})
		noteLines(j, "look", append(notes, made.Notes...))
		for _, x := range made.NotMarked {
			j.Line(jobLine{What: x.File, Became: c.T("cannot be marked"), Shape: "look", Found: x.Why})
		}
		if err != nil {
			return "", "", err
		}
		return c.N(made.Corrections, "%d workbook to send back is made.", "%d workbooks to send back are made."), "", nil
	})
	if err != nil {
		return answer{}, err
	}
	return c.afterBegin(c.to("send", "kind", "corrections"))
}

// afterBegin waits a moment for the job that began, and goes where it is shown.
func (c *call) afterBegin(to string) (answer, error) {
	waitAWhile(c.live)
	if c.live.running() == nil {
		sign := "?"
		if strings.Contains(to, "?") {
			sign = "&"
		}
		return redirect(to + sign + "job=ended"), nil
	}
	return redirect(to), nil
}

// prepareMail makes all messages of a kind, and counts them.
func (d *Desk) prepareMail(c *call) (answer, error) {
	l, at := c.live, c.sendKind()
	err := l.begin(c.T("Preparing the messages"), "send", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		f, err := o.Open(l.dir)
		if err != nil {
			return "", "", err
		}
		m, err := (&post.Post{Office: o}).Prepare(ctx, f, sendKinds[at].job, post.Options{})
		if err != nil {
			return "", "", err
		}
		p := &prepared{kind: at, problems: m.Problems, notes: m.Notes}
		seen := map[string]bool{}
		for _, x := range m.Outlines() {
			switch {
			case x.Open:
				p.openIDs = append(p.openIDs, x.ID)
			case !x.Due():
				p.known++
			default:
				p.rows = append(p.rows, x)
				if !seen[x.ID] {
					seen[x.ID] = true
					p.ids = append(p.ids, x.ID)
				}
			}
		}
		l.mail.keep(p)
		return c.N(len(p.rows), "%d message is ready. Nothing was sent yet.", "%d messages are ready. Nothing was sent yet."), "/r/" + l.key + "/send/confirm?m=" + p.key, nil
	})
	if err != nil {
		return answer{}, err
	}
	waitAWhile(l)
	if j := l.latest(); j != nil && j.Ended() {
		if v := j.view(); v.Err == nil && v.To != "" {
			return redirect(v.To), nil
		}
		return redirect(c.to("send", "kind", sendKinds[at].name, "job", "ended")), nil
	}
	return redirect(c.to("send", "kind", sendKinds[at].name)), nil
}

// mailServer is the server that is used: of round.yaml, or else the one that was typed last.
func (c *call) mailServer() roundyaml.SMTP {
	s := c.view.Folder.Config.Mail.SMTP
	if s.Host != "" {
		return s
	}
	k := c.settings.smtp()
	return roundyaml.SMTP{Host: k.Host, Port: k.Port, TLS: k.TLS, User: k.User}
}

// goMail delivers the messages that were confirmed.
func (d *Desk) goMail(c *call) (answer, error) {
	p := c.live.mail.waiting(c.field("m"))
	if p == nil {
		return c.told(http.StatusConflict, c.T("This was confirmed already"), c.T("It was done the first time, and not again. Prepare the messages anew to see what is left.")), nil
	}
	if c.field("do") == "drafts" {
		return d.draftMail(c)
	}
	via, given := c.viaAccount(), roundyaml.SMTP{}
	if do := c.field("do"); do != "account" && do != "mailbox" {
		var errs []formError
		if given, errs = c.serverSaid(); len(errs) > 0 {
			return c.showConfirm(p, errs), nil
		}
		c.settings.change(func(k *keptSettings) {
			k.SMTP = keptSMTP{Host: given.Host, Port: given.Port, TLS: given.TLS, User: given.User}
		})
	}
	password, open := c.field("password"), c.field("open") != ""
	c.live.mail.take(p.key)
	dir, l := c.live.dir, c.live
	err := l.begin(c.T("Sending"), "send", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		j.messages = true
		f, unlock, _, err := o.OpenToWrite(dir, "desk: send")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		names := map[string]string{}
		for _, rc := range f.Recipients {
			names[rc.ID] = rc.Name
		}
		s := &post.Post{Office: o, Accounts: l.desk.accounts(c.speech), Ask: func(string) (string, error) { return password, nil }, Told: func(e post.Entry) { j.Line(c.mailLine(e, names)) }}
		ids := p.ids
		if via != post.ViaSMTP { // there it can be looked up what became of a message
			ids = slices.Concat(p.ids, p.openIDs)
		}
		m, err := c.confirmed(ctx, s, f, p, ids, (*post.Mailing).Fresh)
		if err != nil {
			return "", "", err
		}
		server, err := s.Through(f, via, given, open, "")
		if err != nil {
			return "", "", err
		}
		report, err := m.Send(ctx, server)
		said := c.reportSaid(report)
		if err != nil && ctx.Err() != nil {
			return said, "", nil
		}
		if err != nil {
			return "", "", &fault.Error{Message: said + " " + err.Error(), Remedy: "put it right and prepare the messages again: nobody gets one twice", Err: err}
		}
		return said, "", nil
	})
	if err != nil {
		return answer{}, err
	}
	return c.afterBegin(c.to("send", "kind", sendKinds[p.kind].name))
}

// confirmed makes the messages again, and sees that as many as were confirmed would go out.
func (c *call) confirmed(ctx context.Context, s *post.Post, f *office.Folder, p *prepared, ids []string, number func(*post.Mailing) int) (*post.Mailing, error) {
	if len(ids) == 0 {
		return nil, &fault.Error{Usage: true, Message: "there is nothing to send", Remedy: "prepare the messages anew"}
	}
	m, err := s.Prepare(ctx, f, sendKinds[p.kind].job, post.Options{Only: ids})
	if err != nil {
		return nil, err
	}
	if n := number(m); n != len(p.rows) {
		return nil, &fault.Error{Usage: true, Message: fmt.Sprintf("%d messages were confirmed, and %d would go out now", len(p.rows), n), Remedy: "nothing was sent; prepare them again and look"}
	}
	return m, nil
}

// draftMail writes the messages that were confirmed as drafts.
func (d *Desk) draftMail(c *call) (answer, error) {
	p := c.live.mail.take(c.field("m"))
	if p == nil {
		return redirect(c.to("send")), nil
	}
	dir := c.live.dir
	err := c.live.begin(c.T("Writing drafts"), "send", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		j.messages = true
		f, unlock, _, err := o.OpenToWrite(dir, "desk: drafts")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		m, err := c.confirmed(ctx, &post.Post{Office: o}, f, p, p.ids, (*post.Mailing).Len)
		if err != nil {
			return "", "", err
		}
		made, err := m.WriteDrafts(ctx)
		if err != nil {
			return "", "", err
		}
		noteLines(j, "look", made.Withheld)
		return c.N(made.Written, "%d draft is in the folder %s. Open it in Outlook or Thunderbird, look at it and send it.", "%d drafts are in the folder %s. Open each in Outlook or Thunderbird, look at it and send it.", made.Folder), "", nil
	})
	if err != nil {
		return answer{}, err
	}
	return c.afterBegin(c.to("send", "kind", sendKinds[p.kind].name))
}

// serverSaid is the mail server as the form has it.
func (c *call) serverSaid() (out roundyaml.SMTP, errs []formError) {
	out = roundyaml.SMTP{Host: c.field("host"), TLS: c.field("tls"), User: c.field("user")}
	if out.Host == "" {
		errs = append(errs, formError{"host", c.T("Name the mail server")})
	}
	if port := c.field("port"); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 {
			errs = append(errs, formError{"port", c.T("A port is a number up to 65535")})
		}
		out.Port = n
	}
	if own := c.view.Folder.Config.Mail.SMTP; out.User != "" && c.field("password") == "" && cmp.Or(own.PasswordEnv, own.PasswordFile) == "" {
		errs = append(errs, formError{"password", c.T("Type the password; it is not kept")})
	}
	return out, errs
}
