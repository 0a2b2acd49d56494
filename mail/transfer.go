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
		if _, out, ok := decodeUU(body); ok {
			return out, true
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

// decodeUU finds the first uuencoded file in a text, as old mail programs send attachments. ok is false where
// there is none that is whole.
func decodeUU(text []byte) (name string, content []byte, ok bool) {
	started := false
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, "\r\n")
		if !started {
			rest, found := bytes.CutPrefix(line, []byte("begin "))
			mode, file, named := bytes.Cut(rest, []byte(" "))
			if found && named && (len(mode) == 3 || len(mode) == 4) && len(bytes.Trim(mode, "01234567")) == 0 {
				started, name = true, string(file)
			}
			continue
		}
		if string(line) == "end" {
			return name, content, true
		}
		if len(line) == 0 || line[0] < ' ' || line[0] > '`' {
			return "", nil, false
		}
		n := int(line[0]-' ') & 63
		data := line[1:]
		if len(data) < (n+2)/3*4 { // trailing blanks may have been cut
			data = append(bytes.Clone(data), bytes.Repeat([]byte(" "), (n+2)/3*4-len(data))...)
		}
		var out []byte
		for i := 0; i < len(data) && len(out) < n; i += 4 {
			var q [4]byte
			for j := range q {
				if i+j < len(data) {
					q[j] = (data[i+j] - ' ') & 63
				}
			}
			out = append(out, q[0]<<2|q[1]>>4, q[1]<<4|q[2]>>2, q[2]<<6|q[3])
		}
		content = append(content, out[:min(n, len(out))]...)
	}
	return "", nil, false
}
