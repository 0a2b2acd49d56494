package ods

import (
	"bytes"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// shapes reads the drawings that lie on a sheet without belonging to a cell (OpenDocument 1.3 Part 3, 9.2.8).
func (r *reader) shapes(s *xmlscan.Scanner) error {
	r.drawn = nil
	if err := r.drawing(s); err != nil || len(r.drawn) == 0 {
		return err
	}
	return r.b.Drawn(1, 1, string(r.drawn))
}

// drawing collects the texts of a drawing in r.drawn. The scanner stands at its start.
func (r *reader) drawing(s *xmlscan.Scanner) error {
	depth, inside := s.Depth(), 0
	var raw []byte
	for {
		ev, err := s.Next()
		if err != nil {
			return err
		}
		switch ev {
		case xmlscan.End:
			if s.Depth() < depth {
				return nil
			}
			if inside > s.Depth() {
				inside = 0
			}
		case xmlscan.Start:
			if s.Is(nsText, "p") && inside == 0 {
				inside = s.Depth()
				if len(r.drawn) > 0 {
					r.drawn = append(r.drawn, '\n')
				}
			}
		case xmlscan.Text:
			if inside > 0 {
				raw = s.AppendText(raw[:0])
				if len(r.drawn)+len(raw) > 1<<17 {
					return refuse.New(models.FileOverLimit, "a drawing in it holds more text than a return may have")
				}
				r.drawn = append(r.drawn, bytes.ReplaceAll(raw, []byte("\n"), []byte(" "))...)
			}
		}
	}
}
