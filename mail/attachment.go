package mail

import (
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
	name = orName(name, "attachment"+extension)
	inner := c.into(name)
	if accompanies(kind, name) && !holdsFile(first) {
		if strings.HasPrefix(kind, "image/") {
			w.pictures++
		}
		return
	}
	w.look(len(body))
	content, whole := decodeTransfer(encoding, body)
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
