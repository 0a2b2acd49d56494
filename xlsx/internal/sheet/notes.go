package sheet

import (
	"strings"

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

// readNotes reads the notes of a sheet (ECMA-376 Part 1, 18.7), if there are any among its relationships.
func (w *Workbook) readNotes(p *opc.Package, rels []opc.Relation, sh *Sheet) error {
	name, err := one(rels, "comments")
	if err != nil {
		return err
	}
	if name != "" {
		if err := w.readPinned(p, name, sh); err != nil {
			return err
		}
	}
	for _, r := range rels {
		if strings.HasSuffix(r.Type, "/threadedComment") && !r.External && p.Has(r.Target) {
			if err := w.readThreads(p, r.Target, sh); err != nil {
				return err
			}
		}
	}
	return nil
}

// readPinned reads the part that holds notes.
func (w *Workbook) readPinned(p *opc.Package, name string, sh *Sheet) error {
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
			w.forget(uint32(from))
			n.Text = withoutPreface(string(w.texts[from:]))
			w.texts = w.texts[:from]
			return err
		})
		if err != nil {
			return err
		}
		return w.addNote(sh, n)
	})
}

// withoutPreface takes away what Excel writes before a comment that people answer, for programs that know notes only.
func withoutPreface(t string) string {
	if rest, ok := strings.CutPrefix(t, "[Threaded comment]"); ok {
		if _, said, ok := strings.Cut(rest, "Comment:\n"); ok {
			return strings.TrimSpace(said)
		}
	}
	return t
}

// readThreads reads the comments that people answer ([MS-XLSX] 2.6.203) of cells that have no note, as where a program
// did not write the notes beside them.
func (w *Workbook) readThreads(p *opc.Package, name string, sh *Sheet) error {
	noted := map[[2]int32]bool{}
	for _, n := range sh.Notes {
		noted[[2]int32{n.Row, n.Col}] = true
	}
	return p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
		if s.Depth() == 1 {
			return nil
		}
		if string(s.Local) != "threadedComment" {
			return s.Skip()
		}
		ref, _ := s.Raw("ref")
		row, col, ok := parseRef(ref)
		if !ok {
			return refuse.Damaged("it has a comment on a cell that cannot be (%q)", ref)
		}
		n := Note{Row: row, Col: col}
		err := children(s, func() error {
			if string(s.Local) != "text" {
				return s.Skip()
			}
			from := len(w.texts)
			err := w.rawText(s)
			n.Text = string(w.texts[from:])
			w.texts = w.texts[:from]
			return err
		})
		if err != nil || noted[[2]int32{row, col}] {
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
