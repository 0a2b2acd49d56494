package consolidated

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// frame is everything of a workbook but its rows. The first error sticks.
type frame struct {
	f      *excelize.File
	rd     *models.Round
	accent string
	strong string // the accent as a colour of text on white
	styles map[look]int
	names  map[string]bool
	pages  []*page
	charts []chart
	err    error
}

// page is a sheet: its frame in the excelize file, and what writes its rows.
type page struct {
	fr    *frame
	name  string
	write func(*sheetdata.Writer)
	// canvas is the page's content where it is small; charts take values from it.
	canvas *canvas
	// foremost says that the rows are written before those of other sheets.
	foremost bool
}

func newFrame(rd *models.Round) *frame {
	fr := &frame{
		f: excelize.NewFile(), rd: rd,
		accent: defaultAccent, styles: map[look]int{}, names: map[string]bool{},
	}
	if len(rd.Look.Accent) == 7 {
		fr.accent = strings.ToUpper(rd.Look.Accent[1:])
	}
	fr.strong = fr.accent
	if readableOn(fr.accent) == ink {
		fr.strong = ink
	}
	return fr
}

func (fr *frame) note(err error) {
	if fr.err == nil && err != nil {
		fr.err = err
	}
}

// page adds a sheet. tab is the colour of its tab, widths those of its columns in characters.
func (fr *frame) page(name, tab string, widths ...float64) *page {
	p := &page{fr: fr, name: name}
	if len(fr.pages) == 0 {
		fr.note(fr.f.SetSheetName("Sheet1", name))
	} else {
		_, err := fr.f.NewSheet(name)
		fr.note(err)
	}
	fr.pages = append(fr.pages, p)
	off, on := false, true
	tab = "FF" + tab
	fr.note(fr.f.SetSheetProps(name, &excelize.SheetPropsOptions{TabColorRGB: &tab, FitToPage: &on}))
	fr.note(fr.f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &off}))
	p.widths(1, widths...)
	return p
}

func (p *page) widths(from int, widths ...float64) {
	for i := 0; i < len(widths); {
		j := i
		for j+1 < len(widths) && widths[j+1] == widths[i] {
			j++
		}
		p.fr.note(p.fr.f.SetColWidth(p.name, sheetdata.Name(from+i), sheetdata.Name(from+j), widths[i]))
		i = j + 1
	}
}

// canvasRows says that the page's rows come from a canvas.
func (p *page) canvasRows(c *canvas) {
	p.write, p.canvas = c.write, c
	p.dimension(c.last, c.lastRow())
}

// dimension tells readers that go by it how far the sheet extends.
func (p *page) dimension(col, row int) {
	p.fr.note(p.fr.f.SetSheetDimension(p.name, "A1:"+sheetdata.Ref(max(col, 1), max(row, 1))))
}

// freeze keeps the rows above and the columns left of a cell in view.
func (p *page) freeze(col, row int) {
	pane := "bottomRight"
	switch {
	case col == 1:
		pane = "bottomLeft"
	case row == 1:
		pane = "topRight"
	}
	cell := sheetdata.Ref(col, row)
	p.fr.note(p.fr.f.SetPanes(p.name, &excelize.Panes{
		Freeze: true, XSplit: col - 1, YSplit: row - 1, TopLeftCell: cell, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: cell, ActiveCell: cell, Pane: pane}},
	}))
}

// print sets the sheet up for paper: fit to the page's width, and to its height if onePage says so. The rows
// first to last are repeated on every page, if first is not 0.
func (p *page) print(landscape, onePage bool, first, last int) {
	fr := p.fr
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
	fr.note(fr.f.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}))
	side, top, edge := 0.4, 0.6, 0.3
	fr.note(fr.f.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge,
	}))
	header := "&L&9" + headerText(fr.rd.Title, 100) + "&R&9" + headerText(p.name, 31)
	if fr.rd.Look.Marking != "" {
		header += "&C&9" + headerText(fr.rd.Look.Marking, 60)
	}
	fr.note(fr.f.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{
		OddHeader: header, OddFooter: "&L&9" + headerText(fr.rd.Organiser, 100) + "&R&9Page &P of &N",
	}))
	if first > 0 {
		fr.note(fr.f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: p.name,
			RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(p.name), first, last),
		}))
	}
}

// breakBefore begins a new page with a row.
func (p *page) breakBefore(row int) {
	p.fr.note(p.fr.f.InsertPageBreak(p.name, sheetdata.Ref(1, row)))
}

// printArea leaves what is outside of it off the paper.
func (p *page) printArea(col1, row1, col2, row2 int) {
	p.fr.note(p.fr.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: p.name, RefersTo: quoted(p.name) + "!" + sheetdata.Box(col1, row1, col2, row2),
	}))
}

// across lets the print take several pages side by side, each with the columns first to last repeated.
func (p *page) across(pages, firstRow, lastRow, firstCol, lastCol int) {
	high := 0
	p.fr.note(p.fr.f.SetPageLayout(p.name, &excelize.PageLayoutOptions{FitToWidth: &pages, FitToHeight: &high}))
	p.fr.note(p.fr.f.DeleteDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: p.name}))
	p.fr.note(p.fr.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: p.name,
		RefersTo: fmt.Sprintf("%[1]s!$%[2]s:$%[3]s,%[1]s!$%[4]d:$%[5]d", quoted(p.name), sheetdata.Name(firstCol), sheetdata.Name(lastCol), firstRow, lastRow),
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

// table makes a range an Excel table, by its heading cells.
func (p *page) table(name string, col, row, lastRow int, headings []string) {
	for i, h := range headings {
		p.fr.note(p.fr.f.SetCellStr(p.name, sheetdata.Ref(col+i, row), sheetdata.Underscores(h)))
	}
	stripes := true
	p.fr.names[strings.ToLower(name)] = true
	p.fr.note(p.fr.f.AddTable(p.name, &excelize.Table{
		Range: sheetdata.Ref(col, row) + ":" + sheetdata.Ref(col+len(headings)-1, max(lastRow, row+1)),
		Name:  name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes,
	}))
}

// define gives a range of the page a name for use in formulas, and returns it. What a name cannot hold is
// replaced.
func (p *page) define(name, ref string) string {
	name = p.fr.free(name)
	p.fr.note(p.fr.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: quoted(p.name) + "!" + ref}))
	return name
}

// free makes a text a name that is not taken yet.
func (fr *frame) free(name string) string {
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

// quoted is a sheet's name as formulas write it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// quotedText is a text as formulas write it.
func quotedText(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// heat colours a range from lowest to highest.
func (p *page) heat(ref string, lowest, highest float64) {
	p.fr.note(p.fr.f.SetConditionalFormat(p.name, ref, []excelize.ConditionalFormatOptions{{
		Type: "3_color_scale", Criteria: "=",
		MinType: "num", MinValue: strconv.FormatFloat(lowest, 'f', -1, 64), MinColor: "#" + lowPale,
		MidType: "num", MidValue: strconv.FormatFloat((lowest+highest)/2, 'f', -1, 64), MidColor: "#" + midPale,
		MaxType: "num", MaxValue: strconv.FormatFloat(highest, 'f', -1, 64), MaxColor: "#" + highPale,
	}}))
}

// bars shows each share of a range as a bar in its cell, which is full at 1.
func (p *page) bars(ref, colour string) {
	p.fr.note(p.fr.f.SetConditionalFormat(p.name, ref, []excelize.ConditionalFormatOptions{{
		Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "num", MaxValue: "1",
		BarColor: "#" + colour, BarSolid: true,
	}}))
}

// mark gives the cells of a range for which a formula holds another look.
func (p *page) mark(ref, formula string, s excelize.Style) {
	id, err := p.fr.f.NewConditionalStyle(&s)
	p.fr.note(err)
	p.fr.note(p.fr.f.SetConditionalFormat(p.name, ref, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: formula, Format: &id}}))
}

// changeHeat colours changes from a quarter of the scale down to a quarter up.
func (p *page) changeHeat(ref string, span float64) { p.heat(ref, -span/4, span/4) }

// dropdown lets a cell be chosen from a list, by a name or an inline list.
func (p *page) dropdown(cell, source, title, prompt string) {
	dv := excelize.NewDataValidation(true)
	dv.Sqref = cell
	dv.Type = "list"
	dv.Formula1 = escaped(source)
	dv.SetInput(title, prompt)
	dv.SetError(excelize.DataValidationErrorStyleStop, "Not in the list", "Please choose one of the entries of the list.")
	p.fr.note(p.fr.f.AddDataValidation(p.name, dv))
}
