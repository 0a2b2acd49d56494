package consolidated

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
)

// overviewChange repeats a topic's median change, and how many recipients it rests on.
func (wb *workbook) overviewChange(c *pages.Canvas, col, row, topic int) {
	fr := wb.fr
	x, from := wb.overTime.of(topic)
	if x.hidden {
		wb.hatch(c, col, row, x.why.Median, wb.in.Disclosure.LeastForMedian())
		wb.hatch(c, col+1, row, x.why.Median, wb.in.Disclosure.LeastForMedian())
		return
	}
	s := spreadOf(x.change)
	at := pages.Quoted(wb.tell(overTimeSheet)) + "!"
	wb.calc(c, col, row, fr.Num(pages.FormatWhole), fmt.Sprintf("%sB%d", at, from), num(len(s)))
	wb.calc(c, col+1, row, fr.StrongNum(x.signed), fmt.Sprintf("%sE%d", at, from), shown(s.quartile(2)))
}

// earlierInShort names the earlier round where there is no room for a long title.
func (wb *workbook) earlierInShort() string {
	if s := wb.earlier(); utf8.RuneCountInString(s) <= 50 {
		return s
	}
	return wb.tell("the earlier round")
}

// changeHeadline says in a line what has changed most since the earlier round.
func (wb *workbook) changeHeadline() string {
	o := &wb.overTime
	text := wb.tell("Since %s: %d recipients returned both times.", wb.earlierInShort(), len(wb.in.Comparison.Recipients))
	if x := o.overall(); x != nil && x.why.Moves == "" && wb.staged() {
		up, down := x.moved()
		n := len(spreadOf(x.change))
		return text + " " + wb.tell("%d of them attain a higher level, %d the same, %d a lower one.", up, n-up-down, down)
	}
	var rise, fall *changeLine
	hidden, topics := 0, 0
	var most, least float64
	for i := range o.lines {
		x := &o.lines[i]
		if x.topic >= 0 {
			topics++
		}
		if x.topic >= 0 && x.hidden {
			hidden++
		}
		m, ok := spreadOf(x.change).quartile(2).Get()
		if x.topic < 0 || x.hidden || !ok {
			continue
		}
		if m > most+leastChange {
			rise, most = x, m
		}
		if m < least-leastChange {
			fall, least = x, m
		}
	}
	var parts []string
	rises, falls := "Largest rise: %s (%s).", "Largest fall: %s (%s)."
	if hidden > 0 {
		rises, falls = "Largest rise that is given: %s (%s).", "Largest fall that is given: %s (%s)."
	}
	if rise != nil {
		parts = append(parts, wb.tell(rises, rise.name, wb.signed(most)))
	}
	if fall != nil {
		parts = append(parts, wb.tell(falls, fall.name, wb.signed(least)))
	}
	switch {
	case hidden == topics:
		return text + " " + wb.tell("What changed is not given in this edition; the sheet Over time says why.")
	case len(parts) == 0 && hidden > 0:
		parts = append(parts, wb.tell("No median change that is given in this edition is other than zero."))
	case len(parts) == 0:
		parts = append(parts, wb.tell("No topic's median change is other than zero."))
	}
	return text + " " + strings.Join(parts, " ")
}

// signed is a change of a topic's score as text, as its cell shows it.
func (wb *workbook) signed(x float64) string {
	s, unit := models.Some(x).Format(2), ""
	if wb.staged() {
		s, unit = models.Some(100*x).Format(0), "%"+wb.tell("-pt")
	}
	if x > 0 {
		s = "+" + s
	}
	return wb.words.Number(s) + unit
}

// overall is the line of the overall score, or nil.
func (o *overTime) overall() *changeLine {
	if len(o.lines) > 0 && o.lines[0].topic < 0 {
		return &o.lines[0]
	}
	return nil
}

// of is the line of a topic, and its row on the sheet Over time. Every topic has one.
func (o *overTime) of(topic int) (*changeLine, int) {
	for i := range o.lines {
		if o.lines[i].topic == topic {
			return &o.lines[i], o.first + i
		}
	}
	return nil, 0
}
