package mail

import "bytes"

// text is a body that people read. Old programs put files into it, encoded between its lines; what of these cannot be
// taken apart is said.
func (w *walk) text(c where, h fields, kind string, body []byte) {
	w.look(len(body))
	if kind != "text/plain" {
		return
	}
	content, _ := decodeTransfer(h.get("content-transfer-encoding"), body)
	for f := range uuFiles(content) {
		inner := c.into(orName(f.name, "attachment"))
		switch {
		case !f.whole && !w.enter(inner, 0):
		case !f.whole:
			w.unreadable(inner, "A file stands in the message's text, encoded and cut off or damaged.")
		case len(f.content) == 0:
		case w.spend(inner, int64(len(f.content))):
			w.open(inner, f.content)
		}
		if w.stopped || w.over {
			return
		}
	}
	if what := encodedFile(content); what != "" {
		w.unreadable(c, "A file stands in the message's text, encoded (%s); it is not taken out here.", what)
	}
}

// encodedFile names the encoding of a file that stands in a text in another way than uuencode, or is "". It looks at the
// beginnings of lines.
func encodedFile(text []byte) string {
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case bytes.HasPrefix(line, []byte("=ybegin ")) && bytes.Contains(line, []byte("name=")):
			return "yEnc"
		case bytes.HasPrefix(line, []byte("(This file must be converted with BinHex")):
			return "BinHex"
		case len(line) >= 40 && bytes.IndexByte(line, ' ') < 0:
			// A workbook or an archive as base64, without a header that says so.
			if out, whole := decodeBase64(line[:40]); whole && holdsFile(out) {
				return "base64"
			}
		}
	}
	return ""
}
