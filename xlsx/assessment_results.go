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
	b.band(r.sheet, r.last, "Results: "+b.rd.Title)
	b.put(r.sheet, resultLabel, 2, "Back to Start", look{link: true, ink: b.pal.accentInk, down: "center"})
	b.link(r.sheet, resultLabel, 2, SheetStart+"!A1", "Go to the sheet Start")
	b.height(r.sheet, 2, 22)
	r.row = 3

	r.writeSummary()
	if b.ladder() {
		r.writeLevel()
	}
	r.heading("By topic")
	r.writeTopics()
	b.name("Score_by_topic", r.scores)
	r.close()
	r.writeCharts()
	if len(b.t.Themes) > 0 {
		r.heading("By theme")
		r.writeThemes()
		if b.ladder() {
			r.heading("By section")
		} else {
			r.heading("By topic and theme")
			r.writeMatrix()
		}
		r.writeCells()
	}
	if hasKind(b.t, models.KindSymptom) {
		r.heading("Risks")
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

// methodTexts says what each method does, for the top of Results.
var methodTexts = map[models.Method]string{
	models.MethodProfile: "Method: profile. There is no overall score. Each topic and theme shows how your answers are spread over the levels, " +
		"with their median and mean.",
	models.MethodMean:    "Method: mean. A score is the weighted mean of the levels you chose.",
	models.MethodWeakest: "Method: weakest. A score is the lowest level among the criteria answered.",
	models.MethodStaged: "Method: staged. The achievement of a section is the weighted mean of its ratings (N 0%, P 33%, L 67%, F 100%), rated N up to 15%, " +
		"P up to 50%, L up to 85%, F above (ISO/IEC 33020). A level is attained when each of its sections is rated L or F and every section of the levels below is rated F.",
	models.MethodCumulative: "Method: cumulative. A level is attained when every statement of it and of all levels below is largely or fully in place.",
}

func (r *results) writeSummary() {
	r.height(r.sheet, r.row, 8)
	r.row++
	r.paragraph(methodTexts[r.rd.ScoringFor(r.t).Method]+" 'Not applicable' is left out. A blank is never a level: "+
		"'From' and 'To' say what the score would be were every blank the lowest choice, or the highest.", look{ink: r.pal.muted})
	r.calc(r.sheet, resultLabel, r.row, r.progressText(r.p), r.progressBlank(r.p), look{bold: true, down: "center"})
	r.height(r.sheet, r.row, 22)
	r.row++
	overall, value, low, high := r.overall()
	if overall == "" {
		return
	}
	big := look{size: 14, bold: true, ink: r.pal.accentInk, down: "center", across: "left", lines: lineBelow, format: "0.00"}
	text := look{down: "center", lines: lineBelow, bold: true}
	r.dress(r.sheet, resultLabel, r.row, r.last, r.row, text)
	r.put(r.sheet, resultLabel, r.row, overall, text)
	r.calc(r.sheet, resultFirst, r.row, value, none, big)
	big.size, big.bold = fontSize, false
	muted := look{ink: r.pal.muted, down: "center", across: "right", lines: lineBelow}
	g := r.group(r.p, -1, -1)
	r.put(r.sheet, resultFirst+1, r.row, "from", muted)
	r.calc(r.sheet, resultFirst+2, r.row, low, float64(g.scale.Lowest()), big)
	r.put(r.sheet, resultFirst+3, r.row, "to", muted)
	r.calc(r.sheet, resultFirst+4, r.row, high, float64(g.scale.Highest()), big)
	r.name("Overall_score", fixed(r.sheet, resultFirst, r.row, resultFirst, r.row))
	r.height(r.sheet, r.row, 28)
	r.row++
}

// overall gives the formulas of the overall score, for the methods mean and weakest; the table of topics, which
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
		return "Overall: the lowest level", f(figureLowest), f(figureLowestFrom), f(figureLowestTo)
	case s.Method == models.MethodMean && s.Mean == models.AllCriteria:
		f := func(x figure) string { formula, _ := x.of(g); return formula }
		return "Overall: mean of all criteria", f(figureMean), f(figureMeanFrom), f(figureMeanTo)
	case averaging(s):
		average := func(name string) string { return fmt.Sprintf(`IF(COUNT(%[1]s)=0,"%[2]s",AVERAGE(%[1]s))`, name, none) }
		return "Overall: mean of the topics", average("Score_by_topic"), average("Score_by_topic_from"), average("Score_by_topic_to")
	}
	return "", "", "", ""
}

// header writes the headings of a table.
func (r *results) header(first string, figures []figure) {
	l := look{bold: true, fill: r.pal.pale, wrap: true, down: "center", lines: lineBelow}
	r.put(r.sheet, resultLabel, r.row, first, l)
	l.across = "right"
	h := 0.0
	for i, f := range figures {
		r.put(r.sheet, resultFirst+i, r.row, f.heading, l)
		h = max(h, textHeight(f.heading, fontSize, true, resultWidth))
	}
	r.height(r.sheet, r.row, rowHeight(h, 10))
	r.row++
}

// line writes the figures of a group.
func (r *results) line(name string, g group, figures []figure, strong int, bold bool) {
	l := look{lines: lineBelow, down: "center", wrap: true, bold: bold}
	r.put(r.sheet, resultLabel, r.row, name, l)
	r.height(r.sheet, r.row, rowHeight(textHeight(name, fontSize, bold, resultLabelWidth), 7))
	l.wrap, l.across = false, "right"
	for i, f := range figures {
		x := l
		x.bold = bold || i == strong
		x.format = f.format
		if len(g.spans) == 0 || g.scale == nil && !f.counts {
			x.ink, x.format = r.pal.muted, ""
			var v any = none
			if len(g.spans) == 0 && i == 0 {
				v = 0
			}
			r.put(r.sheet, resultFirst+i, r.row, v, x)
			continue
		}
		formula, blank := f.of(g)
		r.calc(r.sheet, resultFirst+i, r.row, formula, blank, x)
	}
	r.row++
}

func (r *results) writeTopics() {
	r.topicsRow = r.row
	r.header("Topic", r.figures)
	from := r.row
	for i, topic := range r.t.Topics {
		r.line(topicTitle(topic), r.group(r.p, i, -1), r.figures, r.score, false)
	}
	column := func(i int) string { return fixed(r.sheet, i, from, i, r.row-1) }
	r.labels, r.scores = column(resultLabel), column(resultFirst+r.score)
	if m := r.rd.ScoringFor(r.t); m.Method == models.MethodMean {
		for i, f := range r.figures {
			switch f.heading {
			case figureMeanFrom.heading:
				r.name("Score_by_topic_from", column(resultFirst+i))
			case figureMeanTo.heading:
				r.name("Score_by_topic_to", column(resultFirst+i))
			}
		}
	}
	r.lineAll()
}

// lineAll is the line over all criteria. Profile gives no overall score, so that its line shows counts only.
func (r *results) lineAll() {
	all := r.group(r.p, -1, -1)
	figures := make([]figure, len(r.figures))
	copy(figures, r.figures)
	hide := func(i int) {
		figures[i] = figure{figures[i].heading, "", func(group) (string, any) { return `"` + none + `"`, none }, true}
	}
	switch s := r.rd.ScoringFor(r.t); {
	case r.ladder():
		for i := 4; i < 7; i++ {
			hide(i)
		}
	case s.Method == models.MethodProfile || averaging(s):
		for i := 4; i < 9; i++ {
			hide(i)
		}
	}
	r.line("All criteria", all, figures, -1, true)
}

func (r *results) writeThemes() {
	r.header("Theme", r.figures)
	for i, theme := range r.t.Themes {
		r.line(theme.Name, r.group(r.p, -1, i), r.figures, r.score, false)
	}
}

// writeMatrix shows the score of each topic × theme cell; the table below it has the rest.
func (r *results) writeMatrix() {
	if len(r.t.Themes) > widestMatrix {
		return
	}
	var columns []figure
	for _, theme := range r.t.Themes {
		columns = append(columns, figure{heading: theme.Name})
	}
	score := r.figures[r.score]
	r.header(score.heading+" by topic and theme", columns)
	from := r.row
	for ti, topic := range r.t.Topics {
		l := look{lines: lineBelow, down: "center", wrap: true}
		r.put(r.sheet, resultLabel, r.row, topicTitle(topic), l)
		r.height(r.sheet, r.row, rowHeight(textHeight(topicTitle(topic), fontSize, false, resultLabelWidth), 7))
		for i := range r.t.Themes {
			x := look{lines: allLines, down: "center", across: "center", format: score.format}
			g := r.group(r.p, ti, i)
			if len(g.spans) == 0 || g.scale == nil {
				x.ink, x.fill = r.pal.muted, r.pal.pale
				r.put(r.sheet, resultFirst+i, r.row, "no criteria", x)
				continue
			}
			formula, blank := score.of(g)
			r.calc(r.sheet, resultFirst+i, r.row, formula, blank, x)
		}
		r.row++
	}
	scale := r.group(r.p, -1, -1).scale
	if scale != nil {
		r.check(r.f.SetConditionalFormat(r.sheet, area(resultFirst, from, resultFirst+len(columns)-1, r.row-1), []excelize.ConditionalFormatOptions{{
			Type: "2_color_scale", Criteria: "=", MinType: "num", MaxType: "num",
			MinValue: fmt.Sprint(scale.Lowest()), MaxValue: fmt.Sprint(scale.Highest()),
			MinColor: "#FFFFFF", MaxColor: "#" + parseColour(r.pal.accent).mix(white, 0.6).String(),
		}}))
	}
	r.height(r.sheet, r.row, 12)
	r.row++
	r.close()
}

func (r *results) writeCells() {
	figures, score := r.book.figures(r.p, true)
	r.header("Topic and theme", figures)
	for ti, topic := range r.t.Topics {
		for _, theme := range append(indexes(len(r.t.Themes)), -1) {
			g := r.cell(ti, theme)
			if len(g.spans) == 0 {
				continue
			}
			name := topicTitle(topic)
			if theme >= 0 {
				name += " – " + r.t.Themes[theme].Name
			}
			r.line(name, g, figures, score, false)
		}
	}
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// cell is the group of a topic and a theme, theme -1 standing for the criteria without one.
func (r *results) cell(topic, theme int) group {
	if theme >= 0 {
		return r.group(r.p, topic, theme)
	}
	g := group{unit: achievementUnit(r.t)}
	for i, c := range r.p.order {
		if c.Scored() && c.Topic == r.t.Topics[topic].ID && c.Theme == "" {
			row := listsHeader + 1 + i
			g.spans = append(g.spans, span{row, row})
			g.scale = r.t.Scale(c)
		}
	}
	return g
}

// writeRisks lists the symptoms, and says of each whether it is still true.
func (r *results) writeRisks() {
	r.paragraph("What you say is still true of you. These are risks to look at, and no part of any score.", look{ink: r.pal.muted})
	head := look{bold: true, fill: r.pal.pale, down: "center", lines: lineBelow}
	r.dress(r.sheet, resultLabel, r.row, r.last, r.row, head)
	r.put(r.sheet, resultLabel, r.row, "Subject", head)
	r.put(r.sheet, resultFirst, r.row, "Answer", head)
	r.put(r.sheet, resultFirst+2, r.row, "Statement", head)
	r.height(r.sheet, r.row, 20)
	r.row++
	from := r.row
	for _, c := range r.p.order {
		if c.Scored() {
			continue
		}
		l := look{lines: lineBelow, wrap: true, down: "center"}
		r.put(r.sheet, resultLabel, r.row, c.Subject, l)
		value := fixed(SheetLists, listValue, r.p.in[c.Ref], listValue, r.p.in[c.Ref])
		r.merge(r.sheet, resultFirst, r.row, resultFirst+1, r.row, l)
		r.calc(r.sheet, resultFirst, r.row, fmt.Sprintf(`IF(%[1]s=1,"%[2]s",IF(%[1]s=0,"%[3]s",IF(%[1]s="%[4]s","%[5]s","%[6]s")))`,
			value, models.Symptoms[1].Name, models.Symptoms[0].Name, valueNA, models.NotApplicableLabel, none), none, l)
		r.merge(r.sheet, resultFirst+2, r.row, r.last, r.row, l)
		r.put(r.sheet, resultFirst+2, r.row, c.Statement, l)
		r.height(r.sheet, r.row, rowHeight(max(textHeight(c.Subject, fontSize, false, resultLabelWidth),
			textHeight(c.Statement, fontSize, false, r.across(resultFirst+2, r.last))), 8))
		r.row++
	}
	id, err := r.f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: r.pal.needed}})
	r.check(err)
	r.check(r.f.SetConditionalFormat(r.sheet, area(resultFirst, from, resultFirst, r.row-1), []excelize.ConditionalFormatOptions{{
		Type: "formula", Format: &id, Criteria: fmt.Sprintf(`%s="%s"`, cell(resultFirst, from), models.Symptoms[1].Name),
	}}))
}
