// Package ods reads OpenDocument spreadsheets (ISO/IEC 26300, OASIS OpenDocument 1.3) into the cells of package
// sheet, as strictly as that reads its own format.
package ods

import (
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

const (
	nsOffice xmlscan.Space = iota + 1
	nsTable
	nsText
	nsStyle
	nsMeta
	nsDC
	nsManifest
	nsCalc
	nsFO
	nsDraw
	nsLink
)

var spaces = map[string]xmlscan.Space{
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":                     nsOffice,
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":                      nsTable,
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":                       nsText,
	"urn:oasis:names:tc:opendocument:xmlns:style:1.0":                      nsStyle,
	"urn:oasis:names:tc:opendocument:xmlns:meta:1.0":                       nsMeta,
	"http://purl.org/dc/elements/1.1/":                                     nsDC,
	"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0":                   nsManifest,
	"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": nsCalc,
	"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0":          nsFO,
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                    nsDraw,
	"http://www.w3.org/1999/xlink":                                         nsLink,
}

const mediaType = "application/vnd.oasis.opendocument."

// Read reads the spreadsheet in a package.
func Read(p *opc.Package, limits sheet.Limits) (*sheet.Workbook, error) {
	kind, err := p.Text("mimetype", 200)
	if err != nil {
		return nil, err
	}
	kind, known := strings.CutPrefix(strings.TrimSpace(kind), mediaType)
	switch {
	case !known:
		return nil, refuse.New(models.FileNotWorkbook, "the file is a package of no kind that is known")
	case kind != "spreadsheet" && kind != "spreadsheet-template":
		return nil, refuse.New(models.FileDocument, "the file is an OpenDocument file, but not a spreadsheet")
	}
	if err := checkManifest(p); err != nil {
		return nil, err
	}
	r := &reader{b: sheet.NewBuilder("ods", limits), hidden: map[string]bool{}, struck: map[string]bool{}, colours: map[string]string{}, grounds: map[string]string{}}
	w := r.b.Workbook()
	w.Notes = p.Notes
	if p.Has("meta.xml") {
		if err := p.Scan("meta.xml", spaces, r.meta); err != nil {
			return nil, err
		}
	}
	for _, name := range p.Names() {
		if strings.HasPrefix(name, "Basic/") && name != "Basic/" {
			w.Macros = true
		}
	}
	if err := p.Scan("content.xml", spaces, r.content); err != nil {
		return w, err
	}
	return w, r.restyle(p)
}

// checkManifest refuses what is encrypted.
func checkManifest(p *opc.Package) error {
	const name = "META-INF/manifest.xml"
	if !p.Has(name) {
		return refuse.Damaged("the part %s is missing", name)
	}
	return p.Scan(name, spaces, func(s *xmlscan.Scanner) error {
		if s.Depth() == 1 && !s.Is(nsManifest, "manifest") {
			return refuse.Damaged("it is not a list of parts")
		}
		if s.Is(nsManifest, "encryption-data") {
			return refuse.New(models.FilePassword, "the workbook is protected with a password for opening")
		}
		return nil
	})
}

type reader struct {
	b      *sheet.Builder
	hidden map[string]bool // styles of tables that are not shown
	struck map[string]bool // styles of cells and texts that strike them through
	// colours and grounds are the colours of texts and of what is behind them, by style.
	colours, grounds map[string]string
	conditional      []conditional
	style            string // the style that is being read
	body             int
	row              int32
	col              int32
	cells            []rowCell
	text             []byte
	// struckCols are the columns whose cells are struck through, struckRow says so of a row, and struckText of some text
	// in the cell that was read last.
	struckCols [][2]int32
	struckRow  bool
	struckText bool
	note       string         // of the cell that was read last
	drawn      []byte         // the text of the drawings in the current cell
	objects    []sheet.Object // the pictures, embedded files and controls in it
	formula    string         // of it
	frame      string         // its name
	framed     bool           // what is in the current frame is an object, of which a picture may follow
	link       string         // where the text of the cell that was read last leads
}

// meta reads a property (OpenDocument 1.3 Part 3, 4.3).
func (r *reader) meta(s *xmlscan.Scanner) error {
	w := r.b.Workbook()
	switch {
	case s.Depth() == 1:
		if !s.Is(nsOffice, "document-meta") {
			return refuse.Damaged("it does not hold a document's properties")
		}
	case s.Is(nsMeta, "generator"):
		t, err := inner(s)
		w.Application = strings.TrimSpace(t)
		return err
	case s.Is(nsDC, "date"):
		t, err := inner(s)
		w.Modified = sheet.ParseTime(t)
		return err
	case s.Is(nsMeta, "user-defined"):
		name, _ := s.Value(nsMeta, "name")
		t, err := inner(s)
		if err != nil {
			return err
		}
		return r.b.Property(name, t)
	}
	return nil
}

// inner is the text of an element that holds nothing else.
func inner(s *xmlscan.Scanner) (string, error) {
	var b []byte
	for {
		ev, err := s.Next()
		if err != nil {
			return "", err
		}
		switch ev {
		case xmlscan.End:
			return string(b), nil
		case xmlscan.Start:
			return "", refuse.Damaged("it has an element where only text may be")
		case xmlscan.Text:
			if b = s.AppendText(b); len(b) > 1<<16 {
				return "", refuse.New(models.FileOverLimit, "it has a property that is too long")
			}
		}
	}
}

// content is called for each element of content.xml down to the tables.
func (r *reader) content(s *xmlscan.Scanner) error {
	switch {
	case s.Depth() == 1:
		if !s.Is(nsOffice, "document-content") {
			return refuse.Damaged("it does not hold a document's content")
		}
		return nil
	case s.Is(nsOffice, "automatic-styles") && s.Depth() == 2:
		return nil
	case s.Is(nsStyle, "style") && s.Depth() == 3:
		r.style, _ = s.Value(nsStyle, "name")
		return nil
	case s.Is(nsStyle, "table-properties") && s.Depth() == 4:
		if v, _ := s.Value(nsTable, "display"); v == "false" {
			if len(r.hidden) > 1000 {
				return refuse.New(models.FileOverLimit, "it has more styles than a return may have")
			}
			r.hidden[r.style] = true
		}
		return s.Skip()
	case s.Is(nsStyle, "text-properties") && s.Depth() == 4:
		if lined(s, "text-line-through-style") || lined(s, "text-line-through-type") {
			if len(r.struck) > 1000 {
				return refuse.New(models.FileOverLimit, "it has more styles than a return may have")
			}
			r.struck[r.style] = true
		}
		if v, ok := s.Value(nsFO, "color"); ok && len(r.colours) < 1000 {
			r.colours[r.style] = v
		}
		return s.Skip()
	case s.Is(nsStyle, "table-cell-properties") && s.Depth() == 4:
		if v, ok := s.Value(nsFO, "background-color"); ok && len(r.grounds) < 1000 {
			r.grounds[r.style] = v
		}
		return s.Skip()
	case s.Is(nsOffice, "body") && s.Depth() == 2:
		if r.body++; r.body > 1 {
			return refuse.New(models.FileContradictory, "it has two contents")
		}
		return nil
	case s.Is(nsOffice, "spreadsheet") && s.Depth() == 3 && r.body == 1:
		r.body++
		return nil
	case s.Is(nsTable, "table") && s.Depth() == 4 && r.body == 2:
		return r.table(s)
	}
	return s.Skip()
}

// lined says whether a property of a style draws a line (20.368, 20.371).
func lined(s *xmlscan.Scanner, property string) bool {
	v, ok := s.Value(nsStyle, property)
	return ok && v != "none"
}
