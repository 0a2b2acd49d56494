package xmlscan

import (
	"bytes"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// nameByte says which bytes may stand in a name, and nameStart which may begin one. No format that is read has a
// name beyond ASCII, and which of these characters are letters differs between the editions of XML: an attribute
// whose name has a character without width at its end must not pass for an unknown one.
var nameByte, nameStart [256]bool

func init() {
	for c := range 256 {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		nameStart[c] = letter
		nameByte[c] = letter || c >= '0' && c <= '9' || c == '-' || c == '.'
	}
}

// nameEnd is the length of the name at the start of b, with at most one colon inside; 0 for none.
func nameEnd(b []byte) int {
	if len(b) == 0 || !nameStart[b[0]] {
		return 0
	}
	colon := -1
	for i := 1; i < len(b); i++ {
		if nameByte[b[i]] {
			continue
		}
		if b[i] == ':' && colon < 0 && i+1 < len(b) && nameStart[b[i+1]] {
			colon = i
			continue
		}
		return i
	}
	return len(b)
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

var errTag = "a tag in its XML is not well-formed"

// startTag takes a start tag or an empty-element tag.
func (s *Scanner) startTag() (Event, error) {
	if s.rooted && len(s.stack) == 0 {
		return EOF, refuse.Damaged("its XML has more than one root element")
	}
	if len(s.stack) == maxDepth {
		return EOF, refuse.New(models.FileOverLimit, "its XML is nested more than %d deep", maxDepth)
	}
	if taken, err := s.quickTag(); taken || err != nil {
		return Start, err
	}
	from := 1
	for {
		// Most tags hold no ">" in a value, so the first one ends the tag; parse says if it does not.
		n := from + bytes.IndexByte(s.buf[s.pos+from:s.end], '>')
		if n < from || n > maxTag {
			var err error
			if n, err = s.find(">", from, maxTag); err != nil {
				return EOF, err
			}
		}
		ok, err := s.parse(s.buf[s.pos+1 : s.pos+n])
		if err != nil {
			return EOF, err
		}
		if ok {
			s.pos += n + 1
			s.rooted = true
			return Start, nil
		}
		from = n + 1
	}
}

// parse reads what stands between "<" and ">". It says false if the ">" stood in an attribute's value.
func (s *Scanner) parse(b []byte) (bool, error) {
	n := nameEnd(b)
	if n == 0 {
		return false, refuse.Damaged("%s", errTag)
	}
	name := b[:n]
	s.Attrs = s.Attrs[:0]
	s.closed = false
	colons, declared := false, false
	i := n
	for {
		j := i
		for j < len(b) && isSpace(b[j]) {
			j++
		}
		if j == len(b) {
			break
		}
		if b[j] == '/' {
			if j != len(b)-1 {
				return false, refuse.Damaged("%s", errTag)
			}
			s.closed = true
			break
		}
		if j == i { // no space before the attribute
			return false, refuse.Damaged("%s", errTag)
		}
		from := j
		if !nameStart[b[j]] {
			return false, refuse.Damaged("%s", errTag)
		}
		for j++; j < len(b) && nameByte[b[j]]; j++ {
		}
		if j < len(b) && b[j] == ':' {
			j = from + nameEnd(b[from:])
			colons = true
		}
		attr := b[from:j]
		for j < len(b) && isSpace(b[j]) {
			j++
		}
		if j == len(b) || b[j] != '=' {
			return false, refuse.Damaged("%s", errTag)
		}
		j++
		for j < len(b) && isSpace(b[j]) {
			j++
		}
		if j == len(b) {
			return false, refuse.Damaged("%s", errTag)
		}
		quote := b[j]
		if quote != '"' && quote != '\'' {
			return false, refuse.Damaged("%s", errTag)
		}
		j++
		k, odd, refs := j, false, false
		for ; k < len(b) && b[k] != quote; k++ { // most values are short
			odd = odd || b[k] == '<'
			refs = refs || b[k] == '&'
		}
		if k == len(b) {
			return false, nil
		}
		value := b[j:k]
		if odd {
			return false, refuse.Damaged("%s", errTag)
		}
		if refs {
			if err := checkReferences(value); err != nil {
				return false, err
			}
		}
		if len(s.Attrs) == maxAttrs {
			return false, refuse.New(models.FileOverLimit, "a tag in its XML has more than %d attributes", maxAttrs)
		}
		declared = declared || attr[0] == 'x' && bytes.HasPrefix(attr, []byte("xmlns"))
		s.Attrs = append(s.Attrs, Attr{Local: attr, Value: value})
		i = k + 1
	}
	if err := s.once(); err != nil {
		return false, err
	}
	return true, s.push(name, bytes.IndexByte(name, ':')+1, colons, declared)
}

// push opens the element: binds the namespaces that its tag declares, and resolves the names. local is where the name
// begins after its prefix, 0 for none.
func (s *Scanner) push(name []byte, local int, colons, declared bool) error {
	l := level{name: len(s.names), bound: len(s.bound), def: s.def}
	if declared {
		if err := s.bind(); err != nil {
			return err
		}
	}
	s.Space = s.def
	if local > 0 {
		space, ok := s.lookup(name[:local-1])
		if !ok {
			return refuse.Damaged("its XML uses a prefix that is not declared")
		}
		s.Space = space
	}
	if colons {
		for i := range s.Attrs {
			a := &s.Attrs[i]
			if k := bytes.IndexByte(a.Local, ':'); k >= 0 {
				space, ok := s.lookup(a.Local[:k])
				if !ok {
					return refuse.Damaged("its XML uses a prefix that is not declared")
				}
				a.Space, a.Local = space, a.Local[k+1:]
				for j := range s.Attrs { // two prefixes of one namespace
					if j != i && space > 0 && s.Attrs[j].Space == space && bytes.Equal(s.Attrs[j].Local, a.Local) {
						return refuse.Damaged("a tag in its XML has the same attribute twice")
					}
				}
			}
		}
	}
	s.names = append(s.names, name...)
	l.local, l.space = l.name+local, s.Space
	s.stack = append(s.stack, l)
	s.Local = s.names[l.local:]
	return nil
}

// endTag takes an end tag and holds it against the element that is open.
func (s *Scanner) endTag() (Event, error) {
	if len(s.stack) > 0 { // nearly always the very name and ">"
		open := s.names[s.stack[len(s.stack)-1].name:]
		if b := s.buf[s.pos+2 : s.end]; len(b) > len(open) && b[len(open)] == '>' && string(b[:len(open)]) == string(open) {
			s.pos += 3 + len(open)
			return s.pop()
		}
	}
	n, err := s.find(">", 2, maxTag)
	if err != nil {
		return EOF, err
	}
	b := s.buf[s.pos+2 : s.pos+n]
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	if len(s.stack) == 0 || !bytes.Equal(b, s.names[s.stack[len(s.stack)-1].name:]) {
		return EOF, refuse.Damaged("an element in its XML is not closed where it should be")
	}
	s.pos += n + 1
	return s.pop()
}

func (s *Scanner) pop() (Event, error) {
	l := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	s.Space, s.Local = l.space, s.names[l.local:]
	s.names = s.names[:l.name]
	s.bound, s.def = s.bound[:l.bound], l.def
	s.Attrs = s.Attrs[:0]
	return End, nil
}
