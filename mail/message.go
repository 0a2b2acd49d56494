package mail

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/quotedprintable"
	"strings"
	"time"
)

// Attachment is a file that goes with a message.
type Attachment struct {
	// Name is the file name; Write makes it safe.
	Name string
	// MediaType such as application/pdf; where it is empty, it follows from the name's extension.
	MediaType string
	Content   []byte
}

// Message is one message, ready to be written.
type Message struct {
	// ID is the Message-ID without angle brackets.
	ID   string
	Date time.Time
	From Address
	// ReplyTo, Cc may be empty; To must not.
	ReplyTo []Address
	To, Cc  []Address
	Subject string
	// Text is the body as plain text, HTML the same as a page; HTML may be empty.
	Text, HTML  string
	Attachments []Attachment
	// Calendar is a file with entries for the calendar, written after the attachments; nil for none.
	Calendar *Attachment
	// Recipient is the id of the recipient it is for. It travels in a header of our own, by which a bounce is
	// told whose it is.
	Recipient string
	// Unsent marks a draft: Outlook and Thunderbird open it ready to be looked at and sent.
	Unsent bool
}

// maxSubject is what mail programs show at most; longer ones are a mistake in the wording.
const maxSubject = 250

// Check says what keeps the message from being sent.
func (m *Message) Check() error {
	var errs []error
	if m.From.Mailbox == "" {
		errs = append(errs, errors.New("the message has no sender; set contact: email: or mail: from: in round.yaml"))
	}
	if len(m.To) == 0 {
		errs = append(errs, errors.New("the message has no addressee; fill in the recipient's email"))
	}
	if m.ID == "" || strings.ContainsAny(m.ID, "<> \r\n") || !isASCII(m.ID) {
		errs = append(errs, fmt.Errorf("%q cannot be a message's ID", m.ID))
	}
	if subject := printable(m.Subject); subject == "" {
		errs = append(errs, errors.New("the subject is empty"))
	} else if len([]rune(subject)) > maxSubject {
		errs = append(errs, fmt.Errorf("the subject has %d characters; the most is %d", len([]rune(subject)), maxSubject))
	}
	if strings.TrimSpace(m.Text) == "" {
		errs = append(errs, errors.New("the message has no text"))
	}
	return errors.Join(errs...)
}

// Envelope lists the mailboxes that the message goes to.
func (m *Message) Envelope() []string {
	var out []string
	for _, a := range append(append([]Address(nil), m.To...), m.Cc...) {
		out = append(out, a.Mailbox)
	}
	return out
}

// international says that the message can only go through servers that support SMTPUTF8.
func (m *Message) international() bool {
	for _, list := range [][]Address{{m.From}, m.ReplyTo, m.To, m.Cc} {
		for _, a := range list {
			if a.international() {
				return true
			}
		}
	}
	return false
}

// Write writes the message as RFC 5322 and MIME have it, with CRLF line ends. The same message gives the same
// bytes.
func (m *Message) Write(w io.Writer) error {
	if err := m.Check(); err != nil {
		return err
	}
	p := &parts{w: w, seed: m.ID}
	if m.Unsent {
		p.header("X-Unsent", "1")
	}
	p.header("Date", m.Date.Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	p.header("From", m.From.header())
	if len(m.ReplyTo) > 0 {
		p.header("Reply-To", addressHeader(m.ReplyTo))
	}
	p.header("To", addressHeader(m.To))
	if len(m.Cc) > 0 {
		p.header("Cc", addressHeader(m.Cc))
	}
	p.header("Subject", unstructured(m.Subject))
	p.header("Message-ID", "<"+m.ID+">")
	if m.Recipient != "" {
		p.header(recipientHeader, percentEncoded(m.Recipient))
	}
	p.header("MIME-Version", "1.0")
	if len(m.Attachments) == 0 && m.Calendar == nil {
		m.writeBody(p)
		return p.err
	}
	mixed := p.open("mixed")
	p.next(mixed)
	m.writeBody(p)
	for _, a := range m.Attachments {
		p.next(mixed)
		p.file(a)
	}
	if m.Calendar != nil {
		p.next(mixed)
		p.file(*m.Calendar)
	}
	p.close(mixed)
	return p.err
}

// recipientHeader carries a recipient's id, percent-encoded.
const recipientHeader = "X-Rubric-Recipient"

func (m *Message) writeBody(p *parts) {
	if m.HTML == "" {
		p.text("plain", m.Text)
		return
	}
	alternative := p.open("alternative")
	p.next(alternative)
	p.text("plain", m.Text)
	p.next(alternative)
	p.text("html", m.HTML)
	p.close(alternative)
}

// parts writes MIME parts and keeps the first error.
type parts struct {
	w    io.Writer
	seed string
	err  error
}

func (p *parts) write(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

func (p *parts) header(name, value string) { p.write(fold(name, value)) }

// open starts a multipart. Its boundary holds "=_", which neither base64 nor quoted-printable can contain
// (RFC 2045, 6.7), so that no content ends it by chance.
func (p *parts) open(kind string) string {
	sum := sha256.Sum256([]byte(kind + " " + p.seed))
	boundary := "=_" + kind + "_" + hex.EncodeToString(sum[:12])
	p.write("Content-Type: multipart/" + kind + ";\r\n boundary=\"" + boundary + "\"\r\n\r\n")
	return boundary
}

func (p *parts) next(boundary string) { p.write("\r\n--" + boundary + "\r\n") }

func (p *parts) close(boundary string) { p.write("\r\n--" + boundary + "--\r\n") }

func (p *parts) text(subtype, body string) {
	p.write("Content-Type: text/" + subtype + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
	body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\r", "\n")
	if p.err == nil {
		q := quotedprintable.NewWriter(p.w)
		_, err := io.WriteString(q, strings.ReplaceAll(strings.TrimRight(body, "\n")+"\n", "\n", "\r\n"))
		p.err = errors.Join(err, q.Close())
	}
}

func (p *parts) file(a Attachment) {
	name := SafeName(a.Name)
	kind := a.MediaType
	if kind == "" {
		kind = mediaType(name)
	}
	p.write("Content-Type: " + kind + typeName(name) + "\r\n")
	p.write("Content-Transfer-Encoding: base64\r\n")
	p.write("Content-Disposition: attachment" + dispositionName(name) + "\r\n\r\n")
	const perLine = 57 // 76 characters (RFC 2045, 6.8)
	buf := make([]byte, 0, 78*512)
	for i := 0; i < len(a.Content) && p.err == nil; i += perLine {
		buf = base64.StdEncoding.AppendEncode(buf, a.Content[i:min(i+perLine, len(a.Content))])
		buf = append(buf, '\r', '\n')
		if len(buf) >= 78*511 || i+perLine >= len(a.Content) {
			_, p.err = p.w.Write(buf)
			buf = buf[:0]
		}
	}
}

// mediaType follows from the extension alone, so that it does not depend on the computer.
func mediaType(name string) string {
	switch strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]) {
	case "xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case "pdf":
		return "application/pdf"
	case "zip":
		return "application/zip"
	case "ics":
		return "text/calendar"
	case "csv":
		return "text/csv"
	}
	return "application/octet-stream"
}
