package mail

import "bytes"

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

// hasDelimiter says whether a line of the body begins a part.
func hasDelimiter(body []byte, boundary string) bool {
	found := false
	eachPart(body, boundary, func([]byte) bool { found = true; return false })
	return found
}

// guessBoundary finds what stands between the parts of a body whose header does not say so, or says something else: the
// first line that begins with two hyphens and is followed by a header field of a part, with or without an empty line.
// It is "" where there is none.
func guessBoundary(body []byte) string {
	for rest := body; len(rest) > 0; {
		line, after := cutLine(rest)
		rest = after
		if len(line) < 3 || len(line) > longestBoundary || !bytes.HasPrefix(line, []byte("--")) {
			continue
		}
		next, after := cutLine(rest)
		if len(next) == 0 {
			next, _ = cutLine(after)
		}
		if beginsPart(next) {
			return string(bytes.TrimRight(line[2:], " \t"))
		}
	}
	return ""
}

// longestBoundary is beyond the 70 characters of RFC 2046, 5.1.1.
const longestBoundary = 200

func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// beginsPart is true of a line such as "Content-Type: …".
func beginsPart(line []byte) bool {
	return len(line) > 8 && bytes.EqualFold(line[:8], []byte("content-")) && bytes.IndexByte(line, ':') > 8
}
