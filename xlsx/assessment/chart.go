package assessment

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
	"github.com/xuri/excelize/v2"
)

// barChart is a chart of horizontal bars, one for each topic. Excelize makes its frame and alternative text; the
// chart's own part (ECMA-376 part 1, 21.2) is written here, with the values that it has in the blank workbook, so
// that it shows right in a viewer that cannot calculate.
type barChart struct {
	title  string
	labels string // reference of the names
	names  []string
	series []barSeries
	// low, high, unit and format are of the axis of values; high 0 leaves it to the program.
	low, high, unit float64
	format          string
	stacked         bool
}

type barSeries struct {
	name, nameRef, values, colour, ink string
	blank                              float64
}

// addChart places a chart at a cell, with width and height in pixels.
func (b *book) addChart(sheet, at string, width, height uint, name, alternative string, c barChart) {
	on := true
	b.Check(b.File.AddChart(sheet, at, &excelize.Chart{
		Type: excelize.Bar, Series: []excelize.ChartSeries{{Categories: c.labels, Values: c.series[0].values}},
		Format: excelize.GraphicOptions{
			AltText: alternative, Name: name, Locked: &on, PrintObject: &on, Positioning: "oneCell",
		},
		Dimension: excelize.ChartDimension{Width: width, Height: height},
	}))
	b.charts = append(b.charts, c.part(b.Palette))
}

const (
	categoryAxis = 50010001
	valueAxis    = 50010002
)

func (c barChart) part(pal draw.Palette) []byte {
	var s strings.Builder
	text := func(size int, bold bool, ink string) string {
		return fmt.Sprintf(`<a:defRPr sz="%d" b="%d"><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:latin typeface="%s"/></a:defRPr>`,
			size*100, map[bool]int{true: 1}[bold], ink, draw.FontName)
	}
	properties := func(size int, ink string) string {
		return `<c:txPr><a:bodyPr/><a:p><a:pPr>` + text(size, false, ink) + `</a:pPr><a:endParaRPr lang="en"/></a:p></c:txPr>`
	}
	line := func(colour string) string {
		return `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="` + colour + `"/></a:solidFill></a:ln></c:spPr>`
	}
	s.WriteString(xml.Header + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>` +
		text(12, true, pal.Ink) + `</a:pPr><a:r><a:rPr lang="en" sz="1200" b="1"><a:solidFill><a:srgbClr val="` + pal.Ink +
		`"/></a:solidFill><a:latin typeface="` + draw.FontName + `"/></a:rPr><a:t>` + escaped(c.title) + `</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` +
		`<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>`)
	grouping := "clustered"
	if c.stacked {
		grouping = "stacked"
	}
	fmt.Fprintf(&s, `<c:grouping val="%s"/><c:varyColors val="0"/>`, grouping)
	for i, x := range c.series {
		fmt.Fprintf(&s, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
			i, i, escaped(x.nameRef), escaped(x.name))
		fmt.Fprintf(&s, `<c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>`,
			x.colour, pal.AccentInk)
		position := "outEnd"
		if c.stacked {
			position = "ctr"
		}
		fmt.Fprintf(&s, `<c:dLbls><c:numFmt formatCode="%s;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>%s<c:dLblPos val="%s"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`,
			c.format, properties(9, x.ink), position)
		fmt.Fprintf(&s, `<c:cat><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>`, escaped(c.labels), len(c.names))
		for k, name := range c.names {
			fmt.Fprintf(&s, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, sheetdata.Escape(name))
		}
		fmt.Fprintf(&s, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`,
			escaped(x.values), len(c.names))
		for k := range c.names {
			fmt.Fprintf(&s, `<c:pt idx="%d"><c:v>%g</c:v></c:pt>`, k, x.blank)
		}
		s.WriteString(`</c:numCache></c:numRef></c:val></c:ser>`)
	}
	s.WriteString(`<c:gapWidth val="55"/>`)
	if c.stacked {
		s.WriteString(`<c:overlap val="100"/>`)
	}
	fmt.Fprintf(&s, `<c:axId val="%d"/><c:axId val="%d"/></c:barChart>`, categoryAxis, valueAxis)
	labelSize := 9
	if len(c.names) > 25 {
		labelSize = 7
	}
	// The first topic stands on top, the axis of values at the bottom all the same.
	fmt.Fprintf(&s, `<c:catAx><c:axId val="%d"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>%s%s<c:crossAx val="%d"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>`,
		categoryAxis, line(pal.Field), properties(labelSize, pal.Ink), valueAxis)
	limits := ""
	if c.high > 0 {
		limits = fmt.Sprintf(`<c:max val="%g"/>`, c.high)
	}
	fmt.Fprintf(&s, `<c:valAx><c:axId val="%d"/><c:scaling><c:orientation val="minMax"/>%s<c:min val="%g"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines>%s</c:majorGridlines><c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>%s<c:crossAx val="%d"/><c:crosses val="max"/><c:crossBetween val="between"/>`,
		valueAxis, limits, c.low, line(pal.Line), c.axisFormat(), properties(9, pal.Ink), categoryAxis)
	if c.unit > 0 {
		fmt.Fprintf(&s, `<c:majorUnit val="%g"/>`, c.unit)
	}
	s.WriteString(`</c:valAx><c:spPr><a:noFill/></c:spPr></c:plotArea>`)
	if len(c.series) > 1 {
		s.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/>` + properties(9, pal.Ink) + `</c:legend>`)
	}
	s.WriteString(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`)
	return []byte(s.String())
}

// axisFormat is the number format of the axis: the labels' without decimals.
func (c barChart) axisFormat() string {
	if strings.HasSuffix(c.format, "%") {
		return "0%"
	}
	return "0"
}

// chartHeight is the height of the charts in pixels: higher, and they would not fit a page.
func (r *results) chartHeight() uint { return uint(min(115+20*len(r.t.Topics), 600)) }

// reserveCharts keeps the rows of the charts free, which show tables that stand below.
func (r *results) reserveCharts() {
	if !r.ladder() && r.group(r.p, -1, -1).scale == nil {
		return
	}
	r.chartsAt = r.Row
	for room := float64(r.chartHeight())*0.75 + 12; room > 0; room -= 20 {
		r.Height(r.Sheet, r.Row, 20)
		r.Row++
	}
	r.Keep(r.chartsAt, r.Row-1)
}

// writeCharts draws the topics' scores, and beside them how the answers are spread over the scale.
func (r *results) writeCharts() {
	if r.chartsAt == 0 {
		return
	}
	all := r.group(r.p, -1, -1)
	rows, at, height := len(r.t.Topics), r.chartsAt, r.chartHeight()
	names := make([]string, rows)
	for i, topic := range r.t.Topics {
		names[i] = layout.TopicTitle(topic)
	}
	heading := func(col int) string { return draw.Fixed(r.Sheet, col, r.topicsRow, col, r.topicsRow) }
	values := func(col int) string {
		return draw.Fixed(r.Sheet, col, r.topicsRow+1, col, r.topicsRow+rows)
	}
	what := strings.ReplaceAll(r.headingOf(r.figures[r.score]), "-", "")
	score := barChart{
		title: r.Words.Say("chart_score", "score", what), labels: r.labels, names: names, low: 0, high: 1, unit: 0.2, format: "0%",
		series: []barSeries{{name: r.headingOf(r.figures[r.score]), nameRef: heading(resultFirst + r.score), values: r.scores, colour: r.Palette.Accent, ink: r.Palette.Ink}},
	}
	if !r.ladder() {
		score.high, score.unit, score.format = float64(all.scale.Highest()), 1, "0.0"
	}
	width := uint((r.Across(resultLabel, r.Last) * 7) / 2)
	r.addChart(r.Sheet, draw.Cell(resultLabel, at), width-12, height, r.Words.Get("chart_score_name"), r.Words.Say("chart_score_alt",
		"score", strings.ToLower(what), "method", r.Round.ScoringFor(r.t).Method, "table", r.Words.Get("by_topic")), score)
	if all.scale == nil {
		return
	}
	spread := barChart{title: r.Words.Get("chart_spread"), labels: r.labels, names: names, format: "0", stacked: true}
	for i, step := range all.scale {
		share := 0.85 * (1 - float64(i)/float64(max(len(all.scale)-1, 1)))
		fill := draw.ParseColour(r.Palette.Accent).Mix(draw.White, share)
		ink := r.Palette.Ink
		if draw.Contrast(fill, draw.White) > draw.Contrast(fill, draw.ParseColour(ink)) {
			ink = "FFFFFF"
		}
		col := resultFirst + len(r.figures) - len(all.scale) + i
		spread.series = append(spread.series, barSeries{
			name: step.Label(), nameRef: heading(col), values: values(col), colour: fill.String(), ink: ink,
		})
	}
	r.addChart(r.Sheet, draw.Cell(r.chartColumn(width), at), width-12, height, r.Words.Get("chart_spread_name"),
		r.Words.Say("chart_spread_alt", "table", r.Words.Get("by_topic")), spread)
}

// chartColumn is the column at which the second chart begins.
func (r *results) chartColumn(width uint) int {
	at := 0.0
	for col := resultLabel; col <= r.Last; col++ {
		if at >= float64(width) {
			return col
		}
		at += r.Widths[col-1] * 7
	}
	return r.Last
}
