package xmlscan

import (
	"encoding/binary"
	"math/bits"
)

// quickTag takes a start tag in one pass over its bytes, if the whole of it is in the window and its values have no
// references, as nearly all are. It says false, and has done nothing, for anything else, tags that are not well-formed
// among them: then parse is to be called, which takes the same and says what is wrong.
func (s *Scanner) quickTag() (taken bool, err error) {
	b := s.buf[s.pos+1 : min(s.end, s.pos+1+maxTag)]
	end, colon := quickName(b, 0)
	if end == 0 {
		return false, nil
	}
	attrs := s.Attrs[:cap(s.Attrs)]
	n, i := 0, end
	colons, declared, closed := false, false, false
	var had marks
	for {
		a := quickNext(b, i)
		if a.what == oddTag {
			return false, nil
		}
		i = a.next
		if a.what == tagEnd || a.what == tagClosed {
			closed = a.what == tagClosed
			break
		}
		name := b[a.from:a.end]
		if n == maxAttrs || had.mark(name) && twice(attrs[:n], name) {
			return false, nil
		}
		if n == len(attrs) {
			attrs = append(attrs, Attr{})
			attrs = attrs[:cap(attrs)]
		}
		to := &attrs[n]
		to.Space, to.Local, to.Value = NoSpace, name, b[a.end+2:i-1]
		colons = colons || a.what == prefixed
		declared = declared || name[0] == 'x' && len(name) >= 5 && string(name[:5]) == "xmlns"
		n++
	}
	s.Attrs = attrs[:n]
	local := 0
	if colon > 0 {
		local = colon + 1
	}
	if err := s.push(b[:end], local, colons, declared); err != nil {
		return false, err
	}
	s.closed, s.rooted = closed, true
	s.pos += 1 + i
	return true, nil
}

// piece is what follows a name or a value in a tag.
type piece struct {
	what      int
	from, end int // of the name of an attribute; its value begins two bytes after it
	next      int // index of what follows
}

// The kinds of pieces.
const (
	oddTag     = iota // something that is not looked at quickly
	tagEnd            // ">"
	tagClosed         // "/>"
	unprefixed        // white space and an attribute
	prefixed          // the same, and its name has a colon
)

// quickNext is the piece at b[i:]. What it takes for an attribute is one, whose value has no references.
func quickNext(b []byte, i int) piece {
	if i+8 > len(b) {
		return piece{}
	}
	space := isSpace(b[i])
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if i+8 > len(b) {
		return piece{}
	}
	if b[i] == '>' {
		return piece{what: tagEnd, next: i + 1}
	}
	if b[i] == '/' && b[i+1] == '>' {
		return piece{what: tagClosed, next: i + 2}
	}
	end, colon := quickName(b, i)
	if !space || end == 0 {
		return piece{}
	}
	v := endOfValue(b, end)
	if v == 0 {
		return piece{}
	}
	if colon > 0 {
		return piece{prefixed, i, end, v + 1}
	}
	return piece{unprefixed, i, end, v + 1}
}

// quickName is the index of the end of the name at b[i:], 0 for none, and that of the colon in it, 0 for none.
func quickName(b []byte, i int) (end, colon int) {
	if i >= len(b) || !nameStart[b[i]] {
		return 0, 0
	}
	for i++; i < len(b) && nameByte[b[i]]; i++ {
	}
	if i+1 < len(b) && b[i] == ':' && nameStart[b[i+1]] {
		colon = i
		for i++; i < len(b) && nameByte[b[i]]; i++ {
		}
	}
	return i, colon
}

// endOfValue is the index of the quote that ends the value of the attribute whose name ends at b[i:], 0 if that is not
// followed by a value at once, or the value has a reference or a "<", or is too near to the end of b to be looked at
// quickly.
func endOfValue(b []byte, i int) int {
	if i+2 > len(b) || b[i] != '=' || b[i+1] != '"' && b[i+1] != '\'' {
		return 0
	}
	quote := b[i+1]
	for rest := b[i+2:]; len(rest) >= 8; rest = rest[8:] {
		w := binary.LittleEndian.Uint64(rest)
		if m := has(w, quote) | has(w, '<') | has(w, '&'); m != 0 {
			end := len(b) - len(rest) + bits.TrailingZeros64(m)/8
			if b[end] != quote {
				return 0
			}
			return end
		}
	}
	return 0
}

// marks are what is remembered of the names of a tag's attributes: one that is not marked has not been there.
type marks [4]uint64

// mark marks a name, and says whether it may have been there.
func (m *marks) mark(name []byte) bool {
	h := uint(name[0]) + 5*uint(name[len(name)/2]) + 11*uint(name[len(name)-1]) + 37*uint(len(name))
	word, bit := &m[h>>6&3], uint64(1)<<(h&63)
	had := *word&bit != 0
	*word |= bit
	return had
}

func twice(attrs []Attr, name []byte) bool {
	for i := range attrs {
		if string(attrs[i].Local) == string(name) {
			return true
		}
	}
	return false
}

// quickDepth is how deep elements may be nested for Elements to look at them.
const quickDepth = 8

// Elements gives what is inside the element whose Start came last, if that lies in the window and is nothing but
// elements of the simplest kind: well-formed, without prefixes, namespace declarations, references or, unless texts is
// true, any text but white space. Pass may pass over it; then Next gives the End.
func (s *Scanner) Elements(texts bool) ([]byte, bool) {
	if s.closed || len(s.stack)+quickDepth > maxDepth {
		return nil, false
	}
	b := s.buf[s.pos:s.end]
	n, ok := Simple(b, texts)
	return b[:n], ok
}

// Simple is the length of what b begins with, up to an end tag for which there is no start tag, if that is as Elements
// wants it. All characters of b have been checked.
func Simple(b []byte, texts bool) (n int, ok bool) {
	var open [quickDepth][2]int // where the names of the open elements are
	depth := 0
	for i := 0; ; {
		for i < len(b) && isSpace(b[i]) {
			i++
		}
		if texts && i < len(b) && b[i] != '<' {
			at, _, ok := EndOfText(b, i)
			if !ok {
				return 0, false
			}
			i = at
		}
		if i+1 >= len(b) || b[i] != '<' {
			return 0, false
		}
		if b[i+1] == '/' {
			if depth == 0 {
				return i, true
			}
			depth--
			name := b[open[depth][0]:open[depth][1]]
			end := i + 2 + len(name)
			if end >= len(b) || b[end] != '>' || string(b[i+2:end]) != string(name) {
				return 0, false
			}
			i = end + 1
			continue
		}
		if depth == quickDepth {
			return 0, false
		}
		next, nameEnd, closed := quickElement(b, i+1)
		if next == 0 {
			return 0, false
		}
		if !closed {
			open[depth] = [2]int{i + 1, nameEnd}
			depth++
		}
		i = next
	}
}

// quickElement is the index of what comes after the tag whose name is at b[i:], 0 if the tag is not of the simplest kind.
func quickElement(b []byte, i int) (next, nameEnd int, closed bool) {
	from := i
	nameEnd, colon := quickName(b, i)
	if nameEnd == 0 || colon > 0 {
		return 0, 0, false
	}
	var had marks
	i = nameEnd
	for n := 0; ; n++ {
		a := quickNext(b, i)
		i = a.next
		switch {
		case a.what == oddTag || a.what == prefixed || i-from > maxTag || n > maxAttrs:
			return 0, 0, false
		case a.what != unprefixed:
			return i, nameEnd, a.what == tagClosed
		}
		name := b[a.from:a.end]
		if had.mark(name) || string(name) == "xmlns" {
			return 0, 0, false
		}
	}
}
