package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// devices are the names that Windows keeps for itself, with any extension (Naming Files, Paths, and Namespaces,
// Microsoft). CONIN$ and CONOUT$ are the console's.
var devices = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true,
	"com0": true, "com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt0": true, "lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
	"com¹": true, "com²": true, "com³": true, "lpt¹": true, "lpt²": true, "lpt³": true,
}

// FileName makes a name for a file or folder out of any text, fit for Windows, macOS and Linux: it names one thing in
// one folder, cannot climb out of it, and is never empty. It has at most most bytes, and no extension of its own
// meaning. Different texts can come out alike.
//
// Rounds in the field have files of these names: what it makes of a text must not change.
func FileName(s string, most int) string {
	var b strings.Builder
	space := false
	for _, r := range s {
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
	name := headOfName(trimName(b.String()), most)
	if name == "" {
		return "unnamed"
	}
	if IsDevice(name) {
		name = headOfName("_"+name, most)
	}
	return name
}

// IsDevice says whether Windows keeps a name of a file or folder for itself, whatever its extension: nul, CON.txt.
func IsDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return devices[strings.ToLower(strings.TrimRight(stem, " "))]
}

// headOfName cuts a name between characters, and takes away what no name ends with.
func headOfName(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return trimName(HeadBytes(s, most))
}

// trimName takes away what Windows drops silently at the end (dots and spaces), and the start that hides a
// file or marks it as temporary or as an option (dots, ~, -).
func trimName(s string) string {
	return strings.TrimLeft(strings.TrimRight(s, ". "), ".~- ")
}
