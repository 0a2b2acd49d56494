package sheet

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// readStrings reads the shared strings (ECMA-376 Part 1, 18.4.9) into w.texts, one after the other.
func (w *Workbook) readStrings(p *opc.Package, name string) error {
	if name == "" || !p.Has(name) { // a cell that refers to one of its texts is refused
		return nil
	}
	w.texts, w.strings = w.room.texts, w.room.strings
	w.room.texts, w.room.strings = nil, nil
	if w.texts == nil {
		w.texts = make([]byte, 0, min(p.Size(name), int64(w.limits.Text), 1<<20))
	}
	plain := false
	return p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
		switch {
		case s.Depth() == 1:
			if !s.Is(nsMain, "sst") {
				return refuse.Damaged("it is not a list of shared strings")
			}
			if err := mustUnderstand(s); err != nil {
				return err
			}
			plain = s.Lacks("\r") && s.Lacks("_x")
			return w.plainStrings(s, plain)
		case s.Is(nsMain, "si"):
			if _, err := w.richText(s); err != nil {
				return err
			}
			if err := w.endString(); err != nil {
				return err
			}
			return w.plainStrings(s, plain)
		case s.Is(nsMain, "extLst"):
			return s.Skip()
		}
		return refuse.New(models.FileSheetUnsupported, "it holds something that is not understood")
	})
}

func (w *Workbook) endString() error {
	w.strings = append(w.strings, uint32(len(w.texts)))
	switch {
	case len(w.texts) > w.limits.Text:
		return refuse.New(models.FileOverLimit, "the workbook holds more text than a return may have")
	case len(w.strings) > w.limits.Text/4:
		return refuse.New(models.FileOverLimit, "it has more texts than a return may have")
	}
	return nil
}

// plainStrings reads the string items that follow, as long as they are of the simplest kind.
func (w *Workbook) plainStrings(s *xmlscan.Scanner, plain bool) error {
	for !w.byPiece {
		if err := w.quickStrings(s, plain); err != nil {
			return err
		}
		c, ok := s.Flat("si", nsMain)
		if !ok {
			return nil
		}
		for i := range c {
			switch string(c[i].Local) {
			case "t":
				w.appendText(&c[i])
			case "phoneticPr", "rPr", "rPh", "extLst":
			case "r":
				from := len(w.texts)
				w.texts = c[i].AppendText(w.texts)
				if t := bytes.Trim(w.texts[from:], " \t\r\n"); len(t) > 0 {
					return refuse.Damaged("it has text where none may be")
				}
				w.texts = w.texts[:from]
			default:
				return refuse.New(models.FileSheetUnsupported, "a text in it holds something that is not understood")
			}
		}
		if err := w.endString(); err != nil {
			return err
		}
	}
	return nil
}

// appendText appends the text of a child, decoded as ST_Xstring.
func (w *Workbook) appendText(c *xmlscan.Child) {
	from := len(w.texts)
	w.texts = c.AppendText(w.texts)
	if t := w.texts[from:]; bytes.Contains(t, []byte("_x")) {
		w.texts = w.texts[:from+len(unescape(t))]
	}
}

// richText appends the text of a string item or inline string (18.4.8, CT_Rst) to w.texts, without its
// phonetic runs, and gives where it begins. The scanner stands at its Start, and then at its End.
func (w *Workbook) richText(s *xmlscan.Scanner) (uint32, error) {
	from := uint32(len(w.texts))
	depth := s.Depth()
	var look runLook
	for {
		ev, err := s.Next()
		if err != nil {
			return 0, err
		}
		switch ev {
		case xmlscan.End:
			if s.Depth() < depth {
				return from, nil
			}
		case xmlscan.Text:
			if !s.Blank() {
				return 0, refuse.Damaged("it has text where none may be")
			}
		case xmlscan.Start:
			local := string(s.Local)
			switch {
			case s.Space != nsMain:
				return 0, refuse.New(models.FileSheetUnsupported, "a text in it holds something that is not understood")
			case local == "t":
				had := len(w.texts)
				if err := w.plainText(s); err != nil {
					return 0, err
				}
				if look != (runLook{}) && len(bytes.TrimSpace(w.texts[had:])) > 0 {
					if look.struck {
						w.strike(from)
					}
					if look.faint {
						w.fade(from)
					}
				}
			case local == "r" && s.Depth() == depth+1:
				look = runLook{}
			case local == "rPr" && s.Depth() == depth+2:
				var err error
				if look, err = readRun(s); err != nil {
					return 0, err
				}
			case local == "rPr" || local == "rPh" || local == "phoneticPr" || local == "extLst":
				if err := s.Skip(); err != nil {
					return 0, err
				}
			default:
				return 0, refuse.New(models.FileSheetUnsupported, "a text in it holds something that is not understood")
			}
		}
	}
}

// plainText appends the text of an element that holds nothing else, and decodes it as ST_Xstring.
func (w *Workbook) plainText(s *xmlscan.Scanner) error {
	from := len(w.texts)
	if err := w.rawText(s); err != nil {
		return err
	}
	if t := w.texts[from:]; bytes.Contains(t, []byte("_x")) {
		w.texts = w.texts[:from+len(unescape(t))]
	}
	return nil
}

// rawText appends the text of an element that holds nothing else.
func (w *Workbook) rawText(s *xmlscan.Scanner) error {
	for {
		ev, err := s.Next()
		if err != nil {
			return err
		}
		switch ev {
		case xmlscan.End:
			return nil
		case xmlscan.Text:
			w.texts = s.AppendText(w.texts)
			if len(w.texts) > w.limits.Text {
				return refuse.New(models.FileOverLimit, "the workbook holds more text than a return may have")
			}
		case xmlscan.Start:
			return refuse.New(models.FileSheetUnsupported, "a text in it holds something that is not understood")
		}
	}
}

// unescape decodes _xHHHH_ (ECMA-376 Part 1, 22.9.2.19, ST_Xstring), in place. Each stands for a UTF-16 unit;
// one that would be half a character stays as it is written.
func unescape(b []byte) []byte {
	out := b[:0]
	for i := 0; i < len(b); {
		r, ok := escaped(b[i:])
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		n := 7
		if utf16.IsSurrogate(r) {
			low, ok := escaped(b[i+7:])
			if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
				out = append(out, b[i])
				i++
				continue
			}
			n = 14
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	return out
}

func escaped(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	var r rune
	for _, c := range b[2:6] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
