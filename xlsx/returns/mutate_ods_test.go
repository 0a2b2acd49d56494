package returns_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// content is the part of an OpenDocument file that holds the sheets.
const content = "content.xml"

var (
	odsRow      = regexp.MustCompile(`(?s)<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)`)
	odsCellXML  = regexp.MustCompile(`(?s)<table:(covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)`)
	odsRepeated = regexp.MustCompile(` table:number-(?:columns|rows)-repeated="(\d+)"`)
	odsSpans    = regexp.MustCompile(` table:number-(?:columns|rows)-spanned="\d+"`)
	odsGroups   = regexp.MustCompile(`</?table:table-(?:header-rows|row-group|rows)[^>]*>`)
)

// asIs marks a cell of a grid that is OpenDocument's XML already; all others are as a workbook in xlsx has them, and
// are written as a program does that saves them as .ods.
const asIs = "\x00"

// gridOfODS is gridOf for OpenDocument: repeated rows and cells are written out, spans taken away.
func gridOfODS(b *base) *grid {
	parts := b.parts()
	s := string(parts[trybook.Find(parts, content)].Body)
	g := &grid{ods: true}
	from := strings.Index(s, `table:name="Assessment"`)
	end := from + strings.Index(s[from:], "</table:table>")
	body := odsGroups.ReplaceAllString(s[from:end], "")
	rows := odsRow.FindAllStringSubmatchIndex(body, -1)
	g.head, g.tail = s[:from]+body[:rows[0][0]], body[rows[len(rows)-1][1]:]+s[end:]
	times := func(attributes string) int {
		if m := odsRepeated.FindStringSubmatch(attributes); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
		return 1
	}
	for _, at := range rows {
		var row []string
		attributes, inside := body[at[2]:at[3]], ""
		if at[4] >= 0 {
			inside = body[at[4]:at[5]]
		}
		for _, c := range odsCellXML.FindAllStringSubmatch(inside, -1) {
			text := ""
			if c[1] == "" && c[3] != "" {
				text = asIs + "<table:table-cell" + odsSpans.ReplaceAllString(odsRepeated.ReplaceAllString(c[2], ""), "") + ">" + c[3] + "</table:table-cell>"
			}
			for range min(times(c[2]), 50) {
				row = append(row, text)
			}
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		for range min(times(attributes), 50) {
			g.rows = append(g.rows, append([]string(nil), row...))
		}
	}
	for len(g.rows) > 0 && len(g.rows[len(g.rows)-1]) == 0 {
		g.rows = g.rows[:len(g.rows)-1]
	}
	g.placeColumns(b)
	return g
}

var (
	inlineText = regexp.MustCompile(`(?s)^ t="inlineStr"><is><t xml:space="preserve">(.*)</t></is></c>$`)
	cellValue  = regexp.MustCompile(`<v>([^<]*)</v>`)
	someSpaces = regexp.MustCompile(`^ | $|  +`)
)

// odsXML is a cell of the grid as OpenDocument has it.
func odsXML(cell string) string {
	if strings.HasPrefix(cell, asIs) {
		return cell[len(asIs):]
	}
	if cell == "" {
		return "<table:table-cell/>"
	}
	if m := inlineText.FindStringSubmatch(cell); m != nil {
		return trybook.OdsCell(`office:value-type="string" calcext:value-type="string"`, "\x01"+odsText(m[1]))
	}
	v := ""
	if m := cellValue.FindStringSubmatch(cell); m != nil {
		v = m[1]
	}
	formula := ""
	if strings.Contains(cell, "<f>") {
		formula = `table:formula="of:=1" `
	}
	switch {
	case strings.Contains(cell, ` t="str"`):
		return trybook.OdsCell(formula+`office:value-type="string"`, v)
	case strings.Contains(cell, ` t="e"`):
		return trybook.OdsCell(`table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"`, v)
	case strings.Contains(cell, ` t="b"`):
		return trybook.OdsCell(`office:value-type="boolean" office:boolean-value="true"`, "TRUE")
	case strings.Contains(cell, ` t="d"`):
		return trybook.OdsCell(`office:value-type="date" office:date-value="`+v+`"`, "3 Apr")
	case v == "":
		return `<table:table-cell ` + formula + `/>`
	}
	x, err := strconv.ParseFloat(v, 64)
	must(err)
	return trybook.OdsCell(formula+`office:value-type="float" office:value="`+v+`"`, strconv.FormatFloat(x, 'f', -1, 64))
}

// odsText is a text, escaped already, with its lines as paragraphs and its spaces so that they are kept
// (OpenDocument 1.3 Part 3, 6.1.2).
func odsText(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = someSpaces.ReplaceAllStringFunc(l, func(sp string) string { return fmt.Sprintf(`<text:s text:c="%d"/>`, len(sp)) })
	}
	return strings.Join(lines, "</text:p><text:p>")
}

// odsXML is the content of the file. Equal cells beside each other and equal rows are written once with their
// number or one by one, as programs differ in that.
func (g *grid) odsXML(r *rand.Rand) []byte {
	var out strings.Builder
	out.WriteString(g.head)
	times := func(kind string, n int) string {
		if n == 1 {
			return ""
		}
		return fmt.Sprintf(` table:number-%s-repeated="%d"`, kind, n)
	}
	row := func(i int) string {
		if i >= len(g.rows) {
			return ""
		}
		var s strings.Builder
		cells := g.rows[i]
		for k := 0; k < len(cells); {
			n := 1
			for k+n < len(cells) && cells[k+n] == cells[k] && r.IntN(4) > 0 {
				n++
			}
			x := odsXML(cells[k])
			at := strings.IndexAny(x, " />")
			s.WriteString(x[:at] + times("columns", n) + x[at:])
			k += n
		}
		if len(cells) == 0 || r.IntN(3) == 0 {
			s.WriteString(`<table:table-cell table:number-columns-repeated="16000"/>`)
		}
		visible := ""
		if g.hidden[i] {
			visible = ` table:visibility="filter"`
		}
		return visible + ">" + strings.ReplaceAll(s.String(), "\x01", "")
	}
	for i := 0; i < len(g.rows); {
		x, n := row(i), 1
		for i+n < len(g.rows) && len(g.rows[i+n]) == 0 && len(g.rows[i]) == 0 && g.hidden[i+n] == g.hidden[i] {
			n++
		}
		out.WriteString("<table:table-row" + times("rows", n+g.twice[i]) + x + "</table:table-row>")
		i += n
	}
	if r.IntN(2) == 0 {
		out.WriteString(`<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`)
	}
	out.WriteString(g.tail)
	return []byte(out.String())
}

// odsEdits are changes that are made of OpenDocument's own means.
var odsEdits = []func(e *editing) string{
	func(e *editing) string { // a row that stands several times, written once
		c := e.pick()
		e.g.twice = map[int]int{e.g.row(e.b, c.Ref): 1 + e.r.IntN(3)}
		return "the row of " + c.Ref + " repeated"
	},
	func(e *editing) string { // an answer filled down, written as one row that is repeated: of one criterion only
		c := e.pick()
		row := e.g.row(e.b, c.Ref)
		e.g.twice = map[int]int{row: 1}
		for k := range e.g.rows[row] {
			if k != e.g.refCol && k != e.g.answerCol {
				e.g.rows[row][k] = ""
			}
		}
		e.m.texts = false
		return "the row of " + c.Ref + " repeated without its texts"
	},
	func(e *editing) string { // a number that shows something
		c := e.pick()
		s := e.b.tm.Scale(c)
		step, other := s[e.r.IntN(len(s))], s[e.r.IntN(len(s))]
		if strings.Trim(step.Code+other.Code, "0123456789") != "" {
			return "nothing"
		}
		shown := []string{step.Code, step.Code + ".0", "Level " + step.Code, other.Code, "", step.Code + "00%", other.Label(), step.Code + " or so"}[e.r.IntN(8)]
		sure := shown == step.Code || shown == step.Code+".0" || shown == "Level "+step.Code || shown == step.Label()
		e.set(e.g.row(e.b, c.Ref), e.g.answerCol, asIs+trybook.OdsCell(`office:value-type="float" office:value="`+step.Code+`"`, shown))
		e.answer(c, step, sure)
		return fmt.Sprintf("%s is the number %s shown as %q", c.Ref, step.Code, shown)
	},
	func(e *editing) string { // a text that shows something
		c := e.pick()
		s := e.b.tm.Scale(c)
		step, other := s[e.r.IntN(len(s))], s[e.r.IntN(len(s))]
		e.set(e.g.row(e.b, c.Ref), e.g.answerCol, asIs+trybook.OdsCell(`office:value-type="string" office:string-value="`+step.Label()+`"`, other.Label()))
		e.answer(c, step, step == other)
		return fmt.Sprintf("%s is the text %q shown as %q", c.Ref, step.Label(), other.Label())
	},
	func(e *editing) string { // a label in pieces, with a note, a link and a bookmark
		c := e.pick()
		s := e.b.tm.Scale(c)
		step := s[e.r.IntN(len(s))]
		l, half := []rune(step.Label()), 0
		half = e.r.IntN(len(l))
		x := `<office:annotation><text:p>` + s[0].Label() + `</text:p></office:annotation><text:p><text:span>` + strings.ReplaceAll(string(l[:half]), " ", "<text:s/>") + `</text:span><text:bookmark text:name="x"/><text:a>` + strings.ReplaceAll(string(l[half:]), " ", "<text:s/>") + `</text:a></text:p>`
		e.set(e.g.row(e.b, c.Ref), e.g.answerCol, asIs+`<table:table-cell office:value-type="string">`+x+`</table:table-cell>`)
		e.answer(c, step, true)
		return c.Ref + " in pieces"
	},
	func(e *editing) string { // a list inside the cell
		c := e.pick()
		e.set(e.g.row(e.b, c.Ref), e.g.answerCol, asIs+`<table:table-cell office:value-type="string"><text:list><text:list-item><text:p>1 – Low</text:p></text:list-item></text:list></table:table-cell>`)
		for _, x := range e.b.tm.Criteria { // nothing of the file is read
			e.m.loose[x.Ref] = true
		}
		return c.Ref + " is a list"
	},
	func(e *editing) string { // what was deleted while changes were tracked
		e.g.head = strings.Replace(e.g.head, "<office:spreadsheet>", `<office:spreadsheet><table:tracked-changes><table:deletion table:id="1" table:type="row"><table:cut-offs/></table:deletion><table:cell-content-change table:id="2"><table:previous><table:change-track-table-cell office:value-type="string"><text:p>3 – High</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>`, 1)
		return "changes tracked"
	},
	func(e *editing) string { // a row that is folded away
		at := e.g.row(e.b, e.pick().Ref)
		e.g.hidden = map[int]bool{at: true}
		return fmt.Sprintf("row %d folded away", at+1)
	},
	func(e *editing) string { // the answers of several criteria in one cell
		rows, at := e.meant(), e.g.row(e.b, e.pick().Ref)
		n := 2 + e.r.IntN(2)
		for row := at; row < at+n; row++ {
			if rows[row] == nil {
				return "nothing"
			}
		}
		kept := e.cell(at, e.g.answerCol)
		if !strings.HasPrefix(kept, asIs) {
			return "nothing"
		}
		for row := at; row < at+n; row++ {
			c := rows[row]
			e.set(row, e.g.answerCol, asIs+"<table:covered-table-cell/>")
			e.m.want[c.Ref], e.m.doubt[c.Ref] = models.Blank(), true
		}
		e.set(at, e.g.answerCol, strings.Replace(kept, "<table:table-cell", fmt.Sprintf(`<table:table-cell table:number-columns-spanned="1" table:number-rows-spanned="%d"`, n), 1))
		return fmt.Sprintf("the answers of rows %d to %d in one cell", at+1, at+n)
	},
}

// answer says what a criterion's answer is meant to be now.
func (e *editing) answer(c *models.Criterion, step models.Step, sure bool) {
	delete(e.m.doubt, c.Ref)
	if e.m.want[c.Ref] = models.At(step.Number); !sure {
		e.m.want[c.Ref], e.m.doubt[c.Ref] = models.Blank(), true
	}
}

// copyODS is the sheet of answers once more, under another name.
func (g *grid) copyODS(r *rand.Rand) string {
	s := string(g.odsXML(r))
	from := strings.Index(s, `table:name="Assessment"`)
	start := strings.LastIndex(s[:from], "<table:table ")
	end := from + strings.Index(s[from:], "</table:table>") + len("</table:table>")
	return strings.Replace(s[start:end], `table:name="Assessment"`, `table:name="Copy"`, 1)
}

// replaceIn changes the texts of the cells that the respondent left as they were.
func (g *grid) replaceIn(old, new string) {
	for i := range g.rows {
		for k, c := range g.rows[i] {
			if strings.HasPrefix(c, asIs) {
				g.rows[i][k] = strings.ReplaceAll(c, old, new)
			}
		}
	}
}
