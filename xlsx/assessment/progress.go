package assessment

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// writeProgress adds a line for each topic: a link to it, and how far it is filled in.
func (b *book) writeProgress(s *draw.Text, p *plan) {
	s.Heading(b.Words.Get("progress"))
	head := draw.Look{Bold: true, Lines: draw.LineBelow, Wrap: true, Down: "bottom"}
	for i, key := range []string{"progress_topic", "progress_answered", "progress_of", "progress_attention", "progress_done"} {
		l := head
		if i > 0 {
			l.Across = "right"
		}
		col := startLabel
		if i > 0 {
			col = startGiven - 1 + i
		}
		b.Put(s.Sheet, col, s.Row, b.Words.Get(key), l)
	}
	b.Dress(s.Sheet, startValue, s.Row, startValue, s.Row, head)
	b.Height(s.Sheet, s.Row, 32)
	s.Row++
	from := s.Row
	line := func(name string, spans []draw.Span, criteria int, bold bool) {
		l := draw.Look{Lines: draw.LineBelow, Down: "center", Bold: bold}
		number := l
		number.Across = "right"
		b.Merge(s.Sheet, startLabel, s.Row, startValue, s.Row, l)
		b.Put(s.Sheet, startLabel, s.Row, name, l)
		done := over("SUM", listDone, spans)
		b.Calc(s.Sheet, startGiven, s.Row, given(spans), 0, number)
		b.Put(s.Sheet, startGiven+1, s.Row, criteria, number)
		b.Calc(s.Sheet, startGiven+2, s.Row, draw.Cell(startGiven, s.Row)+"-"+done, 0, number)
		number.Format = "0%"
		b.Calc(s.Sheet, startGiven+3, s.Row, fmt.Sprintf("%s/%d", done, criteria), 0, number)
	}
	for i, topic := range b.t.Topics {
		title := layout.TopicTitle(topic)
		line(title, p.topics[i].rows, max(p.topics[i].criteria, 1), false)
		b.Dress(s.Sheet, startLabel, s.Row, startLabel, s.Row, draw.Look{Lines: draw.LineBelow, Down: "center", Wrap: true, Link: true, Ink: b.Palette.AccentInk})
		b.Link(s.Sheet, startLabel, s.Row, fmt.Sprintf("%s!A%d", layout.SheetAssessment, p.topics[i].row), b.Words.Get("go_to_topic"))
		b.Height(s.Sheet, s.Row, draw.RowHeight(draw.TextHeight(title, draw.FontSize, false, s.Across(startLabel, startValue)), 8))
		s.Row++
	}
	line(b.Words.Get("progress_all"), []draw.Span{{From: listsHeader + 1, To: listsHeader + len(p.order)}}, len(p.order), true)
	b.Height(s.Sheet, s.Row, 22)
	b.Name("Answers_given", draw.Fixed(s.Sheet, startGiven, s.Row, startGiven, s.Row))
	b.Check(b.File.SetConditionalFormat(s.Sheet, draw.Area(startGiven+3, from, startGiven+3, s.Row), []excelize.ConditionalFormatOptions{{
		Type: "data_bar", Criteria: "=", MinType: "num", MaxType: "num", MinValue: "0", MaxValue: "1",
		BarColor: "#" + draw.ParseColour(b.Palette.Accent).Mix(draw.White, 0.55).String(), BarSolid: true,
	}}))
	s.Row++
}

// writeScale explains the levels, and the ratings where there are statements.
func (b *book) writeScale(s *draw.Text) {
	s.Heading(b.Words.Get("the_levels"))
	for _, l := range b.t.Levels {
		name := fmt.Sprintf("%d – %s", l.Number, l.Name)
		if l.AltName != "" {
			name += " (" + l.AltName + ")"
		}
		b.scaleLine(s, name, l.Meaning)
	}
	if hasKind(b.t, models.KindStatement) {
		s.Heading(b.Words.Get("the_ratings"))
		for _, step := range b.t.RatingScale() {
			b.scaleLine(s, step.Label(), b.Words.Get(fmt.Sprintf("rating_%d_meaning", step.Number)))
		}
	}
}

func (b *book) scaleLine(s *draw.Text, name, meaning string) {
	b.Put(s.Sheet, startLabel, s.Row, name, draw.Look{Bold: true, Wrap: true})
	b.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, draw.Look{Wrap: true})
	b.Put(s.Sheet, startValue, s.Row, meaning, draw.Look{Wrap: true})
	h := max(draw.TextHeight(name, draw.FontSize, true, startWidths[startLabel-1]), draw.TextHeight(meaning, draw.FontSize, false, s.Across(startValue, startLast)))
	b.Height(s.Sheet, s.Row, draw.RowHeight(h, 5))
	s.Row++
}
