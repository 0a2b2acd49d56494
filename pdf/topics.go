package pdf

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/models/priorities"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// topicsByThemes is the table of scores by topic and theme, each with its number of answers.
func (s *sheet) topicsByThemes() {
	w := s.words
	if len(s.card.Topics) == 0 {
		return
	}
	if s.card.Staged != nil && len(s.card.Staged.Sections) > 0 {
		s.sections()
		return
	}
	themes := s.template.Themes
	const most = 6 // themes side by side
	for first := true; first || len(themes) > 0; first = false {
		chunk := themes[:min(most, len(themes))]
		offset := len(s.template.Themes) - len(themes)
		themes = themes[len(chunk):]
		columns := []column{{head: w.Get("summary.topic"), width: 150}}
		for _, t := range chunk {
			columns = append(columns, column{head: s.themeName(t.ID), align: center})
		}
		columns = append(columns, column{head: w.Get("summary.all"), width: 56, align: center})
		if len(chunk) == 0 {
			columns[0].width, columns[1].width = 300, 80
		}
		t := table{columns: s.widths(columns), grid: true}
		for i, topic := range s.card.Topics {
			row := []cell{{text: s.topicNames[topic.Topic], head: true, lang: s.templateLang()}}
			for j := range chunk {
				k := i*len(s.template.Themes) + offset + j
				if k < len(s.card.Cells) {
					row = append(row, s.heat(s.card.Cells[k]))
				} else {
					row = append(row, cell{})
				}
			}
			t.rows = append(t.rows, append(row, s.heat(topic)))
		}
		row := []cell{{text: w.Get("summary.all"), head: true, st: &s.look.th}}
		for j := range chunk {
			if k := offset + j; k < len(s.card.Themes) {
				row = append(row, s.heat(s.card.Themes[k]))
			} else {
				row = append(row, cell{})
			}
		}
		t.rows = append(t.rows, append(row, s.heat(s.card.Overall)))
		if first {
			s.titled(w.Get("summary.topic_theme"), w.Get("summary.topic_theme_note"), t)
		} else {
			s.advance(10)
			s.table(t)
		}
	}
}

// heat is a cell of a heat map: the score on its shade, and the number of answers below.
func (s *sheet) heat(g models.GroupScore) cell {
	if g.Criteria == 0 {
		return cell{text: s.words.Get("summary.no_criterion"), st: &s.look.note}
	}
	shown := g.Score.Value
	if g.Topic == "" && g.Theme == "" && !s.methodInfo().HasOverall() {
		shown = models.Figure{} // a profile has no overall score
	}
	v, ok := shown.Get()
	n := s.words.Say("summary.n_count", "count", g.Answered)
	if !ok {
		return cell{text: s.score(shown), beside: n}
	}
	fill, ink := s.look.shade(s.share(v))
	st := s.look.number
	st.color = ink
	return cell{text: s.score(shown), beside: n, fill: &fill, st: &st}
}

// sections is the table of a staged template's sections by the level they count for, with bars.
func (s *sheet) sections() {
	w := s.words
	compared := false
	for i := range s.card.Cells {
		if _, ok := s.shown(s.of.all.Cells, i); ok {
			compared = true
		}
	}
	columns := []column{{head: w.Get("summary.level_head"), width: 40, align: center}, {head: w.Get("summary.section")}, {width: 106, head: w.Percent("0–100")},
		{head: w.Get("summary.achievement"), width: 60, align: right}, {head: w.Get("summary.rating"), width: 40, align: center}, {head: w.Get("summary.answered"), width: 28, align: right}}
	if compared {
		columns = append(columns, column{head: w.Get("summary.median"), width: 46, align: right})
	}
	t := table{columns: s.widths(columns), tight: true}
	for _, sec := range s.card.Staged.Sections {
		if sec.Criteria == 0 {
			continue
		}
		level := fmt.Sprint(sec.CountsFor)
		if !sec.Gates {
			level = "–"
		}
		name := s.shortNames[sec.Topic]
		if sec.Theme != "" {
			name += " · " + s.themeName(sec.Theme)
		}
		if theme, _ := s.template.Theme(sec.Theme); !sec.Gates && theme.GatesNextLevel {
			name += " (" + w.Get("summary.sustaining") + ")"
		}
		spread, ok := s.shown(s.of.all.Cells, s.cellIndex(sec.Topic, sec.Theme))
		rating := sec.Rating
		if rating == "" {
			rating = "–"
		}
		row := []cell{{text: level}, {text: name, head: true, lang: s.templateLang()},
			{draw: s.achievement(sec.Score.Value, spread, ok)},
			{text: percent(w, sec.Score.Value), st: &s.look.number}, {text: rating, st: &s.look.number}, {text: fmt.Sprint(sec.Answered)}}
		if compared {
			row = append(row, cell{text: percent(w, spread.Median)})
		}
		t.rows = append(t.rows, row)
	}
	s.titled(w.Get("summary.sections_title"), w.Get("summary.sections_note"), t)
}

// cellIndex is where a topic and theme stand in the lists of cells.
func (p *Printer) cellIndex(topic, theme string) int {
	for i, t := range p.template.Topics {
		if t.ID != topic {
			continue
		}
		for j, h := range p.template.Themes {
			if h.ID == theme {
				return i*len(p.template.Themes) + j
			}
		}
	}
	return -1
}

// achievement draws a section's bar with the bounds of the ratings; the figures stand beside it.
func (s *sheet) achievement(own models.Figure, spread models.Spread, compared bool) func(x, y, w, h float64) {
	return func(x, y, w, h float64) {
		x, w = x+6, w-12
		mid := y + h/2
		s.d.Rect(x, mid-4, w, 8, s.look.tint)
		if compared && spread.Q1.Known() {
			a, b := spread.Q1.Or(0), spread.Q3.Or(0)
			s.d.Rect(x+w*a, mid-5, max(w*(b-a), 1), 10, s.look.band)
		}
		if v, ok := own.Get(); ok {
			s.d.Rect(x, mid-2.5, max(w*v, 1.2), 5, s.look.accent)
		}
		if compared {
			m := x + w*spread.Median.Or(0)
			s.d.Line(m, mid-5.5, m, mid+5.5, 1.4, s.look.ink)
		}
		for _, percent := range methods.RatingBounds {
			at := x + w*(float64(percent)/100)
			s.d.Line(at, y, at, y+h, 0.4, s.look.gray)
		}
	}
}

// strengths lists the criteria that stand highest.
func (s *sheet) strengths() {
	w := s.words
	picked := priorities.Highest(s.template, s.answered(), priorities.Most)
	if len(picked) == 0 {
		s.heading(tagpdf.H2, w.Get("summary.strengths"), 20)
		s.paragraph(w.Get("summary.no_strengths"), s.look.body)
		return
	}
	t := table{tight: true, columns: s.widths([]column{{head: w.Get("summary.ref"), width: 58}, {head: w.Get("summary.criterion")}, {head: w.Get("summary.now"), width: 130}})}
	for _, a := range picked {
		t.rows = append(t.rows, []cell{{text: a.Criterion.Ref}, {text: a.Criterion.Subject, head: true, st: &s.look.number, lang: s.templateLang()},
			{text: a.Label(s.template), lang: s.templateLang()}})
	}
	s.titled(w.Get("summary.strengths"), w.Get("summary.strengths_note"), t)
}

// risks lists the symptoms that are still true.
func (s *sheet) risks() {
	w := s.words
	any := false
	for i := range s.template.Criteria {
		any = any || s.template.Criteria[i].Kind == models.KindSymptom
	}
	if !any || s.card.Overall.Answered == 0 && len(s.card.Risks) == 0 {
		return
	}
	s.heading(tagpdf.H2, w.Get("summary.risks"), 50)
	if len(s.card.Risks) == 0 {
		s.paragraph(w.Get("summary.no_risks"), s.look.body)
	} else {
		s.paragraph(w.Count("summary.risks_note", len(s.card.Risks)), s.look.caption)
		s.y += 4
		s.refList(s.card.Risks)
	}
	if n := len(s.card.SymptomsBlank); n > 0 {
		s.y += 4
		s.paragraph(w.Say("summary.risks_blank", "count", n)+" "+strings.Join(s.card.SymptomsBlank, ", "), s.look.caption)
	}
}

// refList lists criteria with their texts.
func (f *flow) refList(refs []string) {
	f.d.Begin(tagpdf.List)
	for _, ref := range refs {
		text := ref
		if c := f.template.Criterion(ref); c != nil {
			text = c.Text()
		}
		f.item(ref, text, f.templateLang())
	}
	f.d.End()
}

// item sets an item of a list: its label in the margin, its text beside.
func (f *flow) item(label, text, lang string) {
	const indent = 58
	st := f.look.body
	lab := f.look.strong
	lab.size = 8.5
	f.d.Begin(tagpdf.Item)
	lines := wrap(text, st, f.width()-indent)
	heads := wrap(label, lab, indent-6)
	f.need(float64(max(len(heads), min(2, len(lines)))) * st.lead)
	f.d.Begin(tagpdf.Label)
	y := f.y
	for _, l := range heads {
		f.line(f.left, y, l, lab)
		y += st.lead
	}
	f.d.End()
	f.d.Begin(tagpdf.Body, tagpdf.Attr{Lang: lang})
	page := f.d.Page()
	f.linesAt(lines, st, f.left+indent)
	f.d.End()
	f.d.End()
	if f.d.Page() == page {
		f.y = max(f.y, y)
	}
	f.y += 2
}
