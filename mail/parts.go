package mail

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// message reads one message. c.path ends with what it is called.
func (in *incoming) message(c where, raw []byte) {
	if int64(len(raw)) > in.limits.Message {
		in.finding(models.MailOverLimit, c, fmt.Sprintf("The message has %s; the limit is %s.", megabytes(int64(len(raw))), megabytes(in.limits.Message)))
		return
	}
	h, body := splitHeader(raw, in.limits.Header)
	if h.get("from") == "" && h.get("content-type") == "" && h.get("date") == "" && h.get("received") == "" && h.get("subject") == "" {
		in.finding(models.MailUnreadable, c, "The file is not a message.")
		return
	}
	letter := h.letterhead()
	if !c.inMail {
		c.letter = letter
	}
	if letter.From != "" {
		c.senders = append(slices.Clip(c.senders), letter.From)
	}
	c.inMail = true
	w := &walk{incoming: in}
	if e := eventOf(h, body, letter, in.limits); e != nil {
		e.Path = slices.Clone(c.path)
		in.emit(Item{Event: e})
		if e.Kind != AutoReply {
			return // what it carries is our own message, coming back
		}
		w.told = true
	}
	w.entity(c, h, body, "text/plain")
	if w.cut {
		in.finding(models.MailCutOff, c, "The message "+quoted(letter.Subject)+" ends before it is complete.")
	}
	if w.taken == 0 && !w.told && len(c.senders) <= 1 && !in.over {
		what := "The message " + quoted(letter.Subject) + " from " + orUnknown(letter.From) + " has no attachment."
		if w.pictures > 0 {
			what = fmt.Sprintf("The message %s from %s has no attachment but %d picture(s).", quoted(letter.Subject), orUnknown(letter.From), w.pictures)
		}
		in.finding(models.MailNoAttachment, c, what)
	}
}

func quoted(s string) string {
	if s == "" {
		return "without a subject"
	}
	return "\"" + shorten(s, 80) + "\""
}

func orUnknown(s string) string {
	if s == "" {
		return "an unknown sender"
	}
	return s
}

// walk goes through one message's parts.
type walk struct {
	*incoming
	taken, pictures int
	// told says that a finding explains why nothing was taken; cut that the message's end is missing.
	told, cut bool
}

func (w *walk) entity(c where, h fields, body []byte, fallback string) {
	kind, params := parameters(h.get("content-type"))
	if !strings.Contains(kind, "/") {
		kind = fallback
	}
	disposition, dispositionParams := parameters(h.get("content-disposition"))
	name := dispositionParams["filename"]
	if name == "" {
		name = params["name"]
	}
	switch {
	case w.stopped || w.over:
	case strings.HasPrefix(kind, "multipart/"):
		w.multipart(c, kind, params, body)
	case kind == "message/rfc822" || kind == "message/global":
		content, _ := decodeTransfer(h.get("content-transfer-encoding"), body)
		inner := c.into(orName(name, "forwarded message"))
		if before := w.emitted; w.spend(inner, 0) {
			w.message(inner, content)
			w.told = w.told || w.emitted > before
		}
	case kind == "message/partial" || kind == "message/external-body":
		w.finding(models.MailUnreadable, c, "The message is only a piece of one, or a pointer to a file elsewhere.")
		w.told = true
	case name == "" && disposition != "attachment" && (strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "message/")):
		w.text(c, h, kind, body)
	default:
		w.attachment(c, h, kind, name, body)
	}
}

func orName(name, otherwise string) string {
	if strings.TrimSpace(name) == "" {
		return otherwise
	}
	return name
}

func (w *walk) multipart(c where, kind string, params map[string]string, body []byte) {
	if kind == "multipart/encrypted" {
		w.finding(models.MailEncrypted, c, "The message is encrypted.")
		w.told = true
		return
	}
	boundary := params["boundary"]
	if boundary == "" {
		w.finding(models.MailUnreadable, c, "The message does not say where its parts begin and end.")
		w.told = true
		return
	}
	c.depth++
	fallback := "text/plain"
	if kind == "multipart/digest" {
		fallback = "message/rfc822"
	}
	closed := eachPart(body, boundary, func(part []byte) bool {
		if !w.spend(c, 0) {
			return false
		}
		h, b := splitHeader(part, w.limits.Header)
		w.entity(c, h, b, fallback)
		return !w.stopped
	})
	if !closed {
		w.cut = true
	}
}

// eachPart calls f with each part of a multipart body (RFC 2046, 5.1.1), the line end before the next delimiter
// taken off. It says whether the closing delimiter was there; where f stops, it was not missed.
func eachPart(body []byte, boundary string, f func([]byte) bool) (closed bool) {
	delimiter := []byte("--" + boundary)
	start, from := -1, 0
	for {
		i := bytes.Index(body[from:], delimiter)
		if i < 0 {
			break
		}
		at := from + i
		from = at + len(delimiter)
		if at > 0 && body[at-1] != '\n' {
			continue
		}
		line := body[from:]
		next := len(body)
		if j := bytes.IndexByte(line, '\n'); j >= 0 {
			line, next = line[:j], from+j+1
		}
		tail := string(bytes.TrimRight(line, " \t\r"))
		if tail != "" && tail != "--" {
			continue // another boundary that begins the same
		}
		last := tail == "--"
		if start >= 0 && !f(trimLineEnd(body[start:at])) {
			return true
		}
		if last {
			return true
		}
		start, from = next, next
	}
	if start >= 0 && start < len(body) {
		f(body[start:])
	}
	return false
}

func trimLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// text is a body. All that is looked for in it is a uuencoded file.
func (w *walk) text(c where, h fields, kind string, body []byte) {
	if kind != "text/plain" || !bytes.Contains(body, []byte("begin ")) {
		return
	}
	content, _ := decodeTransfer(h.get("content-transfer-encoding"), body)
	if name, file, ok := decodeUU(content); ok && len(file) > 0 {
		if inner := c.into(orName(name, "attachment")); w.spend(inner, int64(len(file))) {
			w.taken++
			w.file(inner, file)
		}
	}
}

func (w *walk) attachment(c where, h fields, kind, name string, body []byte) {
	name = orName(name, "attachment"+extensionOf(kind))
	inner := c.into(name)
	if accompanies(kind, name) {
		if strings.HasPrefix(kind, "image/") {
			w.pictures++
		}
		return
	}
	content, whole := decodeTransfer(h.get("content-transfer-encoding"), body)
	if !w.spend(inner, int64(len(content))) {
		w.told = true
		return
	}
	if len(content) == 0 {
		w.finding(models.MailUnreadable, inner, "The attachment is empty: it was taken out on the way, often by a virus filter.")
		w.told = true
		return
	}
	if !whole {
		w.finding(models.MailCutOff, inner, "The attachment's encoding is damaged.")
	}
	if kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime" {
		w.finding(models.MailEncrypted, inner, "The message is encrypted or signed as a whole (S/MIME).")
		w.told = true
		return
	}
	if kind == "application/ms-tnef" || kind == "application/vnd.ms-tnef" {
		w.finding(models.MailWinmail, inner, "The attachments are packed in Outlook's own format.")
		w.told = true
		return
	}
	w.taken++
	w.file(inner, content)
}

// accompanies is true of what goes with a letter and is never a return: pictures in signatures, visiting cards,
// appointments, signatures, and the footers that servers attach as text.
func accompanies(kind, name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm", ".ods", ".xls", ".xlsb", ".zip", ".csv", ".eml", ".msg":
		return false // whatever the type says: many programs get it wrong
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".ics", ".vcf", ".p7s", ".asc", ".sig", ".txt":
		return true
	}
	switch kind {
	case "text/calendar", "text/vcard", "text/x-vcard", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys", "text/plain", "text/rfc822-headers", "message/delivery-status":
		return true
	}
	return strings.HasPrefix(kind, "image/")
}

func extensionOf(kind string) string {
	switch kind {
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return ".xlsx"
	case "application/vnd.oasis.opendocument.spreadsheet":
		return ".ods"
	case "application/vnd.ms-excel":
		return ".xls"
	case "application/pdf":
		return ".pdf"
	case "application/zip", "application/x-zip-compressed":
		return ".zip"
	case "text/csv":
		return ".csv"
	case "text/html":
		return ".html"
	}
	return ""
}
