package returns

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/internal/text"
)

// clean brings a text into the form in which texts are compared: lower case, one kind of space, dash and quote,
// ASCII for full-width and other digits, no characters without width, no white space at the ends, composed.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space, plain := false, true
	for _, r := range s {
		switch {
		case r == ' ':
			space = true
			continue
		case r < 0x80 && r > ' ':
		default:
			plain = false
			if r = plainRune(r); r < 0 {
				continue
			}
			if r == ' ' {
				space = true
				continue
			}
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(unicode.ToLower(r))
	}
	if plain {
		return b.String()
	}
	return norm.NFC.String(b.String())
}

// plainRune gives the character that stands for r in comparisons, or -1 for none.
func plainRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E: // full-width forms of ASCII
		return plainASCII(r - 0xFF01 + '!')
	case unicode.IsSpace(r), r == 0x3000, r < ' ':
		return ' '
	case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202C, r >= 0x2060 && r <= 0x2069, r == 0xFEFF,
		r >= 0xFE00 && r <= 0xFE0F, r == 0x7F, r == 0x180E:
		return -1
	case unicode.Is(unicode.Pd, r), r == 0x2212, r == 0xAF:
		return '-'
	case r == 0x2018, r == 0x2019, r == 0x201A, r == 0x201B, r == 0x2032, r == 0xB4, r == 0x60:
		return '\''
	case r == 0x201C, r == 0x201D, r == 0x201E, r == 0x201F, r == 0xAB, r == 0xBB, r == 0x2033:
		return '"'
	case unicode.Is(unicode.Nd, r):
		return digit(r)
	}
	return r
}

func plainASCII(r rune) rune {
	if r == '`' {
		return '\''
	}
	return r
}

// digit is the ASCII digit for a decimal digit of any script: the ten of a script follow each other.
func digit(r rune) rune {
	if r < 0x80 {
		return r
	}
	n := rune(0)
	for n < 9 && unicode.Is(unicode.Nd, r-n-1) {
		n++
	}
	if n == 9 && unicode.Is(unicode.Nd, r-10) { // scripts that lie side by side: no way to tell
		return r
	}
	return '0' + n
}

// wordKey is the form in which headings and labels are compared: letters and digits only.
func wordKey(s string) string {
	if key, ok := plainKey(s); ok {
		return key
	}
	s = clean(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// plainKey is wordKey for texts in ASCII, of which clean does nothing but make small letters.
func plainKey(s string) (string, bool) {
	var room [64]byte
	key, ok := appendPlainKey(room[:0], s)
	return string(key), ok
}

// appendPlainKey appends wordKey of a text in ASCII; it says false for others, and for those beyond the capacity
// of key.
func appendPlainKey[T string | []byte](key []byte, s T) ([]byte, bool) {
	if len(s) > cap(key) {
		return nil, false
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return nil, false
		}
		if c := plainByte(s[i]); c != 0 {
			key = append(key, c)
		}
	}
	return key, true
}

// printable is a text of a file as it may be shown in one line: no control characters, no line ends, and not
// longer than needed.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case text.Steers(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return text.Cut(strings.TrimSpace(s), 80, "…")
}
