package mail

import (
	"bytes"
	"path"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// attachment takes a part out as a file. What it is is decided by its first bytes: gateways rename attachments to .txt,
// and programs state types that are not theirs.
func (w *walk) attachment(c where, h fields, kind, name string, body []byte) {
	encoding := h.get("content-transfer-encoding")
	first := firstBytes(encoding, body)
	extension := extensionOf(kind)
	if extension == "" {
		extension = extensionByContent(first)
	}
	named := name != ""
	name = orName(name, "attachment"+extension)
	inner := c.into(name)
	if accompanies(kind, name) && !holdsFile(first) {
		if strings.HasPrefix(kind, "image/") {
			w.pictures++
		}
		if mayBeEvidence(h, name, named) {
			w.evidence(inner, encoding, body)
		}
		return
	}
	w.look(len(body))
	content, whole := decodeTransfer(encoding, body)
	if bytes.HasPrefix(first, []byte("%PDF-")) && int64(len(content)) > w.limits.File {
		w.make(int64(len(content)))
		w.tooLarge(inner)
		w.told = true
		return
	}
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
	if isSMIME(kind, name) {
		w.smime(inner, content)
		return
	}
	w.open(inner, content)
}

// mayBeEvidence tells a picture or a text that somebody attached from what mail programs put into a letter: that lies
// inline and has an ID by which the letter's text shows it, or the name that Outlook gives pictures in a text. Some programs
// do not say how a file that was attached lies in the letter; that they name it shows it.
func mayBeEvidence(h fields, name string, named bool) bool {
	if !attachable(name) {
		return false
	}
	disposition, _ := parameters(h.get("content-disposition"))
	return disposition == "attachment" || (disposition != "" || named) && h.get("content-id") == "" && !shownInText(name)
}

// attachable is true of pictures and texts.
func attachable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".txt", ".tif", ".tiff", ".webp", ".heic":
		return true
	}
	return false
}

// shownInText knows the names that Outlook gives pictures in a letter's text: image001.png and so on.
func shownInText(name string) bool { return strings.HasPrefix(strings.ToLower(name), "image0") }

// evidence passes on a picture or a text. That it is too large is no error of the message: nothing is lost of a return.
func (w *walk) evidence(c where, encoding string, body []byte) {
	w.look(len(body))
	if int64(len(body)) > w.limits.File*2 {
		w.tooLarge(c)
		return
	}
	if content, whole := decodeTransfer(encoding, body); whole {
		w.passBeside(c, content)
	}
}

// passBeside charges what only goes with a message, and passes it on. Where the allowance is used up the next part says so.
func (w *walk) passBeside(c where, content []byte) {
	w.make(int64(len(content)))
	switch {
	case len(content) == 0 || w.total < 0:
	case int64(len(content)) > w.limits.File:
		w.tooLarge(c)
	default:
		w.beside(c, content)
	}
}

// tooLarge says that what goes beside a return is left in the message.
func (w *walk) tooLarge(c where) {
	f := models.NewFinding(models.EvidenceLeft, models.Origin{File: place(c.path)}, "The file came with a message and has more than %s: it stays in the message.", megabytes(w.limits.File))
	if !w.stopped && !w.yield(Item{Finding: &f}) {
		w.stopped = true
	}
}

// open passes a file on. One that holds others and nothing in it that could be a return is as good as none.
func (w *walk) open(c where, content []byte) {
	before := w.emitted
	w.file(c, content)
	if w.emitted > before {
		w.taken++
	}
}

// firstBytes undoes the encoding of a part's beginning, without its whole cost.
func firstBytes(encoding string, body []byte) []byte {
	out, _ := decodeTransfer(encoding, body[:min(len(body), 400)])
	return out[:min(len(out), 64)]
}

// holdsFile is true of what begins like a workbook, an archive, or a file that holds others, whatever it is called.
func holdsFile(first []byte) bool {
	return isZip(first) || isCompound(first) || isTNEF(first)
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

// extensionOf is the extension for a part that has no name.
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

func extensionByContent(first []byte) string {
	switch {
	case isZip(first) && !isDocument(first):
		return ".zip"
	case isZip(first):
		return ".xlsx"
	case isCompound(first):
		return ".xls"
	}
	return ""
}
