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
	for k := bytes.IndexByte(t, '&'); k >= 0; k = bytes.IndexByte(t, '&') {
		refs = true
		length := lengthOfReference(t[k:])
		if length == 0 {
			return i + n, refs, false
		}
		t = t[k+length:]
	}
	return i + n, refs, true
}

// lengthOfReference is the length of the reference that b begins with, 0 if it stands for no character.
func lengthOfReference(b []byte) int {
	if len(b) >= 8 {
		switch w := binary.LittleEndian.Uint64(b); {
		case w&0xFFFFFFFFFF == '&'|'#'<<8|'3'<<16|'4'<<24|';'<<32, w&0xFFFFFFFFFF == '&'|'a'<<8|'m'<<16|'p'<<24|';'<<32, w&0xFFFFFFFFFF == '&'|'#'<<8|'3'<<16|'9'<<24|';'<<32:
			return 5
		case w&0xFFFFFFFFFFFF == '&'|'q'<<8|'u'<<16|'o'<<24|'t'<<32|';'<<40, w&0xFFFFFFFFFFFF == '&'|'a'<<8|'p'<<16|'o'<<24|'s'<<32|';'<<40:
			return 6
		case w&0xFFFFFFFF == '&'|'l'<<8|'t'<<16|';'<<24, w&0xFFFFFFFF == '&'|'g'<<8|'t'<<16|';'<<24:
			return 4
		}
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
