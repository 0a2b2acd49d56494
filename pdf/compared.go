package pdf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// change compares with an earlier round, by topic.
func (s *sheet) change() {
	w, c := s.words, s.of.change
	if c == nil {
		return
	}
	t := table{tight: true, columns: s.widths([]column{{head: w.Get("summary.topic")}, {head: w.Get("summary.answered"), width: 40, align: right}, {head: w.Get("summary.before"), width: 64, align: right},
		{head: w.Get("summary.now"), width: 64, align: right}, {head: s.changeHead(w.Get("summary.difference")), width: 64, align: right}})}
	for i, x := range c.Topics {
		if i < len(s.template.Topics) {
			t.rows = append(t.rows, []cell{{text: s.topicNames[s.template.Topics[i].ID], head: true, lang: s.templateLang()}, {text: fmt.Sprint(x.Criteria)},
				{text: s.score(x.Earlier)}, {text: s.score(x.Later), st: &s.look.number}, {text: s.signed(x.Change)}})
		}
	}
	s.titled(w.Get("summary.change"), w.Say("summary.change_note", "round", s.own(s.of.since, words.Sayf("the title of the earlier round"))), t)
}

// changeHead is the heading of a column of changes: of achievements they are points, which are no per cent.
func (p *Printer) changeHead(name string) string {
	if p.methodInfo().Score.Share() {
		return p.words.Say("story.in_points", "name", name)
	}
	return name
}

// signed is a change with its sign; of an achievement in points.
func (p *Printer) signed(change models.Figure) string {
	text := p.score(change)
	if v, ok := change.Get(); ok && p.methodInfo().Score.Share() {
		text = number(p.words, models.Some(100*v), 1)
	}
	v, _ := change.Get()
	switch {
	case v < 0 && strings.HasPrefix(text, "-"):
		return "−" + text[1:]
	case v > 0:
		return "+" + text
	}
	return text
}

// groups compares the recipient with the groups it belongs to.
func (s *sheet) groups() {
	w := s.words
	if len(s.of.groups) == 0 {
		return
	}
	first := true
	views := append([]models.GroupView{s.of.all}, s.of.groups...)
	whys := append([]*withholding.Group{s.of.whyAll}, s.of.why...)
	if !slices.ContainsFunc(views, hasMedian) {
		var reasons []string
		for i := range views {
			reasons = append(reasons, s.comparedName(&views[i])+": "+s.medianWithheld(firstReason(whys[i])))
		}
		s.heading(tagpdf.H2, w.Get("summary.groups"), 30)
		s.paragraph(w.Say("summary.groups_none", "reasons", strings.Join(reasons, "; ")), s.look.body)
		return
	}
	const most = 4 // groups side by side
	for len(views) > 0 {
		chunk, why := views[:min(most, len(views))], whys
		views, whys = views[len(chunk):], whys[len(chunk):]
		columns := []column{{head: w.Get("summary.topic"), width: 172}, {head: w.Get("summary.you"), width: 40, align: right}}
		for _, g := range chunk {
			columns = append(columns, column{head: s.comparedName(&g), align: right})
		}
		t := table{tight: true, columns: s.widths(columns)}
		returns := []cell{{text: w.Get("summary.returns"), head: true}, {}}
		for k, g := range chunk {
			if reason := oneReason(&g, why[k]); reason != "" {
				returns = append(returns, cell{text: s.medianWithheld(reason), st: &s.look.note})
			} else if !hasMedian(g) {
				returns = append(returns, cell{text: w.Get("summary.suppressed")})
			} else {
				returns = append(returns, cell{text: fmt.Sprint(g.Returned)})
			}
		}
		t.rows = append(t.rows, returns)
		for i, topic := range s.card.Topics {
			row := []cell{{text: s.topicNames[topic.Topic], head: true, lang: s.templateLang()}, {text: s.score(topic.Score.Value), st: &s.look.number}}
			for k, g := range chunk {
				c := cell{text: "–"}
				if i < len(why[k].Topics) && oneReason(&g, why[k]) == "" {
					c = cell{text: s.medianWithheld(why[k].Topics[i].Median), st: &s.look.note}
				}
				if x, ok := s.shown(g.Topics, i); ok {
					c = cell{text: s.score(x.Median)}
					if x.Q1.Known() {
						c.beside = s.score(x.Q1) + "–" + s.score(x.Q3)
					}
				}
				row = append(row, c)
			}
			t.rows = append(t.rows, row)
		}
		if first {
			s.titled(w.Get("summary.groups"), w.Say("summary.groups_note", "least", 2*s.round.SmallestGroup(), "quartiles", 4*s.round.SmallestGroup()), t)
			first = false
		} else {
			s.advance(8)
			s.table(t)
		}
	}
}

// comparedName is what a group is called in the heading of its column.
func (s *sheet) comparedName(g *models.GroupView) string {
	if g.Column == "" {
		return s.words.Get("summary.all_returns")
	}
	return s.own(g.Column, words.Sayf("a group's heading")) + ": " + s.own(g.Value, words.Sayf("a group's name"))
}

// firstReason is why the first topic's median is not shown: where none is, it says most.
func firstReason(why *withholding.Group) withholding.Reason {
	for _, x := range why.Topics {
		if x.Median != "" {
			return x.Median
		}
	}
	return withholding.Few
}

// hasMedian says that some figure of a group may be shown.
func hasMedian(g models.GroupView) bool {
	return slices.ContainsFunc(g.Topics, func(x models.Spread) bool { return x.Median.Known() })
}

// comments sets every comment in full, beside its criterion.
func (s *sheet) comments() {
	w := s.words
	t := table{tight: true, flows: true, columns: s.widths([]column{{head: w.Get("summary.criterion"), width: 204}, {head: w.Get("summary.now"), width: 80}, {head: w.Get("summary.comment")}})}
	for i := range s.of.answers.Answers() {
		a := &s.of.answers.Answers()[i]
		c := s.template.Criterion(a.Ref)
		if a.Comment.Value == "" || c == nil {
			continue
		}
		text := s.own(a.Comment.Value, words.Sayf("the comment on %s", a.Ref))
		if text == "" {
			continue
		}
		label := s.template.Label(c, a.Level.Value)
		if label == "" {
			label = w.Get("summary.not_answered")
		}
		t.rows = append(t.rows, []cell{{text: c.Ref + "  " + c.Subject, head: true, st: &s.look.rowHead, lang: s.templateLang()},
			{text: label, lang: s.templateLang()}, {text: text}})
	}
	if len(t.rows) > 0 {
		s.titled(w.Get("summary.comments"), "", t)
	}
}
