package mail

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// looksLikeMessage tells a message by its header, whatever the file is called: programs save messages as .txt or .mht,
// and without an extension. It asks for a sender with an address and one more field that only messages have, so that a
// page saved by a browser, which also calls itself a message, is none.
func looksLikeMessage(content []byte) bool {
	const enough = 64 << 10
	h, _ := splitHeader(withoutMark(content[:min(len(content), enough)]), enough)
	if !strings.Contains(h.get("from"), "@") || len(h) < 2 {
		return false
	}
	first := h[0].name
	for _, name := range []string{"from", "received", "return-path", "date", "subject", "message-id", "mime-version", "content-type", "delivered-to", "to", "reply-to", "dkim-signature", "authentication-results", "arc-seal"} {
		if first == name {
			return h.get("date") != "" || h.get("message-id") != "" || h.get("received") != "" || h.get("to") != ""
		}
	}
	return strings.HasPrefix(first, "x-")
}

// emlx is a message as Apple Mail stores it: its length in a line of its own, the message, and a property list. ok is
// false for anything else.
func emlx(content []byte) (message []byte, ok bool) {
	line, rest := cutLine(content)
	digits := string(bytes.TrimSpace(line))
	n, err := strconv.Atoi(digits)
	if len(digits) > 12 || err != nil || n <= 0 || !looksLikeMessage(rest[:min(n, len(rest))]) {
		return nil, false
	}
	return rest[:min(n, len(rest))], true
}

// leftBehind says that Apple Mail stored a message without its attachments, in a file that ends with .partial.emlx.
func leftBehind(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".partial.emlx") }

// otherMailFile names what holds messages in a form that is not read, or is "".
func otherMailFile(name string, content []byte) string {
	lower := strings.ToLower(name)
	switch {
	case bytes.HasPrefix(content, []byte("!BDN")): // [MS-PST], 2.2.2.6
		return "a mailbox of Outlook (.pst or .ost)"
	case strings.HasSuffix(lower, ".olm") && isZip(content):
		return "an archive of Outlook for Mac (.olm)"
	}
	return ""
}

func (in *incoming) appleMail(c where, message []byte) {
	name := c.path[len(c.path)-1]
	if leftBehind(name) {
		in.finding(models.MailUnreadable, c, "Apple Mail stored the message without its attachments.")
		return
	}
	in.message(c, message)
}

// Holds says whether a file holds others rather than being one, by its name and its first bytes (64 kB of them are
// enough, and 8 where it is a zip): whether Read should be asked to take something out of it. A zip is taken for an
// archive by its name alone, since its beginning does not say whether it is a workbook.
func Holds(name string, first []byte) bool {
	if isApart(name) || isTNEF(first) {
		return true
	}
	if isZip(first) || isCompound(first) {
		return false
	}
	_, apple := emlx(first)
	return apple || isAppleSingle(first) || beginsCMS(first) || otherMailFile(name, first) != "" || beginsMailbox(first) || looksLikeMessage(first)
}

// isApart is true of the names that alone say that a file holds others.
func isApart(name string) bool {
	lower := strings.ToLower(name)
	for _, end := range []string{".zip", ".eml", ".emlx", ".msg", ".mbox", ".mbx", ".p7m", ".olm"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return lower == "winmail.dat" || strings.HasSuffix(lower, "/winmail.dat")
}
