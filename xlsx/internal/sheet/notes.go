package sheet

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// Note is a note that is pinned to a cell. Comments that people answer (threaded comments) have a note too.
type Note struct {
	Row, Col int32
	Text     string
}

// maxNotes is the largest number of notes on a sheet that is read.
const maxNotes = 2000

// readNotes reads the notes of a sheet (ECMA-376 Part 1, 18.7), if there are any.
func (w *Workbook) readNotes(p *opc.Package, of string, sh *Sheet) error {
	rels, err := p.Relations(of)
	if err != nil {
		return err
	}
	name, err := one(rels, "comments")
	if err != nil || name == "" {
		return err
	}
	return p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
		switch {
		case s.Depth() == 1:
			if !s.Is(nsMain, "comments") {
				return refuse.Damaged("it is not a list of notes")
			}
			return mustUnderstand(s)
		case s.Is(nsMain, "commentList"):
			return nil
		case !s.Is(nsMain, "comment"):
			return s.Skip()
		}
		ref, _ := s.Raw("ref")
		row, col, ok := parseRef(ref)
		if !ok {
			return refuse.Damaged("it has a note on a cell that cannot be (%q)", ref)
		}
		n := Note{Row: row, Col: col}
		err := children(s, func() error {
			if !s.Is(nsMain, "text") {
				return s.Skip()
			}
			from := len(w.texts)
			_, err := w.richText(s)
			n.Text = string(w.texts[from:])
			w.texts = w.texts[:from]
			return err
		})
		if err != nil {
			return err
		}
		return w.addNote(sh, n)
	})
}

func (w *Workbook) addNote(sh *Sheet, n Note) error {
	if w.notes += len(n.Text); w.notes > w.limits.Text || len(sh.Notes) == maxNotes {
		return refuse.New(models.FileOverLimit, "it has more notes than a return may have")
	}
	sh.Notes = append(sh.Notes, n)
	return nil
}
