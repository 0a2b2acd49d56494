package mail

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName keeps names usable below a deep folder on Windows, where a whole path has 260 characters.
const longestName = 100

// devices are the names that Windows keeps for itself, with any extension.
var devices = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true,
	"com0": true, "com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt0": true, "lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
	"com¹": true, "com²": true, "com³": true, "lpt¹": true, "lpt²": true, "lpt³": true}

// SafeName makes a file name from any text: without folders, characters that Windows refuses, control
// characters, marks that reorder text, and names of devices; at most 100 characters, the extension kept. It is
// never empty and never starts with a dot.
func SafeName(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "_"), `\`, "/")
	if i := strings.LastIndexByte(strings.TrimRight(s, "/"), '/'); i >= 0 {
		s = s[i+1:]
	}
	return cleanName(s)
}

// cleanName is SafeName for a text that is no path: its slashes are replaced, not cut at.
func cleanName(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "_"))
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r), r == utf8.RuneError:
			return '_'
		case isReordering(r):
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, s)
	// What was taken out may have kept accents apart from one another.
	s = strings.TrimRight(strings.Join(strings.Fields(norm.NFC.String(s)), " "), ". ")
	for strings.Contains(s, " .") {
		s = strings.ReplaceAll(s, " .", ".")
	}
	ext := path.Ext(s)
	if utf8.RuneCountInString(ext) > 12 {
		ext = ""
	}
	stem := strings.TrimLeft(strings.TrimSuffix(s, ext), ". ")
	ext = strings.TrimRight(ext, ". ")
	if stem == "" {
		stem = "file"
	}
	if r := []rune(stem); len(r) > longestName-utf8.RuneCountInString(ext) {
		stem = string(r[:longestName-utf8.RuneCountInString(ext)])
	}
	stem = strings.TrimRight(stem, " ")
	if ext == "" {
		stem = strings.TrimRight(stem, ". ")
	}
	first, _, _ := strings.Cut(stem, ".")
	if devices[strings.ToLower(strings.TrimRight(first, " "))] {
		stem = "_" + stem
	}
	return stem + ext
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
			kept[i] = strings.TrimSpace(string([]rune(kept[i])[:max(min(has, 20), has-(total-longestName))]))
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
