package pages

import (
	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// Chart is a chart over cells of canvas pages. Its XML is written by appendChart, with the cells' values, so
// that a viewer that cannot calculate shows it right; excelize makes the drawing that it stands in.
type Chart struct {
	Title, Alt    string
	Col, Row      int // of the upper left corner
	Width, Height uint
	Across        bool // bars run from left to right, the first on top
	Stacked       bool
	Series        []Series
	Format        string
	Low, High     float64 // ends of the axis; the program chooses where they are equal
	Unit          float64
	Legend        bool
	Labels        string // format of the labels, "" for the axis's
}

// Series is a series of a chart. Its values stand over the same categories.
type Series struct {
	Name               string
	Named              *area // the cell that the name is taken from, nil for a fixed name
	Categories, Values area
	Colour             string
	Outline            string // of bars, "" for white
	Invisible          bool   // only lifts the next one
	Unlisted           bool   // is not in the legend, where the one before it speaks for both
	Label              string // colour of the labels, "" for none
	Marker             bool   // a point instead of a bar
	Dash               bool   // the point is a short line
}

// area is a range of a canvas page.
type area struct {
	page                   *Page
	col1, row1, col2, row2 int
}

// Ref is the range as formulas write it, with its sheet.
func (a area) Ref() string {
	return Quoted(a.page.Name) + "!" + sheetdata.Box(a.col1, a.row1, a.col2, a.row2)
}

func (a area) cells() []sheetdata.Value {
	var out []sheetdata.Value
	for r := a.row1; r <= a.row2; r++ {
		for c := a.col1; c <= a.col2; c++ {
			out = append(out, a.page.Canvas.value(c, r))
		}
	}
	return out
}

// Down is a column of cells.
func (p *Page) Down(col, first, last int) area { return area{p, col, first, col, last} }

// Chart puts a chart on the page. A chart whose categories are none is left out.
func (p *Page) Chart(x Chart) {
	if len(x.Series) == 0 || len(x.Series[0].Categories.cells()) == 0 {
		return
	}
	fr := p.Frame
	on, off := true, false
	stub := &excelize.Chart{
		Type:      excelize.Col,
		Series:    []excelize.ChartSeries{{Categories: x.Series[0].Categories.Ref(), Values: x.Series[0].Values.Ref()}},
		Dimension: excelize.ChartDimension{Width: x.Width, Height: x.Height},
		Format:    excelize.GraphicOptions{AltText: x.Alt, Name: x.Title, Positioning: "twoCell", PrintObject: &on, Locked: &off},
	}
	fr.Note(fr.File.AddChart(p.Name, sheetdata.Ref(x.Col, x.Row), stub))
	fr.charts = append(fr.charts, x)
}
