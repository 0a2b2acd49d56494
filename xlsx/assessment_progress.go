package xlsx

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/xuri/excelize/v2"
)

// writeProgress adds a line for each topic: a link to it, and how far it is filled in.
func (b *book) writeProgress(s *sheetText, p *plan) {
	s.heading(b.w.Get("progress"))
	head := look{bold: true, lines: lineBelow, wrap: true, down: "bottom"}
	for i, key := range []string{"progress_topic", "progress_answered", "progress_of", "progress_attention", "progress_done"} {
		l := head
		if i > 0 {
			l.across = "right"
		}
		col := startLabel
		if i > 0 {
			col = startGiven - 1 + i
		}
		b.put(s.sheet, col, s.row, b.w.Get(key), l)
	}
	b.dress(s.sheet, startValue, s.row, startValue, s.row, head)
	b.height(s.sheet, s.row, 32)
	s.row++
	from := s.row
	line := func(name string, spans []span, criteria int, bold bool) {
		l := look{lines: lineBelow, down: "center", bold: bold}
		number := l
		number.across = "right"
		b.merge(s.sheet, startLabel, s.row, startValue, s.row, l)
		b.put(s.sheet, startLabel, s.row, name, l)
		done := over("SUM", listDone, spans)
		b.calc(s.sheet, startGiven, s.row, given(spans), 0, number)
		b.put(s.sheet, startGiven+1, s.row, criteria, number)
		b.calc(s.sheet, startGiven+2, s.row, cell(startGiven, s.row)+"-"+done, 0, number)
		number.format = "0%"
		b.calc(s.sheet, startGiven+3, s.row, fmt.Sprintf("%s/%d", done, criteria), 0, number)
	}
	for i, topic := range b.t.Topics {
		title := topicTitle(topic)
		line(title, p.topics[i].rows, max(p.topics[i].criteria, 1), false)
		b.dress(s.sheet, startLabel, s.row, startLabel, s.row, look{lines: lineBelow, down: "center", wrap: true, link: true, ink: b.pal.accentInk})
		b.link(s.sheet, startLabel, s.row, fmt.Sprintf("%s!A%d", SheetAssessment, p.topics[i].row), b.w.Get("go_to_topic"))
		b.height(s.sheet, s.row, rowHeight(textHeight(title, fontSize, false, s.across(startLabel, startValue)), 8))
		s.row++
	}
	line(b.w.Get("progress_all"), []span{{listsHeader + 1, listsHeader + len(p.order)}}, len(p.order), true)
	b.height(s.sheet, s.row, 22)
	b.name("Answers_given", fixed(s.sheet, startGiven, s.row, startGiven, s.row))
	b.check(b.f.SetConditionalFormat(s.sheet, area(startGiven+3, from, startGiven+3, s.row), []excelize.ConditionalFormatOptions{{
		Type: "data_bar", Criteria: "=", MinType: "num", MaxType: "num", MinValue: "0", MaxValue: "1",
		BarColor: "#" + parseColour(b.pal.accent).mix(white, 0.55).String(), BarSolid: true,
	}}))
	s.row++
}

// writeScale explains the levels, and the ratings where there are statements.
func (b *book) writeScale(s *sheetText) {
	s.heading(b.w.Get("the_levels"))
	for _, l := range b.t.Levels {
		name := fmt.Sprintf("%d – %s", l.Number, l.Name)
		if l.AltName != "" {
			name += " (" + l.AltName + ")"
		}
		b.scaleLine(s, name, l.Meaning)
	}
	if hasKind(b.t, models.KindStatement) {
		s.heading(b.w.Get("the_ratings"))
		for _, step := range b.t.RatingScale() {
			b.scaleLine(s, step.Label(), b.w.Get(fmt.Sprintf("rating_%d_meaning", step.Number)))
		}
	}
}

func (b *book) scaleLine(s *sheetText, name, meaning string) {
	b.put(s.sheet, startLabel, s.row, name, look{bold: true, wrap: true})
	b.merge(s.sheet, startValue, s.row, startLast, s.row, look{wrap: true})
	b.put(s.sheet, startValue, s.row, meaning, look{wrap: true})
	h := max(textHeight(name, fontSize, true, startWidths[startLabel-1]), textHeight(meaning, fontSize, false, s.across(startValue, startLast)))
	b.height(s.sheet, s.row, rowHeight(h, 5))
	s.row++
}
