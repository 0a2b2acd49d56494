package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
)

// decodeTransfer undoes the content transfer encoding (RFC 2045, 6). whole is false where something was lost.
func decodeTransfer(encoding string, body []byte) (content []byte, whole bool) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return decodeBase64(body)
	case "quoted-printable":
		out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
		return out, err == nil
	case "x-uuencode", "uuencode", "x-uue":
		for f := range uuFiles(body) {
			return f.content, f.whole
		}
		return body, false
	}
	return body, true
}

// decodeBase64 skips line ends and blanks, and whatever else does not belong (RFC 2045, 6.8). After padding a
// second run may follow, as some programs make by joining pieces.
func decodeBase64(body []byte) ([]byte, bool) {
	whole := true
	out := make([]byte, 0, len(body)/4*3+3)
	clean := make([]byte, 0, len(body))
	flush := func() {
		n := len(clean)
		if n%4 == 1 {
			n--
			whole = false
		}
		var err error
		out, err = base64.RawStdEncoding.AppendDecode(out, clean[:n])
		whole = whole && err == nil
		clean = clean[:0]
	}
	for _, c := range body {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		case c == '=':
			flush()
		case c == '\r', c == '\n', c == ' ', c == '\t':
		default:
			whole = false
		}
	}
	flush()
	return out, whole
}
