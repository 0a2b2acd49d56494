package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// Letter is what goes to one recipient.
type Letter struct {
	Recipient models.Recipient
	// Respondent tells letters to several respondents of one recipient apart; "" for its contact.
	Respondent string
	// Topics says which topics the workbook has that the letter goes with; "" where it has all.
	Topics string
	// Reference is the one of the recipient's workbook; it may be empty.
	Reference string
	// Findings are what came out for the recipient, in sentences, for results.
	Findings []string
	// Problems counts the entries that need another look, for corrections.
	Problems int
	// Names are the attachments' names. They are known before the files are read, so that all messages can be
	// checked before the first is sent.
	Names []string
	// Sequence tells messages of one kind to one recipient apart: 0 for the first, 1 for the first reminder
	// after it, and so on. It is part of the message's ID.
	Sequence int
}

// Composer makes the messages of one kind in one round.
type Composer struct {
	round   *models.Round
	kind    Kind
	wording *Wording
	today   time.Time
	from    Address
	replyTo []Address
	// calendar says that letters carry entries for the calendar; nil for none.
	calendar *Revisions
}

// NewComposer prepares the messages of a kind. today decides how many days are left; a nil wording stands for
// the default one in the round's language, in which greetings and dates are written too. The error says what is missing
// in round.yaml.
func NewComposer(rd *models.Round, kind Kind, w *Wording, today time.Time) (*Composer, error) {
	c := &Composer{round: rd, kind: kind, wording: w, today: today}
	if w == nil {
		c.wording = DefaultWordingIn(kind, rd.Language)
	}
	from := rd.Mail.From
	if from == "" {
		from = rd.Contact.Email
	}
	list, err := ParseAddresses(from)
	if err != nil {
		return nil, fmt.Errorf("round.yaml: the sender: %w", err)
	}
	if len(list) != 1 {
		return nil, errors.New("round.yaml: nobody is named as sender; set email under contact, or from under mail")
	}
	c.from = list[0]
	for _, name := range []string{rd.Mail.FromName, rd.Organiser, rd.Contact.Name} {
		if c.from.Name == "" {
			c.from.Name = name
		}
	}
	if c.replyTo, err = ParseAddresses(rd.ReplyTo); err != nil {
		return nil, fmt.Errorf("round.yaml: reply_to: %w", err)
	}
	for _, values := range rd.Mail.Cc {
		for value, address := range values {
			if _, err := ParseAddresses(address); err != nil {
				return nil, fmt.Errorf("round.yaml: mail: cc: %s: %w", value, err)
			}
		}
	}
	return c, nil
}

// Message makes the message to one recipient, without attachments: the caller adds those. Its date is the day
// the round was issued, at noon, so that the same round gives the same bytes; a message that is sent now gets
// the time of sending instead.
func (c *Composer) Message(l Letter) (*Message, error) {
	rc := l.Recipient
	m := &Message{From: c.from, ReplyTo: c.replyTo, Recipient: rc.ID, ID: c.messageID(l),
		Date: c.round.Issued.Add(12 * time.Hour)}
	var err error
	if m.To, err = ParseAddresses(rc.Email); err != nil {
		return nil, fmt.Errorf("%s (%s): %w", rc.Name, rc.ID, err)
	}
	if len(m.To) == 0 {
		return nil, fmt.Errorf("%s (%s) has no email address; add it to recipients.csv, or take the workbook from outbox/ and send it another way", rc.Name, rc.ID)
	}
	if len(m.To) == 1 && m.To[0].Name == "" {
		m.To[0].Name = rc.Contact
	}
	m.Cc = c.copies(rc, m.To)
	m.Subject, m.Text, m.HTML, err = c.wording.render(c.fields(l))
	if err != nil {
		return nil, fmt.Errorf("%s (%s): %w", rc.Name, rc.ID, err)
	}
	if m.Calendar, err = c.calendarOf(l); err != nil {
		return nil, err
	}
	if marking := printable(c.round.Look.Marking); marking != "" {
		m.Subject = "[" + marking + "] " + m.Subject
		m.Text = marking + "\n\n" + m.Text
		m.HTML = markPage(m.HTML, marking)
	}
	if err := m.Check(); err != nil {
		return nil, fmt.Errorf("%s (%s): %w", rc.Name, rc.ID, err)
	}
	return m, nil
}

// copies are the addresses of the contacts of the recipient's groups, in the order of the round's groups and
// then of the headings.
func (c *Composer) copies(rc models.Recipient, to []Address) []Address {
	var out []Address
	for _, column := range sortedKeys(c.round.Mail.Cc) {
		list, _ := ParseAddresses(c.round.Mail.Cc[column][rc.Groups[column]])
		for _, a := range list {
			if !contains(to, a.Mailbox) && !contains(out, a.Mailbox) {
				out = append(out, a)
			}
		}
	}
	return out
}

// messageID depends on the round, the kind, the recipient or respondent and the sequence alone: a message that is sent again
// because nobody knows whether it arrived has the same ID, by which many mail systems drop the second.
func (c *Composer) messageID(l Letter) string {
	h := sha256.New()
	parts := []string{c.round.ID, string(c.kind), l.Recipient.ID, fmt.Sprint(l.Sequence)}
	if l.Respondent != "" {
		parts = append(parts, l.Respondent)
	}
	for _, s := range parts {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return "rubric." + hex.EncodeToString(h.Sum(nil)[:16]) + "@" + c.from.Domain()
}

func (c *Composer) fields(l Letter) Fields {
	rd, rc := c.round, l.Recipient
	w, _ := words.For(rd.Language)
	f := Fields{
		Organisation: rc.Name, ID: rc.ID, Contact: rc.Contact, Greeting: w.Get("message.colleague"),
		Title: rd.Title, Organiser: rd.Organiser, Issued: w.Date(rd.Issued.Time), Due: w.Date(rd.Due.Time),
		Topics: l.Topics, Reference: l.Reference, Problems: l.Problems, Findings: strings.Join(l.Findings, " "),
		AskName: rd.Contact.Name, AskEmail: rd.Contact.Email, AskPhone: rd.Contact.Phone,
		Marking: rd.Look.Marking, Groups: rc.Groups,
	}
	if !rd.PlansDue.IsZero() {
		f.PlansDue = w.Date(rd.PlansDue.Time)
	}
	if rc.Contact != "" {
		f.Greeting = w.Say("message.greeting", "name", rc.Contact)
	}
	for _, name := range []string{rd.Contact.Name, c.from.Name, w.Get("message.office")} {
		if f.Organiser == "" {
			f.Organiser = name
		}
	}
	for _, name := range l.Names {
		f.Attachments = append(f.Attachments, printable(name))
	}
	if len(f.Attachments) > 0 {
		f.Attachment = f.Attachments[0]
	}
	// A line break in a name must not look like a line of the letter.
	for _, text := range []*string{&f.Organisation, &f.ID, &f.Contact, &f.Greeting, &f.Title, &f.Organiser, &f.Topics, &f.Reference, &f.Findings, &f.AskName, &f.AskEmail, &f.AskPhone, &f.Marking, &f.Attachment} {
		*text = printable(*text)
	}
	y, mo, d := c.today.Date()
	f.DaysLeft = int(rd.Due.Sub(time.Date(y, mo, d, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	f.Overdue = f.DaysLeft < 0
	f.TimeLeft = timeLeft(w, f.DaysLeft)
	return f
}

// timeLeft says how long there is until the due date, or how long it is past.
func timeLeft(w *words.Words, days int) string {
	switch {
	case days > 0:
		return w.Count("message.days_left", days)
	case days == 0:
		return w.Get("message.today")
	}
	return w.Count("message.days_ago", -days)
}

// markPage puts the marking at the top of a page's body.
func markPage(html, marking string) string {
	line := strings.TrimSuffix(strings.SplitAfter(page(marking), "<p>")[1], "</body></html>\n")
	line = "<p><strong>" + strings.Replace(line, "</p>", "</strong></p>", 1)
	lower := strings.ToLower(html)
	if i := strings.Index(lower, "<body"); i >= 0 {
		if j := strings.IndexByte(lower[i:], '>'); j >= 0 {
			return html[:i+j+1] + "\n" + line + html[i+j+1:]
		}
	}
	return line + html
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
