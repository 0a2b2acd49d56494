package xlsx

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/xuri/excelize/v2"
)

// book is a workbook while it is built. The first error stays; what follows it does nothing.
type book struct {
	f  *excelize.File
	t  *models.Template
	rd *models.Round
	// w are the words of the workbook's language.
	w   *words.Words
	pal palette
	// styles keeps the styles made, by look.
	styles map[look]int
	// own are the lists of choices with wordings of criteria; nil until they are asked for.
	own map[string]choiceList
	// cached holds for each formula the value that it has in the blank workbook, by sheet and cell.
	cached map[string]map[string]any
	// used is the last column and row of each sheet.
	used map[string][2]int
	// charts are the parts of the charts, in the order in which excelize numbers them.
	charts [][]byte
	// part says what the workbook is a part of; "" where it is whole.
	part string
	// since is the earlier round that this one follows, named for people; "" where it follows none.
	since string
	err   error
}

func newBook(t *models.Template, rd *models.Round) *book {
	b := &book{
		f: excelize.NewFile(), t: t, rd: rd, w: t.Words(), pal: newPalette(rd.Look.Accent),
		styles: map[look]int{}, cached: map[string]map[string]any{},
	}
	b.check(b.f.SetDefaultFont(fontName))
	if b.err == nil {
		*b.f.Styles.Fonts.Font[0].Sz.Val = fontSize
	}
	return b
}

func (b *book) check(err error) {
	if b.err == nil {
		b.err = err
	}
}

// cell is the A1 reference of a column and a row, both from 1.
func cell(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // columns and rows are within the sheet by the limits of a template
	}
	return name
}

// columnName is the letter of a column.
func columnName(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		panic(err)
	}
	return name
}

// area is the A1 reference of a range.
func area(col1, row1, col2, row2 int) string { return cell(col1, row1) + ":" + cell(col2, row2) }

// fixed is the absolute reference of a range on a sheet.
func fixed(sheet string, col1, row1, col2, row2 int) string {
	s := fmt.Sprintf("%s!$%s$%d", sheet, columnName(col1), row1)
	if col1 != col2 || row1 != row2 {
		s += fmt.Sprintf(":$%s$%d", columnName(col2), row2)
	}
	return s
}

func (b *book) style(l look) int {
	id, ok := b.styles[l]
	if !ok {
		var err error
		id, err = b.f.NewStyle(b.pal.style(l))
		b.check(err)
		b.styles[l] = id
	}
	return id
}

// dress gives a range its look.
func (b *book) dress(sheet string, col1, row1, col2, row2 int, l look) {
	b.check(b.f.SetCellStyle(sheet, cell(col1, row1), cell(col2, row2), b.style(l)))
	if b.used == nil {
		b.used = map[string][2]int{}
	}
	b.used[sheet] = [2]int{max(b.used[sheet][0], col2), max(b.used[sheet][1], row2)}
}

// put writes a value.
func (b *book) put(sheet string, col, row int, value any, l look) {
	if s, ok := value.(string); ok {
		value = sheetdata.Underscores(s)
	}
	b.check(b.f.SetCellValue(sheet, cell(col, row), value))
	b.dress(sheet, col, row, col, row, l)
}

// calc writes a formula, and the value that it has in the blank workbook.
func (b *book) calc(sheet string, col, row int, formula string, blank any, l look) {
	at := cell(col, row)
	b.check(b.f.SetCellFormula(sheet, at, formula))
	b.dress(sheet, col, row, col, row, l)
	if b.cached[sheet] == nil {
		b.cached[sheet] = map[string]any{}
	}
	b.cached[sheet][at] = blank
}

// merge makes one cell of a range, with the look on all of it so that its lines are drawn.
func (b *book) merge(sheet string, col1, row1, col2, row2 int, l look) {
	b.dress(sheet, col1, row1, col2, row2, l)
	if col1 != col2 || row1 != row2 {
		b.check(b.f.MergeCell(sheet, cell(col1, row1), cell(col2, row2)))
	}
}

func (b *book) width(sheet string, col int, width float64) {
	name := columnName(col)
	b.check(b.f.SetColWidth(sheet, name, name, width))
}

func (b *book) height(sheet string, row int, points float64) {
	b.check(b.f.SetRowHeight(sheet, row, min(points, highestRow)))
}

func (b *book) rowHeightOf(sheet string, row int) float64 {
	h, err := b.f.GetRowHeight(sheet, row)
	b.check(err)
	return h
}

// name gives a range a name that speaks.
func (b *book) name(name, refersTo string) {
	b.check(b.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refersTo}))
}

// link makes a cell lead to another cell of the workbook.
func (b *book) link(sheet string, col, row int, to, tip string) {
	b.check(b.f.SetCellHyperLink(sheet, cell(col, row), to, "Location", excelize.HyperlinkOpts{Tooltip: &tip}))
}

// page says how a sheet is printed: paper of the round, the given orientation, as wide as the paper.
func (b *book) page(sheet, orientation string) {
	b.paper(sheet, orientation)
	b.check(b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddHeader: b.header(), OddFooter: b.footer(),
	}))
}

// plainPage says how a sheet is printed that has no reference to show.
func (b *book) plainPage(sheet string) {
	b.paper(sheet, "landscape")
	b.check(b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddFooter: "&L&8" + pageText(" "+b.rd.Title, 80) + "&R&8 " + b.pageNumber(),
	}))
}

func (b *book) paper(sheet, orientation string) {
	paper := 9 // A4; 1 is Letter (ECMA-376 part 1, 18.3.1.63)
	if b.rd.Paper == "letter" {
		paper = 1
	}
	wide, tall := 1, 0
	b.check(b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}))
	fit, tab := true, "FF"+b.pal.accent
	b.check(b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &tab}))
	side, top, foot := 0.45, 0.65, 0.3
	b.check(b.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &foot, Footer: &foot,
	}))
	off := false
	b.check(b.f.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &off}))
}

// protect locks what is not to be filled in. There is no password: it keeps from slips, not from intent.
func (b *book) protect(sheet string) {
	b.check(b.f.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true,
		FormatColumns: true, FormatRows: true, AutoFilter: true, Sort: true, EditScenarios: true,
	}))
}
