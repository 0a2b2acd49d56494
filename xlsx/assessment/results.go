package assessment

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

const (
	resultLabel      = 2
	resultFirst      = 3
	resultLabelWidth = 50.0
	resultWidth      = 10.5
	// widestMatrix is the greatest number of themes for which topic × theme is shown as a matrix too.
	widestMatrix = 12
)

// results writes the sheet Results.
type results struct {
	*book
	*draw.Text
	p       *plan
	figures []figure
	score   int
	// labels and scores are where the table of topics holds the names and the scores, for the chart.
	labels, scores string
	// topicsRow is the row of its headings.
	topicsRow int
	// headline and chartsAt are the rows of the opening sentence and of the charts; chartsAt is 0 where there are none.
	headline, chartsAt int
	// attained is the cell with the level attained; "" where there is none.
	attained string
	// matrix writes the matrix of topics and themes, once it is known where the table of its cells stands.
	matrix []func(rows map[cellAt]int)
}

func (b *book) writeResults(p *plan) {
	r := &results{book: b, p: p, Text: &draw.Text{Book: b.Book, Sheet: layout.SheetResults, Label: resultLabel}}
	r.figures, r.score = b.figures(p, false)
	rated, _ := b.figures(p, true)
	columns := len(rated)
	if n := len(b.t.Themes); n <= widestMatrix {
		columns = max(columns, n)
	}
	r.Last = resultFirst - 1 + max(columns, 10)
	r.Widths = []float64{2.5, resultLabelWidth}
	for len(r.Widths) < r.Last {
		r.Widths = append(r.Widths, resultWidth)
	}
	for i, w := range r.Widths {
		b.Width(r.Sheet, i+1, w)
	}
	b.Band(r.Sheet, r.Last, b.Words.Say("band_results", "round", b.Round.Title))
	b.Put(r.Sheet, resultLabel, 2, b.Words.Say("back_to_start", "sheet", b.Words.Get("sheet_start")), draw.Look{Link: true, Ink: b.Palette.AccentInk, Down: "center"})
	b.Link(r.Sheet, resultLabel, 2, layout.SheetStart+"!A1", b.Words.Say("go_to_start", "sheet", b.Words.Get("sheet_start")))
	b.Height(r.Sheet, 2, 22)
	r.Row = 3

	r.opening()
	r.writeSummary()
	switch {
	case b.ladder() && b.part != "":
		r.Heading(r.Words.Get("level_attained"))
		r.Paragraph(r.Words.Get("level_of_parts"), draw.Look{})
	case b.ladder():
		r.writeLevel()
	}
	r.Heading(r.Words.Get("by_topic"))
	r.writeTopics()
	b.Name("Score_by_topic", r.scores)
	r.Close()
	r.writeCharts()
	r.writeHeadline()
	if len(b.t.Themes) > 0 {
		r.Heading(r.Words.Get("by_theme"))
		r.writeThemes()
		if b.ladder() {
			r.Heading(r.Words.Get("by_section"))
		} else {
			r.Heading(r.Words.Get("by_topic_theme"))
			r.writeMatrix()
		}
		r.writeCells()
	}
	r.writePriorities()
	if hasKind(b.t, models.KindSymptom) {
		r.Heading(r.Words.Get("risks"))
		r.writeRisks()
	}
	b.Check(b.File.SetPanes(r.Sheet, &excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "B2", ActiveCell: "B2", Pane: "bottomLeft"}},
	}))
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: r.Sheet + "!$1:$1", Scope: r.Sheet,
	}))
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(r.Sheet, 1, 1, r.Last, r.Row), Scope: r.Sheet,
	}))
	b.BreakPages(r.Sheet, r.Row, r.Across(1, r.Last), true, draw.TitleHeight, r.Blocks, nil)
	b.page(r.Sheet, "landscape")
	b.Protect(r.Sheet)
}

func (r *results) writeSummary() {
	r.Paragraph(r.methodNote()+" "+r.Words.Say("method_blanks", "not_applicable", r.t.NotApplicable(),
		"from", r.Words.Get("figure_from"), "to", r.Words.Get("figure_to")), draw.Look{Ink: r.Palette.Muted})
	overall, value, low, high := r.overall()
	if overall == "" {
		return
	}
	big := draw.Look{Size: 14, Bold: true, Ink: r.Palette.AccentInk, Down: "center", Across: "left", Lines: draw.LineBelow, Format: "0.00"}
	text := draw.Look{Down: "center", Lines: draw.LineBelow, Bold: true}
	r.Dress(r.Sheet, resultLabel, r.Row, r.Last, r.Row, text)
	r.Put(r.Sheet, resultLabel, r.Row, r.Words.Get(overall), text)
	r.Calc(r.Sheet, resultFirst, r.Row, value, none, big)
	big.Size, big.Bold = draw.FontSize, false
	muted := draw.Look{Ink: r.Palette.Muted, Down: "center", Across: "right", Lines: draw.LineBelow}
	g := r.group(r.p, -1, -1)
	r.Put(r.Sheet, resultFirst+1, r.Row, r.Words.Get("from"), muted)
	r.Calc(r.Sheet, resultFirst+2, r.Row, low, float64(g.scale.Lowest()), big)
	r.Put(r.Sheet, resultFirst+3, r.Row, r.Words.Get("to"), muted)
	r.Calc(r.Sheet, resultFirst+4, r.Row, high, float64(g.scale.Highest()), big)
	r.Name("Overall_score", draw.Fixed(r.Sheet, resultFirst, r.Row, resultFirst, r.Row))
	r.Height(r.Sheet, r.Row, 28)
	r.Row++
}

// ofPart ends the key of a text that a workbook with a part of the criteria words otherwise.
func (b *book) ofPart() string {
	if b.part != "" {
		return "_part"
	}
	return ""
}
