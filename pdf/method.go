package pdf

import (
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// method says how the figures came about and what they rest on.
func (s *sheet) method() {
	w := s.words
	s.heading(tagpdf.H2, w.Get("summary.method"), 44)
	t := s.card.Overall.Tally
	rests := w.Say("summary.method_counts", "answered", t.Answered, "total", t.Criteria, "not_applicable", t.NotApplicable, "blank", t.Blank)
	if t.Blank > 0 {
		rests += " " + w.Get("summary.method_blank")
	} else {
		rests += " " + w.Get("summary.method_no_blank")
	}
	list := []string{s.methodText(), rests, s.othersText(s.of.disclosure), w.Get("summary.method_choice")}
	list = append(list, s.apartTexts()...)
	if further := s.furtherMethods(); further != "" {
		list = append(list, further)
	}
	if decided := s.decidedText(); decided != "" {
		list = append(list, decided)
	}
	if len(s.missing) > 0 {
		list = append(list, w.Get("summary.method_missing"))
	}
	for i, text := range list {
		if i > 0 {
			s.y += 3
		}
		s.paragraph(text, s.look.td)
	}
}

// othersText says by which rules figures of others are shown.
func (f *flow) othersText(d *models.Disclosure) string {
	w, m := f.words, f.round.SmallestGroup()
	text := w.Say("summary.method_groups", "mean", m+1, "median", 2*m, "quartiles", 4*m)
	if d == nil {
		return text
	}
	if len(d.LeftOut) > 0 {
		var refs []string
		for _, x := range d.LeftOut {
			refs = append(refs, x.Ref)
		}
		text += " " + w.Say("summary.method_left_out", "refs", strings.Join(refs, ", "))
	}
	if !d.AsOf.IsZero() {
		text += " " + w.Say("summary.method_as_of", "date", w.Date(d.AsOf))
	}
	return text
}

// source names the model at the end of the figures.
func (s *sheet) source() {
	s.advance(3)
	s.paragraph(s.sourceText(), s.sourceStyle())
}

func (s *sheet) sourceStyle() style {
	small := s.look.figure
	small.color = s.look.gray
	return small
}

// sourceText names the model, its publisher and rights.
func (p *Printer) sourceText() string {
	t := p.template
	text := p.words.Say("summary.method_source", "title", t.Title, "version", t.Version, "publisher", t.Publisher, "source", t.Source, "licence", t.Licence)
	if t.Wording != "" {
		text += " " + t.Wording
	}
	return text
}

// methodText says how the method in force works.
func (p *Printer) methodText() string {
	info := p.methodInfo()
	key := info.Words
	if info.ChoosesMean && !p.scoring.MeanOfTopics() {
		key += "_all"
	}
	works, _ := ofMethod(p.words, key)
	if p.template.SparesLowest(p.scoring.Method) {
		works += " " + p.words.Get("method_staged_lowest")
	}
	return works
}

// ofMethod are the texts about a method, by the key in its line of the table: how it works, and what it is called where
// its score stands beside that of another method.
func ofMethod(w *words.Words, key string) (works, name string) {
	switch key {
	case "profile":
		return w.Get("summary.method_profile"), ""
	case "mean":
		return w.Get("summary.method_mean"), w.Get("summary.name_mean")
	case "mean_all":
		return w.Get("summary.method_mean_all"), w.Get("summary.name_mean")
	case "weakest":
		return w.Get("summary.method_weakest"), w.Get("summary.name_weakest")
	case "staged":
		return w.Get("summary.method_staged"), w.Get("summary.name_staged")
	case "cumulative":
		return w.Get("summary.method_cumulative"), w.Get("summary.name_cumulative")
	}
	return "", ""
}

// figures is the table of every figure of the scorecard.
func (s *sheet) figures() {
	rows := []models.GroupScore{s.card.Overall}
	for _, x := range s.card.Topics {
		if x.Criteria > 0 || len(s.template.CriteriaOf(x.Topic, "")) > 0 {
			rows = append(rows, x)
		}
	}
	rows = append(rows, s.card.Themes...)
	for _, c := range s.card.Cells {
		if c.Criteria > 0 {
			rows = append(rows, c)
		}
	}
	s.figureTable(rows)
}

// figureTable sets rows of figures: counts, distribution, statistics, score with its range.
func (s *sheet) figureTable(rows []models.GroupScore) {
	w := s.words
	if len(rows) == 0 {
		return
	}
	steps := s.stepCodes(rows)
	count := column{width: 23, align: right}
	info := s.methodInfo()
	columns := []column{{head: w.Get("summary.topic")}}
	for _, head := range []string{w.Get("summary.criteria_head"), w.Get("summary.answered"), w.Get("summary.na"), w.Get("summary.blank_head")} {
		c := count
		c.head, c.up = head, true
		columns = append(columns, c)
	}
	for _, code := range steps {
		c := count
		c.head, c.width = code, 20
		columns = append(columns, c)
	}
	for _, head := range []string{w.Get("summary.median"), w.Get("summary.mean"), w.Get("summary.lowest"), w.Get("summary.score"), w.Get("summary.low"), w.Get("summary.high")} {
		c := column{head: head, width: 29, align: right, up: true}
		if info.Score.Share() && (head == w.Get("summary.score") || head == w.Get("summary.low") || head == w.Get("summary.high")) {
			c.width = 38
		}
		columns = append(columns, c)
	}
	if info.AttainsLevels() {
		columns = append(columns, column{head: w.Get("summary.rating"), width: 22, align: center, up: true})
	}
	t := table{columns: s.widths(columns), dense: true, st: &s.look.figure}
	for _, g := range rows {
		name := ""
		switch {
		case g.Topic != "" && g.Theme != "":
			name = s.shortNames[g.Topic] + " · " + s.themeName(g.Theme)
		case g.Topic != "":
			name = s.topicNames[g.Topic]
		case g.Theme != "":
			name = s.themeName(g.Theme)
		default:
			name = w.Get("summary.all")
		}
		row := []cell{{text: name, head: true, lang: s.templateLang()}}
		for _, n := range []int{g.Criteria, g.Answered, g.NotApplicable, g.Blank} {
			row = append(row, cell{text: strconv.Itoa(n)})
		}
		for i := range steps {
			text := ""
			if i < len(g.Distribution) {
				text = strconv.Itoa(g.Distribution[i].Count)
			}
			row = append(row, cell{text: text})
		}
		row = append(row, cell{text: number(w, g.Median, 1)}, cell{text: number(w, g.Mean, 2)}, cell{text: number(w, g.Lowest, 0)})
		for i, v := range []models.Figure{g.Score.Value, g.Score.Low, g.Score.High} {
			text := s.score(v)
			if info.AttainsLevels() && g.Topic == "" && g.Theme == "" {
				text = number(w, v, 0) // overall it is the level attained
			}
			c := cell{text: text}
			if i == 0 {
				c.st = &s.look.figureStrong
			}
			row = append(row, c)
		}
		if info.AttainsLevels() {
			row = append(row, cell{text: g.Rating})
		}
		t.rows = append(t.rows, row)
	}
	l, title, note := s.lay(t), w.Get("summary.figures"), w.Get("summary.figures_note")
	last := 3 + s.textHeight(s.sourceText(), s.sourceStyle())
	start := s.headed(title) + s.textHeight(note, s.look.caption) + 5 + l.head
	h := start + last
	for i, row := range l.heights {
		if h += row; i < 3 {
			start += row
		}
	}
	s.closing(h, start)
	s.titledLaid(tagpdf.H2, title, note, l)
}

// stepCodes are the codes of the steps that answers are distributed over.
func (s *sheet) stepCodes(rows []models.GroupScore) []string {
	longest := rows[0].Distribution
	for _, g := range rows {
		if len(g.Distribution) > len(longest) {
			longest = g.Distribution
		}
	}
	scale := s.answerScale()
	var out []string
	for _, x := range longest {
		code := strconv.Itoa(x.Number)
		if step, ok := scale.Step(x.Number); ok {
			code = step.Code
		}
		out = append(out, code)
	}
	return out
}

// everything is the appendix with every criterion; the comments stand in full in their own section.
func (s *sheet) everything() {
	w := s.words
	s.page()
	s.heading(tagpdf.H2, w.Get("summary.everything"), 60)
	note := w.Get("summary.everything_note")
	if len(s.decided()) > 0 {
		note += " " + w.Get("summary.everything_decided")
	}
	s.paragraph(note, s.look.caption)
	for _, topic := range s.template.Topics {
		t := table{tight: true}
		columns := []column{{head: w.Get("summary.ref"), width: 56}, {head: w.Get("summary.criterion"), width: 170}, {head: w.Get("summary.now"), width: 84}}
		if s.template.Answers.Targets {
			columns = append(columns, column{head: w.Get("summary.target"), width: 76})
		}
		columns = append(columns, column{head: w.Get("summary.evidence")})
		t.columns = s.widths(columns)
		for _, c := range s.template.CriteriaOf(topic.ID, "") {
			a := s.of.answers.Answer(c.Ref)
			if a == nil {
				a = &models.Answer{Ref: c.Ref}
			}
			scale := s.template.Scale(c)
			now := scale.Label(a.Level.Value)
			if now == "" {
				now = w.Get("summary.not_answered")
			}
			if a.Level.Origin.Decision > 0 {
				now += decidedMark
			}
			row := []cell{{text: c.Ref}, {text: c.Text(), head: true, lang: s.templateLang()}, {text: now, lang: s.templateLang()}}
			if s.template.Answers.Targets {
				row = append(row, cell{text: scale.Label(a.Target.Value), lang: s.templateLang()})
			}
			row = append(row, cell{text: s.own(a.Evidence.Value, words.Sayf("the evidence for %s", c.Ref))})
			t.rows = append(t.rows, row)
		}
		s.titledAs(tagpdf.H3, s.topicNames[topic.ID], "", t)
	}
}
