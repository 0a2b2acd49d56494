package assessment

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// A row is 409 points high at most in Excel, and a page at most in print: what is longer loses its end. So evidence and
// comment of a criterion, and what is written about an action of a plan, stand once more on the sheet Texts where one of them
// may be too long for its row, cut into lines by formulas, since texts are typed long after the workbook is written. The
// column Status says in which row, or in a plan the column with what the action is about. Rows neither
// grow nor unfold by a formula, so that each line has a row; one that is too wide, as capitals are, is set smaller.
//
// Excel prints the rows that show something and no others: the area to print is a formula. LibreOffice takes none, and
// prints the sheet to its end, which is why there is no more room on it than three pages.

// The columns of Lists that find the long texts. The first two have a row for each criterion, the others one for each row
// of the sheet Texts, by the same number.
const (
	longCount = iota + 20 // how many criteria up to this one have a long text
	longText              // evidence and comment, "" where they are short
	longWhose             // the place of the criterion that the row shows, "" for none
	longEnd               // how many characters of its text stand up to this row, 0 where all do
)

var longHeadings = []string{"", "Long text", "Whose", "Up to"}

const (
	// linesInRow is how many lines a row of 409 points surely shows.
	linesInRow = 31
	// mostLines is how many lines there is room for, some 18,000 characters.
	mostLines = 180
	// textsWidth is the width of the column with the lines.
	textsWidth = 112.0
	// tail is how many characters at a line's end are looked through for a space to cut at.
	tail = 16
	// lineHeight is the height of a row with a line, in points.
	lineHeight = 13.0
)

// The columns of the sheet Texts. None of its headings is one of answers, so that nothing on it is read as one.
const (
	textsAbout = iota + 1
	textsFull
)

// perLine is how many characters surely stand on a line of a column in the language of the template: times is by how much
// letters may be wider than its own are on average.
func (b *book) perLine(width, times float64) int {
	sum, n := 0.0, 0
	add := func(s string) {
		sum += draw.TextWidth(s, draw.FontSize, false)
		n += len([]rune(s))
	}
	for i := range b.t.Criteria {
		c := &b.t.Criteria[i]
		add(c.Subject)
		add(c.Statement)
		for _, l := range b.t.Levels {
			add(c.Descriptors[l.Number])
		}
	}
	average := draw.FontSize / 2
	if n > 0 {
		average = max(average, sum/float64(n))
	}
	return int(((width-margin)*draw.CharWidth - draw.CellPadding) / (average * times))
}

// surelyPerLine is perLine for text that may be wide; two more characters are left for words that go on the next line.
func (b *book) surelyPerLine(width float64) int { return max(b.perLine(width, 1.35)-2, 4) }

// textRows are the rows on Texts, and on Lists, that show lines.
func textRows() draw.Span {
	return draw.Span{From: firstRow, To: firstRow + mostLines - 1}
}

func listColumn(col int, rows draw.Span) string {
	return draw.Fixed(layout.SheetLists, col, rows.From, col, rows.To)
}

// longTexts are the rows of a sheet whose texts may be too long, and the keys of its name and of what the sheet Texts says of
// them.
type longTexts struct {
	from        string
	sheet, note string
	// about is the width of the column that says whose a text is.
	about float64
	rows  []longRow
}

// longRow is a row with texts: where it stands on Lists, in what formula its subject is, how wide its columns are at least.
type longRow struct {
	row     int
	lines   int // that are in view; 0 for linesInRow
	subject string
	width   float64
	texts   []longCell
}

// longCell is a cell with a text, and the key of its heading.
type longCell struct{ at, heading string }

// longOfCriteria are evidence and comment of each criterion, and the answers to questions that are texts.
func (b *book) longOfCriteria(p *plan) longTexts {
	x := longTexts{from: layout.SheetAssessment, sheet: "sheet_assessment", note: "texts_note", about: p.widths[p.columns[layout.Ref]-1]}
	evidence, comment := p.columns[layout.Evidence], p.columns[layout.Comment]
	for _, c := range p.order {
		on := p.at[c.Ref]
		at := func(col int) string { return draw.Fixed(layout.SheetAssessment, col, on, col, on) }
		x.rows = append(x.rows, longRow{row: p.in[c.Ref], subject: at(p.columns[layout.Subject]), width: min(p.widths[evidence-1], p.widths[comment-1]),
			texts: []longCell{{at(evidence), layout.Headings[layout.Evidence]}, {at(comment), layout.Headings[layout.Comment]}}})
	}
	x.rows = append(x.rows, b.longQuestions...)
	return x
}

// writeLongTexts fills the sheet Texts and the columns of Lists that it draws on.
func (b *book) writeLongTexts(long longTexts) {
	head := draw.Look{Bold: true, Fill: b.Palette.Pale, Wrap: true}
	for i, h := range longHeadings {
		b.Put(layout.SheetLists, longCount+i, listsHeader, h, head)
	}
	b.Put(layout.SheetLists, longCount, listsHeader, 0, head) // the count before the first row
	for _, r := range long.rows {
		b.findLongText(r)
	}
	b.writeLines(long)
	b.finishTexts(long)
}

// findLongText writes on Lists whether a row has a long text, and what it says.
func (b *book) findLongText(r longRow) {
	line := b.surelyPerLine(r.width)
	var costs, said []string
	for _, t := range r.texts {
		costs = append(costs, inLines(t.at, line))
		after := "&CHAR(10)"
		if len(said) == len(r.texts)-1 {
			after = ""
		}
		said = append(said, fmt.Sprintf(`IF(%[1]s="","",%[2]s&%[1]s%[3]s)`, t.at, b.Words.Formula("texts_of", "column", b.Words.Quoted(t.heading)), after))
	}
	before := draw.Cell(longCount, r.row-1)
	b.Calc(layout.SheetLists, longCount, r.row, fmt.Sprintf("%s+IFERROR(IF(MAX(%s)>%d,1,0),0)", before, strings.Join(costs, ","), line*cmp.Or(r.lines, linesInRow)), 0, draw.Look{})
	b.Calc(layout.SheetLists, longText, r.row, fmt.Sprintf(`IF(%s=%s,"",IFERROR(%s&CHAR(10)&%s,%s))`, draw.Cell(longCount, r.row), before,
		r.subject, strings.Join(said, "&"), b.Words.Quoted("texts_too_long")), "", draw.Look{})
}

// inLines is the formula of how many characters a text takes in lines of so many, where a line break ends one.
func inLines(at string, line int) string {
	return fmt.Sprintf(`%d*LEN(%s)-%d*LEN(SUBSTITUTE(%[2]s,CHAR(10),""))`, line+1, at, line)
}

// writeLines writes the rows of the sheet Texts, and on Lists what each of them shows.
func (b *book) writeLines(long longTexts) {
	const s = layout.SheetTexts
	criteria, rows := draw.Span{From: listsHeader + 1, To: listsHeader + len(long.rows)}, textRows()
	counts, texts, refs := listColumn(longCount, criteria), listColumn(longText, criteria), listColumn(listKey, criteria)
	most := b.perLine(textsWidth, 0.93)
	b.Put(layout.SheetLists, longEnd, rows.From-1, 0, draw.Look{})
	line := draw.Look{Shrink: true, Indent: 1}
	strong := draw.Look{Bold: true, Indent: 1}
	on := func(col, row int) string { return layout.SheetLists + "!" + draw.Cell(col, row) }
	for row := rows.From; row <= rows.To; row++ {
		whose, end, x := on(longWhose, row), on(longEnd, row-1), fmt.Sprintf("INDEX(%s,%s,1)", texts, on(longWhose, row))
		first := fmt.Sprintf(`IFERROR(MATCH(1,%s,0),"")`, counts)
		if last := on(longWhose, row-1); row > rows.From {
			first = fmt.Sprintf(`IF(%[1]s="","",IF(%[2]s>0,%[1]s,IFERROR(MATCH(INDEX(%[3]s,%[1]s,1)+1,%[3]s,0),"")))`, last, end, counts)
		}
		b.Calc(layout.SheetLists, longWhose, row, here(first), "", draw.Look{})
		// Up to the next line break, or to the first space near the end of the line; the rest of the line if there is none.
		b.Calc(s, textsFull, row, fmt.Sprintf(`IF(%[1]s="","",MID(%[2]s,%[3]s+1,MIN(FIND(CHAR(10),MID(%[2]s,%[3]s+1,%[4]d)&CHAR(10)),%[5]d+FIND(" ",MID(%[2]s,%[3]s+%[6]d,%[7]d)&" "))))`,
			whose, x, end, most, most-tail-1, most-tail, tail), "", line)
		up := end + "+LEN(" + s + "!" + draw.Cell(textsFull, row) + ")"
		b.Calc(layout.SheetLists, longEnd, row, here(fmt.Sprintf(`IF(%[1]s="","",IF(LEN(%[2]s)>%[3]s,%[3]s,0))`, whose, x, up)), "", draw.Look{})
		b.Calc(s, textsAbout, row, fmt.Sprintf(`IF(%[1]s="","",IF(%[2]s=0,INDEX(%[3]s,%[1]s,1),""))`, whose, end, refs), "", strong)
		b.Height(s, row, lineHeight)
	}
	b.Calc(s, textsFull, rows.To+1, fmt.Sprintf(`IF(%[1]s="","",IF(%[2]s>0,%[4]s,IF(INDEX(%[3]s,%[1]s,1)<MAX(%[3]s),%[4]s,"")))`,
		on(longWhose, rows.To), on(longEnd, rows.To), counts, b.Words.Formula("texts_more", "sheet", b.Words.Quoted(long.sheet))), "", strong)
}

// finishTexts writes what stands above the pieces, and says how the sheet is looked at and printed.
func (b *book) finishTexts(long longTexts) {
	const s = layout.SheetTexts
	rows := textRows()
	b.Width(s, textsAbout, max(long.about, 13))
	b.Width(s, textsFull, textsWidth)
	b.Band(s, textsFull, b.Words.Say("band_texts", "round", b.Round.Title))
	b.Height(s, titleRow, 28)
	name := b.Words.Get(long.sheet)
	b.Put(s, textsAbout, noteRow, name, draw.Look{Link: true, Ink: b.Palette.AccentInk, Down: "center", Indent: 1})
	b.Link(s, textsAbout, noteRow, long.from+"!A1", b.Words.Say("go_to_start", "sheet", name))
	none, note := b.Words.Say("texts_none", "sheet", name), b.Words.Say(long.note, "sheet", name)
	b.Calc(s, textsFull, noteRow, fmt.Sprintf(`IF(%s="","%s","%s")`, draw.Fixed(layout.SheetLists, longWhose, rows.From, longWhose, rows.From),
		quotes(none), quotes(note)), none, draw.Look{Ink: b.Palette.Muted, Wrap: true, Down: "center", Indent: 1})
	b.Height(s, noteRow, draw.RowHeight(draw.TextHeight(note, draw.FontSize, false, textsWidth-margin), 6))
	head := draw.Look{Bold: true, Fill: b.Palette.Pale, Lines: draw.AllLines, Wrap: true, Down: "center", Indent: 1}
	b.Put(s, textsAbout, headingRow, b.Words.Get("texts_about"), head)
	b.Put(s, textsFull, headingRow, b.Words.Get("texts_full"), head)
	b.Height(s, headingRow, 22)
	id, err := b.File.NewConditionalStyle(&excelize.Style{Border: []excelize.Border{{Type: "top", Color: b.Palette.Field, Style: 1}}})
	b.Check(err)
	b.Check(b.File.SetConditionalFormat(s, draw.Area(textsAbout, rows.From, textsFull, rows.To), []excelize.ConditionalFormatOptions{{
		Type: "formula", Format: &id, Criteria: fmt.Sprintf(`$%s<>""`, draw.Cell(textsAbout, rows.From))}}))
	b.Check(b.File.SetPanes(s, &excelize.Panes{Freeze: true, YSplit: headingRow, TopLeftCell: draw.Cell(1, firstRow), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: draw.Cell(1, firstRow), ActiveCell: draw.Cell(1, firstRow), Pane: "bottomLeft"}}}))
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", s, headingRow, headingRow), Scope: s}))
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: b.printedTexts(rows), Scope: s}))
	b.page(s, "portrait")
	b.Protect(s)
}

// printedTexts is the formula of what is printed of the sheet Texts: the rows that show something, and no empty page.
func (b *book) printedTexts(rows draw.Span) string {
	to := draw.Fixed(layout.SheetTexts, textsFull, 1, textsFull, rows.To+1)
	shown := listColumn(longWhose, rows)
	return fmt.Sprintf("%s:INDEX(%s,%d+COUNT(%s)+IF(COUNT(%s)=%d,1,0),1)", draw.Fixed(layout.SheetTexts, 1, 1, 1, 1), to, headingRow, shown, shown, rows.Len())
}

// withWhere adds to what the column Status says where the whole of a long text stands.
func (b *book) withWhere(p *plan, c *models.Criterion, status string) string {
	row := p.in[c.Ref]
	return fmt.Sprintf(`%s&IF(%s,"",CHAR(10)&%s)`, status, fitsRow(row), b.whereInFull(row))
}

// fitsRow is the condition that no text of a row on Lists is too long.
func fitsRow(row int) string {
	on := func(row int) string { return draw.Fixed(layout.SheetLists, longCount, row, longCount, row) }
	return on(row) + "=" + on(row-1)
}

// whereInFull is the formula of where the long texts of a row on Lists stand in full.
func (b *book) whereInFull(row int) string {
	rows := textRows()
	place := fmt.Sprintf("(MATCH(%d,%s,0)+%d)", row-listsHeader, listColumn(longWhose, rows), rows.From-1)
	return fmt.Sprintf(`IFERROR(%s,%s)`, b.Words.Formula("texts_where", "sheet", b.Words.Quoted("sheet_texts"), "row", place), b.Words.Quoted("texts_nowhere"))
}

// says is the condition that a cell of the column Status begins with what a key of package words says: where the whole of
// a long text stands may follow.
func (b *book) says(cell, key string) string {
	text := b.Words.Get(key)
	return fmt.Sprintf(`LEFT(%s,%d)=%s`, cell, len(utf16.Encode([]rune(text))), b.Words.Quoted(key))
}
