package pdf

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/priorities"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// priorities is the action list: what to do next, what that looks like, and room for who and when.
func (s *sheet) priorities() {
	w := s.words
	if s.card.Staged != nil {
		s.stagedPriorities()
		return
	}
	picked := priorities.Lowest(s.template, s.answered(), priorities.Most)
	if len(picked) == 0 {
		s.heading(tagpdf.H2, w.Get("summary.priorities"), 20)
		s.paragraph(w.Get("summary.no_priorities"), s.look.body)
		return
	}
	t := table{flows: true, columns: s.widths([]column{{head: w.Get("summary.criterion"), width: 112}, {head: w.Get("summary.now")}, {head: w.Get("summary.next")}, {head: w.Get("summary.who"), width: 62}})}
	for _, a := range picked {
		c := a.Criterion
		scale := s.template.Scale(c)
		next, _ := scale.Step(a.Level + 1)
		now := a.Label(s.template)
		if d := c.Descriptors[a.Level]; d != "" {
			now += ". " + d
		}
		what := next.Label()
		if d := c.Descriptors[a.Level+1]; d != "" {
			what += ". " + d
		}
		small := ""
		if target, ok := a.Answer.Target.Value.Number(); ok && target > a.Level {
			step, _ := scale.Step(target)
			small = w.Say("summary.target_is", "target", step.Label())
		}
		t.rows = append(t.rows, []cell{
			{text: c.Ref + "  " + c.Subject, small: small, head: true, st: &s.look.strong, lang: s.templateLang()},
			{text: now, lang: s.templateLang()}, nextCell(c, a.Level, what, s.templateLang()), {}})
	}
	s.titled(w.Get("summary.priorities"), w.Get("summary.priorities_note"), t)
}

// stagedPriorities lists what keeps the next level away with its lowest-rated statements, then the
// template's advice for the level.
func (s *sheet) stagedPriorities() {
	w, st := s.words, s.card.Staged
	t := table{flows: true, columns: s.widths([]column{{head: w.Get("summary.ref"), width: 62}, {head: w.Get("summary.lowest_statements")}, {head: w.Get("summary.rating"), width: 96}, {head: w.Get("summary.who"), width: 92}})}
	all := s.answered()
	for _, b := range st.Blockers {
		if len(t.rows) < priorities.MostStatements {
			t.rows = append(t.rows, s.lowStatements(b, all, priorities.PerSection(len(st.Blockers)))...)
		}
	}
	if len(t.rows) > 0 {
		s.titled(w.Get("summary.priorities"), w.Say("summary.priorities_note_staged", "level", st.Next), t)
	} else {
		s.heading(tagpdf.H2, w.Get("summary.priorities"), 40)
		if st.HasNext {
			s.paragraph(w.Get("summary.nothing_keeps"), s.look.body)
		} else {
			s.paragraph(w.Get("summary.top"), s.look.body)
		}
	}
	if advice := s.template.AdviceFor(st.Level); len(advice) > 0 {
		s.heading(tagpdf.H3, w.Get("summary.next_steps"), 40)
		s.paragraph(w.Say("summary.next_steps_note", "level", st.Level), s.look.caption)
		s.y += 4
		s.d.Begin(tagpdf.List)
		for _, a := range advice {
			s.item(a.Ref, a.Text, s.templateLang())
		}
		s.d.End()
	}
}

// lowStatements are table rows of the statements that hold a section (or stand for themselves) back.
func (s *sheet) lowStatements(b models.Blocker, all []priorities.Pick, most int) [][]cell {
	var rows [][]cell
	for _, a := range priorities.OfBlocker(s.template, b, all, most) {
		c := a.Criterion
		if a.Answer == nil { // nothing answered: say what has to be
			rows = append(rows, []cell{{text: c.Ref}, {text: c.Text(), head: true, lang: s.templateLang()}, {text: s.words.Get("summary.not_answered")}, {}})
			continue
		}
		rows = append(rows, []cell{{text: c.Ref}, {text: c.Text(), small: c.NextSteps[a.Level], head: true, lang: s.templateLang()},
			{text: a.Label(s.template)}, {}})
	}
	return rows
}

// targets compares what was chosen with what is aimed at, by topic.
func (s *sheet) targets() {
	w := s.words
	if !s.template.Answers.Targets {
		return
	}
	type sums struct{ n, at, current, target int }
	byTopic := map[string]*sums{}
	total := sums{}
	for _, a := range s.answered() {
		target, ok := a.Answer.Target.Value.Number()
		if !ok {
			continue
		}
		x := byTopic[a.Criterion.Topic]
		if x == nil {
			x = &sums{}
			byTopic[a.Criterion.Topic] = x
		}
		for _, y := range []*sums{x, &total} {
			y.n++
			y.current += a.Level
			y.target += target
			if a.Level >= target {
				y.at++
			}
		}
	}
	if total.n == 0 {
		s.heading(tagpdf.H2, w.Get("summary.targets"), 20)
		s.paragraph(w.Get("summary.no_targets"), s.look.body)
		return
	}
	mean := func(sum, n int) models.Figure {
		if n == 0 {
			return models.Figure{}
		}
		return models.Some(float64(sum) / float64(n))
	}
	t := table{tight: true, columns: s.widths([]column{{head: w.Get("summary.topic"), width: 170}, {head: w.Get("summary.targets_alt")}, {head: w.Get("summary.current"), width: 46, align: right},
		{head: w.Get("summary.target"), width: 46, align: right}, {head: w.Get("summary.with_target"), width: 52, align: right}, {head: w.Get("summary.at_target"), width: 52, align: right}})}
	add := func(name string, x sums, lang string) {
		current, target := mean(x.current, x.n), mean(x.target, x.n)
		t.rows = append(t.rows, []cell{{text: name, head: true, lang: lang}, {draw: s.dumbbell(current, target)},
			{text: number(w, current, 2), st: &s.look.number}, {text: number(w, target, 2)}, {text: fmt.Sprint(x.n)}, {text: fmt.Sprint(x.at)}})
	}
	for _, topic := range s.template.Topics {
		if x := byTopic[topic.ID]; x != nil {
			add(s.topicNames[topic.ID], *x, s.templateLang())
		}
	}
	add(w.Get("summary.all"), total, "")
	s.titled(w.Get("summary.targets"), w.Get("summary.targets_note"), t)
}

// answerScale is the scale that the scored criteria are answered on; of several, the first one's.
func (p *Printer) answerScale() models.Scale {
	for i := range p.template.Criteria {
		if c := &p.template.Criteria[i]; c.Scored() {
			return p.template.Scale(c)
		}
	}
	return p.template.LevelScale()
}

// dumbbell draws current (a full dot) and target (an open one) on the scale.
func (s *sheet) dumbbell(current, target models.Figure) func(x, y, w, h float64) {
	return func(x, y, w, h float64) {
		x, w = x+10, w-20
		mid := y + h/2
		scale := s.answerScale() // answers and targets are steps of it, also where a score is an achievement
		low, high := float64(scale.Lowest()), float64(scale.Highest())
		along := func(v float64) float64 { return x + w*(v-low)/(high-low) }
		for _, step := range scale {
			m := along(float64(step.Number))
			s.d.Line(m, mid-4, m, mid+4, 0.4, s.look.rule)
		}
		s.d.Line(x, mid, x+w, mid, 0.4, s.look.rule)
		a, b := along(current.Or(low)), along(target.Or(low))
		s.d.Line(a, mid, b, mid, 2, s.look.accent)
		s.d.Circle(b, mid, 3, 1.2, s.look.accent)
		s.d.Dot(a, mid, 3, s.look.accent)
	}
}
