package ods

import (
	"bytes"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// shapes reads the drawings that lie on a sheet without belonging to a cell (OpenDocument 1.3 Part 3, 9.2.8).
func (r *reader) shapes(s *xmlscan.Scanner) error {
	r.drawn, r.objects = nil, nil
	if err := r.drawing(s); err != nil {
		return err
	}
	for _, o := range r.objects {
		if err := r.b.Object(1, 1, o); err != nil {
			return err
		}
	}
	if len(r.drawn) == 0 {
		return nil
	}
	return r.b.Drawn(1, 1, string(r.drawn))
}

// object notes a picture, an embedded file or a control. The scanner stands at the start of an element of a drawing
// (10.4, 13.3). Objects that are part of the document itself, such as its charts, are none.
func (r *reader) object(s *xmlscan.Scanner) error {
	if s.Space != nsDraw {
		return nil
	}
	name, _ := s.Value(nsDraw, "name")
	switch string(s.Local) {
	case "frame":
		r.framed = false
		r.frame = name
	case "object":
		r.framed = true
	case "object-ole":
		r.framed = true
		r.objects = append(r.objects, sheet.Object{Kind: sheet.Embedded, Name: r.frame})
	case "image":
		if !r.framed { // else it shows what the object looks like
			r.objects = append(r.objects, sheet.Object{Kind: sheet.Picture, Name: r.frame})
			r.framed = true // and further ones are the same in other formats
		}
	case "control":
		r.objects = append(r.objects, sheet.Object{Kind: sheet.Control, Name: name})
	}
	if len(r.objects) > maxObjects {
		return refuse.New(models.FileOverLimit, "it has more pictures and embedded files than a return may have")
	}
	return nil
}

// maxObjects is the largest number of objects in one cell, or on one sheet without a cell.
const maxObjects = 2000

// drawing collects the texts of a drawing in r.drawn. The scanner stands at its start.
func (r *reader) drawing(s *xmlscan.Scanner) error {
	depth, inside := s.Depth(), 0
	if err := r.object(s); err != nil {
		return err
	}
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
			if err := r.object(s); err != nil {
				return err
			}
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
