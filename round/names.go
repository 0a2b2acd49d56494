package round

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest name that SafeName makes, in bytes. File systems take 255; what is left is for an
// extension, a number that tells two names apart, and the path on a Windows drive (260 in all).
const maxName = 120

// reserved are the names that Windows keeps for devices, with any extension (Naming Files, Paths, and
// Namespaces, Microsoft). CONIN$ and CONOUT$ are the console's.
var reserved = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true,
	"com0": true, "com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt0": true, "lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
	"com¹": true, "com²": true, "com³": true, "lpt¹": true, "lpt²": true, "lpt³": true,
}

// SafeName makes a name for a file or folder out of a text from data, fit for Windows, macOS and Linux: it
// names one thing in one folder and cannot climb out of it. The result has 1 to 120 bytes and no extension
// of its own meaning. Different texts can come out alike; Names tells them apart.
func SafeName(text string) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			// Control and format characters are not seen, and turn names around (right-to-left override).
			continue
		case strings.ContainsRune(`<>:"/\|?*`, r):
			r = '-'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	s := shortName(trimName(b.String()))
	if s == "" {
		return "unnamed"
	}
	stem, _, _ := strings.Cut(s, ".")
	if reserved[strings.ToLower(strings.TrimRight(stem, " "))] {
		s = shortName("_" + s)
	}
	return s
}

// shortName cuts a name to maxName bytes, between characters.
func shortName(s string) string {
	if len(s) <= maxName {
		return s
	}
	cut := maxName
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return trimName(s[:cut])
}

// trimName takes away what Windows drops silently at the end (dots and spaces), and the start that hides a
// file or marks it as temporary or as an option (dots, ~, -).
func trimName(s string) string {
	return strings.TrimLeft(strings.TrimRight(s, ". "), ".~- ")
}

// Names gives out names that differ also where case does not count. The zero value is ready; it is not for
// concurrent use.
type Names struct{ taken map[string]bool }

// Take makes a safe name with the extension (such as .xlsx), adding " (2)" and so on where it is taken.
func (n *Names) Take(text, extension string) string {
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	base := SafeName(text)
	for i := 1; ; i++ {
		name := base + extension
		if i > 1 {
			name = base + " (" + strconv.Itoa(i) + ")" + extension
		}
		if k := foldName(name); !n.taken[k] {
			n.taken[k] = true
			return name
		}
	}
}
