// Package xmlscan is a strict pull scanner for the XML of office documents. It holds the document against
// XML 1.0 (well-formed to its end, characters, encodings) and Namespaces in XML, keeps only a window of it in
// memory, and refuses what office documents never need: document type declarations, and documents, texts and
// tags beyond set limits. All errors are *refuse.Error.
package xmlscan

import (
	"bytes"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// Event is what Next came upon.
type Event uint8

// The events. Comments and processing instructions are checked and passed over.
const (
	EOF Event = iota
	Start
	End
	Text
)

// Space is a namespace, as a number that the caller gave it.
type Space int

// Namespaces that every scanner knows.
const (
	NoSpace      Space = 0
	UnknownSpace Space = -1
	XMLSpace     Space = -2
)

// Limits of a document.
const (
	maxDepth = 100
	// maxTag is the longest tag, in bytes: in an OpenDocument the text that a formula makes is an attribute of its cell.
	maxTag   = MaxText
	maxAttrs = 256
	// MaxText is the longest run of text between two tags, in bytes: 32,767 characters (the most that a cell
	// holds), each written as a character reference.
	MaxText = 512 << 10
	// windowSize is the usual size of the window in bytes.
	windowSize = 64 << 10
)

// Attr is an attribute of a start tag. Value is raw; see Scanner.Value.
type Attr struct {
	Space Space
	Local []byte
	Value []byte
}

// binding is a prefix, which stands in Scanner.prefixes, and what it stands for.
type binding struct {
	from, end int
	space     Space
}

// Scanner reads one document. Slices that it hands out are good until the next call of Next.
type Scanner struct {
	// Space, Local and Attrs describe the element of a Start; Space and Local that of an End.
	Space Space
	Local []byte
	Attrs []Attr

	in     io.Reader
	ended  bool // in has nothing more
	buf    []byte
	window []byte // buf, unless that is the document itself
	pos    int    // next byte to look at
	end    int    // end of the checked bytes
	have   int    // end of the bytes read; those from end on are the start of a character
	text   []byte
	cdata  bool
	closed bool // the element just started was an empty-element tag

	spaces map[string]Space
	bound  []binding
	// prefixes are those of bound, one after the other.
	prefixes []byte
	def      Space // namespace of names without a prefix
	stack    []level
	names    []byte // the names of the open elements as written, one after the other
	flat     []Child
	rooted   bool // the root element has been seen
	any      bool // something other than the XML declaration may not be preceded by one
}

type level struct {
	name  int // offset in names
	space Space
	local int // offset in names of the local part
	bound int // len(bound) before this element
	def   Space
}

// New makes a scanner of the document that r gives. spaces numbers the namespaces that the caller tells apart,
// with numbers from 1 up.
func New(r io.Reader, spaces map[string]Space) *Scanner {
	s := &Scanner{}
	s.Reset(r, spaces)
	return s
}

// Reset makes the scanner ready for another document.
func (s *Scanner) Reset(r io.Reader, spaces map[string]Space) {
	s.renew(spaces)
	if s.window == nil {
		s.window = make([]byte, windowSize)
	}
	s.in, s.buf = r, s.window
}

// ResetBytes makes the scanner ready for a document that lies in memory, and that must not change meanwhile.
func (s *Scanner) ResetBytes(b []byte, spaces map[string]Space) {
	s.renew(spaces)
	s.buf, s.have, s.ended = b, len(b), true
}

func (s *Scanner) renew(spaces map[string]Space) {
	if s.in != nil && len(s.buf) <= 4*windowSize {
		s.window = s.buf // perhaps larger than it was
	}
	*s = Scanner{window: s.window, spaces: spaces, Attrs: s.Attrs[:0], bound: s.bound[:0], prefixes: s.prefixes[:0], stack: s.stack[:0], names: s.names[:0], flat: s.flat[:0]}
}

// Depth is the number of open elements, the one of a Start included and the one of an End not.
func (s *Scanner) Depth() int { return len(s.stack) }

// Next goes on to the next event. After EOF the whole document has been checked.
func (s *Scanner) Next() (Event, error) {
	if !s.any {
		if err := s.begin(); err != nil {
			return EOF, err
		}
	}
	if s.closed {
		s.closed = false
		return s.pop()
	}
	for {
		if s.pos == s.end {
			more, err := s.fill(s.pos)
			if err != nil {
				return EOF, err
			}
			if !more {
				return s.finish()
			}
		}
		if s.buf[s.pos] != '<' {
			if err := s.chars(); err != nil {
				return EOF, err
			}
			if len(s.stack) > 0 {
				return Text, nil
			}
			continue
		}
		if s.end-s.pos < 2 {
			if err := s.need(2); err != nil {
				return EOF, err
			}
		}
		switch s.buf[s.pos+1] {
		case '/':
			return s.endTag()
		case '!':
			got, err := s.declaration()
			if err != nil {
				return EOF, err
			}
			if got {
				return Text, nil
			}
		case '?':
			if err := s.instruction(); err != nil {
				return EOF, err
			}
		default:
			return s.startTag()
		}
	}
}

// Skip passes over the rest of the element whose Start came last, checking it all the same.
func (s *Scanner) Skip() error {
	if b, ok := s.Elements(true); ok {
		s.Pass(len(b))
	}
	for depth := len(s.stack); len(s.stack) >= depth; {
		if _, err := s.Next(); err != nil {
			return err
		}
	}
	return nil
}

// Is says whether the element is the one of that namespace and name.
func (s *Scanner) Is(space Space, local string) bool {
	return s.Space == space && string(s.Local) == local
}

func (s *Scanner) finish() (Event, error) {
	if s.have > s.end {
		return EOF, refuse.Damaged("the text ends within a character")
	}
	if len(s.stack) > 0 {
		return EOF, refuse.Damaged("the XML ends before it is complete")
	}
	if !s.rooted {
		return EOF, refuse.Damaged("there is no XML in it")
	}
	return EOF, nil
}

// chars takes the text up to the next tag.
func (s *Scanner) chars() error {
	from := 0
	for {
		i := bytes.IndexByte(s.buf[s.pos+from:s.end], '<')
		if i >= 0 {
			s.text, s.cdata = s.buf[s.pos:s.pos+from+i], false
			s.pos += from + i
			break
		}
		from = s.end - s.pos
		if from > MaxText {
			return refuse.New(models.FileOverLimit, "a text in it is longer than a cell can hold")
		}
		more, err := s.fill(s.pos)
		if err != nil {
			return err
		}
		if !more {
			s.text, s.cdata = s.buf[s.pos:s.end], false
			s.pos = s.end
			break
		}
	}
	if len(s.stack) == 0 {
		if len(bytes.Trim(s.text, " \t\r\n")) > 0 {
			return refuse.Damaged("there is text outside the XML's root element")
		}
		return nil
	}
	return checkText(s.text)
}

// need sees to it that n bytes from pos on are in the window.
func (s *Scanner) need(n int) error {
	for s.end-s.pos < n {
		more, err := s.fill(s.pos)
		if err != nil {
			return err
		}
		if !more {
			return refuse.Damaged("the XML ends before it is complete")
		}
	}
	return nil
}

// find looks for the bytes what from pos+from on and gives their distance from pos.
func (s *Scanner) find(what string, from, limit int) (int, error) {
	for {
		found := false
		if s.end-s.pos > from {
			if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(what)); i >= 0 {
				from += i
				found = true
			} else {
				from = max(from, s.end-s.pos-len(what)+1)
			}
		}
		if from > limit {
			return 0, refuse.New(models.FileOverLimit, "a piece of its XML is longer than %d bytes", limit)
		}
		if found {
			return from, nil
		}
		more, err := s.fill(s.pos)
		if err != nil {
			return 0, err
		}
		if !more {
			return 0, refuse.Damaged("the XML ends before it is complete")
		}
	}
}

// Offset is how many bytes of a document given to ResetBytes, without a byte order mark, have been read: after a Start
// or an End, the end of that tag. It means nothing for documents in UTF-16 and those of a reader.
func (s *Scanner) Offset() int { return s.pos }
