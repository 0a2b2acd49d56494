package pdf

import (
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// questions lists the recipient's own answers to the questions on the sheet Start.
func (s *sheet) questions() {
	w := s.words
	t := table{tight: true, flows: true, columns: s.widths([]column{{head: w.Get("summary.question"), width: 230}, {head: w.Get("summary.question_answer")}})}
	for i := range s.template.Questions {
		q := &s.template.Questions[i]
		a := s.of.answers.Question(q.ID)
		if a == nil || a.Answer.Value == "" {
			continue
		}
		text := a.Answer.Value
		switch d, err := models.ParseDate(text); {
		case err == nil && q.Type == models.QuestionDate:
			text = w.Date(d.Time)
		case q.Type == models.QuestionNumber:
			text = w.Number(text)
		}
		t.rows = append(t.rows, []cell{{text: q.Text, head: true, st: &s.look.rowHead, lang: s.templateLang()},
			{text: s.own(text, words.Sayf("the answer to '%s'", q.Text))}})
	}
	if len(t.rows) > 0 {
		s.titled(w.Get("summary.questions"), "", t)
	}
}

// furtherMethods says in a sentence what the further methods give overall.
func (s *sheet) furtherMethods() string {
	w := s.words
	var parts []string
	for _, x := range s.card.Also {
		if !x.Overall.Value.Known() {
			continue
		}
		info := x.Scoring.Info()
		places := 0
		if !info.Overall.Whole() {
			places = 2
		}
		_, name := ofMethod(w, info.Words)
		text := name + " " + number(w, x.Overall.Value, places)
		if low, high := number(w, x.Overall.Low, places), number(w, x.Overall.High, places); low != high {
			text += " (" + low + "–" + high + ")"
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return ""
	}
	return w.Say("summary.further_methods", "methods", strings.Join(parts, "; "))
}

// cleanExtras brings what a template has beyond levels and criteria into a form that can be set.
func (p *Printer) cleanExtras(t *models.Template) {
	for i := range t.Criteria {
		c := &t.Criteria[i]
		c.Options = p.cleanByNumber(c.Options, words.Sayf("the wording of a choice of criterion %s", c.Ref))
		c.NextSteps = p.cleanByNumber(c.NextSteps, words.Sayf("a next step of criterion %s", c.Ref))
	}
	for i := range t.Questions {
		t.Questions[i].Text = p.clean(t.Questions[i].Text, words.Sayf("question %s", t.Questions[i].ID))
	}
}

// nextCell says what comes next: the criterion's own next step for the level, if it has one, with the level to reach.
func nextCell(c *models.Criterion, level int, what, lang string) cell {
	if step := c.NextSteps[level]; step != "" {
		return cell{text: step, small: what, lang: lang}
	}
	return cell{text: what, lang: lang}
}
