package consolidated

import (
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// ahead is what lies before member i's next level; nil where nothing does, or nobody said.
func (wb *workbook) ahead(i int) *headlines.Ahead {
	if wb.in.Story == nil {
		return nil
	}
	list := wb.in.Story.Charts.Ahead
	at, ok := slices.BinarySearchFunc(list, wb.members[i].index, func(a headlines.Ahead, index int) int { return a.Member - index })
	if !ok {
		return nil
	}
	return &list[at]
}

func (wb *workbook) stepsOf(i int) int {
	if a := wb.ahead(i); a != nil {
		return a.Steps
	}
	return 0
}

// heldBy says whether section k keeps member i from its next level.
func (wb *workbook) heldBy(i, k int) bool {
	a, x := wb.ahead(i), wb.criteria[wb.sections[k].first]
	return a != nil && slices.ContainsFunc(a.Held, func(h headlines.Away) bool {
		return h.Ref == "" && h.Topic == x.Topic && h.Theme == x.Theme
	})
}

// priorityFigures are what the sheet Priorities rests on, in each recipient's row of the Matrix: the steps to its next
// level and the sections that keep it away are values, its weight follows from the steps.
func (wb *workbook) priorityFigures(enter func(key, heading string, formula func(r int) string, value func(i int) sheetdata.Value)) {
	if wb.byCriterion() || wb.in.Story == nil {
		return
	}
	enter("steps", wb.tell("Steps to the next level"), nil, func(i int) sheetdata.Value { return num(wb.stepsOf(i)) })
	enter("weight", wb.tell("Weight in Priorities"), func(r int) string {
		at := "$" + sheetdata.Ref(wb.matrixColumn("steps"), r)
		return fmt.Sprintf("IF(%s=0,0,MIN(1,3/%s))", at, at)
	}, func(i int) sheetdata.Value { return sheetdata.Num(weightOf(wb.stepsOf(i))) })
	for k := range wb.sections {
		enter(fmt.Sprint("held ", k), wb.tell("Kept back by %s", wb.sections[k].id), nil, func(i int) sheetdata.Value {
			if wb.heldBy(i, k) {
				return num(1)
			}
			return num(0)
		})
	}
}

func weightOf(steps int) float64 {
	if steps == 0 {
		return 0
	}
	return min(1, 3/float64(steps))
}

// matrixColumn is the column of a row figure.
func (wb *workbook) matrixColumn(key string) int {
	return wb.matrix.figuresCol + slices.IndexFunc(wb.matrix.figures, func(f rowFigure) bool { return f.key == key })
}

// matrixName is the name of a row figure's column.
func (wb *workbook) matrixName(key string) string {
	return wb.matrix.figures[wb.matrixColumn(key)-wb.matrix.figuresCol].name
}

// helpingHead is the row of the headings of the sheet Priorities, where it lists what helps.
const helpingHead = 5

// helpingPage lists the criteria that would help most recipients up, heaviest first: those that recipients lack whom the
// criterion's section keeps from their next level, weighted by how near they are.
func (wb *workbook) helpingPage(p *pages.Page) {
	const head = helpingHead
	fr, c := wb.fr, pages.NewCanvas()
	headings := wb.tellAll("Ref", "To be put in place", "Topic", "Kept back and lacking it", "Of them near", "Not answered", "Weight")
	widths := []float64{refWidth, priorityText, priorityTopic, 12, 10, 10, 10}
	p.Widths(1, widths...)
	p.Freeze(3, head+1)
	p.Print(true, false, head, head)
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	c.Text(1, 2, fr.Subtitle(), wb.tell("What would help most recipients to their next level. Kept back and lacking it: how many recipients lack the statement whose next level its section keeps away.")+" "+wb.tell(officeOnly)+".")
	c.Text(1, 3, fr.Subtitle(), wb.tell("In order of weight: a recipient three steps or fewer from its next level counts 1, at six steps a half, at twelve a quarter, each by the share of the statement's scale that is missing."))
	c.Text(1, 4, fr.Subtitle(), wb.tell("A step is one statement rated one higher. The steps of each recipient, and which sections keep its next level away, stand in the last columns of the sheet Matrix; the figures here follow from them and from the ratings."))
	for i, h := range headings {
		style := fr.HeadCentre()
		if i < 3 {
			style = fr.Head()
		}
		c.Text(i+1, head, style, h)
	}
	c.Height(head, 34)
	last := head
	if wb.in.Story != nil {
		for _, x := range wb.in.Story.Charts.Lacking {
			last++
			wb.helpingRow(c, last, x)
		}
	}
	last = max(last, head+1)
	p.Table(fr.Free("PrioritiesTable"), 1, head, last, headings)
	p.Bars(sheetdata.Ref(7, head+1)+":"+sheetdata.Ref(7, last), pages.LowPale)
	p.CanvasRows(c)
}

func (wb *workbook) helpingRow(c *pages.Canvas, r int, x headlines.Lacking) {
	i := slices.IndexFunc(wb.criteria[:wb.scored], func(c criterion) bool { return c.Ref == x.Ref })
	if i < 0 {
		return
	}
	fr, crit := wb.fr, &wb.criteria[i]
	wrapped, whole, two := fr.Wrapped(), fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Format: pages.FormatWhole}), fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Bold: true, Format: pages.FormatTwo})
	c.Text(1, r, wrapped, x.Ref)
	text := pages.FirstOf(crit.Statement, crit.Subject)
	c.Text(2, r, wrapped, text)
	c.Text(3, r, wrapped, crit.topic)
	c.Height(r, pages.HeightOf(max(pages.LinesIn(text, priorityText), pages.LinesIn(crit.topic, priorityTopic))))
	k := slices.IndexFunc(wb.sections, func(s section) bool { return i >= s.first && i <= s.last })
	if wb.byCriterion() || k < 0 || !wb.live {
		for at, v := range map[int]float64{4: float64(x.Kept), 5: float64(x.Near), 7: x.Weight} {
			style := whole
			if at == 7 {
				style = two
			}
			c.Number(at, r, style, v)
		}
		c.Put(6, r, pages.Cell{Style: whole})
		return
	}
	col, held, weight := wb.matrix.columnOf(i), wb.matrixName(fmt.Sprint("held ", k)), wb.matrixName("weight")
	top := crit.scale.Highest()
	lacking := fmt.Sprintf(`%s,1,%s,">=0",%s,"<%d"`, held, col, col, top)
	wb.calc(c, 4, r, whole, "COUNTIFS("+lacking+")", num(x.Kept))
	wb.calc(c, 5, r, whole, "COUNTIFS("+lacking+","+weight+",1)", num(x.Near))
	blank := 0
	for m := range wb.members {
		if wb.level(m, i) == blankAnswer && wb.heldBy(m, k) {
			blank++
		}
	}
	wb.calc(c, 6, r, whole, fmt.Sprintf(`SUM(%s)-COUNTIFS(%s,1,%s,">=0")-COUNTIFS(%s,1,%s,"n/a")`, held, held, col, held, col)+wb.heldNotAsked(held, col), num(blank))
	f, sum, span := "", 0.0, float64(top-crit.scale.Lowest())
	for n := crit.scale.Lowest(); n < top; n++ {
		if f != "" {
			f += "+"
		}
		f += fmt.Sprintf("%d*SUMIFS(%s,%s,1,%s,%d)", top-n, weight, held, col, n)
		part := 0.0
		for m := range wb.members {
			if int(wb.level(m, i)) == n && wb.heldBy(m, k) {
				part += weightOf(wb.stepsOf(m))
			}
		}
		sum += float64(top-n) * part
	}
	wb.calc(c, 7, r, two, fmt.Sprintf("(%s)/%d", f, top-crit.scale.Lowest()), sheetdata.Num(sum/span))
}

// heldNotAsked takes off those that are not asked the criterion.
func (wb *workbook) heldNotAsked(held, col string) string {
	if !wb.t.Selective() {
		return ""
	}
	return fmt.Sprintf(`-COUNTIFS(%s,1,%s,"%s")`, held, col, notAskedMark)
}
