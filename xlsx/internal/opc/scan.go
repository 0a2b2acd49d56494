package opc

import (
	"errors"
	"io"

	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// Scan reads the XML of a part from its first byte to its last. start is called at each start tag; it may go
// on with the scanner up to the end of its element.
func (p *Package) Scan(name string, spaces map[string]xmlscan.Space, start func(*xmlscan.Scanner) error) error {
	return p.ScanUnless(nil, name, spaces, start)
}

// ScanUnless is Scan, unless known, if it is asked, says that it knows the part from another package. It is given all
// of the part's content, which it must not keep.
func (p *Package) ScanUnless(known func(content []byte) bool, name string, spaces map[string]xmlscan.Space, start func(*xmlscan.Scanner) error) error {
	s := scanners.Get().(*xmlscan.Scanner)
	defer scanners.Put(s)
	if e := p.find(name); e != nil {
		u := unpackers.Get().(*unpacker)
		defer unpackers.Put(u)
		if b, ok := u.whole(p, e); ok {
			if known != nil && known(b) {
				return nil
			}
			s.ResetBytes(b, spaces)
			return refuse.In(name, scan(s, start))
		}
	}
	f, err := p.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	s.Reset(f, spaces)
	if err := scan(s, start); err != nil {
		return refuse.In(name, f.orDamage(err))
	}
	// The scanner has seen the end of the document; what is left is the end of the part.
	if _, err := f.Read(make([]byte, 1)); err != nil && !errors.Is(err, io.EOF) {
		return refuse.In(name, err)
	}
	return nil
}

// scan calls start at each start tag of the document.
func scan(s *xmlscan.Scanner, start func(*xmlscan.Scanner) error) error {
	for {
		ev, err := s.Next()
		if err == nil && ev == xmlscan.Start {
			err = start(s)
		}
		if err != nil || ev == xmlscan.EOF {
			return err
		}
	}
}
