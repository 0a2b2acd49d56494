package mail

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/internal/text"
)

// longestName is the most characters of a name that is sent or received, with its extension, and longestBytes the most
// bytes that they may come to, for file systems that take 255.
const (
	longestName  = 100
	longestBytes = 240
)

// SafeName makes a file name from any text, by the rule of text.FileName: without folders, of at most 100 characters,
// the extension kept. It is never empty and never starts with a dot.
func SafeName(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "_"), `\`, "/")
	if i := strings.LastIndexByte(strings.TrimRight(s, "/"), '/'); i >= 0 {
		s = s[i+1:]
	}
	return cleanName(s)
}

// cleanName is SafeName for a text that is no path: its slashes are replaced, not cut at.
func cleanName(s string) string {
	// The x keeps what begins with a dot, which may be the extension. What is left out may have kept accents apart.
	s = norm.NFC.String(text.FileName("x"+norm.NFC.String(s), 4*len(s)+1)[1:])
	stem, ext := s, ""
	if e := path.Ext(s); utf8.RuneCountInString(e) <= 12 {
		stem, ext = strings.TrimSuffix(s, e), e
	}
	stem = text.Head(stem, longestName-utf8.RuneCountInString(ext))
	return text.FileName(stem, longestBytes-len(ext)) + ext
}

// AttachmentName is a speaking name for what is sent: the parts that are not empty, joined by " - ", with the
// extension (given with its dot). The first parts are shortened before the last.
func AttachmentName(ext string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, p)
		}
	}
	for i := range kept {
		if total := utf8.RuneCountInString(strings.Join(kept, " - ") + ext); total > longestName {
			has := utf8.RuneCountInString(kept[i])
			kept[i] = strings.TrimSpace(text.Head(kept[i], max(min(has, 20), has-(total-longestName))))
		}
	}
	return cleanName(strings.Join(kept, " - ") + ext)
}

// asciiName replaces what is not plain ASCII, keeping the letter below an accent.
func asciiName(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '"' || r == '\\' || r < ' ' || r == 0x7f:
			b.WriteByte('_')
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case r == '–' || r == '—':
			b.WriteByte('-')
		default:
			b.WriteByte('_')
		}
	}
	return b.String()
}
