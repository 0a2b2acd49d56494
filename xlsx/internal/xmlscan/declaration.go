package xmlscan

import (
	"bytes"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// declaration handles what starts with "<!": a comment, or CDATA, for which it says true.
func (s *Scanner) declaration() (bool, error) {
	if err := s.need(3); err != nil {
		return false, err
	}
	switch s.buf[s.pos+2] {
	case '-':
		if err := s.need(4); err != nil {
			return false, err
		}
		n, err := s.find("--", 4, MaxText)
		if err != nil {
			return false, err
		}
		if err := s.need(n + 3); err != nil {
			return false, err
		}
		if s.buf[s.pos+3] != '-' || s.buf[s.pos+n+2] != '>' {
			return false, refuse.Damaged("a comment in its XML is not well-formed")
		}
		s.pos += n + 3
		return false, nil
	case '[':
		if err := s.need(9); err != nil {
			return false, err
		}
		if string(s.buf[s.pos:s.pos+9]) != "<![CDATA[" || len(s.stack) == 0 {
			return false, refuse.Damaged("its XML is not well-formed")
		}
		n, err := s.find("]]>", 9, MaxText)
		if err != nil {
			return false, err
		}
		s.text, s.cdata = s.buf[s.pos+9:s.pos+n], true
		s.pos += n + 3
		return true, nil
	}
	return false, refuse.New(models.FileHostile, "its XML has a document type declaration, which workbooks never have")
}

// instruction passes over a processing instruction.
func (s *Scanner) instruction() error {
	n, err := s.find("?>", 2, maxTag)
	if err != nil {
		return err
	}
	target := s.buf[s.pos+2 : s.pos+n]
	if i := bytes.IndexAny(target, " \t\r\n"); i >= 0 {
		target = target[:i]
	}
	if nameEnd(target) != len(target) || len(target) == 0 || bytes.EqualFold(target, []byte("xml")) {
		return refuse.Damaged("a processing instruction in its XML is not well-formed")
	}
	s.pos += n + 2
	return nil
}
