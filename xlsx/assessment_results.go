package xlsx

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
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
	*sheetText
	p       *plan
	figures []figure
	score   int
	// labels and scores are where the table of topics holds the names and the scores, for the chart.
	labels, scores string
	// topicsRow is the row of its headings.
	topicsRow int
	// matrix writes the matrix of topics and themes, once it is known where the table of its cells stands.
	matrix []func(rows map[cellAt]int)
}

func (b *book) writeResults(p *plan) {
	r := &results{p: p, sheetText: &sheetText{book: b, sheet: SheetResults, label: resultLabel}}
	r.figures, r.score = b.figures(p, false)
	rated, _ := b.figures(p, true)
	columns := len(rated)
	if n := len(b.t.Themes); n <= widestMatrix {
		columns = max(columns, n)
	}
	r.last = resultFirst - 1 + max(columns, 10)
	r.widths = []float64{2.5, resultLabelWidth}
	for len(r.widths) < r.last {
		r.widths = append(r.widths, resultWidth)
	}
	for i, w := range r.widths {
		b.width(r.sheet, i+1, w)
	}
	b.band(r.sheet, r.last, b.w.Say("band_results", "round", b.rd.Title))
	b.put(r.sheet, resultLabel, 2, b.w.Say("back_to_start", "sheet", b.w.Get("sheet_start")), look{link: true, ink: b.pal.accentInk, down: "center"})
	b.link(r.sheet, resultLabel, 2, SheetStart+"!A1", b.w.Say("go_to_start", "sheet", b.w.Get("sheet_start")))
	b.height(r.sheet, 2, 22)
	r.row = 3

	r.writeSummary()
	switch {
	case b.ladder() && b.part != "":
		r.heading(r.w.Get("level_attained"))
		r.paragraph(r.w.Get("level_of_parts"), look{})
	case b.ladder():
		r.writeLevel()
	}
	r.heading(r.w.Get("by_topic"))
	r.writeTopics()
	b.name("Score_by_topic", r.scores)
	r.close()
	r.writeCharts()
	if len(b.t.Themes) > 0 {
		r.heading(r.w.Get("by_theme"))
		r.writeThemes()
		if b.ladder() {
			r.heading(r.w.Get("by_section"))
		} else {
			r.heading(r.w.Get("by_topic_theme"))
			r.writeMatrix()
		}
		r.writeCells()
	}
	if hasKind(b.t, models.KindSymptom) {
		r.heading(r.w.Get("risks"))
		r.writeRisks()
	}
	b.check(b.f.SetPanes(r.sheet, &excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "B2", ActiveCell: "B2", Pane: "bottomLeft"}},
	}))
	b.check(b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: r.sheet + "!$1:$1", Scope: r.sheet,
	}))
	b.check(b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: fixed(r.sheet, 1, 1, r.last, r.row), Scope: r.sheet,
	}))
	b.breakPages(r.sheet, r.row, r.across(1, r.last), true, titleHeight, r.blocks, nil)
	b.page(r.sheet, "landscape")
	b.protect(r.sheet)
}

func (r *results) writeSummary() {
	r.height(r.sheet, r.row, 8)
	r.row++
	method := r.rd.ScoringFor(r.t).Method
	text := r.w.Get("method_" + string(method))
	if r.t.SparesLowest(method) {
		text += " " + r.w.Get("method_staged_lowest")
	}
	r.paragraph(text+" "+r.w.Say("method_blanks", "not_applicable", r.t.NotApplicable(),
		"from", r.w.Get("figure_from"), "to", r.w.Get("figure_to")), look{ink: r.pal.muted})
	r.calc(r.sheet, resultLabel, r.row, r.progressText(r.p), r.progressBlank(r.p), look{bold: true, down: "center"})
	r.height(r.sheet, r.row, 22)
	r.row++
	overall, value, low, high := r.overall()
	if overall == "" {
		return
	}
	big := look{size: 14, bold: true, ink: r.pal.accentInk, down: "center", across: "left", lines: lineBelow, format: "0.00"}
	plain := look{down: "center", lines: lineBelow, bold: true}
	r.dress(r.sheet, resultLabel, r.row, r.last, r.row, plain)
	r.put(r.sheet, resultLabel, r.row, r.w.Get(overall), plain)
	r.calc(r.sheet, resultFirst, r.row, value, none, big)
	big.size, big.bold = fontSize, false
	muted := look{ink: r.pal.muted, down: "center", across: "right", lines: lineBelow}
	g := r.group(r.p, -1, -1)
	r.put(r.sheet, resultFirst+1, r.row, r.w.Get("from"), muted)
	r.calc(r.sheet, resultFirst+2, r.row, low, float64(g.scale.Lowest()), big)
	r.put(r.sheet, resultFirst+3, r.row, r.w.Get("to"), muted)
	r.calc(r.sheet, resultFirst+4, r.row, high, float64(g.scale.Highest()), big)
	r.name("Overall_score", fixed(r.sheet, resultFirst, r.row, resultFirst, r.row))
	r.height(r.sheet, r.row, 28)
	r.row++
}

// ofPart ends the key of a text that a workbook with a part of the criteria words otherwise.
func (b *book) ofPart() string {
	if b.part != "" {
		return "_part"
	}
	return ""
}

// overall gives the key of the words for the overall score, and its formulas, for the methods mean and weakest; the table of topics, which
// stands further down, is referred to by name.
func (r *results) overall() (title, value, low, high string) {
	g := r.group(r.p, -1, -1)
	s := r.rd.ScoringFor(r.t)
	if g.scale == nil {
		return "", "", "", ""
	}
	switch {
	case s.Method == models.MethodWeakest:
		f := func(x figure) string { formula, _ := x.of(g); return formula }
		return "overall_lowest" + r.ofPart(), f(figureLowest), f(figureLowestFrom), f(figureLowestTo)
	case s.Method == models.MethodMean && s.Mean == models.AllCriteria:
		f := func(x figure) string { formula, _ := x.of(g); return formula }
		return "overall_mean_all" + r.ofPart(), f(figureMean), f(figureMeanFrom), f(figureMeanTo)
	case averaging(s):
		average := func(name string) string { return fmt.Sprintf(`IF(COUNT(%[1]s)=0,"%[2]s",AVERAGE(%[1]s))`, name, none) }
		return "overall_mean" + r.ofPart(), average("Score_by_topic"), average("Score_by_topic_from"), average("Score_by_topic_to")
	}
	return "", "", "", ""
}
