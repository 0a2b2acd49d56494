package xmlscan

import (
	"bytes"

	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// bind takes the namespace declarations out of Attrs.
func (s *Scanner) bind() error {
	kept := s.Attrs[:0]
	for i := range s.Attrs {
		a := &s.Attrs[i]
		var prefix []byte
		switch {
		case string(a.Local) == "xmlns":
		case len(a.Local) > len("xmlns:") && string(a.Local[:len("xmlns:")]) == "xmlns:":
			prefix = a.Local[len("xmlns:"):]
		default:
			kept = append(kept, *a)
			continue
		}
		uri := a.Value
		if bytes.IndexByte(uri, '&') >= 0 {
			var err error
			if uri, err = appendReferences(nil, uri); err != nil {
				return err
			}
		}
		space, known := s.spaces[string(uri)]
		switch {
		case string(prefix) == "xml" || string(prefix) == "xmlns" || len(prefix) > 0 && len(uri) == 0:
			return refuse.Damaged("its XML declares a namespace wrongly")
		case len(uri) == 0:
			space = NoSpace
		case !known:
			space = UnknownSpace
		}
		if len(prefix) == 0 {
			s.def = space
			continue
		}
		from := 0
		if n := len(s.bound); n > 0 {
			from = s.bound[n-1].end
		}
		s.prefixes = append(s.prefixes[:from], prefix...)
		s.bound = append(s.bound, binding{from, len(s.prefixes), space})
	}
	s.Attrs = kept
	return nil
}

func (s *Scanner) lookup(prefix []byte) (Space, bool) {
	for i := len(s.bound) - 1; i >= 0; i-- {
		if b := &s.bound[i]; string(s.prefixes[b.from:b.end]) == string(prefix) {
			return b.space, true
		}
	}
	if string(prefix) == "xml" {
		return XMLSpace, true
	}
	return UnknownSpace, false
}
