package sheet

import (
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// builtin are the number formats that files refer to without holding them (ECMA-376 Part 1, 18.8.30). Those
// that differ by language, 27 to 36 and 50 to 58, are dates in all of them.
var builtin = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
	12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
	19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0 ;(#,##0)",
	38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss",
	46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}

func builtinFormat(id int) string {
	if id >= 27 && id <= 36 || id >= 50 && id <= 58 {
		return "yyyy-mm-dd"
	}
	if id >= 5 && id <= 8 || id >= 41 && id <= 44 { // money, in the signs of the reader's country
		return `[$¤]0.00`
	}
	return builtin[id]
}

// maxFormats is the largest number of cell formats; Excel itself allows 65,490.
const maxFormats = 65490

// readStyles reads the number format of each cell format into w.formats.
func (w *Workbook) readStyles(p *opc.Package, name string) error {
	if name == "" {
		w.formats = []Format{NewFormat("General")}
		return nil
	}
	var asked styleQuestion
	if err := w.scanStyles(p, name, &asked); err != nil {
		return err
	}
	if k := asked.found; k != nil {
		w.formats, w.conditional = k.formats, k.conditional
		return nil
	}
	asked.remember(w)
	return nil
}

// scanStyles is readStyles for styles that are not known.
func (w *Workbook) scanStyles(p *opc.Package, name string, asked *styleQuestion) error {
	codes := map[int]string{}
	var ids []int
	var l looks
	seen, length := 0, 0
	err := p.ScanUnless(asked.isKnown, name, spaces, func(s *xmlscan.Scanner) error {
		if s.Depth() == 1 {
			if !s.Is(nsMain, "styleSheet") {
				return refuse.Damaged("it is not a list of styles")
			}
			return mustUnderstand(s)
		}
		switch {
		case s.Is(nsMain, "numFmts"):
			return children(s, func() error {
				id, err := strconv.Atoi(attr(s, "numFmtId"))
				if err != nil || id < 0 || len(codes) > maxFormats {
					return refuse.Damaged("it has a number format that cannot be")
				}
				code := attr(s, "formatCode")
				if length += len(code); length > 4<<20 {
					return refuse.New(models.FileOverLimit, "its number formats are longer than any program makes them")
				}
				if had, ok := codes[id]; ok && had != code {
					return refuse.New(models.FileContradictory, "it has two number formats of one number")
				}
				codes[id] = code
				return s.Skip()
			})
		case s.Is(nsMain, "fonts"):
			return l.readFonts(s)
		case s.Is(nsMain, "fills"):
			return l.readFills(s)
		case s.Is(nsMain, "dxfs"):
			return children(s, func() error {
				if len(w.conditional) == maxFormats {
					return refuse.New(models.FileOverLimit, "it has more than %d conditional formats", maxFormats)
				}
				f, err := conditionalLook(s)
				w.conditional = append(w.conditional, f)
				return err
			})
		case s.Is(nsMain, "cellXfs"):
			if seen++; seen > 1 {
				return refuse.New(models.FileContradictory, "it has two lists of cell formats")
			}
			return children(s, func() error {
				if !s.Is(nsMain, "xf") {
					return refuse.New(models.FileSheetUnsupported, "its list of cell formats holds something that is not understood")
				}
				id := 0
				if v, ok := s.Raw("numFmtId"); ok {
					var err error
					if id, err = strconv.Atoi(string(v)); err != nil || id < 0 {
						return refuse.Damaged("it has a cell format that cannot be")
					}
				}
				if len(ids) == maxFormats {
					return refuse.New(models.FileOverLimit, "it has more than %d cell formats", maxFormats)
				}
				ids = append(ids, id)
				l.note(s)
				return s.Skip()
			})
		}
		return s.Skip()
	})
	if err != nil || asked.found != nil {
		return err
	}
	made := map[int]Format{}
	w.formats = make([]Format, 0, len(ids)+1)
	for i, id := range ids {
		f, ok := made[id]
		if !ok {
			code, ok := codes[id]
			if !ok {
				code = builtinFormat(id)
			}
			f = NewFormat(code)
			made[id] = f
		}
		f.look = l.look(i)
		w.formats = append(w.formats, f)
	}
	if len(w.formats) == 0 {
		w.formats = append(w.formats, NewFormat("General"))
	}
	return nil
}

func attr(s *xmlscan.Scanner, local string) string {
	v, _ := s.Value(xmlscan.NoSpace, local)
	return v
}
