package pdf

import (
	"fmt"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// method says how the figures came about and what they rest on.
func (s *sheet) method() {
	w := s.words
	s.heading(tagpdf.H2, w.Method, 44)
	t := s.card.Overall.Tally
	rests := fmt.Sprintf(w.MethodN, t.Answered, t.Criteria, t.NotApplicable, t.Blank)
	if t.Blank > 0 {
		rests += " " + w.MethodBlank
	} else {
		rests += " " + w.MethodNoBlank
	}
	list := []string{s.methodText(), rests, fmt.Sprintf(w.MethodGroups, s.round.SmallestGroup()) + " " + w.MethodChoice}
	if further := s.furtherMethods(); further != "" {
		list = append(list, further)
	}
	if len(s.missing) > 0 {
		list = append(list, w.MethodMissing)
	}
	for i, text := range list {
		if i > 0 {
			s.y += 3
		}
		s.paragraph(text, s.look.td)
	}
}

// source names the model at the end of the figures.
func (s *sheet) source() {
	s.advance(3)
	small := s.look.figure
	small.color = s.look.gray
	s.paragraph(s.sourceText(), small)
}

// sourceText names the model, its publisher and rights.
func (p *Printer) sourceText() string {
	t := p.template
	text := fmt.Sprintf(p.words.MethodSource, t.Title, t.Version, t.Publisher, t.Source, t.Licence)
	if t.Wording != "" {
		text += " " + t.Wording
	}
	return text
}

func (p *Printer) methodText() string {
	w := p.words
	switch p.scoring.Method {
	case models.MethodMean:
		if p.scoring.Mean == models.AllCriteria {
			return w.MethodMeanAll
		}
		return w.MethodMean
	case models.MethodWeakest:
		return w.MethodWeakest
	case models.MethodStaged:
		if p.template.SparesLowest(p.scoring.Method) {
			return w.MethodStaged + " " + p.clean(p.template.Words().Get("method_staged_lowest"), "the label method_staged_lowest")
		}
		return w.MethodStaged
	case models.MethodCumulative:
		return w.MethodCumulative
	}
	return w.MethodProfile
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
	columns := []column{{head: w.Topic}}
	for _, head := range []string{"N", w.Answered, w.NA, w.BlankWord} {
		c := count
		c.head, c.up = head, true
		columns = append(columns, c)
	}
	for _, code := range steps {
		c := count
		c.head, c.width = code, 20
		columns = append(columns, c)
	}
	for _, head := range []string{w.Median, w.Mean, w.Lowest, w.Score, w.Low, w.High} {
		c := column{head: head, width: 29, align: right, up: true}
		if s.staged() && (head == w.Score || head == w.Low || head == w.High) {
			c.width = 38
		}
		columns = append(columns, c)
	}
	if s.staged() {
		columns = append(columns, column{head: w.Rating, width: 22, align: center, up: true})
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
			name = w.All
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
		row = append(row, cell{text: w.number(g.Median, 1)}, cell{text: w.number(g.Mean, 2)}, cell{text: w.number(g.Lowest, 0)})
		for i, v := range []models.Figure{g.Score.Value, g.Score.Low, g.Score.High} {
			text := s.score(v)
			if s.staged() && g.Topic == "" && g.Theme == "" {
				text = w.number(v, 0) // overall it is the level attained
			}
			c := cell{text: text}
			if i == 0 {
				c.st = &s.look.figureStrong
			}
			row = append(row, c)
		}
		if s.staged() {
			row = append(row, cell{text: g.Rating})
		}
		t.rows = append(t.rows, row)
	}
	s.titled(w.Figures, w.FiguresNote, t)
}

// stepCodes are the codes of the steps that answers are distributed over.
func (s *sheet) stepCodes(rows []models.GroupScore) []string {
	longest := rows[0].Distribution
	for _, g := range rows {
		if len(g.Distribution) > len(longest) {
			longest = g.Distribution
		}
	}
	scale := s.template.LevelScale()
	for i := range s.template.Criteria {
		if c := &s.template.Criteria[i]; c.Scored() {
			scale = s.template.Scale(c)
			break
		}
	}
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
	if s.in.Return == nil {
		return
	}
	s.page()
	s.heading(tagpdf.H2, w.Everything, 60)
	s.paragraph(w.EverythingNote, s.look.caption)
	for _, topic := range s.template.Topics {
		t := table{tight: true}
		columns := []column{{head: w.Ref, width: 56}, {head: w.Criterion, width: 170}, {head: w.Now, width: 84}}
		if s.template.Answers.Targets {
			columns = append(columns, column{head: w.Target, width: 76})
		}
		columns = append(columns, column{head: w.Evidence})
		t.columns = s.widths(columns)
		for _, c := range s.template.CriteriaOf(topic.ID, "") {
			a := s.in.Return.Answer(c.Ref)
			if a == nil {
				a = &models.Answer{Ref: c.Ref}
			}
			scale := s.template.Scale(c)
			now := scale.Label(a.Level.Value)
			if now == "" {
				now = w.NotAnswered
			}
			row := []cell{{text: c.Ref}, {text: c.Text(), head: true, lang: s.templateLang()}, {text: now, lang: s.templateLang()}}
			if s.template.Answers.Targets {
				row = append(row, cell{text: scale.Label(a.Target.Value), lang: s.templateLang()})
			}
			row = append(row, cell{text: s.own(a.Evidence.Value, "the evidence for "+c.Ref)})
			t.rows = append(t.rows, row)
		}
		s.titledAs(tagpdf.H3, s.topicNames[topic.ID], "", t)
	}
}
