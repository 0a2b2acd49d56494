package consolidated

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const prioritiesSheet = "Priorities"

// priorityPlaces is where the sheet Priorities has the level aimed at, and what it comes to.
type priorityPlaces struct {
	level string // name of the cell
	aim   int
	below []int // by criterion
	// distances are the mean distances to the level, a recipient at it or above 0.
	distances []float64
	ranks     []int
}

const prioritiesHead = 6

// Widths of the columns of the sheet Priorities whose texts are wrapped.
const (
	prioritySubject = 44.0
	priorityTopic   = 30.0
	priorityText    = 76.0
)

// prioritiesCells names the cell of the level aimed at, before the sheets that refer to it are written.
func (wb *workbook) prioritiesCells(p *pages.Page) {
	if wb.staged() {
		return
	}
	k := &wb.prioritiesAt
	k.level = p.Define("Priorities_Level", sheetdata.Fixed(3, 4))
	k.aim = (wb.steps.Lowest() + wb.steps.Highest() + 1) / 2
	for i := range wb.criteria[:wb.scored] {
		n, all, sum := 0, 0, 0
		for m := range wb.members {
			v := int(wb.level(m, i))
			if v >= 0 {
				all++
			}
			if v >= 0 && v < k.aim {
				n++
				sum += k.aim - v
			}
		}
		k.below = append(k.below, n)
		k.distances = append(k.distances, float64(sum)/float64(max(all, 1)))
	}
	k.ranks = make([]int, len(k.below))
	for i := range k.below {
		k.ranks[i] = 1
		for j := range k.below {
			if cmp.Or(cmp.Compare(k.distances[j], k.distances[i]), cmp.Compare(k.below[j], k.below[i]), cmp.Compare(i, j)) > 0 {
				k.ranks[i]++
			}
		}
	}
}

// prioritiesPage lists the criteria by how many recipients are below the level aimed at, with what the next
// level looks like.
func (wb *workbook) prioritiesPage(p *pages.Page) {
	if wb.staged() {
		wb.helpingPage(p)
		return
	}
	fr, c, k := wb.fr, pages.NewCanvas(), &wb.prioritiesAt
	headings := wb.tellAll("Rank", "Criterion", "Topic", "Answered", "Below the level", "Share below", "Median", "Mean distance")
	widths := []float64{7, prioritySubject, priorityTopic, 10, 10, 11, 9, 10}
	targetCol, nextCol := 0, 0
	if wb.hasTargets {
		targetCol = len(headings) + 1
		headings, widths = append(headings, wb.tell("Below own target")), append(widths, 12)
	}
	nextHeading := wb.tell("Statement")
	if wb.descriptors != "" {
		nextHeading = wb.tell("What the level above the median looks like")
	}
	nextCol = len(headings) + 1
	headings, widths = append(headings, nextHeading), append(widths, priorityText)
	p.Widths(1, widths...)
	p.Freeze(3, prioritiesHead+1)
	p.Print(true, false, prioritiesHead, prioritiesHead)
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	note, level := wb.tell("Furthest from the level chosen in the yellow cell first, by the mean distance: a recipient at the level or above counts 0."), pages.Look{Input: true, Bold: true, Format: pages.FormatWhole, Centred: true}
	if !wb.live {
		note = wb.tell("Furthest from the level named first, by the mean distance: a recipient at the level or above counts 0. There are so many returns that these figures are values, so no other level can be chosen.")
		level.Input = false
	}
	c.Text(1, 2, fr.Subtitle(), note)
	c.Text(2, 4, fr.Style(pages.Look{Bold: true, Right: true, Size: 12}), wb.tell("Level to reach:"))
	c.Number(3, 4, fr.Style(level), float64(k.aim))
	c.Height(4, 22)
	var numbers, legend []string
	for i, s := range wb.steps {
		if i > 0 {
			numbers = append(numbers, fmt.Sprint(s.Number))
		}
		legend = append(legend, fmt.Sprintf("%d %s", s.Number, s.Name))
	}
	c.Text(4, 4, fr.Subtitle(), strings.Join(legend, ", "))
	if len(numbers) > 0 && wb.live {
		p.Dropdown("C4", `"`+strings.Join(numbers, ",")+`"`, wb.tell("Level to reach"), wb.tell("Choose a level. The list is sorted by the mean distance to it."))
	}
	for i, h := range headings {
		style := fr.HeadCentre()
		if i+1 == nextCol || i > 0 && i < 3 {
			style = fr.Head()
		}
		c.Text(i+1, prioritiesHead, style, h)
	}
	c.Height(prioritiesHead, 34)
	height := wb.priorityHeight()
	for i := range k.ranks {
		wb.priorityRow(c, i+1, targetCol, nextCol)
		c.Height(prioritiesHead+i+1, height)
	}
	last := prioritiesHead + max(1, wb.scored)
	p.Table(fr.Free("PrioritiesTable"), 1, prioritiesHead, last, headings)
	p.Bars(sheetdata.Ref(6, prioritiesHead+1)+":"+sheetdata.Ref(6, last), pages.LowPale)
	p.CanvasRows(c)
}

// priorityHeight is enough for every criterion: which one a row shows changes with the level chosen.
func (wb *workbook) priorityHeight() float64 {
	lines := 1
	for i := range wb.criteria[:wb.scored] {
		x := &wb.criteria[i]
		lines = max(lines, pages.LinesIn(x.Ref+"  "+x.Subject, prioritySubject), pages.LinesIn(x.topic, priorityTopic))
		if wb.descriptors == "" {
			lines = max(lines, pages.LinesIn(x.Statement, priorityText))
		}
		for _, d := range x.Descriptors {
			lines = max(lines, pages.LinesIn(d, priorityText))
		}
	}
	return pages.HeightOf(lines)
}

func (wb *workbook) priorityRow(c *pages.Canvas, rank, targetCol, nextCol int) {
	fr, k, crit := wb.fr, &wb.prioritiesAt, &wb.crit
	r := prioritiesHead + rank
	i := slices.Index(k.ranks, rank)
	x, t := &wb.criteria[i], &crit.tallies[i]
	at := fmt.Sprintf("MATCH($A%d,%s,0)", r, crit.priority)
	pick := func(name string) string { return fmt.Sprintf("INDEX(%s,%s,1)", name, at) }
	wrapped, whole := fr.Wrapped(), fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Format: pages.FormatWhole})
	c.Number(1, r, whole, float64(rank))
	wb.calc(c, 2, r, wrapped, pick(crit.ref)+`&"  "&`+pick(crit.subject), sheetdata.Str(x.Ref+"  "+x.Subject))
	wb.calc(c, 3, r, wrapped, pick(crit.topic), sheetdata.Str(x.topic))
	wb.calc(c, 4, r, whole, pick(crit.answered), num(t.n))
	wb.calc(c, 5, r, fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Bold: true, Format: pages.FormatWhole}), pick(crit.below), num(k.below[i]))
	wb.calc(c, 6, r, fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Format: pages.FormatPercent}), fmt.Sprintf(`IF(D%d=0,"",E%d/D%d)`, r, r, r), shown(share(k.below[i], t.n)))
	median := wb.columnSpread(i).quartile(2)
	wb.calc(c, 7, r, fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Format: pages.FormatDecimal}), pick(crit.median), shown(median))
	wb.calc(c, 8, r, fr.Style(pages.Look{Lined: true, Top: true, Centred: true, Format: pages.FormatTwo}), pick(crit.distance), sheetdata.Num(k.distances[i]))
	if targetCol > 0 {
		wb.calc(c, targetCol, r, whole, pick(crit.withTarget)+"-"+pick(crit.atTarget), num(crit.targets[i][0]-crit.targets[i][1]))
	}
	order := pick(crit.order)
	if wb.descriptors == "" {
		wb.calc(c, nextCol, r, wrapped, fmt.Sprintf(`INDEX(%s,%s,1)&""`, wb.statements, order), sheetdata.Str(x.Statement))
		return
	}
	low, high := wb.t.Levels[0].Number, wb.t.Levels[len(wb.t.Levels)-1].Number
	f := fmt.Sprintf(`IF(G%d="","",INDEX(%s,%s,MIN(%d,INT(G%d)+1)-%d)&"")`, r, wb.descriptors, order, high, r, low-1)
	v := ""
	if m, ok := median.Get(); ok {
		v = x.Descriptors[min(high, int(m)+1)]
	}
	wb.calc(c, nextCol, r, wrapped, f, sheetdata.Str(v))
}
