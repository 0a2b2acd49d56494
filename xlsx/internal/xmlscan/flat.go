package xmlscan

import "bytes"

// Child is an element inside a flat one, with its text as it is written.
type Child struct {
	Local []byte
	Text  []byte
	// Refs says that the text has references in it, which have been checked.
	Refs bool
}

// AppendText appends the child's text, decoded as Scanner.AppendText does.
func (c *Child) AppendText(dst []byte) []byte {
	if bytes.IndexByte(c.Text, '\r') >= 0 {
		s := Scanner{text: c.Text}
		return s.AppendText(dst)
	}
	if c.Refs {
		dst, _ = appendReferences(dst, c.Text)
		return dst
	}
	return append(dst, c.Text...)
}

// maxChildren is the largest number of elements in a flat one.
const maxChildren = 3

// Flat takes a whole element at once if it comes next and is of the simplest kind, which nearly all cells and
// shared texts are: no prefixes, no namespace declarations, no white space between tags, and at most three
// elements inside, of which each has text at most. It says false, and has done nothing, for anything else: then
// Next is to be called, which sees the same. Attrs are those of the element, unless they have references.
func (s *Scanner) Flat(name string, space Space) (children []Child, ok bool) {
	if s.def != space || s.closed || len(s.stack)+2 > maxDepth || !s.any {
		return nil, false
	}
	b := s.buf[s.pos:s.end]
	if len(b) < len(name)+3 || b[0] != '<' || string(b[1:1+len(name)]) != name {
		return nil, false
	}
	i := 1 + len(name)
	s.Attrs = s.Attrs[:0]
	i, empty, ok := s.flatAttrs(b, i, true)
	if !ok {
		return nil, false
	}
	children = s.flat[:0]
	for !empty {
		if i+3+len(name) > len(b) || b[i] != '<' {
			return nil, false
		}
		if b[i+1] == '/' {
			if string(b[i+2:i+2+len(name)]) != name || b[i+2+len(name)] != '>' {
				return nil, false
			}
			i += 3 + len(name)
			break
		}
		if len(children) == maxChildren {
			return nil, false
		}
		j := i + 1
		for j < len(b) && b[j] >= 'a' && b[j] <= 'z' {
			j++
		}
		if j == i+1 {
			return nil, false
		}
		child := Child{Local: b[i+1 : j]}
		var closed bool
		if j, closed, ok = s.flatAttrs(b, j, false); !ok {
			return nil, false
		}
		if !closed {
			k := bytes.IndexByte(b[j:], '<')
			if k < 0 || k > MaxText {
				return nil, false
			}
			child.Text = b[j : j+k]
			j += k
			n := len(child.Local)
			if j+3+n > len(b) || b[j+1] != '/' || !bytes.Equal(b[j+2:j+2+n], child.Local) || b[j+2+n] != '>' {
				return nil, false
			}
			j += 3 + n
			child.Refs = bytes.IndexByte(child.Text, '&') >= 0
			if checkText(child.Text) != nil {
				return nil, false
			}
		}
		children = append(children, child)
		i = j
	}
	s.flat = children
	s.pos += i
	return children, true
}

// flatAttrs takes attributes up to the end of a start tag, and says whether it closes its element. Kept
// attributes go to s.Attrs; the others may only be xml:space or have plain names.
func (s *Scanner) flatAttrs(b []byte, i int, keep bool) (next int, closed, ok bool) {
	const most = 8
	var names [most][]byte
	for n := 0; ; n++ {
		if i+1 >= len(b) {
			return 0, false, false
		}
		switch b[i] {
		case '>':
			return i + 1, false, true
		case '/':
			return i + 2, true, b[i+1] == '>'
		case ' ':
		default:
			return 0, false, false
		}
		j := i + 1
		for j < len(b) && (b[j] >= 'a' && b[j] <= 'z' || b[j] >= 'A' && b[j] <= 'Z') {
			j++
		}
		if !keep && j < len(b) && b[j] == ':' && string(b[i+1:j]) == "xml" {
			for j++; j < len(b) && b[j] >= 'a' && b[j] <= 'z'; j++ {
			}
			if b[j-1] == ':' { // a prefix of nothing
				return 0, false, false
			}
		}
		name := b[i+1 : j]
		if n == most || len(name) == 0 || j+2 >= len(b) || b[j] != '=' || b[j+1] != '"' || string(name) == "xmlns" {
			return 0, false, false
		}
		for _, had := range names[:n] {
			if bytes.Equal(had, name) {
				return 0, false, false
			}
		}
		names[n] = name
		j += 2
		start := j
		for ; j < len(b) && b[j] != '"'; j++ {
			if b[j] == '<' || b[j] == '&' {
				return 0, false, false
			}
		}
		if j == len(b) {
			return 0, false, false
		}
		if keep {
			s.Attrs = append(s.Attrs, Attr{Local: name, Value: b[start:j]})
		}
		i = j + 1
	}
}
