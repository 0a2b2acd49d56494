package amend

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"html"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/xlsx"
	"github.com/rubric-project/rubric/xlsx/internal/calc"
	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
)

// unvalued is a cell with a formula and without its value, as excelize writes it.
var unvalued = regexp.MustCompile(`<c r="([A-Z]+)([0-9]+)"((?: s="[0-9]+")?)(?: t="[a-zA-Z]+")?><f>([^<]*)</f>(?:<v></v>|<v/>)?</c>`)

// Calculate gives the formulas of a workbook that have no value the value that a spreadsheet program gives them,
// so that they show where nothing calculates. What has a value keeps it, also an empty text, which excelize drops:
// before, if it is not nil, is the workbook that knows of these. A formula that package calc does not know stays
// without. base is the workbook pkg taken apart; it is changed.
func Calculate(base *splice.Base, pkg, before []byte) error {
	w, main, err := ReadOwn(pkg)
	if err != nil {
		return err
	}
	defer w.Release()
	parts, err := sheetParts(base, main)
	if err != nil {
		return err
	}
	found, any := make([][][]int, len(w.Sheets)), false
	for i, sh := range w.Sheets {
		found[i] = unvalued.FindAllSubmatchIndex(Body(base, parts[sh.Name]), -1)
		any = any || len(found[i]) > 0
	}
	if !any {
		return nil
	}
	empty, err := emptyTexts(before)
	if err != nil {
		return err
	}
	b := &calc.Book{Values: map[calc.Cell]calc.Value{}, Formulas: map[calc.Cell]string{}}
	for i, sh := range w.Sheets {
		b.Sheets = append(b.Sheets, sh.Name)
		for k := range sh.Cells {
			if c := &sh.Cells[k]; !c.NoValue {
				b.Values[calc.Cell{Sheet: i, Row: c.Row, Col: c.Col}] = CalcValue(w, c)
			}
		}
		part := Body(base, parts[sh.Name])
		for _, m := range found[i] {
			if at := CalcCell(i, part, m); empty[cellName{sh.Name, at.Row, at.Col}] {
				b.Values[at] = calc.Text("")
			} else {
				b.Formulas[at] = html.UnescapeString(string(part[m[8]:m[9]]))
			}
		}
	}
	for i, sh := range w.Sheets {
		if len(found[i]) == 0 {
			continue
		}
		part := Body(base, parts[sh.Name])
		out, from := make([]byte, 0, len(part)+32*len(found[i])), 0
		for _, m := range found[i] {
			if v, ok := b.Value(CalcCell(i, part, m)); ok {
				out = appendValued(append(out, part[from:m[0]]...), part, m, v)
				from = m[1]
			}
		}
		base.Set(parts[sh.Name], append(out, part[from:]...))
	}
	return nil
}

// ReadOwn reads a workbook of this program's own making, and names its main part.
func ReadOwn(pkg []byte) (*sheet.Workbook, string, error) {
	limits := xlsx.DefaultLimits()
	p, err := opc.Open(context.Background(), bytes.NewReader(pkg), int64(len(pkg)), opc.Limits{Parts: limits.Parts, Unpacked: limits.Unpacked})
	if err != nil {
		return nil, "", err
	}
	kind, main, err := sheet.FileKind(p)
	if err != nil {
		return nil, "", err
	}
	w, err := sheet.ReadPackage(p, kind, main, sheet.Limits{Cells: limits.Cells, Text: limits.Text})
	return w, main, err
}

type cellName struct {
	sheet    string
	row, col int32
}

// emptyTexts are the cells whose formula has the empty text as its value.
func emptyTexts(pkg []byte) (map[cellName]bool, error) {
	if pkg == nil {
		return nil, nil
	}
	w, _, err := ReadOwn(pkg)
	if err != nil {
		return nil, err
	}
	defer w.Release()
	list := map[cellName]bool{}
	for _, sh := range w.Sheets {
		for i := range sh.Cells {
			if c := &sh.Cells[i]; c.Formula && !c.NoValue && len(w.Bytes(c)) == 0 {
				list[cellName{sh.Name, c.Row, c.Col}] = true
			}
		}
	}
	return list, nil
}

// Body is the content of a part; nil where there is none.
func Body(base *splice.Base, name string) []byte {
	content, _ := base.Part(name)
	return content
}

// CalcCell is the cell of a match of unvalued.
func CalcCell(sheet int, part []byte, m []int) calc.Cell {
	at := calc.Cell{Sheet: sheet}
	for _, l := range part[m[2]:m[3]] {
		at.Col = at.Col*26 + int32(l-'A') + 1
	}
	for _, d := range part[m[4]:m[5]] {
		at.Row = at.Row*10 + int32(d-'0')
	}
	return at
}

// CalcValue is what a cell holds, as package calc takes it.
func CalcValue(w *sheet.Workbook, c *sheet.Cell) calc.Value {
	text := w.Text(c)
	switch c.Kind {
	case sheet.Number, sheet.Date:
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			return calc.Number(x)
		}
	case sheet.Bool:
		return calc.Bool(text == "1")
	case sheet.Fault:
		return calc.Fault(text)
	}
	if c.Kind == sheet.Empty && !c.Formula {
		return calc.Value{}
	}
	return calc.Text(text)
}

// appendValued appends the cell of a match of unvalued, with its formula and the value.
func appendValued(out, part []byte, m []int, v calc.Value) []byte {
	kind, text := "", v.Text
	switch v.Kind {
	case calc.KindNumber:
		text = strconv.FormatFloat(v.Number, 'f', -1, 64)
	case calc.KindBool:
		kind, text = ` t="b"`, strconv.Itoa(int(v.Number))
	case calc.KindError:
		kind = ` t="e"`
	case calc.KindText:
		kind, text = ` t="str"`, sheetdata.Escape(text)
	}
	return fmt.Appendf(out, `<c r="%s%s"%s%s><f>%s</f><v>%s</v></c>`,
		part[m[2]:m[3]], part[m[4]:m[5]], part[m[6]:m[7]], kind, part[m[8]:m[9]], text)
}

// sheetParts are the parts of the sheets, by name.
func sheetParts(base *splice.Base, main string) (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := xml.Unmarshal(Body(base, main), &book); err != nil {
		return nil, err
	}
	dir, name := path.Split(main)
	if err := xml.Unmarshal(Body(base, dir+"_rels/"+name+".rels"), &rels); err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for _, s := range book.Sheets {
		for _, r := range rels.Relationship {
			if r.ID == s.ID {
				if parts[s.Name] = dir + r.Target; strings.HasPrefix(r.Target, "/") {
					parts[s.Name] = r.Target[1:]
				}
			}
		}
	}
	return parts, nil
}
