package ods

import (
	"math"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// cell reads a cell (OpenDocument 1.3 Part 3, 9.1.4). The scanner stands at its Start, and then at its End. The
// value's texts are good until the next cell.
func (r *reader) cell(s *xmlscan.Scanner) (sheet.Value, error) {
	kind, hasKind := s.Value(nsOffice, "value-type")
	value, hasValue := s.Value(nsOffice, "value")
	date, hasDate := s.Value(nsOffice, "date-value")
	clock, hasClock := s.Value(nsOffice, "time-value")
	truth, _ := s.Value(nsOffice, "boolean-value")
	own, hasOwn := s.Value(nsOffice, "string-value")
	code, formula := s.Value(nsTable, "formula")
	fault, _ := s.Value(nsCalc, "value-type")
	shown, some, err := r.paragraphs(s)
	if err != nil {
		return sheet.Value{}, err
	}
	v := sheet.Value{Formula: formula, Shown: shown, HasShown: true}
	r.formula = code
	bad := func(what, text string) (sheet.Value, error) {
		return sheet.Value{}, refuse.Damaged("a cell holds a %s that is none (%q)", what, text)
	}
	switch {
	case fault == "error":
		v.Kind, v.Text = sheet.Fault, shown
	case !hasKind || kind == "void":
		if !some {
			return sheet.Value{Formula: formula, NoValue: formula}, nil
		}
		v.Kind, v.Text = sheet.Text, shown
	case kind == "string":
		v.Kind, v.Text = sheet.Text, shown
		if hasOwn {
			v.Text = []byte(own)
		}
		if len(v.Text) == 0 && len(shown) == 0 && !formula {
			v.Kind = sheet.Empty
		}
	case kind == "float" || kind == "percentage" || kind == "currency":
		x, err := strconv.ParseFloat(value, 64)
		if !hasValue || err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			return bad("number", value)
		}
		v.Kind, v.Text = sheet.Number, []byte(strconv.FormatFloat(x, 'g', -1, 64))
	case kind == "date":
		if !hasDate {
			return bad("date", date)
		}
		v.Kind, v.Text = sheet.Date, []byte(date)
	case kind == "time":
		if !hasClock {
			return bad("time", clock)
		}
		v.Kind, v.Text = sheet.Date, []byte(clock)
	case kind == "boolean":
		v.Kind = sheet.Bool
		switch truth {
		case "true":
			v.Text = []byte("1")
		case "false":
			v.Text = []byte("0")
		default:
			return bad("truth value", truth)
		}
	default:
		return sheet.Value{}, refuse.New(models.FileSheetUnsupported, "a cell is of a kind that is not understood (%q)", kind)
	}
	return v, nil
}

// paragraphs reads the text that a cell shows, its paragraphs on a line each, and says whether there are any.
func (r *reader) paragraphs(s *xmlscan.Scanner) ([]byte, bool, error) {
	r.text = r.text[:0]
	r.note, r.drawn, r.objects, r.link, r.struckText = "", nil, nil, "", false
	n := 0
	err := children(s, func() error {
		if s.Is(nsOffice, "annotation") {
			return r.annotation(s)
		}
		if !s.Is(nsText, "p") && !s.Is(nsText, "h") {
			if s.Space == nsText || s.Is(nsTable, "table") { // a list; a table inside a cell
				return refuse.New(models.FileSheetUnsupported, "a cell holds something that is not understood")
			}
			return r.drawing(s) // or the range that a detective or a scenario marks, which has no text
		}
		if n++; n > 1 {
			r.text = append(r.text, '\n')
		}
		return r.paragraph(s)
	})
	return r.text, n > 0, err
}

// annotation reads the note that is pinned to the cell (14.1). It stands before what the cell shows.
func (r *reader) annotation(s *xmlscan.Scanner) error {
	shown := len(r.text)
	err := children(s, func() error {
		if !s.Is(nsText, "p") {
			return s.Skip() // who wrote it and when
		}
		if len(r.text) > shown {
			r.text = append(r.text, '\n')
		}
		return r.paragraph(s)
	})
	r.note = string(r.text[shown:])
	r.text = r.text[:shown]
	return err
}

// paragraph appends the text of a paragraph. White space is collapsed (OpenDocument 1.3 Part 3, 6.1.2): it
// stands for one space between characters, and for none at the ends.
func (r *reader) paragraph(s *xmlscan.Scanner) error {
	depth := s.Depth()
	start := len(r.text)
	space := false // white space waits for the next character
	var raw []byte
	put := func(b ...byte) {
		if space && len(r.text) > start {
			r.text = append(r.text, ' ')
		}
		space = false
		r.text = append(r.text, b...)
	}
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
		case xmlscan.Text:
			raw = s.AppendText(raw[:0])
			for i := 0; i < len(raw); {
				if c := raw[i]; c == ' ' || c == '\n' || c == '\t' || c == '\r' {
					space = true
					i++
					continue
				}
				j := i
				for j < len(raw) && raw[j] != ' ' && raw[j] != '\n' && raw[j] != '\t' && raw[j] != '\r' {
					j++
				}
				put(raw[i:j]...)
				i = j
			}
			if len(r.text) > 1<<20 {
				return refuse.New(models.FileOverLimit, "a text in it is longer than a cell can hold")
			}
		case xmlscan.Start:
			if s.Space != nsText {
				read := r.drawing
				if s.Is(nsOffice, "annotation") { // where no program puts one
					read = func(s *xmlscan.Scanner) error { return s.Skip() }
				}
				if err := read(s); err != nil {
					return err
				}
				continue
			}
			if style, ok := s.Value(nsText, "style-name"); ok && r.struck[style] {
				r.struckText = true
			}
			if s.Is(nsText, "a") && r.link == "" {
				r.link, _ = s.Value(nsLink, "href")
			}
			switch string(s.Local) {
			case "span", "a", "ruby", "ruby-base", "date", "time", "sheet-name", "title", "file-name", "page-number", "page-count", "author-name":
			case "s":
				n := int64(1)
				if v, ok := s.Value(nsText, "c"); ok {
					if n, err = strconv.ParseInt(v, 10, 32); err != nil || n < 0 || n > 1<<15 {
						return refuse.Damaged("a text in it has a number of spaces that cannot be")
					}
				}
				for range n {
					put(' ')
				}
			case "tab":
				put('\t')
			case "line-break":
				put('\n')
			case "ruby-text", "bookmark", "bookmark-start", "bookmark-end", "soft-page-break":
				if err := s.Skip(); err != nil {
					return err
				}
			default:
				return refuse.New(models.FileSheetUnsupported, "a text in it holds something that is not understood")
			}
		}
	}
}
