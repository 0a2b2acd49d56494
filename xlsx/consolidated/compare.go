package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const compareSheet = "Compare"

// comparePlaces names the cells of the sheet Compare that say what is shown.
type comparePlaces struct {
	kind, column, value, number string
}

// The rows and columns of the sheet Compare.
const (
	compareInput = 5
	compareHead  = 9
	compareFirst = compareHead + 1
	compareLast  = 10 // column that is printed
	// compareHelper is the first of the columns that the chart needs. They are out of sight, right of the first window,
	// and not hidden, so that what the chart rests on can be looked up.
	compareHelper = 30
	chartRows     = 19
)

// compareCells names the cells that say what is shown, before the sheets that refer to them are written.
func (wb *workbook) compareCells(p *pages.Page) {
	k := &wb.compareAt
	cell := func(name string, col int) string {
		return p.Define("Compare_"+name, sheetdata.Fixed(col, 2))
	}
	k.kind, k.column, k.value, k.number = cell("Kind", compareHelper+1), cell("Column", compareHelper+2), cell("Value", compareHelper+3), cell("No", compareHelper+4)
}

// comparePage shows a group or a recipient, chosen from a dropdown, inside the spread of the others.
func (wb *workbook) comparePage(p *pages.Page) {
	fr, c, k := wb.fr, pages.NewCanvas(), &wb.choices
	p.Widths(1, 52, 11, 11, 11, 10, 10, 10, 10, 10, 11)
	p.Widths(compareHelper, repeat(10, 5)...)
	p.Freeze(2, compareInput+1)
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	c.Height(compareInput, 22)
	if wb.live {
		c.Text(1, 2, fr.Subtitle(), wb.tell("Choose a group or a recipient in the yellow cell: tables and chart show it inside the spread of all others."))
		c.Text(1, compareInput-1, fr.Style(pages.Look{Bold: true}), wb.tell("Show this group or recipient:"))
		c.Text(1, compareInput, fr.Style(pages.Look{Input: true, Bold: true, Size: 12}), k.list[0].label)
		p.Dropdown(sheetdata.Ref(1, compareInput), k.label, wb.tell("Group or recipient"), wb.tell("Choose what to show from the list. Groups come first, then recipients."))
	} else {
		// Values would not follow a choice, and stand under another name.
		c.Text(1, 2, fr.Subtitle(), wb.tell("One group, or recipient, inside the spread of all others. There are so many returns that these figures are values, so nothing else can be chosen."))
		c.Text(1, compareInput-1, fr.Style(pages.Look{Bold: true}), wb.tell("This is shown:"))
		c.Text(1, compareInput, fr.Style(pages.Look{Bold: true, Size: 12}), k.list[0].label)
	}

	helper := fr.Style(pages.Look{Size: 9, Colour: pages.Muted, Centred: true})
	c.Texts(compareHelper, 1, helper, wb.tellAll("Position", "Kind", "Group column", "Group", "No.")...)
	x := k.list[0]
	at := sheetdata.Fixed(compareHelper, 2)
	wb.calc(c, compareHelper, 2, helper, "MAX("+k.chosen+")", num(1))
	pick := func(col int, name, none string, v sheetdata.Value) {
		wb.calc(c, col, 2, helper, fmt.Sprintf("IF(%s=0,%s,INDEX(%s,MAX(1,%s),1))", at, none, name, at), v)
	}
	pick(compareHelper+1, k.kind, "0", num(x.kind))
	pick(compareHelper+2, k.column, "1", num(max(1, x.column)))
	wb.calc(c, compareHelper+3, 2, helper, fmt.Sprintf(`IF(%s=0,"",INDEX(%s,MAX(1,%s),1)&"")`, at, k.value, at), sheetdata.Str(x.value))
	pick(compareHelper+4, k.number, "0", num(x.member+1))

	wb.compareTopics(p, c)
	wb.compareCriteria(p, c)
	p.PrintArea(1, 1, compareLast, c.LastRow())
	p.CanvasRows(c)
}

// compareTopics compares topics by array formulas; the name heat.selected marks the rows that are shown.
func (wb *workbook) compareTopics(p *pages.Page, c *pages.Canvas) {
	fr, h := wb.fr, &wb.heat
	r := compareHead - 2
	c.Text(1, r, fr.Heading(), wb.tell("By topic"))
	c.Fill(2, r, 10, r, fr.Heading())
	c.Height(r, 22)
	c.Text(1, r+1, fr.Subtitle(), wb.tell("Scores of the sheet Heat map; of a group, their median. Fewer than %d others are not shown.", wb.in.Round.SmallestGroup()))
	c.Text(1, compareHead, fr.Head(), wb.tell("Topic"))
	c.Texts(2, compareHead, fr.HeadCentre(), wb.tellAll("Shown: returns", "Shown: score", "Others: returns", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest", "Difference from median")...)
	c.Height(compareHead, 48)
	helper := fr.Style(pages.Look{Size: 9, Colour: pages.Muted, Centred: true, Format: pages.FormatTwo})
	c.Texts(compareHelper, compareHead, fr.Style(pages.Look{Size: 9, Colour: pages.Muted, Centred: true, Wrap: true}), wb.tellAll("Chart: up to quartile", "to median", "to quartile")...)
	whole, score, strong := fr.Num(pages.FormatWhole), fr.Num(wb.scoreFormat()), fr.StrongNum(wb.scoreFormat())
	least := wb.in.Round.SmallestGroup()
	for t, topic := range wb.topics {
		r := compareFirst + t
		var shownOnes, others []models.Figure
		for i, f := range h.scores[t] {
			if wb.isSelected(i) {
				shownOnes = append(shownOnes, f)
			} else {
				others = append(others, f)
			}
		}
		in, out := spreadOf(shownOnes), spreadOf(others)
		in1 := fmt.Sprintf(`IF(%s=1,%s,"")`, h.selected, h.topics[t])
		in0 := fmt.Sprintf(`IF(%s=0,%s,"")`, h.selected, h.topics[t])
		c.Text(1, r, fr.Text(), topic.name)
		wb.calcArray(c, 2, r, whole, "COUNT("+in1+")", num(len(in)))
		wb.calcArray(c, 3, r, strong, fmt.Sprintf(`IFERROR(MEDIAN(%s),"")`, in1), shown(in.quartile(2)))
		wb.calcArray(c, 4, r, whole, "COUNT("+in0+")", num(len(out)))
		if len(out) < least {
			out = nil
		}
		for q := range 5 {
			style := score
			if q == 2 {
				style = strong
			}
			wb.calcArray(c, 5+q, r, style, fmt.Sprintf(`IF($D%d<%d,"",%s)`, r, least, quartileOf(in0, q)), shown(out.quartile(q)))
		}
		difference := func(a, b models.Figure) sheetdata.Value {
			x, ok := a.Get()
			y, ok2 := b.Get()
			if !ok || !ok2 {
				return sheetdata.Str("")
			}
			return sheetdata.Num(x - y)
		}
		minus := func(a, b string) string { return fmt.Sprintf(`IF(OR(%s="",%s=""),"",%s-%s)`, a, b, a, b) }
		cell := func(col int) string { return sheetdata.Ref(col, r) }
		wb.calc(c, 10, r, fr.Num(wb.signedFormat()), minus(cell(3), cell(7)), difference(in.quartile(2), out.quartile(2)))
		// These do not refer to the cells of the quartiles: LibreOffice would leave them as they were when the first
		// choice after opening the file changes those.
		part := func(k int, f string, v sheetdata.Value) {
			wb.calcArray(c, compareHelper+k, r, helper, fmt.Sprintf(`IF(COUNT(%s)<%d,"",%s)`, in0, least, f), v)
		}
		part(0, quartileOf(in0, 1), shown(out.quartile(1)))
		part(1, quartileOf(in0, 2)+"-"+quartileOf(in0, 1), difference(out.quartile(2), out.quartile(1)))
		part(2, quartileOf(in0, 3)+"-"+quartileOf(in0, 2), difference(out.quartile(3), out.quartile(2)))
	}
	last := compareFirst + len(wb.topics) - 1
	low, high := wb.scoreEnds()
	p.Heat(sheetdata.Ref(3, compareFirst)+":"+sheetdata.Ref(3, last), low, high)
	p.Canvas = c
	names := p.Down(1, compareFirst, last)
	shown := p.Down(1, compareInput, compareInput)
	unit := 0.0
	if !wb.staged() {
		unit = 1
	}
	p.Chart(pages.Chart{
		Title: wb.tell("What is shown, inside the spread of the others"), Col: 1, Row: last + 2, Width: 1060, Height: chartRows * 20,
		Alt:     wb.tell("Chart: for each topic the range from lower to upper quartile of the others as a bar, divided at their median, their lowest and highest as short lines, and the score of what is shown as a diamond. The figures are in the table By topic."),
		Stacked: true, Legend: true, Format: wb.scoreFormat(), Low: low, High: high, Unit: unit,
		Series: []pages.Series{
			{Name: wb.tell("Lower quartile"), Categories: names, Values: p.Down(compareHelper, compareFirst, last), Invisible: true},
			{Name: wb.tell("Others: lower quartile to median"), Categories: names, Values: p.Down(compareHelper+1, compareFirst, last), Colour: "BCC7D3", Outline: pages.Muted},
			{Name: wb.tell("Others: median to upper quartile"), Categories: names, Values: p.Down(compareHelper+2, compareFirst, last), Colour: "8796A5", Outline: pages.Muted},
			{Name: wb.tell("Others: lowest and highest"), Categories: names, Values: p.Down(5, compareFirst, last), Colour: pages.Muted, Marker: true, Dash: true},
			{Name: wb.tell("Others: highest"), Categories: names, Values: p.Down(9, compareFirst, last), Colour: pages.Muted, Marker: true, Dash: true, Unlisted: true},
			{Named: &shown, Categories: names, Values: p.Down(3, compareFirst, last), Colour: pages.Orange, Marker: true},
		},
	})
}

func (wb *workbook) signedFormat() string {
	if wb.staged() {
		return wb.formatPoints()
	}
	return pages.FormatSigned
}

// compareCriteria compares the means of single criteria.
func (wb *workbook) compareCriteria(p *pages.Page, c *pages.Canvas) {
	fr := wb.fr
	r := compareFirst + len(wb.topics) + chartRows + 3
	c.Text(1, r, fr.Heading(), wb.tell("By criterion"))
	c.Fill(2, r, 6, r, fr.Heading())
	c.Height(r, 22)
	head := r + 1
	headings := wb.tellAll("Criterion", "Shown: answers", "Shown: mean", "Others: answers", "Others: mean", "Difference")
	c.Text(1, head, fr.Head(), headings[0])
	c.Texts(2, head, fr.HeadCentre(), headings[1:]...)
	c.Height(head, 34)
	p.Print(false, false, head, head)
	whole, two := fr.Num(pages.FormatWhole), fr.Num(pages.FormatTwo)
	least := wb.in.Round.SmallestGroup()
	text := fr.Text()
	for i := range wb.criteria[:wb.scored] {
		r := head + 1 + i
		x := &wb.criteria[i]
		c.Text(1, r, text, x.Ref+"  "+x.Subject)
		col := wb.matrix.columnOf(i)
		var t [2]tally
		for m := range wb.members {
			k := 0
			if wb.isSelected(m) {
				k = 1
			}
			t[k].add(wb.level(m, i), 1000)
		}
		wb.calc(c, 2, r, whole, fmt.Sprintf(`COUNTIFS(%s,1,%s,">=0")`, wb.matrix.selected, col), num(t[1].n))
		wb.calc(c, 3, r, fr.StrongNum(pages.FormatTwo), fmt.Sprintf(`IF(B%d=0,"",SUMIFS(%s,%s,1)/B%d)`, r, col, wb.matrix.selected, r), shown(wb.columnMean(&t[1])))
		wb.calc(c, 4, r, whole, fmt.Sprintf("COUNT(%s)-B%d", col, r), num(t[0].n))
		others, both := models.Figure{}, sheetdata.Str("")
		if t[0].n >= least {
			others = wb.columnMean(&t[0])
		}
		wb.calc(c, 5, r, two, fmt.Sprintf(`IF(D%d<%d,"",SUMIFS(%s,%s,0)/D%d)`, r, least, col, wb.matrix.selected, r), shown(others))
		if a, ok := wb.columnMean(&t[1]).Get(); ok && others.Known() {
			both = sheetdata.Num(a - others.Or(0))
		}
		wb.calc(c, 6, r, fr.Num("+0.00;-0.00;0.00"), fmt.Sprintf(`IF(OR(C%d="",E%d=""),"",C%d-E%d)`, r, r, r, r), both)
	}
	low, high := float64(wb.steps.Lowest()), float64(wb.steps.Highest())
	p.Heat(sheetdata.Ref(3, head+1)+":"+sheetdata.Ref(3, head+wb.scored), low, high)
	p.Heat(sheetdata.Ref(5, head+1)+":"+sheetdata.Ref(5, head+wb.scored), low, high)
}
