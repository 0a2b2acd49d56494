package desk

import (
	"net/http"
	"strings"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// confirmPage is the last look before messages leave.
type confirmPage struct {
	Key, Kind, Title string
	// Open is how many were handed over, and are looked up before anything is sent by the mailbox.
	N, Known, Open  int
	Rows            []post.Outline
	Pager           pager
	Problems, Notes []office.Note
	Inputs          []input
	TLS             []listChoice
	PerMinute       int
	// Account is the mailbox that is signed in to.
	Account     signedMailbox
	AccountTime string
	Seconds     string
}

func (d *Desk) confirmMail(c *call) (answer, error) {
	p := c.live.mail.waiting(c.query("m"))
	if p == nil {
		return c.told(http.StatusConflict, c.T("These messages do not wait any more"), c.T("They were sent or prepared anew in the meantime. Go to Send to see what is left.")), nil
	}
	return c.showConfirm(p, nil), nil
}

// mostNotes is how many notes of one sort are shown.
const mostNotes = 50

func (c *call) showConfirm(p *prepared, errs []formError) answer {
	kind := sendKinds[p.kind]
	data := confirmPage{Key: p.key, Kind: kind.name, Title: c.T(kind.title), N: len(p.rows), Known: p.known, Open: len(p.openIDs), Problems: p.problems[:min(len(p.problems), mostNotes)], Notes: p.notes}
	q, from, to := c.paged(len(p.rows))
	data.Rows, data.Pager = p.rows[from:to], q
	s := c.mailServer()
	port := ""
	if s.Port != 0 {
		port = count(s.Port)
	}
	if len(errs) > 0 {
		s.Host, port, s.User, s.TLS = c.field("host"), c.field("port"), c.field("user"), c.field("tls")
	}
	data.Account = c.signedMailbox()
	data.PerMinute = c.view.Folder.Config.Mail.SMTP.PerMinute
	if data.PerMinute == 0 {
		data.PerMinute = 30
	}
	data.Seconds = c.N((len(p.rows)+data.PerMinute-1)/data.PerMinute, "about %d minute", "about %d minutes")
	atMost := min(data.PerMinute, 30)
	data.AccountTime = c.N((len(p.rows)+atMost-1)/atMost, "about %d minute", "about %d minutes")
	data.Inputs = inputsWith([]input{
		{ID: "host", Label: c.T("Mail server"), Hint: c.T("Such as smtp.example.org; ask who looks after your mail."), Value: s.Host, Size: 40},
		{ID: "port", Label: c.T("Port"), Hint: c.T("Empty for the usual one."), Value: port, Size: 6},
		{ID: "user", Label: c.T("User name"), Hint: c.T("Empty where the server asks for none."), Value: s.User, Size: 40, Auto: "username"},
		{ID: "password", Label: c.T("Password"), Hint: c.T("It is used for this run and kept nowhere."), Type: "password", Size: 30, Auto: "off"}}, errs)
	data.TLS = c.choices(s.TLS, "", c.T("Encrypted after the greeting (the usual way)"), "implicit", c.T("Encrypted from the start (port 465)"), "unencrypted", c.T("Not encrypted (a server on this computer)"))
	h := head{Title: c.N(len(p.rows), "%d message will go out", "%d messages will go out"), Kicker: c.T("Send"), KickerTo: c.to("send", "kind", kind.name), Here: "send",
		Question: c.T("Nothing has left yet. Look it over, then send it or have drafts written.")}
	if len(p.rows) == 0 {
		h.Question = c.T("There is nobody to write to now.")
	}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("send-confirm", h, data)
	}
	return c.show("send-confirm", h, data)
}

// mailLine says what became of a message.
func (c *call) mailLine(e post.Entry, names map[string]string) jobLine {
	line := jobLine{What: names[e.Recipient], Whose: strings.Join(e.Addresses, "; "), Found: e.Detail}
	switch e.Outcome {
	case "sent":
		line.Shape, line.Became, line.Found = "in", c.T("sent at %s", e.Time.Local().Format("15:04:05")), ""
	case "refused":
		line.Shape, line.Became = "out", c.T("refused")
	case "postponed":
		line.Shape, line.Became = "look", c.T("not taken for now")
	case "placed":
		line.Shape, line.Became, line.Found = "part", c.T("a draft in the mailbox"), ""
	case "withheld":
		line.Shape, line.Became = "out", c.T("not sent: its file is not right")
	default:
		line.Shape, line.Became = "look", c.T("unsure whether it arrived")
	}
	return line
}

// reportSaid says in one sentence what became of all messages.
func (c *call) reportSaid(r post.Report) string {
	parts := []string{c.N(len(r.Sent), "%d message was sent", "%d messages were sent")}
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, c.N(n, one, many))
		}
	}
	add(len(r.Placed), "%d lies as a draft in the mailbox: send it there", "%d lie as drafts in the mailbox: look them over and send them there")
	add(len(r.Already), "%d had it before", "%d had it before")
	add(len(r.Refused), "%d was refused: correct the address, then prepare again", "%d were refused: correct the addresses, then prepare again")
	add(len(r.Postponed), "%d was not taken for now: prepare again later", "%d were not taken for now: prepare again later")
	add(len(r.Withheld), "%d was held back, because its file is not right", "%d were held back, because their files are not right")
	open := 0
	for _, e := range r.Unsure {
		if e.Open {
			open++
		}
	}
	add(open, "%d was handed over and is not looked up yet: prepare again, and it is looked up first", "%d were handed over and are not looked up yet: prepare again, and they are looked up first")
	add(len(r.Unsure)-open, "%d is unsure: ask the recipient", "%d are unsure: ask the recipients")
	add(len(r.Left), "%d is left: prepare again to go on", "%d are left: prepare again to go on")
	return strings.Join(parts, "; ") + "."
}
