package returns

import (
	"unicode"
	"unicode/utf8"
)

// keyStarts tells of most texts at a glance that they are none of some headings or labels: it knows with which letters
// and digits these begin, as wordKey makes them.
type keyStarts struct {
	// pairs has the first one and two letters and digits of each, as bits; begins the first three and four, too, at
	// the place that placeOf gives, which others may share: what is not there is none of them.
	pairs  [1 << 16 / 64]uint64
	begins [1 << 14 / 64]uint64
	// foreign says that one begins with a letter of another script.
	foreign bool
}

// startLength is how many letters and digits are looked at.
const startLength = 4

func (s *keyStarts) add(key string) {
	s.foreign = s.foreign || key != "" && key[0] >= utf8.RuneSelf
	n := uint32(0)
	for i := 0; i < len(key) && i < startLength && plainByte(key[i]) != 0; i++ {
		n = n<<8 | uint32(plainByte(key[i]))
		h := placeOf(n)
		s.begins[h/64] |= 1 << (h % 64)
		if n < 1<<16 {
			s.pairs[n/64] |= 1 << (n % 64)
		}
	}
}

// exclude says that a text is none of them, whatever follows what was looked at. A letter counts only if nothing
// follows it that could change it, such as an accent of its own. The text is not empty.
func (s *keyStarts) exclude(text []byte) bool {
	if text[0] >= utf8.RuneSelf {
		// No character after a letter of another script makes an ASCII letter or digit of it.
		r, n := utf8.DecodeRune(text)
		if n == len(text) && unicode.IsPunct(r) {
			return true // a dash alone has no letters and digits
		}
		return !s.foreign && unicode.IsLetter(r) && unicode.ToLower(r) >= utf8.RuneSelf && plainRune(r) == r
	}
	n, length := uint32(0), 0
	for i := 0; i < len(text) && length < startLength && text[i] < 0x7F; i++ {
		c := plainByte(text[i])
		if c == 0 {
			continue
		}
		if i+1 < len(text) && text[i+1] >= 0x7F {
			break
		}
		n = n<<8 | uint32(c)
		if length++; length == 2 && s.pairs[n/64]&(1<<(n%64)) == 0 {
			return true
		}
	}
	h := placeOf(n)
	return length > 0 && s.begins[h/64]&(1<<(h%64)) == 0
}

// placeOf spreads what keyStarts looks at over the bits of begins (multiplicative hashing, Knuth, TAOCP 6.4).
func placeOf(n uint32) uint32 { return n * 2654435769 >> 18 }
