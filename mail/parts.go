package mail

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// message reads one message. c.path ends with what it is called.
func (in *incoming) message(c where, raw []byte) {
	if int64(len(raw)) > in.limits.Message {
		in.finding(models.MailOverLimit, c, "The message has %s; the limit is %s.", megabytes(int64(len(raw))), megabytes(in.limits.Message))
		return
	}
	h, body := splitHeader(withoutMark(raw), in.limits.Header)
	in.look(len(raw) - len(body))
	if !h.isMessage() {
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
	c.inMail, c.home = true, len(c.path)
	w := &walk{incoming: in}
	in.look(len(body))
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
		in.finding(models.MailCutOff, c, "The message %s ends before it is complete.", quoted(letter.Subject))
	}
	if w.taken == 0 && !w.told && len(c.senders) <= 1 && !in.over {
		what := words.Sayf("The message %s from %s has no attachment.", quoted(letter.Subject), orUnknown(letter.From))
		if w.pictures > 0 {
			what = words.Sayf("The message %s from %s has no attachment but %d picture(s).", quoted(letter.Subject), orUnknown(letter.From), w.pictures)
		}
		in.saidFinding(models.MailNoAttachment, c, what)
	}
}

// withoutMark takes off what programs put before a message's header when they save it: a byte order mark, and empty
// lines. A message saved as UTF-16 becomes plain again.
func withoutMark(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		if plain, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw); err == nil {
			raw = plain
		}
	}
	return bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), "\r\n")
}

// isMessage says whether a header is one of a message at all.
func (f fields) isMessage() bool {
	for _, name := range []string{"from", "content-type", "date", "received", "subject"} {
		if f.get(name) != "" {
			return true
		}
	}
	return false
}

func quoted(s string) words.Said {
	if s == "" {
		return words.Sayf("without a subject")
	}
	return words.Name("\"" + shorten(s, 80) + "\"")
}

func orUnknown(s string) words.Said {
	if s == "" {
		return words.Sayf("an unknown sender")
	}
	return words.Name(s)
}

// walk goes through one message's parts.
type walk struct {
	*incoming
	taken, pictures int
	// told says that a finding explains why nothing was taken; cut that the message's end is missing.
	told, cut bool
}

// unreadable says what was there and could not be taken.
func (w *walk) unreadable(c where, message string, values ...any) {
	w.finding(models.MailUnreadable, c, message, values...)
	w.told = true
}

func (w *walk) entity(c where, h fields, body []byte, fallback string) {
	w.look(len(body))
	kind, params := contentType(h, body, fallback)
	disposition, dispositionParams := parameters(h.get("content-disposition"))
	name := dispositionParams["filename"]
	if name == "" {
		name = params["name"]
	}
	plain := name == "" && disposition != "attachment"
	switch {
	case w.stopped || w.over:
	case strings.HasPrefix(kind, "multipart/"):
		w.multipart(c, kind, params["boundary"], body)
	case kind == "message/rfc822" || kind == "message/global":
		w.look(len(body))
		content, _ := decodeTransfer(h.get("content-transfer-encoding"), body)
		inner := c.into(orName(name, "forwarded message"))
		if before := w.emitted; w.spend(inner, 0) {
			w.message(inner, content)
			w.told = w.told || w.emitted > before
		}
	case kind == "message/partial" || kind == "message/external-body":
		w.unreadable(c, "The message is only a piece of one, or a pointer to a file elsewhere.")
	case kind == "application/applefile" && isAppleDouble(firstBytes(h.get("content-transfer-encoding"), body)):
		// The other half of multipart/appledouble (RFC 1740): icons and the like.
	case plain && (strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "message/")) && !holdsFile(firstBytes(h.get("content-transfer-encoding"), body)):
		w.text(c, h, kind, body)
	default:
		w.attachment(c, h, kind, name, body)
	}
}

// contentType is what a header says of its body, or what the body shows where the header says nothing, something that
// is no type, or several things: mail programs misspell multipart, and gateways write a second field.
func contentType(h fields, body []byte, fallback string) (kind string, params map[string]string) {
	stated := 0
	for _, f := range h {
		if f.name != "content-type" || stated == 10 {
			continue
		}
		k, p := parameters(f.value)
		if stated++; stated == 1 {
			kind, params = k, p
		}
		// Whatever it calls itself, what states a boundary that is there has parts.
		if b := p["boundary"]; b != "" && hasDelimiter(body, b) {
			if !strings.HasPrefix(k, "multipart/") {
				k = "multipart/mixed"
			}
			return k, p
		}
	}
	known := strings.Contains(kind, "/")
	if !known {
		kind = fallback
	}
	if !known || stated > 1 || params["boundary"] != "" || kind == "text/plain" && params["name"] == "" {
		if b := guessBoundary(body); b != "" {
			return "multipart/mixed", map[string]string{"boundary": b}
		}
	}
	return kind, params
}

func orName(name, otherwise string) string {
	if strings.TrimSpace(name) == "" {
		return otherwise
	}
	return name
}

func (w *walk) multipart(c where, kind, boundary string, body []byte) {
	w.look(len(body))
	if kind == "multipart/encrypted" {
		w.finding(models.MailEncrypted, c, "The message is encrypted.")
		w.told = true
		return
	}
	if boundary == "" {
		boundary = guessBoundary(body)
	}
	if boundary == "" {
		w.unreadable(c, "The message does not say where its parts begin and end.")
		return
	}
	c.depth++
	fallback := "text/plain"
	if kind == "multipart/digest" {
		fallback = "message/rfc822"
	}
	parts := 0
	closed := eachPart(body, boundary, func(part []byte) bool {
		parts++
		if !w.spend(c, 0) {
			return false
		}
		h, b := partHeader(part, w.limits.Header)
		w.look(len(part) - len(b))
		w.entity(c, h, b, fallback)
		return !w.stopped
	})
	switch {
	case parts == 0 && closed:
	case parts == 0 && len(bytes.TrimSpace(body)) > 0:
		w.unreadable(c, "The parts of the message are not where it says that they begin.")
	case !closed:
		w.cut = true
	}
}

// partHeader cuts a part into header and body. Where an empty line stands before the header of a part, it is left out.
func partHeader(part []byte, limit int) (fields, []byte) {
	if rest := bytes.TrimLeft(part, "\r\n"); len(rest) < len(part) {
		if line, _ := cutLine(rest); beginsPart(line) {
			part = rest
		}
	}
	return splitHeader(part, limit)
}
