package assessment

import (
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/xuri/excelize/v2"
)

// The columns of the sheet Start, in units of column width.
var startWidths = []float64{2.5, 25, 22, 11, 9, 12, 21}

const (
	startLabel = 2
	startValue = 3
	startLast  = 7
	// The columns of the table of progress; the topic's name takes two.
	startGiven = 4
)

// writeStart fills the sheet Start.
func (b *book) writeStart(p *plan) {
	s := &draw.Text{Book: b.Book, Sheet: layout.SheetStart, Row: 1, Label: startLabel, Last: startLast, Widths: startWidths}
	for i, w := range startWidths {
		b.Width(layout.SheetStart, i+1, w)
	}
	b.writeStartTitle(s)
	b.writeIdentity(s)
	b.writePurpose(s, p)
	s.Heading(b.Words.Get("how_to"))
	if b.t.About != "" {
		s.Paragraph(b.t.About, draw.Look{})
	}
	for i, text := range b.steps(p) {
		l := draw.Look{Wrap: true, Bold: true, Ink: b.Palette.AccentInk, Across: "left"}
		b.Put(s.Sheet, startLabel, s.Row, b.Words.Say("step", "number", i+1), l)
		b.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, draw.Look{Wrap: true})
		b.Put(s.Sheet, startValue, s.Row, text, draw.Look{Wrap: true})
		b.Height(s.Sheet, s.Row, draw.RowHeight(draw.TextHeight(text, draw.FontSize, false, s.Across(startValue, startLast)), 7))
		s.Row++
	}
	b.writeRespondent(s)
	b.writeQuestions(p, s)
	b.writeProgress(s, p)
	b.writeScale(s)
	s.Heading(b.Words.Get("about"))
	small := draw.Look{Ink: b.Palette.Muted}
	s.Paragraph(b.Words.Say("about_version", "title", strings.TrimSuffix(b.t.Title, "."), "version", b.t.Version, "publisher", strings.TrimSuffix(b.t.Publisher, ".")), small)
	s.Paragraph(b.Words.Say("about_source", "source", b.t.Source), small)
	s.Paragraph(b.t.Licence, small)
	if b.t.Wording != "" {
		s.Paragraph(b.t.Wording, small)
	}
	b.Check(b.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: draw.Fixed(layout.SheetStart, 1, 1, startLast, s.Row), Scope: layout.SheetStart,
	}))
	b.Check(b.File.SetPanes(layout.SheetStart, &excelize.Panes{
		Selection: []excelize.Selection{{SQRef: s.First, ActiveCell: s.First}},
	}))
	s.Close()
	b.BreakPages(layout.SheetStart, s.Row, s.Across(1, startLast), false, 0, s.Blocks, nil)
	b.page(layout.SheetStart, "portrait")
	b.Protect(layout.SheetStart)
}

func (b *book) writeStartTitle(s *draw.Text) {
	fill := draw.Look{Fill: b.Palette.Accent}
	title := draw.Look{Fill: b.Palette.Accent, Ink: b.Palette.OnAccent, Size: 20, Bold: true, Wrap: true, Down: "bottom"}
	width := s.Across(startLabel, startLast)
	b.Dress(s.Sheet, 1, 1, startLast, 2, fill)
	b.Merge(s.Sheet, startLabel, 1, startLast, 1, title)
	b.Put(s.Sheet, startLabel, 1, b.Round.Title, title)
	b.Height(s.Sheet, 1, draw.RowHeight(draw.TextHeight(b.Round.Title, 20, true, width), 18))
	sub := b.t.Title
	if b.Round.Organiser != "" {
		sub += "\n" + b.Round.Organiser
	}
	l := draw.Look{Fill: b.Palette.Accent, Ink: b.Palette.OnAccent, Size: 11, Wrap: true, Down: "top"}
	b.Merge(s.Sheet, startLabel, 2, startLast, 2, l)
	b.Put(s.Sheet, startLabel, 2, sub, l)
	b.Height(s.Sheet, 2, draw.RowHeight(draw.TextHeight(sub, 11, false, width), 16))
	s.Row = 3
	b.Height(s.Sheet, s.Row, 10)
	s.Row++
}

// identityLine is a line of what says whose a workbook is: a label and its text, in a row that has room for it.
func (b *book) identityLine(s *draw.Text, label, text string, l draw.Look, least float64) {
	b.Put(s.Sheet, startLabel, s.Row, label, draw.Look{Bold: true, Ink: b.Palette.Muted, Down: "center"})
	b.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, l)
	b.Put(s.Sheet, startValue, s.Row, text, l)
	b.Height(s.Sheet, s.Row, max(least, draw.RowHeight(draw.TextHeight(text, max(l.Size, draw.FontSize), l.Bold, s.Across(startValue, startLast)), 7)))
	s.Row++
}

func (b *book) writeIdentity(s *draw.Text) {
	value := draw.Look{Wrap: true, Down: "center"}
	line := func(name, text string, l draw.Look, least float64) { b.identityLine(s, name, text, l, least) }
	// The name stands in a gap: room for a long one is kept, since the row is the same in every copy.
	line(b.Words.Get(layout.LabelOrganisation), gapName, draw.Look{Wrap: true, Bold: true, Size: 13, Down: "center"}, 40)
	b.Name("Organisation_name", draw.Fixed(layout.SheetStart, startValue, s.Row-1, startValue, s.Row-1))
	line(b.Words.Get(layout.LabelReference), gapReference, draw.Look{Bold: true, Down: "center"}, 20)
	b.Name("Reference", draw.Fixed(layout.SheetStart, startValue, s.Row-1, startValue, s.Row-1))
	if b.part != "" {
		line(b.Words.Get(layout.LabelPart), b.part, value, 20)
		line(b.Words.Get(layout.LabelFor), gapFor, draw.Look{Wrap: true, Bold: true, Down: "center"}, 20)
	}
	line(b.Words.Get("return_by"), b.day(b.Round.Due), draw.Look{Bold: true, Down: "center"}, 20)
	if contact := b.Contact(); contact != "" {
		line(b.Words.Get("questions_to"), contact, value, 20)
		if b.Round.Contact.Email != "" {
			l := value
			l.Link, l.Ink = true, b.Palette.AccentInk
			b.Merge(s.Sheet, startValue, s.Row-1, startLast, s.Row-1, l)
			tip := b.Words.Get("write_email")
			b.Check(b.File.SetCellHyperLink(s.Sheet, draw.Cell(startValue, s.Row-1), "mailto:"+b.Round.Contact.Email, "External",
				excelize.HyperlinkOpts{Tooltip: &tip}))
		}
	}
	if b.Round.Look.Marking != "" {
		line(b.Words.Get("marking"), b.Round.Look.Marking, draw.Look{Bold: true, Wrap: true, Down: "center"}, 20)
	}
}

func (b *book) steps(p *plan) []string {
	w := b.Words
	key, column := "step_level", w.Get(layout.Headings[layout.Answer])
	if !p.leveled {
		key, column = "step_rating", w.Get(layout.AnswerHeadingRated)
	}
	answer := w.Say(key, "sheet", w.Get("sheet_assessment"), "column", column)
	if p.byLevel {
		answer = w.Say("step_levels", "sheet", w.Get("sheet_assessment"), "column", column, "levels", w.Get("sheet_levels"), "ref", w.Get(layout.Headings[layout.Ref]))
	}
	if b.t.Answers.Targets {
		answer += " " + w.Get("step_target")
	}
	extra := w.Get("step_texts")
	if b.t.Answers.NotApplicable {
		key := "step_na"
		if b.t.Answers.CommentRequired.NotApplicable {
			key = "step_na_comment"
		}
		extra = w.Say(key, "not_applicable", b.t.NotApplicable(), "comment", w.Get(layout.Headings[layout.Comment]))
	}
	back, address := "step_return", b.Round.ReplyTo
	if address == "" {
		address = b.Round.Contact.Email
	}
	if address != "" {
		back = "step_return_to"
	}
	fields := "step_fields"
	if len(b.t.Questions) > 0 {
		fields = "step_fields_questions"
	}
	return []string{
		w.Say(fields, "about_you", w.Get("about_you"), "questions", w.Get("questions")),
		answer + b.carriedStep(), extra,
		w.Say("step_left", "status", w.Get(layout.Headings[layout.Status]), "progress", w.Get("progress")),
		w.Say("step_results", "sheet", w.Get("sheet_results")),
		w.Say(back, "address", address, "date", b.day(b.Round.Due)),
	}
}

// writePurpose says what the assessment is for, how long it takes, and how far it is filled in.
func (b *book) writePurpose(s *draw.Text, p *plan) {
	text := b.purpose()
	l := draw.Look{Wrap: true, Down: "center"}
	b.Merge(s.Sheet, startLabel, s.Row, startLast, s.Row, l)
	b.Put(s.Sheet, startLabel, s.Row, text, l)
	b.Height(s.Sheet, s.Row, draw.RowHeight(draw.TextHeight(text, draw.FontSize, false, s.Across(startLabel, startLast)), 10))
	s.Row++
	b.Put(s.Sheet, startLabel, s.Row, b.Words.Get("progress"), draw.Look{Bold: true, Ink: b.Palette.Muted, Down: "center"})
	strong := draw.Look{Bold: true, Down: "center"}
	b.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, strong)
	b.Calc(s.Sheet, startValue, s.Row, b.progressText(p), b.progressBlank(p), strong)
	b.Height(s.Sheet, s.Row, 20)
	s.Row++
	if b.since == "" {
		return
	}
	strong.Wrap = true
	b.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, strong)
	b.Calc(s.Sheet, startValue, s.Row, b.Words.Formula("carried_left", "count", p.unconfirmed(), "round", `"`+quotes(b.since)+`"`),
		b.Words.Say("carried_left", "count", 0, "round", b.since), strong)
	longest := b.Words.Say("carried_left", "count", len(p.order), "round", b.since)
	b.Height(s.Sheet, s.Row, draw.RowHeight(draw.TextHeight(longest, draw.FontSize, true, s.Across(startValue, startLast)), 7))
	s.Row++
}

// day writes a date as people read it.
func (b *book) day(d models.Date) string { return b.Words.Day(d.Year(), int(d.Month()), d.Day()) }

// cutTitle is a text as the title of a prompt, of which Excel takes 32 characters.
func cutTitle(s string) string {
	if r := []rune(s); len(r) > 32 {
		return string(r[:31]) + "…"
	}
	return s
}

func (b *book) writeRespondent(s *draw.Text) {
	s.Heading(b.Words.Get("about_you"))
	field := draw.Look{Lines: draw.FieldLines, Fill: b.Palette.Input, Open: true, Wrap: true, Down: "center", Across: "left", Indent: 1}
	for _, label := range []string{layout.LabelName, layout.LabelRole, layout.LabelDate, layout.LabelSignedBy} {
		b.Put(s.Sheet, startLabel, s.Row, b.Words.Get(label), draw.Look{Bold: true, Down: "center"})
		l := field
		if s.First == "" {
			s.First = draw.Cell(startValue, s.Row)
		}
		if label == layout.LabelDate {
			l.Format = b.Words.DateFormat()
			b.dateRule(s)
		}
		b.Merge(s.Sheet, startValue, s.Row, startLast, s.Row, l)
		b.Name("Respondent_"+label, draw.Fixed(s.Sheet, startValue, s.Row, startValue, s.Row))
		b.Height(s.Sheet, s.Row, 24)
		s.Row++
	}
}

func (b *book) dateRule(s *draw.Text) {
	title, text := b.Words.Get("date_error_title"), b.Words.Get("date_error")
	promptTitle, promptText := cutTitle(b.Words.Get(layout.LabelDate)), b.Words.Get("date_prompt")
	style := "stop"
	b.Check(b.File.AddDataValidation(s.Sheet, &excelize.DataValidation{
		AllowBlank: true, Type: "date", Operator: "greaterThan", Formula1: "36526", // 1 January 2000
		Sqref:            draw.Cell(startValue, s.Row),
		ShowErrorMessage: true, ErrorStyle: &style, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &promptTitle, Prompt: &promptText,
	}))
}
