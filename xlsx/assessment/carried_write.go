package assessment

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"html"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/xlsx/internal/amend"
	"github.com/rubric-project/rubric/xlsx/internal/calc"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
)

// carriedFrame writes copies in which answers of an earlier round stand. Their formulas have other values in each
// copy, so that the sheets with formulas and the charts are parts of its own; the rest is shared.
type carriedFrame struct {
	t    *models.Template
	plan *plan
	// lists is the place of the sheet Lists in the workbook.
	lists  int
	frame  *splice.Frame
	tokens []string
	sheets []carriedSheet
	charts []carriedChart
	names  []string
	// values and formulas are those of the blank workbook.
	values   map[calc.Cell]calc.Value
	formulas map[calc.Cell]string
	// ranges replaces the names of ranges by what they stand for.
	ranges *strings.Replacer
}

// carriedSheet is a sheet's part in pieces: what stays, and after each but the last a cell or a row's beginning.
type carriedSheet struct {
	index  int
	part   string
	pieces [][]byte
	spots  []spot
}

// indexAssessment is the place of the sheet Assessment in the workbook; what it is called depends on the language.
const indexAssessment = 1

// spot is a place in a sheet that differs from copy to copy.
type spot struct {
	at calc.Cell // Col is 0 for the beginning of a row
	// ref and style are a cell's attributes as they are written; formula is escaped.
	ref, style, formula string
	// blank is the spot as it is in the blank workbook.
	blank []byte
}

// spots finds cells with formulas, empty cells, texts, and rows with their heights.
var spots = regexp.MustCompile(`<c r="([A-Z]+)([0-9]+)"((?: s="[0-9]+")?)(?: t="[a-zA-Z]+")?>(?:<f>([^<]*)</f>)?(?:<v>[^<]*</v>)?</c>|<row r="([0-9]+)"[^>]* ht="([0-9.]+)"[^>]*>`)

func newCarriedFrame(b *book, p *plan, base *splice.Base) (*carriedFrame, error) {
	f := &carriedFrame{t: b.t, plan: p, lists: 1 + slices.Index(b.sheets(p), layout.SheetLists), tokens: b.gaps(), values: map[calc.Cell]calc.Value{}, formulas: map[calc.Cell]string{}}
	pkg, err := base.Bytes()
	if err != nil {
		return nil, err
	}
	w, _, err := amend.ReadOwn(pkg)
	if err != nil {
		return nil, err
	}
	defer w.Release()
	f.ranges = namedRanges(amend.Body(base, "xl/workbook.xml"))
	var own []string
	for i, sh := range w.Sheets {
		f.names = append(f.names, sh.Name)
		for k := range sh.Cells {
			if c := &sh.Cells[k]; !c.Formula {
				f.values[calc.Cell{Sheet: i, Row: c.Row, Col: c.Col}] = amend.CalcValue(w, c)
			}
		}
		name := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		part, ok := base.Part(name)
		if !ok {
			return nil, fmt.Errorf("the workbook has no part %s for the sheet %s", name, sh.Name)
		}
		if cut := f.cut(i, name, part); len(cut.spots) > 0 {
			f.sheets = append(f.sheets, cut)
			own = append(own, name)
		}
	}
	for i := range b.charts {
		name := fmt.Sprintf("xl/charts/chart%d.xml", i+1)
		f.charts = append(f.charts, carriedChart{name, amend.Body(base, name)})
		own = append(own, name)
	}
	f.frame, err = base.Prepare(f.tokens, own...)
	return f, err
}

var rangeName = regexp.MustCompile(`<definedName name="([A-Za-z_]+)">([^<]*)</definedName>`)

// namedRanges finds the names of ranges in a workbook's main part, but for those of one sheet. The names that this
// program gives are no parts of one another, nor of anything else in a formula.
func namedRanges(main []byte) *strings.Replacer {
	var pairs []string
	for _, m := range rangeName.FindAllSubmatch(main, -1) {
		if strings.Contains(string(m[1]), "_") {
			pairs = append(pairs, string(m[1]), html.UnescapeString(string(m[2])))
		}
	}
	return strings.NewReplacer(pairs...)
}

// cut takes a sheet's part into pieces at its formulas, and on the sheets that answers are written to at every
// cell without a value and at the rows.
func (f *carriedFrame) cut(index int, name string, part []byte) carriedSheet {
	out := carriedSheet{index: index, part: name}
	inputs := index == indexAssessment || index == f.lists
	from := 0
	for _, m := range spots.FindAllSubmatchIndex(part, -1) {
		s := spot{blank: part[m[0]:m[1]]}
		switch {
		case m[10] >= 0 && index == indexAssessment:
			s.at = calc.Cell{Sheet: index, Row: number(part[m[10]:m[11]])}
		case m[10] >= 0:
			continue
		default:
			s.at = amend.CalcCell(index, part, m)
			s.ref, s.style = string(part[m[2]:m[5]]), string(part[m[6]:m[7]])
			if m[8] >= 0 {
				s.formula = string(part[m[8]:m[9]])
				f.formulas[s.at] = f.ranges.Replace(html.UnescapeString(s.formula))
			} else if !inputs || !f.fills(s.at) {
				continue
			}
		}
		out.pieces = append(out.pieces, part[from:m[0]])
		out.spots = append(out.spots, s)
		from = m[1]
	}
	out.pieces = append(out.pieces, part[from:])
	return out
}

func number(digits []byte) int32 {
	n, _ := strconv.Atoi(string(digits))
	return int32(n)
}

// fills says whether what was carried over may stand in a cell.
func (f *carriedFrame) fills(at calc.Cell) bool {
	if at.Sheet == f.lists {
		return at.Col >= carriedAnswer && at.Col <= carriedComment && at.Row > listsHeader
	}
	for _, c := range []layout.Column{layout.Answer, layout.Target, layout.Evidence, layout.Comment, layout.Last} {
		if int(at.Col) == f.plan.columns[c] {
			return at.Row >= firstRow
		}
	}
	return false
}

// WriteCarried is Write for a recipient who answered in the round that this one follows: what is carried over
// stands in the cells that they fill in, marked as such, and the formulas have the values that follow from it.
// The Assessment must have been made with the option Following. Entries of criteria that it does not have are
// passed over, for another part may have them.
func (a *Workbook) WriteCarried(w io.Writer, rc models.Recipient, m models.Manifest, reference string, carried []crosswalk.Carried) error {
	if a.carried == nil {
		return fmt.Errorf("writing the workbook of recipient %s: it has no room for earlier answers", rc.ID)
	}
	if err := a.carried.write(w, a.gapValues(rc, m, reference), carried); err != nil {
		return fmt.Errorf("writing the workbook of recipient %s: %w", rc.ID, err)
	}
	return nil
}

func (f *carriedFrame) write(w io.Writer, gaps []string, carried []crosswalk.Carried) error {
	texts, heights := f.placed(carried)
	values := maps.Clone(f.values)
	for at, text := range texts {
		values[at] = calc.Text(text)
	}
	book := &calc.Book{Sheets: f.names, Values: values, Formulas: f.formulas}
	out := f.frame.NewWriter(w, gaps...)
	pairs := make([]string, 0, 2*len(gaps))
	for i, token := range f.tokens {
		pairs = append(pairs, token, gaps[i])
	}
	fill := strings.NewReplacer(pairs...)
	for i := range f.sheets {
		part, err := f.sheets[i].with(book, texts, heights)
		if err != nil {
			return err
		}
		if err := out.Part(f.sheets[i].part, []byte(fill.Replace(string(part)))); err != nil {
			return err
		}
	}
	for i := range f.charts {
		if err := out.Part(f.charts[i].part, f.charts[i].with(book)); err != nil {
			return err
		}
	}
	return out.Close()
}

// placed says which text stands where, and how high the rows on Assessment must be for them.
func (f *carriedFrame) placed(carried []crosswalk.Carried) (map[calc.Cell]string, map[int32]float64) {
	texts, heights := map[calc.Cell]string{}, map[int32]float64{}
	for i := range carried {
		x := &carried[i]
		row, ok := f.plan.at[x.Ref]
		if !ok {
			continue
		}
		words := carriedTexts(f.t, x)
		put := func(sheet, row, col int, text string) {
			if text, _ = sheetdata.Clean(text); text != "" && col > 0 {
				texts[calc.Cell{Sheet: sheet, Row: int32(row), Col: int32(col)}] = text
			}
		}
		put(indexAssessment, row, f.plan.columns[layout.Last], words[layout.Last])
		for _, in := range carriedInputs {
			col := f.plan.columns[in.Column]
			put(indexAssessment, row, col, words[in.Column])
			if col > 0 {
				put(f.lists, f.plan.in[x.Ref], in.list, words[in.Column])
			}
		}
		for _, c := range []layout.Column{layout.Evidence, layout.Comment, layout.Last} {
			if h := draw.RowHeight(draw.TextHeight(words[c], draw.FontSize, false, f.plan.widths[f.plan.columns[c]-1]-margin), 6); h > heights[int32(row)] {
				heights[int32(row)] = h
			}
		}
	}
	return texts, heights
}

// with writes the sheet's part for a copy.
func (s *carriedSheet) with(book *calc.Book, texts map[calc.Cell]string, heights map[int32]float64) ([]byte, error) {
	var out []byte
	for i := range s.spots {
		x := &s.spots[i]
		out = append(out, s.pieces[i]...)
		switch text := texts[x.at]; {
		case x.at.Col == 0:
			out = append(out, raised(x.blank, heights[x.at.Row])...)
		case x.formula != "":
			v, ok := book.Value(x.at)
			if !ok {
				return nil, fmt.Errorf("the formula in cell %s of sheet %s is not one that can be calculated here: %s", x.ref, book.Sheets[s.index], x.formula)
			}
			out = appendFormula(out, x, v)
		case text != "":
			out = fmt.Appendf(out, `<c r="%s"%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, x.ref, x.style, sheetdata.Escape(text))
		default:
			out = append(out, x.blank...)
		}
	}
	return append(out, s.pieces[len(s.spots)]...), nil
}

func appendFormula(out []byte, x *spot, v calc.Value) []byte {
	kind, text := ` t="str"`, ""
	switch v.Kind {
	case calc.KindNumber:
		kind, text = "", strconv.FormatFloat(v.Number, 'g', -1, 64)
	case calc.KindBool:
		kind, text = ` t="b"`, strconv.Itoa(int(v.Number))
	case calc.KindError:
		kind, text = ` t="e"`, v.Text
	default:
		text = escaped(v.Text)
	}
	return fmt.Appendf(out, `<c r="%s"%s%s><f>%s</f><v>%s</v></c>`, x.ref, x.style, kind, x.formula, text)
}

var heightOf = regexp.MustCompile(` ht="[0-9.]+"`)

// raised makes a row high enough for what was carried over into it.
func raised(row []byte, need float64) []byte {
	m := heightOf.FindIndex(row)
	have, _ := strconv.ParseFloat(string(row[m[0]+5:m[1]-1]), 64)
	if need <= have {
		return row
	}
	return bytes.Replace(row, row[m[0]:m[1]], fmt.Appendf(nil, ` ht="%g"`, math.Min(need, draw.HighestRow)), 1)
}

var (
	numberCache = regexp.MustCompile(`<c:f>([^<!]+)!\$([A-Z]+)\$([0-9]+):\$[A-Z]+\$[0-9]+</c:f><c:numCache>.*?</c:numCache>`)
	cachedPoint = regexp.MustCompile(`<c:pt idx="([0-9]+)"><c:v>[^<]*</c:v></c:pt>`)
)
