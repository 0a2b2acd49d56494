package sheet

import (
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// The namespaces of the parts that are read, transitional and strict (ECMA-376 Parts 4 and 1).
const (
	nsMain xmlscan.Space = iota + 1
	nsRel
	nsCustom
	nsTypes
	nsApp
	nsTerms
	nsCompat
)

var spaces = map[string]xmlscan.Space{
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":                 nsMain,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                             nsMain,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":       nsRel,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                   nsRel,
	"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties":   nsCustom,
	"http://purl.oclc.org/ooxml/officeDocument/customProperties":                nsCustom,
	"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes":      nsTypes,
	"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes":                  nsTypes,
	"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": nsApp,
	"http://purl.oclc.org/ooxml/officeDocument/extendedProperties":              nsApp,
	"http://purl.org/dc/terms/":                                                 nsTerms,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":               nsCompat,
}

// kinds are the content types of the main part, with the format's name.
var kinds = map[string]string{
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":    "xlsx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xltx",
	"application/vnd.ms-excel.sheet.macroenabled.main+xml":                          "xlsm",
	"application/vnd.ms-excel.template.macroenabled.main+xml":                       "xltm",
	"application/vnd.ms-excel.sheet.binary.macroenabled.main":                       "xlsb",
}

// FileKind tells what kind of office document the package is, by its main part: xlsx, xlsm, xltx, xltm, xlsb,
// document, presentation, or "" for none of these. main is the name of that part.
func FileKind(p *opc.Package) (kind, main string, err error) {
	rels, err := p.Relations("")
	if err != nil {
		return "", "", err
	}
	main, err = one(rels, "officeDocument")
	if err != nil || main == "" {
		return "", "", err
	}
	ct, err := p.ContentType(main)
	if err != nil {
		return "", "", err
	}
	ct = strings.ToLower(ct)
	switch {
	case kinds[ct] != "":
		return kinds[ct], main, nil
	case strings.Contains(ct, "wordprocessingml"), strings.Contains(ct, "ms-word"):
		return "document", main, nil
	case strings.Contains(ct, "presentationml"), strings.Contains(ct, "ms-powerpoint"):
		return "presentation", main, nil
	}
	return "", main, nil
}

// one finds the target of the one relationship of a type, by the last segment of the type's name, which mostly is the
// same in transitional and strict documents; where it is not, both are given. It gives "" for none.
func one(rels []opc.Relation, kinds ...string) (string, error) {
	target := ""
	for _, r := range rels {
		at := strings.LastIndexByte(r.Type, '/') + 1
		if base := r.Type[:at]; !slices.Contains(kinds, r.Type[at:]) || base != "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" &&
			base != "http://purl.oclc.org/ooxml/officeDocument/relationships/" &&
			base != "http://schemas.openxmlformats.org/package/2006/relationships/metadata/" {
			continue
		}
		switch {
		case r.External:
			return "", refuse.New(models.FileSheetUnsupported, "a part of the workbook lies outside the file")
		case target != "" && target != r.Target:
			return "", refuse.New(models.FileContradictory, "the file has two parts for the same thing (%s, %s)", target, r.Target)
		}
		target = r.Target
	}
	return target, nil
}

// ReadPackage reads the workbook whose main part is known; see FileKind.
func ReadPackage(p *opc.Package, kind, main string, limits Limits) (*Workbook, error) {
	w, err := readPackage(p, kind, main, limits, nil)
	if err != nil {
		return nil, err
	}
	return w, w.readProperties(p)
}

// readPackage reads all but the properties; see ReadRows for want.
func readPackage(p *opc.Package, kind, main string, limits Limits, want func(string) TakeRow) (*Workbook, error) {
	w := &Workbook{Format: kind, limits: limits, Notes: p.Notes, room: rooms.Get().(*room)}
	defer func() {
		rooms.Put(w.room)
		w.room = nil
	}()
	if kind != "xlsx" && kind != "xlsm" && kind != "xltx" && kind != "xltm" {
		return nil, refuse.New(models.FileNotWorkbook, "the file is not a workbook")
	}
	rels, err := p.Relations(main)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if strings.HasSuffix(r.Type, "/vbaProject") || strings.HasSuffix(r.Type, "/xlMacrosheet") {
			w.Macros = true
		}
	}
	list, err := w.readWorkbook(p, main)
	if err != nil {
		return nil, err
	}
	styles, err := one(rels, "styles")
	if err != nil {
		return nil, err
	}
	if err := w.readStyles(p, styles); err != nil {
		return nil, err
	}
	shared, err := one(rels, "sharedStrings")
	if err != nil {
		return nil, err
	}
	if err := w.readStrings(p, shared); err != nil {
		return nil, err
	}
	return w, w.readSheets(p, rels, list, want)
}

// listed is a sheet as workbook.xml lists it.
type listed struct {
	name, rel string
	hidden    bool
}

// readWorkbook reads the list of sheets.
func (w *Workbook) readWorkbook(p *opc.Package, name string) ([]listed, error) {
	var list []listed
	names := map[string]bool{}
	groups := 0
	inSheets := false
	err := p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
		switch {
		case s.Depth() == 1:
			if !s.Is(nsMain, "workbook") {
				return refuse.New(models.FileNotWorkbook, "the main part is not a workbook")
			}
			return mustUnderstand(s)
		case s.Depth() == 2 && s.Is(nsMain, "workbookPr"):
			v, _ := s.Value(0, "date1904")
			w.date1904 = v == "1" || v == "true"
			return s.Skip()
		case s.Depth() == 2 && s.Is(nsMain, "sheets"):
			if groups++; groups > 1 {
				return refuse.New(models.FileContradictory, "it lists the sheets twice")
			}
			inSheets = true
			return nil
		case s.Depth() == 2:
			inSheets = false
			return s.Skip()
		case s.Depth() == 3 && inSheets && s.Is(nsMain, "sheet"):
			var l listed
			l.name, _ = s.Value(0, "name")
			l.rel, _ = s.Value(nsRel, "id")
			state, _ := s.Value(0, "state")
			l.hidden = state == "hidden" || state == "veryHidden"
			if l.name == "" || names[strings.ToLower(l.name)] {
				return refuse.New(models.FileContradictory, "it has two sheets of the name '%s'", l.name)
			}
			if len(list) == maxSheets {
				return refuse.New(models.FileOverLimit, "it has more than %d sheets", maxSheets)
			}
			names[strings.ToLower(l.name)] = true
			list = append(list, l)
			return s.Skip()
		}
		return refuse.New(models.FileSheetUnsupported, "its list of sheets holds something that is not understood")
	})
	if err == nil && len(list) == 0 {
		err = refuse.In(name, refuse.Damaged("it has no sheets"))
	}
	return list, err
}

// mustUnderstand refuses a document that says that a reader has to know an extension (ECMA-376 Part 3, 7.4).
func mustUnderstand(s *xmlscan.Scanner) error {
	if v, ok := s.Value(nsCompat, "MustUnderstand"); ok && strings.TrimSpace(v) != "" {
		return refuse.New(models.FileSheetUnsupported, "it needs an extension of the format that is not understood")
	}
	return nil
}

// readBeside reads what lies on a sheet beside its cells.
func (w *Workbook) readBeside(p *opc.Package, of string, sh *Sheet) error {
	rels, err := p.Relations(of)
	if err != nil {
		return err
	}
	sh.resolveLinks(rels)
	for i := range sh.Objects {
		sh.Objects[i].Of = of
	}
	if err := w.readNotes(p, rels, sh); err != nil {
		return err
	}
	return w.readDrawing(p, rels, sh)
}

// readSheets reads the worksheets, in the order of the list. Chart sheets and the like hold no cells.
func (w *Workbook) readSheets(p *opc.Package, rels []opc.Relation, list []listed, want func(string) TakeRow) error {
	used := map[string]string{}
	for _, l := range list {
		var rel *opc.Relation
		for i := range rels {
			if rels[i].ID == l.rel {
				rel = &rels[i]
			}
		}
		if rel == nil && l.rel == "" { // a module of macros of Excel 95, which is listed among the sheets and has no part
			w.Macros = true
			continue
		}
		if rel == nil {
			return refuse.Damaged("the sheet '%s' is missing from the file", l.name)
		}
		if rel.External {
			return refuse.New(models.FileSheetUnsupported, "the sheet '%s' lies outside the file", l.name)
		}
		if other, ok := used[strings.ToLower(rel.Target)]; ok { // names of parts are equal without regard to case
			return refuse.New(models.FileContradictory, "the sheets '%s' and '%s' are the same part of the file", other, l.name)
		}
		used[strings.ToLower(rel.Target)] = l.name
		kind := rel.Type[strings.LastIndexByte(rel.Type, '/')+1:]
		switch kind {
		case "worksheet":
			sh := &Sheet{Name: l.name, Hidden: l.hidden}
			if want != nil {
				if w.take = want(l.name); w.take == nil {
					continue
				}
				if err := w.readSheet(p, rel.Target, sh); err != nil {
					return refuse.At(l.name, "", err)
				}
				continue
			}
			if err := w.readSheet(p, rel.Target, sh); err != nil {
				return refuse.At(l.name, "", err)
			}
			if err := w.readBeside(p, rel.Target, sh); err != nil {
				return refuse.At(l.name, "", err)
			}
			w.Sheets = append(w.Sheets, sh)
		case "chartsheet", "dialogsheet":
		case "xlMacrosheet", "xlIntlMacrosheet":
			w.Macros = true
		default:
			return refuse.New(models.FileSheetUnsupported, "the sheet '%s' is of a kind that is not understood", l.name)
		}
	}
	return nil
}
