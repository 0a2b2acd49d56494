package xmlscan

import (
	"bytes"

	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// once sees to it that no attribute has the name of another.
func (s *Scanner) once() error {
	for i := 1; i < len(s.Attrs); i++ {
		for j := range i {
			if bytes.Equal(s.Attrs[i].Local, s.Attrs[j].Local) {
				return refuse.Damaged("a tag in its XML has the same attribute twice")
			}
		}
	}
	return nil
}

// Raw finds an attribute without a prefix, as it is written.
func (s *Scanner) Raw(local string) ([]byte, bool) {
	for i := range s.Attrs {
		if s.Attrs[i].Space == NoSpace && string(s.Attrs[i].Local) == local {
			return s.Attrs[i].Value, true
		}
	}
	return nil, false
}

// Value finds an attribute and decodes it. Attributes without a prefix have NoSpace.
func (s *Scanner) Value(space Space, local string) (string, bool) {
	b, ok := s.Decoded(space, local)
	return string(b), ok
}

// Decoded is Value, good until the next call of Next.
func (s *Scanner) Decoded(space Space, local string) ([]byte, bool) {
	for i := range s.Attrs {
		if a := &s.Attrs[i]; a.Space == space && string(a.Local) == local {
			return decoded(a.Value)
		}
	}
	return nil, false
}

func decoded(v []byte) ([]byte, bool) {
	plain := true
	for _, c := range v {
		plain = plain && c >= ' ' && c != '&'
	}
	if plain {
		return v, true
	}
	b, err := appendReferences(nil, v)
	for j, c := range b { // XML 1.0, 3.3.3: white space in values becomes a space
		if c == '\n' || c == '\t' || c == '\r' {
			b[j] = ' '
		}
	}
	return b, err == nil // Next has checked the references
}
