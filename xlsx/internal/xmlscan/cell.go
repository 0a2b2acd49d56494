package xmlscan

import "bytes"

// Cell is a cell of a worksheet (ECMA-376 Part 1, 18.3.1.4) of the simplest kind; see Scanner.Cell. What it
// refers to is good until the next call of the scanner.
type Cell struct {
	// Ref, Style and Kind are the attributes r, s and t as written, nil for none.
	Ref, Style, Kind []byte
	// Value is the text of v, if HasValue.
	Value    Child
	HasValue bool
	// Formula says that there is an f.
	Formula bool
}

// Cell takes a cell at once if one comes next and is of the simplest kind: without a prefix, with no attributes
// but r, s and t, without white space between tags, and with nothing inside but a value and a formula. Like Flat
// it says false, and has done nothing, for anything else.
func (s *Scanner) Cell(space Space) (*Cell, bool) {
	b := s.buf[s.pos:s.end]
	if len(b) < 5 || b[0] != '<' || b[1] != 'c' || b[2] != ' ' && b[2] != '>' && b[2] != '/' ||
		s.def != space || s.closed || len(s.stack)+2 > maxDepth || !s.any {
		return nil, false
	}
	c := &s.cell
	*c = Cell{}
	i := 2
	for b[i] == ' ' {
		if i+4 >= len(b) || b[i+2] != '=' || b[i+3] != '"' {
			return nil, false
		}
		name, from := b[i+1], i+4
		for i = from; ; i++ {
			if i+2 >= len(b) || b[i] == '<' || b[i] == '&' {
				return nil, false
			}
			if b[i] == '"' {
				break
			}
		}
		var to *[]byte
		switch name {
		case 'r':
			to = &c.Ref
		case 's':
			to = &c.Style
		case 't':
			to = &c.Kind
		}
		if to == nil || *to != nil {
			return nil, false
		}
		*to = b[from:i]
		i++
	}
	switch {
	case b[i] == '/' && b[i+1] == '>':
		s.pos += i + 2
		return c, true
	case b[i] != '>':
		return nil, false
	}
	i++
	for {
		if i+4 > len(b) || b[i] != '<' {
			return nil, false
		}
		switch {
		case b[i+1] == '/' && b[i+2] == 'c' && b[i+3] == '>':
			s.pos += i + 4
			return c, true
		case b[i+1] == 'v' && b[i+2] == '>' && !c.HasValue:
			n := s.leaf(b, i+3, 'v', &c.Value)
			if n < 0 {
				return nil, false
			}
			c.HasValue = true
			i = n
		case b[i+1] == 'f' && (b[i+2] == '>' || b[i+2] == ' ') && !c.Formula:
			n, closed := i+3, false
			if b[i+2] == ' ' {
				var ok bool
				if n, closed, ok = s.flatAttrs(b, i+2, false); !ok {
					return nil, false
				}
			}
			if !closed {
				var formula Child
				if n = s.leaf(b, n, 'f', &formula); n < 0 {
					return nil, false
				}
			}
			c.Formula = true
			i = n
		default:
			return nil, false
		}
	}
}

// leaf takes the text from b[i] on and the end tag of the element that it stands in, and gives the index of what
// follows, or -1 if it is not that simple.
func (s *Scanner) leaf(b []byte, i int, name byte, to *Child) int {
	k := bytes.IndexByte(b[i:], '<')
	if k < 0 || k > MaxText || i+k+4 > len(b) || b[i+k+1] != '/' || b[i+k+2] != name || b[i+k+3] != '>' {
		return -1
	}
	to.Text = b[i : i+k]
	if k > 3 || name != 'v' {
		to.Refs = bytes.IndexByte(to.Text, '&') >= 0
		if checkText(to.Text) != nil {
			return -1
		}
	} else {
		for _, c := range to.Text {
			if c == '&' || c == '>' {
				return -1
			}
		}
	}
	return i + k + 4
}
