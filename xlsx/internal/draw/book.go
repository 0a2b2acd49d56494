package draw

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/wording"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/xuri/excelize/v2"
)

// Book is a workbook while it is made with excelize. The first error stays; what follows it does nothing.
type Book struct {
	File  *excelize.File
	Round *models.Round
	// Words are the words of the workbook's language.
	Words   *wording.Words
	Palette Palette
	// styles keeps the styles made, by look.
	styles map[Look]int
	// Cached holds for each formula the value that it has in the blank workbook, by sheet and cell.
	Cached map[string]map[string]any
	// Used is the last column and row of each sheet.
	Used map[string][2]int
	Err  error
}

// On draws on a workbook in the colours of a round; w are the words of its language.
func On(f *excelize.File, rd *models.Round, w *wording.Words) *Book {
	return &Book{
		File: f, Round: rd, Words: w, Palette: NewPalette(rd.Look.Accent),
		styles: map[Look]int{}, Cached: map[string]map[string]any{}, Used: map[string][2]int{},
	}
}

// New draws on a new workbook, whose font is that of all measures.
func New(rd *models.Round, w *wording.Words) *Book {
	b := On(excelize.NewFile(), rd, w)
	b.Check(b.File.SetDefaultFont(FontName))
	if b.Err == nil {
		*b.File.Styles.Fonts.Font[0].Sz.Val = FontSize
	}
	return b
}

// Check keeps the first error.
func (b *Book) Check(err error) {
	if b.Err == nil {
		b.Err = err
	}
}

// Cell is the A1 reference of a column and a row, both from 1.
func Cell(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // columns and rows are within the sheet by the limits of a template
	}
	return name
}

// ColumnName is the letter of a column.
func ColumnName(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		panic(err)
	}
	return name
}

// Area is the A1 reference of a range.
func Area(col1, row1, col2, row2 int) string { return Cell(col1, row1) + ":" + Cell(col2, row2) }

// Fixed is the absolute reference of a range on a sheet.
func Fixed(sheet string, col1, row1, col2, row2 int) string {
	s := fmt.Sprintf("%s!$%s$%d", sheet, ColumnName(col1), row1)
	if col1 != col2 || row1 != row2 {
		s += fmt.Sprintf(":$%s$%d", ColumnName(col2), row2)
	}
	return s
}

func (b *Book) style(l Look) int {
	id, ok := b.styles[l]
	if !ok {
		var err error
		id, err = b.File.NewStyle(b.Palette.style(l))
		b.Check(err)
		b.styles[l] = id
	}
	return id
}

// Dress gives a range its look.
func (b *Book) Dress(sheet string, col1, row1, col2, row2 int, l Look) {
	b.Check(b.File.SetCellStyle(sheet, Cell(col1, row1), Cell(col2, row2), b.style(l)))
	b.Used[sheet] = [2]int{max(b.Used[sheet][0], col2), max(b.Used[sheet][1], row2)}
}

// Put writes a value.
func (b *Book) Put(sheet string, col, row int, value any, l Look) {
	if s, ok := value.(string); ok {
		value = sheetdata.Underscores(s)
	}
	b.Check(b.File.SetCellValue(sheet, Cell(col, row), value))
	b.Dress(sheet, col, row, col, row, l)
}

// Calc writes a formula, and the value that it has in the blank workbook.
func (b *Book) Calc(sheet string, col, row int, formula string, blank any, l Look) {
	at := Cell(col, row)
	b.Check(b.File.SetCellFormula(sheet, at, formula))
	b.Dress(sheet, col, row, col, row, l)
	if b.Cached[sheet] == nil {
		b.Cached[sheet] = map[string]any{}
	}
	b.Cached[sheet][at] = blank
}

// Merge makes one cell of a range, with the look on all of it so that its lines are drawn.
func (b *Book) Merge(sheet string, col1, row1, col2, row2 int, l Look) {
	b.Dress(sheet, col1, row1, col2, row2, l)
	if col1 != col2 || row1 != row2 {
		b.Check(b.File.MergeCell(sheet, Cell(col1, row1), Cell(col2, row2)))
	}
}

// Width sets the width of a column, in units of column width.
func (b *Book) Width(sheet string, col int, width float64) {
	name := ColumnName(col)
	b.Check(b.File.SetColWidth(sheet, name, name, width))
}

// Height sets the height of a row in points, as far as rows go.
func (b *Book) Height(sheet string, row int, points float64) {
	b.Check(b.File.SetRowHeight(sheet, row, min(points, HighestRow)))
}

// RowHeightOf is the height of a row in points.
func (b *Book) RowHeightOf(sheet string, row int) float64 {
	h, err := b.File.GetRowHeight(sheet, row)
	b.Check(err)
	return h
}

// Name gives a range a name that speaks.
func (b *Book) Name(name, refersTo string) {
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refersTo}))
}

// Link makes a cell lead to another cell of the workbook.
func (b *Book) Link(sheet string, col, row int, to, tip string) {
	b.Check(b.File.SetCellHyperLink(sheet, Cell(col, row), to, "Location", excelize.HyperlinkOpts{Tooltip: &tip}))
}

// PlainPage says how a sheet is printed that has no reference to show.
func (b *Book) PlainPage(sheet string) {
	b.Paper(sheet, "landscape")
	b.Check(b.File.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddFooter: "&L&8" + PageText(" "+b.Round.Title, 80) + "&R&8 " + b.PageNumber(),
	}))
}

// Paper sets paper, margins and the colour of the tab; the sheet is as wide as the paper.
func (b *Book) Paper(sheet, orientation string) {
	paper := 9 // A4; 1 is Letter (ECMA-376 part 1, 18.3.1.63)
	if b.Round.Paper == "letter" {
		paper = 1
	}
	wide, tall := 1, 0
	b.Check(b.File.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}))
	fit, tab := true, "FF"+b.Palette.Accent
	b.Check(b.File.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &tab}))
	side, top, foot := 0.45, 0.65, 0.3
	b.Check(b.File.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &foot, Footer: &foot,
	}))
	off := false
	b.Check(b.File.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &off}))
}

// Protect locks what is not to be filled in. There is no password: it keeps from slips, not from intent.
func (b *Book) Protect(sheet string) {
	b.Check(b.File.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true,
		FormatColumns: true, FormatRows: true, AutoFilter: true, Sort: true, EditScenarios: true,
	}))
}
