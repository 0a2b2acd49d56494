package xmlscan

import (
	"bytes"
	"encoding/binary"
)

// Plain gives what follows in the document, as far as it is in memory, to a caller who knows elements of one kind
// better than the scanner, if it is where elements of that namespace have no prefix. All its characters have been
// checked, nothing else. What the caller has taken, as whole elements in well-formed XML, Pass passes over.
func (s *Scanner) Plain(space Space) []byte {
	if s.def != space || s.closed || len(s.stack) == 0 || len(s.stack)+4 > maxDepth || !s.any {
		return nil
	}
	return s.buf[s.pos:s.end]
}

// Pass passes over n bytes of what Plain gave.
func (s *Scanner) Pass(n int) { s.pos += n }

// Lacks says that the document does not have these bytes anywhere from here on. It says so only of documents that lie
// in memory.
func (s *Scanner) Lacks(what string) bool {
	return s.in == nil && !bytes.Contains(s.buf[s.pos:], []byte(what))
}

// Enter passes over n bytes of what Plain gave, of which the last are the start tag of an element of that name, and
// leaves the scanner inside it. Attrs is empty then.
func (s *Scanner) Enter(n int, local string) {
	s.pos += n
	l := level{name: len(s.names), local: len(s.names), space: s.def, bound: len(s.bound), def: s.def}
	s.names = append(s.names, local...)
	s.stack = append(s.stack, l)
	s.Space, s.Local, s.Attrs = s.def, s.names[l.local:], s.Attrs[:0]
}

// EndOfText is the index of the "<" that ends the text at b[i:], if the text is well-formed and not longer than
// MaxText. refs says that it has references.
func EndOfText(b []byte, i int) (at int, refs, ok bool) {
	n := bytes.IndexByte(b[i:], '<')
	if n < 0 {
		return len(b), false, false
	}
	t := b[i : i+n]
	if n > MaxText || bytes.IndexByte(t, ']') >= 0 && bytes.Contains(t, []byte("]]>")) {
		return i + n, false, false
	}
	end := i + n
	for k := i; k < end; {
		if b[k] != '&' { // a pair of quotes is usual
			next := bytes.IndexByte(b[k:end], '&')
			if next < 0 {
				break
			}
			k += next
		}
		refs = true
		if k+6 <= len(b) { // most references
			switch w := binary.LittleEndian.Uint32(b[k+1:]); {
			case w == nr34 || w == amp || w == nr39:
				k += 5
				continue
			case w == quot && b[k+5] == ';':
				k += 6
				continue
			}
		}
		length := lengthOfReference(b[k:end])
		if length == 0 {
			return end, refs, false
		}
		k += length
	}
	return end, refs, true
}

// has sets the high bit of the bytes of w that are c, and perhaps of some above the first of them.
func has(w uint64, c byte) uint64 {
	const (
		ones  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	w ^= uint64(c) * ones
	return (w - ones) &^ w & highs
}

// lengthOfReference is the length of the reference that b begins with, 0 if it stands for no character.
func lengthOfReference(b []byte) int {
	if _, n := usualReference(b); n > 0 {
		return n
	}
	n := bytes.IndexByte(b[:min(len(b), 17)], ';')
	if n < 1 {
		return 0
	}
	if _, ok := reference(b[1:n]); !ok {
		return 0
	}
	return n + 1
}

// The usual references, as the bytes after the & in a number.
const (
	amp  = 'a' | 'm'<<8 | 'p'<<16 | ';'<<24
	nr34 = '#' | '3'<<8 | '4'<<16 | ';'<<24
	nr39 = '#' | '3'<<8 | '9'<<16 | ';'<<24
	quot = 'q' | 'u'<<8 | 'o'<<16 | 't'<<24
	apos = 'a' | 'p'<<8 | 'o'<<16 | 's'<<24
	lt   = 'l' | 't'<<8 | ';'<<16
	gt   = 'g' | 't'<<8 | ';'<<16
)

// usualReference is the character and the length of the reference that b begins with, if it is one of those that nearly
// all are, and the length 0 for any other.
func usualReference(b []byte) (c byte, length int) {
	if len(b) < 6 {
		return 0, 0
	}
	switch w := binary.LittleEndian.Uint32(b[1:]); w {
	case amp:
		return '&', 5
	case nr34:
		return '"', 5
	case nr39:
		return '\'', 5
	case quot:
		if b[5] == ';' {
			return '"', 6
		}
	case apos:
		if b[5] == ';' {
			return '\'', 6
		}
	default:
		switch w & 0xFFFFFF {
		case lt:
			return '<', 4
		case gt:
			return '>', 4
		}
	}
	return 0, 0
}
