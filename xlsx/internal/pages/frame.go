package pages

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/internal/look"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// Frame is everything of a workbook but its rows. The first error sticks.
type Frame struct {
	File *excelize.File
	rd   *models.Round
	// Words are those of the round's language.
	Words  *words.Words
	accent string
	Strong string // the accent as a colour of text on white
	styles map[Look]int
	heads  map[int]bool // the styles of column headings that are not upright
	names  map[string]bool
	pages  []*Page
	charts []Chart
	tables [][]byte // the parts of the tables, in the order of their numbers
	err    error
	// Mark stands in the middle of the foot of every printed page, and in the file's properties: whom it is for.
	Mark string
}

// Page is a sheet: its frame in the excelize file, and what writes its rows.
type Page struct {
	Frame  *Frame
	Name   string
	Write  func(*sheetdata.Writer)
	widths map[int]float64 // of the columns, where they were set
	// Canvas is the page's content where it is small; charts take values from it.
	Canvas *Canvas
	// Foremost says that the rows are written before those of other sheets.
	Foremost bool
	links    []link
}

// NewFrame begins a workbook in the colours and on the paper of a round.
func NewFrame(rd *models.Round) *Frame {
	fr := &Frame{
		File: excelize.NewFile(), rd: rd, Words: rd.Words(),
		accent: strings.ToUpper(look.Accent[1:]), styles: map[Look]int{}, heads: map[int]bool{}, names: map[string]bool{},
	}
	if len(rd.Look.Accent) == 7 {
		fr.accent = strings.ToUpper(rd.Look.Accent[1:])
	}
	fr.Strong = fr.accent
	if ReadableOn(fr.accent) == Ink {
		fr.Strong = Ink
	}
	return fr
}

// Tell is an English text in the language of the round; see words.Sayf.
func (fr *Frame) Tell(text string, values ...any) string {
	return fr.Words.Tell(words.Sayf(text, values...))
}

// Note keeps the first error.
func (fr *Frame) Note(err error) {
	if fr.err == nil && err != nil {
		fr.err = err
	}
}

// Page adds a sheet. tab is the colour of its tab, widths those of its columns in characters.
func (fr *Frame) Page(name, tab string, widths ...float64) *Page {
	p := &Page{Frame: fr, Name: name}
	if len(fr.pages) == 0 {
		fr.Note(fr.File.SetSheetName("Sheet1", name))
	} else {
		_, err := fr.File.NewSheet(name)
		fr.Note(err)
	}
	fr.pages = append(fr.pages, p)
	off, on := false, true
	tab = "FF" + tab
	fr.Note(fr.File.SetSheetProps(name, &excelize.SheetPropsOptions{TabColorRGB: &tab, FitToPage: &on}))
	fr.Note(fr.File.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &off}))
	p.Widths(1, widths...)
	return p
}

// Widths sets the widths of columns, from one on.
func (p *Page) Widths(from int, widths ...float64) {
	if p.widths == nil {
		p.widths = map[int]float64{}
	}
	for i, w := range widths {
		p.widths[from+i] = w
	}
	for i := 0; i < len(widths); {
		j := i
		for j+1 < len(widths) && widths[j+1] == widths[i] {
			j++
		}
		p.Frame.Note(p.Frame.File.SetColWidth(p.Name, sheetdata.Name(from+i), sheetdata.Name(from+j), widths[i]))
		i = j + 1
	}
}

// CanvasRows says that the page's rows come from a canvas. Headings get the room that they need.
func (p *Page) CanvasRows(c *Canvas) {
	p.fitCanvas(c)
	p.Write, p.Canvas = c.Write, c
	p.Dimension(c.last, c.LastRow())
}

// Dimension tells readers that go by it how far the sheet extends.
func (p *Page) Dimension(col, row int) {
	p.Frame.Note(p.Frame.File.SetSheetDimension(p.Name, "A1:"+sheetdata.Ref(max(col, 1), max(row, 1))))
}

// Freeze keeps the rows above and the columns left of a cell in view.
func (p *Page) Freeze(col, row int) {
	pane := "bottomRight"
	switch {
	case col == 1:
		pane = "bottomLeft"
	case row == 1:
		pane = "topRight"
	}
	cell := sheetdata.Ref(col, row)
	p.Frame.Note(p.Frame.File.SetPanes(p.Name, &excelize.Panes{
		Freeze: true, XSplit: col - 1, YSplit: row - 1, TopLeftCell: cell, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: cell, ActiveCell: cell, Pane: pane}},
	}))
}

// Print sets the sheet up for paper: fit to the page's width, and to its height if onePage says so. The rows
// first to last are repeated on every page, if first is not 0.
func (p *Page) Print(landscape, onePage bool, first, last int) {
	fr := p.Frame
	size, orientation, wide, high := 9, "portrait", 1, 0
	if fr.rd.Paper == "letter" {
		size = 1
	}
	if landscape {
		orientation = "landscape"
	}
	if onePage {
		high = 1
	}
	fr.Note(fr.File.SetPageLayout(p.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}))
	side, top, edge := 0.4, 0.6, 0.3
	fr.Note(fr.File.SetPageMargins(p.Name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge,
	}))
	header := "&L&9" + headerText(fr.rd.Title, 100) + "&R&9" + headerText(p.Name, 31)
	if fr.rd.Look.Marking != "" {
		header += "&C&9" + headerText(fr.rd.Look.Marking, 60)
	}
	footer := "&L&9" + headerText(fr.rd.Organiser, 100)
	if fr.Mark != "" {
		footer += "&C&9" + headerText(fr.Mark, 60)
	}
	fr.Note(fr.File.SetHeaderFooter(p.Name, &excelize.HeaderFooterOptions{OddHeader: header, OddFooter: footer + "&R&9" + fr.Tell("Page %s of %s", "&P", "&N")}))
	if first > 0 {
		fr.Note(fr.File.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: p.Name,
			RefersTo: fmt.Sprintf("%s!$%d:$%d", Quoted(p.Name), first, last),
		}))
	}
}

// BreakBefore begins a new page with a row.
func (p *Page) BreakBefore(row int) {
	p.Frame.Note(p.Frame.File.InsertPageBreak(p.Name, sheetdata.Ref(1, row)))
}

// PrintArea leaves what is outside of it off the paper.
func (p *Page) PrintArea(col1, row1, col2, row2 int) {
	p.Frame.Note(p.Frame.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: p.Name, RefersTo: Quoted(p.Name) + "!" + sheetdata.Box(col1, row1, col2, row2),
	}))
}

// Across lets the print take several pages side by side, each with the columns first to last repeated.
func (p *Page) Across(pages, firstRow, lastRow, firstCol, lastCol int) {
	high := 0
	p.Frame.Note(p.Frame.File.SetPageLayout(p.Name, &excelize.PageLayoutOptions{FitToWidth: &pages, FitToHeight: &high}))
	p.Frame.Note(p.Frame.File.DeleteDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: p.Name}))
	p.Frame.Note(p.Frame.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: p.Name,
		RefersTo: fmt.Sprintf("%[1]s!$%[2]s:$%[3]s,%[1]s!$%[4]d:$%[5]d", Quoted(p.Name), sheetdata.Name(firstCol), sheetdata.Name(lastCol), firstRow, lastRow),
	}))
}

// headerText makes a text fit for a header or footer, where & begins a code.
func headerText(s string, most int) string {
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	s = strings.ReplaceAll(s, "&", "&&")
	// A digit after a font size would be read as part of it (ECMA-376 part 1, 18.3.1.46).
	if s != "" && unicode.IsDigit(rune(s[0])) {
		s = " " + s
	}
	return s
}

// Table makes a range an Excel table, by its heading cells.
func (p *Page) Table(name string, col, row, lastRow int, headings []string) {
	for i, h := range headings {
		p.Frame.Note(p.Frame.File.SetCellStr(p.Name, sheetdata.Ref(col+i, row), sheetdata.Underscores(h)))
	}
	stripes := true
	p.Frame.names[strings.ToLower(name)] = true
	p.Frame.Note(p.Frame.File.AddTable(p.Name, &excelize.Table{
		Range: sheetdata.Ref(col, row) + ":" + sheetdata.Ref(col+len(headings)-1, max(lastRow, row+1)),
		Name:  name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes,
	}))
	p.Frame.keepTable(name)
}

// keepTable takes the table that was just added aside until the workbook is saved. excelize reads all tables anew for each
// one that is added; what it finds in their place says as much as it looks at.
func (fr *Frame) keepTable(name string) {
	n := len(fr.tables) + 1
	part := tablePart(n)
	if content, ok := fr.File.Pkg.Load(part); ok {
		fr.tables = append(fr.tables, content.([]byte))
		fr.File.Pkg.Store(part, fmt.Appendf(nil, `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="%d" name="%s"/>`, n, name))
	}
}

func tablePart(n int) string { return fmt.Sprintf("xl/tables/table%d.xml", n) }

// Define gives a range of the page a name for use in formulas, and returns it. What a name cannot hold is
// replaced.
func (p *Page) Define(name, ref string) string {
	name = p.Frame.Free(name)
	p.Frame.Note(p.Frame.File.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: Quoted(p.Name) + "!" + ref}))
	return name
}

// Free makes a text a name that is not taken yet.
func (fr *Frame) Free(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		} else {
			b.WriteByte('_')
		}
	}
	base := b.String()
	if r := []rune(base); len(r) > 200 {
		base = string(r[:200])
	}
	name = base
	for i := 2; fr.names[strings.ToLower(name)]; i++ {
		name = base + "_" + strconv.Itoa(i)
	}
	fr.names[strings.ToLower(name)] = true
	return name
}

// Quoted is a sheet's name as formulas write it.
func Quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// SheetRef is a sheet's name with the sign that ends it in a formula, in quotation marks where its name needs them.
func SheetRef(sheet string) string {
	if strings.IndexFunc(sheet, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') }) < 0 {
		return sheet + "!"
	}
	return Quoted(sheet) + "!"
}

// QuotedText is a text as formulas write it.
func QuotedText(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// Dropdown lets a cell be chosen from a list, by a name or an inline list.
func (p *Page) Dropdown(cell, source, title, prompt string) {
	dv := excelize.NewDataValidation(true)
	dv.Sqref = cell
	dv.Type = "list"
	dv.Formula1 = escaped(source)
	dv.SetInput(title, prompt)
	dv.SetError(excelize.DataValidationErrorStyleStop, p.Frame.Tell("Not in the list"), p.Frame.Tell("Please choose one of the entries of the list."))
	p.Frame.Note(p.Frame.File.AddDataValidation(p.Name, dv))
}
