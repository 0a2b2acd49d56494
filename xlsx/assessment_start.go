package xlsx

import (
	"strings"

	"github.com/rubric-project/rubric/models"
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

// sheetText is a sheet that is written from top to bottom.
type sheetText struct {
	*book
	sheet  string
	row    int
	label  int
	last   int
	widths []float64
	// blocks are the rows that should stay on one page.
	blocks []span
	// opened is the row of the last heading.
	opened int
	// first is the first cell to fill in, which is selected when the workbook is opened.
	first string
}

func (s *sheetText) across(from, to int) float64 {
	w := 0.0
	for _, x := range s.widths[from-1 : to] {
		w += x
	}
	return w
}

// heading begins a section. The section before it is kept on one page where it fits.
func (s *sheetText) heading(text string) {
	s.close()
	s.opened = s.row
	s.row++
	s.height(s.sheet, s.row, 10)
	s.row++
	l := look{size: 13, bold: true, ink: s.pal.accentInk, lines: accentBelow, down: "center"}
	s.dress(s.sheet, s.label, s.row, s.last, s.row, l)
	s.put(s.sheet, s.label, s.row, text, l)
	s.height(s.sheet, s.row, 24)
	s.row++
	s.height(s.sheet, s.row, 5)
	s.row++
}

// close ends the section that was begun last.
func (s *sheetText) close() {
	if s.opened > 0 {
		s.keep(s.opened, s.row-1)
	}
	s.opened = 0
}

// paragraph writes a text over the whole width.
func (s *sheetText) paragraph(text string, l look) {
	l.wrap = true
	s.merge(s.sheet, s.label, s.row, s.last, s.row, l)
	s.put(s.sheet, s.label, s.row, text, l)
	size := l.size
	if size == 0 {
		size = fontSize
	}
	s.height(s.sheet, s.row, rowHeight(textHeight(text, size, l.bold, s.across(s.label, s.last)-2*float64(l.indent)), 5))
	s.row++
}

// writeStart fills the sheet Start.
func (b *book) writeStart(p *plan) {
	s := &sheetText{book: b, sheet: SheetStart, row: 1, label: startLabel, last: startLast, widths: startWidths}
	for i, w := range startWidths {
		b.width(SheetStart, i+1, w)
	}
	b.writeStartTitle(s)
	b.writeIdentity(s)
	s.heading(b.w.Get("how_to"))
	if b.t.About != "" {
		s.paragraph(b.t.About, look{})
	}
	for i, text := range b.steps(p) {
		l := look{wrap: true, bold: true, ink: b.pal.accentInk, across: "left"}
		b.put(s.sheet, startLabel, s.row, b.w.Say("step", "number", i+1), l)
		b.merge(s.sheet, startValue, s.row, startLast, s.row, look{wrap: true})
		b.put(s.sheet, startValue, s.row, text, look{wrap: true})
		b.height(s.sheet, s.row, rowHeight(textHeight(text, fontSize, false, s.across(startValue, startLast)), 7))
		s.row++
	}
	b.writeRespondent(s)
	if b.since != "" {
		b.writeCarriedCheck(s)
	}
	b.writeQuestions(s)
	b.writeProgress(s, p)
	b.writeScale(s)
	s.heading(b.w.Get("about"))
	small := look{ink: b.pal.muted}
	s.paragraph(b.w.Say("about_version", "title", strings.TrimSuffix(b.t.Title, "."), "version", b.t.Version, "publisher", strings.TrimSuffix(b.t.Publisher, ".")), small)
	s.paragraph(b.w.Say("about_source", "source", b.t.Source), small)
	s.paragraph(b.t.Licence, small)
	if b.t.Wording != "" {
		s.paragraph(b.t.Wording, small)
	}
	b.check(b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: fixed(SheetStart, 1, 1, startLast, s.row), Scope: SheetStart,
	}))
	b.check(b.f.SetPanes(SheetStart, &excelize.Panes{
		Selection: []excelize.Selection{{SQRef: s.first, ActiveCell: s.first}},
	}))
	s.close()
	b.breakPages(SheetStart, s.row, s.across(1, startLast), false, 0, s.blocks, nil)
	b.page(SheetStart, "portrait")
	b.protect(SheetStart)
}

func (b *book) writeStartTitle(s *sheetText) {
	fill := look{fill: b.pal.accent}
	title := look{fill: b.pal.accent, ink: b.pal.onAccent, size: 20, bold: true, wrap: true, down: "bottom"}
	width := s.across(startLabel, startLast)
	b.dress(s.sheet, 1, 1, startLast, 2, fill)
	b.merge(s.sheet, startLabel, 1, startLast, 1, title)
	b.put(s.sheet, startLabel, 1, b.rd.Title, title)
	b.height(s.sheet, 1, rowHeight(textHeight(b.rd.Title, 20, true, width), 18))
	sub := b.t.Title
	if b.rd.Organiser != "" {
		sub += "\n" + b.rd.Organiser
	}
	l := look{fill: b.pal.accent, ink: b.pal.onAccent, size: 11, wrap: true, down: "top"}
	b.merge(s.sheet, startLabel, 2, startLast, 2, l)
	b.put(s.sheet, startLabel, 2, sub, l)
	b.height(s.sheet, 2, rowHeight(textHeight(sub, 11, false, width), 16))
	s.row = 3
	b.height(s.sheet, s.row, 10)
	s.row++
}

func (b *book) writeIdentity(s *sheetText) {
	label := look{bold: true, ink: b.pal.muted, down: "center"}
	value := look{wrap: true, down: "center"}
	line := func(name, text string, l look, least float64) {
		b.put(s.sheet, startLabel, s.row, name, label)
		b.merge(s.sheet, startValue, s.row, startLast, s.row, l)
		b.put(s.sheet, startValue, s.row, text, l)
		size := max(l.size, fontSize)
		b.height(s.sheet, s.row, max(least, rowHeight(textHeight(text, size, l.bold, s.across(startValue, startLast)), 7)))
		s.row++
	}
	// The name stands in a gap: room for a long one is kept, since the row is the same in every copy.
	line(b.w.Get(labelOrganisation), gapName, look{wrap: true, bold: true, size: 13, down: "center"}, 40)
	b.name("Organisation_name", fixed(SheetStart, startValue, s.row-1, startValue, s.row-1))
	line(b.w.Get(labelReference), gapReference, look{bold: true, down: "center"}, 20)
	b.name("Reference", fixed(SheetStart, startValue, s.row-1, startValue, s.row-1))
	if b.part != "" {
		line(b.w.Get(labelPart), b.part, value, 20)
		line(b.w.Get(labelFor), gapFor, look{wrap: true, bold: true, down: "center"}, 20)
	}
	line(b.w.Get("return_by"), b.day(b.rd.Due), look{bold: true, down: "center"}, 20)
	if contact := b.contact(); contact != "" {
		line(b.w.Get("questions_to"), contact, value, 20)
		if b.rd.Contact.Email != "" {
			l := value
			l.link, l.ink = true, b.pal.accentInk
			b.merge(s.sheet, startValue, s.row-1, startLast, s.row-1, l)
			tip := b.w.Get("write_email")
			b.check(b.f.SetCellHyperLink(s.sheet, cell(startValue, s.row-1), "mailto:"+b.rd.Contact.Email, "External",
				excelize.HyperlinkOpts{Tooltip: &tip}))
		}
	}
	if b.rd.Look.Marking != "" {
		line(b.w.Get("marking"), b.rd.Look.Marking, look{bold: true, wrap: true, down: "center"}, 20)
	}
}

func (b *book) contact() string {
	var parts []string
	for _, x := range []string{b.rd.Contact.Name, b.rd.Contact.Email, b.rd.Contact.Phone} {
		if x != "" {
			parts = append(parts, x)
		}
	}
	return strings.Join(parts, ", ")
}

func (b *book) steps(p *plan) []string {
	w := b.w
	key, column := "step_level", w.Get(headings[colAnswer])
	if !p.byLevel {
		key, column = "step_rating", w.Get(answerHeadingRated)
	}
	answer := w.Say(key, "sheet", w.Get("sheet_assessment"), "column", column)
	if b.t.Answers.Targets {
		answer += " " + w.Get("step_target")
	}
	extra := w.Get("step_texts")
	if b.t.Answers.NotApplicable {
		key := "step_na"
		if b.t.Answers.CommentRequired.NotApplicable {
			key = "step_na_comment"
		}
		extra = w.Say(key, "not_applicable", b.t.NotApplicable(), "comment", w.Get(headings[colComment]))
	}
	back, address := "step_return", b.rd.ReplyTo
	if address == "" {
		address = b.rd.Contact.Email
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
		w.Say("step_left", "status", w.Get(headings[colStatus]), "progress", w.Get("progress")),
		w.Say("step_results", "sheet", w.Get("sheet_results")),
		w.Say(back, "address", address, "date", b.day(b.rd.Due)),
	}
}

// day writes a date as people read it.
func (b *book) day(d models.Date) string { return b.w.Day(d.Year(), int(d.Month()), d.Day()) }

// cutTitle is a text as the title of a prompt, of which Excel takes 32 characters.
func cutTitle(s string) string {
	if r := []rune(s); len(r) > 32 {
		return string(r[:31]) + "…"
	}
	return s
}

func (b *book) writeRespondent(s *sheetText) {
	s.heading(b.w.Get("about_you"))
	field := look{lines: fieldLines, fill: b.pal.input, open: true, wrap: true, down: "center", across: "left", indent: 1}
	for _, label := range []string{labelName, labelRole, labelDate, labelSignedBy} {
		b.put(s.sheet, startLabel, s.row, b.w.Get(label), look{bold: true, down: "center"})
		l := field
		if s.first == "" {
			s.first = cell(startValue, s.row)
		}
		if label == labelDate {
			l.format = "d mmmm yyyy"
			b.dateRule(s)
		}
		b.merge(s.sheet, startValue, s.row, startLast, s.row, l)
		b.name("Respondent_"+label, fixed(s.sheet, startValue, s.row, startValue, s.row))
		b.height(s.sheet, s.row, 24)
		s.row++
	}
}

func (b *book) dateRule(s *sheetText) {
	title, text := b.w.Get("date_error_title"), b.w.Get("date_error")
	promptTitle, promptText := cutTitle(b.w.Get(labelDate)), b.w.Get("date_prompt")
	style := "stop"
	b.check(b.f.AddDataValidation(s.sheet, &excelize.DataValidation{
		AllowBlank: true, Type: "date", Operator: "greaterThan", Formula1: "36526", // 1 January 2000
		Sqref:            cell(startValue, s.row),
		ShowErrorMessage: true, ErrorStyle: &style, ErrorTitle: &title, Error: &text,
		ShowInputMessage: true, PromptTitle: &promptTitle, Prompt: &promptText,
	}))
}
