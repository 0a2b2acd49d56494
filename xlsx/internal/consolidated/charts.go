package consolidated

import (
	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// chart is a chart over cells of canvas pages. Its XML is written by appendChart, with the cells' values, so
// that a viewer that cannot calculate shows it right; excelize makes the drawing that it stands in.
type chart struct {
	title, alt    string
	col, row      int // of the upper left corner
	width, height uint
	across        bool // bars run from left to right, the first on top
	stacked       bool
	series        []series
	format        string
	low, high     float64 // ends of the axis; the program chooses where they are equal
	unit          float64
	legend        bool
	labels        string // format of the labels, "" for the axis's
}

// series is a series of a chart. Its values stand over the same categories.
type series struct {
	name               string
	named              *area // the cell that the name is taken from, nil for a fixed name
	categories, values area
	colour             string
	outline            string // of bars, "" for white
	invisible          bool   // only lifts the next one
	unlisted           bool   // is not in the legend, where the one before it speaks for both
	label              string // colour of the labels, "" for none
	marker             bool   // a point instead of a bar
	dash               bool   // the point is a short line
}

// area is a range of a canvas page.
type area struct {
	page                   *page
	col1, row1, col2, row2 int
}

func (a area) ref() string {
	return quoted(a.page.name) + "!" + sheetdata.Box(a.col1, a.row1, a.col2, a.row2)
}

func (a area) cells() []sheetdata.Value {
	var out []sheetdata.Value
	for r := a.row1; r <= a.row2; r++ {
		for c := a.col1; c <= a.col2; c++ {
			out = append(out, a.page.canvas.value(c, r))
		}
	}
	return out
}

// down is a column of cells.
func (p *page) down(col, first, last int) area { return area{p, col, first, col, last} }

// chart puts a chart on the page. A chart whose categories are none is left out.
func (p *page) chart(x chart) {
	if len(x.series) == 0 || len(x.series[0].categories.cells()) == 0 {
		return
	}
	fr := p.fr
	on, off := true, false
	stub := &excelize.Chart{
		Type:      excelize.Col,
		Series:    []excelize.ChartSeries{{Categories: x.series[0].categories.ref(), Values: x.series[0].values.ref()}},
		Dimension: excelize.ChartDimension{Width: x.width, Height: x.height},
		Format:    excelize.GraphicOptions{AltText: x.alt, Name: x.title, Positioning: "twoCell", PrintObject: &on, Locked: &off},
	}
	fr.note(fr.f.AddChart(p.name, sheetdata.Ref(x.col, x.row), stub))
	fr.charts = append(fr.charts, x)
}
