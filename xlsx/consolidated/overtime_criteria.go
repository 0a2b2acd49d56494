package consolidated

import (
	"fmt"

	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// levelMoves counts the recipients by the level attained then and now, and returns the next free row.
func (wb *workbook) levelMoves(c *pages.Canvas, r int) int {
	fr, x := wb.fr, &wb.overTime.lines[0]
	headings := wb.tellAll("Level attained then")
	for _, lv := range wb.t.Levels {
		headings = append(headings, wb.tell("Now %d", lv.Number))
	}
	first := fr.Block(c, r, wb.tell("Levels attained, then and now"), wb.tell("How many recipients went from one level to another. Right of the diagonal they went up, left of it down; the diagonal is bold."), headings...)
	moves := map[[2]int]int{}
	for i := range x.change {
		then, ok := x.then[i].Get()
		now, ok2 := x.now[i].Get()
		if ok && ok2 {
			moves[[2]int{int(then), int(now)}]++
		}
	}
	for i, from := range wb.t.Levels {
		c.Text(1, first+i, fr.Text(), fmt.Sprintf("%d – %s", from.Number, from.Name))
		for k, to := range wb.t.Levels {
			style := fr.Num(pages.FormatWhole)
			if i == k {
				style = fr.Style(pages.Look{Lined: true, Format: pages.FormatWhole, Centred: true, Bold: true, Fill: pages.Band})
			}
			f := fmt.Sprintf("COUNTIFS(%s,%d,%s,%d)", x.thenName, from.Number, x.nowName, to.Number)
			wb.calc(c, 2+k, first+i, style, f, num(moves[[2]int{from.Number, to.Number}]))
		}
	}
	return first + len(wb.t.Levels) + 2
}

// changesByCriterion writes a line for each criterion compared, and returns the next free row.
func (wb *workbook) changesByCriterion(p *pages.Page, c *pages.Canvas, r int) int {
	fr := wb.fr
	first := fr.Block(c, r, wb.tell("By criterion"), wb.tell("Means over the recipients that answered the criterion both times. These figures are values: the earlier round's answers are not in this workbook."),
		wb.tellAll("Criterion", "Recipients compared", "Mean then", "Mean now", "Change", "Up", "Same", "Down")...)
	// The further pages are nearly all this table, so its headings are repeated.
	p.BreakBefore(r)
	p.Print(true, false, first-1, first-1)
	at := wb.positions()
	whole, two, signed := fr.Num(pages.FormatWhole), fr.Num(pages.FormatTwo), fr.StrongNum(formatChange)
	r = first
	for i := range wb.in.Comparison.Criteria {
		x := &wb.in.Comparison.Criteria[i]
		name := x.Ref
		if k, ok := at[x.Ref]; ok {
			name += "  " + wb.criteria[k].Subject
		}
		if x.EarlierRef != "" && x.EarlierRef != x.Ref {
			name += wb.tell(" (then %s)", x.EarlierRef)
		}
		c.Text(1, r, fr.Text(), name)
		c.Number(2, r, whole, float64(x.Recipients))
		for k, f := range []struct {
			v     sheetdata.Value
			style int
		}{{shown(x.Earlier), two}, {shown(x.Later), two}, {shown(x.Change), signed}} {
			c.Put(3+k, r, pages.Cell{Style: f.style, Value: f.v, Kind: pages.ValueCell})
		}
		for k, n := range []int{x.Up, x.Same, x.Down} {
			c.Number(6+k, r, whole, float64(n))
		}
		r++
	}
	if last := r - 1; last >= first {
		low, high := float64(wb.steps.Lowest()), float64(wb.steps.Highest())
		p.Heat(sheetdata.Ref(3, first)+":"+sheetdata.Ref(4, last), low, high)
		p.ChangeHeat(sheetdata.Ref(5, first)+":"+sheetdata.Ref(5, last), high-low)
	}
	return r + 2
}

// notCompared lists who returned only once, and the criteria that are not the same in both rounds.
func (wb *workbook) notCompared(c *pages.Canvas, r int) {
	fr, x := wb.fr, wb.in.Comparison
	r = fr.Block(c, r, wb.tell("Not compared"), wb.tell("Joined: returned this time only. Left: returned the earlier time only. Added, dropped: a criterion of one of the two templates only. Altered: its wording or scale changed."),
		wb.tellAll("Recipient or criterion", "Why")...)
	names, at := wb.names(), wb.positions()
	list := func(why string, ids []string, name func(string) string) {
		for _, id := range ids {
			text := id
			if n := name(id); n != "" {
				text += "  " + n
			}
			c.Text(1, r, fr.Text(), text)
			c.Text(2, r, fr.Text(), why)
			r++
		}
	}
	recipient := func(id string) string { return names[id] }
	subject := func(ref string) string {
		if k, ok := at[ref]; ok {
			return wb.criteria[k].Subject
		}
		return ""
	}
	list(wb.tell("Joined"), x.Joined, recipient)
	list(wb.tell("Left"), x.Left, recipient)
	list(wb.tell("Added"), x.Added, subject)
	list(wb.tell("Dropped"), x.Dropped, func(string) string { return "" })
	list(wb.tell("Altered"), x.Altered, subject)
	if len(x.Joined)+len(x.Left)+len(x.Added)+len(x.Dropped)+len(x.Altered) == 0 {
		c.Text(1, r, fr.Text(), wb.tell("None: everything is compared."))
		c.Text(2, r, fr.Text(), "")
	}
}
