package mail

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// eventOf recognises what is no letter: a bounce, a receipt, an automatic reply. It returns nil for a letter.
func eventOf(h fields, body []byte, letter Letterhead, limits Limits) *Event {
	kind, params := parameters(h.get("content-type"))
	e := &Event{Letter: letter}
	if kind == "multipart/report" {
		switch params["report-type"] {
		case "disposition-notification":
			e.Kind, e.Addresses, e.Said = Receipt, someone(letter.From), letter.Subject
			e.about(body)
			return e
		default:
			if e.report(body, params["boundary"], limits) {
				return e
			}
		}
	}
	// OpenSMTPD puts the parts of a report into multipart/mixed. A person's message with such a part is a bounce
	// passed on, and may hold a return.
	if report := (&Event{Letter: letter}); strings.HasPrefix(kind, "multipart/") && fromMailer(h, letter) && report.report(body, params["boundary"], limits) {
		return report
	}
	if fromMailer(h, letter) && soundsUndelivered(letter.Subject, body) {
		e.Kind, e.Said = Bounce, letter.Subject
		failed := strings.FieldsFunc(h.get("x-failed-recipients"), func(r rune) bool { return r == ',' || r == ' ' })
		e.Addresses = append(e.Addresses, failed...)
		if len(e.Addresses) == 0 {
			e.Addresses = addressesIn(body, letter.From)
		}
		if m := statusInText.FindSubmatch(body[:min(len(body), mostOfReport)]); m != nil {
			e.Status = string(m[1])
			e.Reason = meaningOf(0, e.Status)
		}
		e.about(body)
		return e
	}
	if automatic(h, letter.Subject) {
		e.Kind, e.Addresses, e.Said = AutoReply, someone(letter.From), letter.Subject
		e.About = messageID(h.get("in-reply-to"))
		return e
	}
	return nil
}

func someone(address string) []string {
	if address == "" {
		return nil
	}
	return []string{address}
}

// report reads a delivery status notification (RFC 3464). It is false where the report is none of that kind, or
// tells of success alone.
func (e *Event) report(body []byte, boundary string, limits Limits) bool {
	if boundary == "" {
		return false
	}
	found := false
	count := 0
	eachPart(body, boundary, func(part []byte) bool {
		count++
		h, b := splitHeader(part, limits.Header)
		switch kind, _ := parameters(h.get("content-type")); kind {
		case "message/delivery-status", "message/global-delivery-status":
			b, _ = decodeTransfer(h.get("content-transfer-encoding"), b[:min(len(b), mostOfReport)])
			found = true
			e.status(b, limits)
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
			b, _ = decodeTransfer(h.get("content-transfer-encoding"), b[:min(len(b), mostOfReport)])
			e.about(b)
		}
		return count < 20
	})
	return found && e.Kind != ""
}

// status reads the blocks of a delivery status: one for the message, then one for each address.
func (e *Event) status(b []byte, limits Limits) {
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	for i, block := range bytes.Split(b, []byte("\n\n")) {
		if i > 1000 {
			return
		}
		h, _ := splitHeader(append(bytes.Clone(bytes.TrimLeft(block, "\n")), '\n'), limits.Header)
		action := strings.ToLower(h.get("action"))
		if action != "failed" && action != "delayed" {
			continue
		}
		address := h.get("original-recipient")
		if address == "" {
			address = h.get("final-recipient")
		}
		if _, a, ok := strings.Cut(address, ";"); ok { // type;address (RFC 3464, 2.3.1)
			address = a
		}
		address = strings.Trim(printable(address), " <>")
		if action == "delayed" && e.Kind != Bounce {
			e.Kind = Delayed
		}
		if action == "failed" {
			if e.Kind != Bounce {
				e.Addresses, e.Status, e.Reason, e.Said = nil, "", "", "" // what is only late matters less
			}
			e.Kind = Bounce
		} else if e.Kind == Bounce {
			continue
		}
		if address != "" && !slices.Contains(e.Addresses, address) {
			e.Addresses = append(e.Addresses, address)
		}
		if e.Status == "" {
			e.Status = enhancedStatus(h.get("status"))
			e.Reason = meaningOf(0, e.Status)
		}
		if e.Said == "" {
			_, said, _ := strings.Cut(h.text("diagnostic-code"), ";")
			e.Said = shorten(strings.TrimSpace(said), 300)
		}
	}
}

// mostOfReport is how much of a bounce, and of what it returns of our message, is looked at: its header is at the
// beginning.
const mostOfReport = 256 << 10

// about looks in what came back of our message for its ID and for the recipient it was for.
func (e *Event) about(b []byte) {
	b = b[:min(len(b), mostOfReport)]
	if m := ourID.FindSubmatch(b); m != nil {
		e.About = string(m[1])
	}
	if m := ourRecipient.FindSubmatch(b); m != nil {
		if id, err := url.PathUnescape(string(m[1])); err == nil {
			e.RecipientID = printable(id)
		}
	}
}

var (
	ourID        = regexp.MustCompile(`<(rubric\.[0-9a-f]{32}@[A-Za-z0-9.\-]{1,250})>`)
	ourRecipient = regexp.MustCompile(`(?im)^[ \t>]*` + recipientHeader + `:[ \t]*([A-Za-z0-9%._~\-]{1,500})[ \t]*\r?$`)
	statusInText = regexp.MustCompile(`\b([45]\.\d{1,3}\.\d{1,3})\b`)
	mailbox      = regexp.MustCompile(`[A-Za-z0-9.!#$%&'*+/=?^_{|}~\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8}`)
)

// fromMailer is true of messages that mail servers write: they have no return path, or come from the server's
// own mailbox.
func fromMailer(h fields, letter Letterhead) bool {
	local, _, _ := strings.Cut(strings.ToLower(letter.From), "@")
	return strings.TrimSpace(h.get("return-path")) == "<>" || local == "mailer-daemon" || local == "postmaster" ||
		h.get("x-failed-recipients") != ""
}

func soundsUndelivered(subject string, body []byte) bool {
	s := strings.ToLower(subject)
	for _, word := range []string{"undeliver", "not delivered", "could not be delivered", "delivery status notification (failure)", "failure notice", "mail delivery failed", "returned mail", "delivery failure", "delivery has failed", "returned to sender", "unzustellbar", "non remis", "no se puede entregar"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	body = body[:min(len(body), mostOfReport)]
	return bytes.Contains(body, []byte("This is the mail system at host")) || bytes.Contains(body, []byte("qmail-send program"))
}

// addressesIn finds the addresses that a bounce without a report names before what it returns.
func addressesIn(body []byte, except string) []string {
	text := body[:min(len(body), 8<<10)]
	var out []string
	for _, m := range mailbox.FindAll(text, 50) {
		a := strings.TrimRight(string(m), ".")
		local, _, _ := strings.Cut(strings.ToLower(a), "@")
		if !strings.EqualFold(a, except) && local != "postmaster" && local != "mailer-daemon" && !slices.Contains(out, a) && !strings.HasPrefix(local, "rubric.") {
			out = append(out, a)
		}
	}
	return out[:min(len(out), 5)]
}

// automatic knows replies that programs write: by RFC 3834, by the headers that came before it, and by the
// subjects of those that set none.
func automatic(h fields, subject string) bool {
	auto, _ := parameters(h.get("auto-submitted"))
	if strings.HasPrefix(auto, "auto-replied") || h.get("x-autoreply") != "" || h.get("x-autorespond") != "" ||
		strings.EqualFold(h.get("precedence"), "auto_reply") {
		return true
	}
	s := strings.ToLower(subject)
	for _, start := range []string{"automatic reply:", "auto reply:", "autoreply:", "auto-reply:", "out of office:", "out of the office:", "automatische antwort:", "réponse automatique", "respuesta automática", "risposta automatica", "ateb awtomatig"} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return false
}
