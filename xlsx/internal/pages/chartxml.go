package pages

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"

	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// Numbers of a chart's axes; any two that differ will do.
const (
	categoryAxis = 111111111
	valueAxis    = 222222222
)

// chartXML is a chart part (ECMA-376 part 1, 21.2.2.29 chartSpace). The order of elements is that of the
// schema, which Excel insists on.
func (fr *Frame) chartXML(x *Chart) []byte {
	b := &bytes.Buffer{}
	put := func(format string, args ...any) { fmt.Fprintf(b, format, args...) }
	put(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>`)
	put(`<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="%s" sz="1200" b="1">%s</a:rPr><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`,
		escaped(fr.rd.Language), solid(fr.Strong), escaped(x.Title))
	put(`<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	var bars, points []int
	for i := range x.Series {
		if x.Series[i].Marker {
			points = append(points, i)
		} else {
			bars = append(bars, i)
		}
	}
	direction, grouping := "col", "clustered"
	if x.Across {
		direction = "bar"
	}
	if x.Stacked {
		grouping = "stacked"
	}
	put(`<c:barChart><c:barDir val="%s"/><c:grouping val="%s"/><c:varyColors val="0"/>`, direction, grouping)
	for _, i := range bars {
		appendSeries(b, i, &x.Series[i], x)
	}
	put(`<c:gapWidth val="45"/>`)
	if x.Stacked {
		put(`<c:overlap val="100"/>`)
	}
	put(`<c:axId val="%d"/><c:axId val="%d"/></c:barChart>`, categoryAxis, valueAxis)
	if len(points) > 0 {
		put(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
		for _, i := range points {
			appendSeries(b, i, &x.Series[i], x)
		}
		put(`<c:marker val="1"/><c:axId val="%d"/><c:axId val="%d"/></c:lineChart>`, categoryAxis, valueAxis)
	}
	fr.appendAxes(b, x)
	put(`<c:spPr><a:noFill/></c:spPr></c:plotArea>`)
	if x.Legend {
		put(`<c:legend><c:legendPos val="b"/>`)
		for i := range x.Series {
			if x.Series[i].Invisible || x.Series[i].Unlisted {
				put(`<c:legendEntry><c:idx val="%d"/><c:delete val="1"/></c:legendEntry>`, i)
			}
		}
		put(`<c:overlay val="0"/>%s</c:legend>`, textLook(900, Ink))
	}
	put(`<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr>%s<a:ln><a:noFill/></a:ln></c:spPr>%s</c:chartSpace>`, solid("FFFFFF"), textLook(900, Ink))
	return b.Bytes()
}

func (fr *Frame) appendAxes(b *bytes.Buffer, x *Chart) {
	orientation, categoryPos, valuePos, crosses := "minMax", "b", "l", "autoZero"
	if x.Across {
		// Turned upside down, so that the first category is on top; the values' axis then has to be told to
		// stay at the bottom.
		orientation, categoryPos, valuePos, crosses = "maxMin", "l", "b", "max"
	}
	put := func(format string, args ...any) { fmt.Fprintf(b, format, args...) }
	hairline := `<c:spPr><a:ln w="6350">` + solid(grey) + `</a:ln></c:spPr>`
	put(`<c:catAx><c:axId val="%d"/><c:scaling><c:orientation val="%s"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>%s%s<c:crossAx val="%d"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`,
		categoryAxis, orientation, categoryPos, hairline, textLook(900, Ink), valueAxis)
	put(`<c:valAx><c:axId val="%d"/><c:scaling><c:orientation val="minMax"/>`, valueAxis)
	if x.High > x.Low {
		put(`<c:max val="%s"/><c:min val="%s"/>`, decimal(x.High), decimal(x.Low))
	}
	put(`</c:scaling><c:delete val="0"/><c:axPos val="%s"/><c:majorGridlines><c:spPr><a:ln w="6350">%s</a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>%s<c:crossAx val="%d"/><c:crosses val="%s"/><c:crossBetween val="between"/>`,
		valuePos, solid(line), escaped(x.Format), textLook(900, Muted), categoryAxis, crosses)
	if x.Unit > 0 {
		put(`<c:majorUnit val="%s"/>`, decimal(x.Unit))
	}
	put(`</c:valAx>`)
}

func appendSeries(b *bytes.Buffer, i int, s *Series, x *Chart) {
	put := func(format string, args ...any) { fmt.Fprintf(b, format, args...) }
	put(`<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx>`, i, i)
	if s.Named != nil {
		put(`<c:strRef><c:f>%s</c:f><c:strCache>`, escaped(Quoted(s.Named.page.Name)+"!"+sheetdata.Fixed(s.Named.col1, s.Named.row1)))
		appendPoints(b, s.Named.cells(), true)
		put(`</c:strCache></c:strRef></c:tx>`)
	} else {
		put(`<c:v>%s</c:v></c:tx>`, escaped(s.Name))
	}
	switch {
	case s.Marker && s.Dash:
		put(`<c:spPr><a:ln w="28575"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="dash"/><c:size val="12"/><c:spPr>%s<a:ln w="9525">%s</a:ln></c:spPr></c:marker>`, solid(s.Colour), solid(s.Colour))
	case s.Marker:
		put(`<c:spPr><a:ln w="28575"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="diamond"/><c:size val="10"/><c:spPr>%s<a:ln w="9525">%s</a:ln></c:spPr></c:marker>`, solid(s.Colour), solid("FFFFFF"))
	case s.Invisible:
		put(`<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>`)
	default:
		put(`<c:spPr>%s<a:ln w="6350">%s</a:ln></c:spPr><c:invertIfNegative val="0"/>`, solid(s.Colour), solid(FirstOf(s.Outline, "FFFFFF")))
	}
	if s.Label != "" {
		put(`<c:dLbls><c:numFmt formatCode="%s" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>%s<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`,
			escaped(FirstOf(x.Labels, x.Format)), textLook(900, s.Label))
	}
	put(`<c:cat><c:strRef><c:f>%s</c:f><c:strCache>`, escaped(s.Categories.Ref()))
	appendPoints(b, s.Categories.cells(), true)
	put(`</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>%s</c:formatCode>`, escaped(s.Values.Ref()), escaped(x.Format))
	appendPoints(b, s.Values.cells(), false)
	put(`</c:numCache></c:numRef></c:val>`)
	if s.Marker {
		put(`<c:smooth val="0"/>`)
	}
	put(`</c:ser>`)
}

func appendPoints(b *bytes.Buffer, cells []sheetdata.Value, text bool) {
	fmt.Fprintf(b, `<c:ptCount val="%d"/>`, len(cells))
	for i, v := range cells {
		if _, isNumber := v.Number(); text || isNumber {
			fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, escaped(v.String()))
		}
	}
}

// textLook is the txPr of text of a size in hundredths of a point.
func textLook(size int, colour string) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="%d">%s<a:latin typeface="Calibri"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>`, size, solid(colour))
}

func solid(colour string) string {
	return `<a:solidFill><a:srgbClr val="` + colour + `"/></a:solidFill>`
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func escaped(s string) string {
	var b bytes.Buffer
	s, _ = sheetdata.Clean(s)
	_ = xml.EscapeText(&b, []byte(s)) // a write to a bytes.Buffer does not fail
	return b.String()
}
