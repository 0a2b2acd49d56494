package story

import (
	"strings"

	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/models/priorities"
)

// How many criteria are named as the first to do, and how long what the next level looks like may be to be quoted.
const (
	mostFirst  = 2
	mostQuoted = 240
)

// firstToDo names the criteria to begin with: of the recipient's priorities, those of the section that is nearest to what
// the next level asks; where no level is attained, the first ones.
func (o *own) firstToDo() {
	tpl := o.results.Template.For(o.x.recipient)
	staged := o.attains() && o.card.Staged != nil
	var picks []priorities.Pick
	if staged {
		picks = o.ofNearest(priorities.Of(tpl, o.answers, o.card.Staged))
	} else {
		picks = priorities.Of(tpl, o.answers, nil)
	}
	if len(picks) == 0 {
		return
	}
	picks = picks[:min(mostFirst, len(picks))]
	x := headlines.Item{Rule: headlines.FirstToDo, Title: o.Words.Get("story.first_title")}
	var names []string
	for _, p := range picks {
		names = append(names, o.toBeDone(p))
		x.Figures = append(x.Figures, figures(p.Criterion.Ref, p.Level)...)
	}
	x.Text = o.Words.Say("story.first", "criteria", o.enumerate(names))
	if staged {
		if list := o.Template.AdviceFor(o.card.Staged.Level); len(list) > 0 {
			x.More = o.Words.Say("story.first_advice", "level", o.card.Staged.Level, "advice", o.sentence(list[0].Text))
		}
	} else if text := o.nextLooksLike(picks[0]); text != "" {
		x.More = o.Words.Say("story.first_next", "ref", picks[0].Criterion.Ref, "text", o.sentence(text))
	}
	o.add(x)
}

// ofNearest are the picks of the nearest section that has any.
func (o *own) ofNearest(picks []priorities.Pick) []priorities.Pick {
	for _, a := range o.blocking() {
		var out []priorities.Pick
		for _, p := range picks {
			c := p.Criterion
			if a.Ref == c.Ref || a.Ref == "" && c.Topic == a.Topic && c.Theme == a.Theme {
				out = append(out, p)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// toBeDone names a criterion with what was chosen and what is aimed at.
func (o *own) toBeDone(p priorities.Pick) string {
	c := o.Template.Criterion(p.Criterion.Ref)
	name := o.section("", "", c.Ref)
	if p.Answer == nil {
		return o.Words.Say("story.first_blank", "criterion", name)
	}
	now := o.Template.Label(c, p.Answer.Level.Value)
	if p.Gap() == 0 {
		return o.Words.Say("story.first_now", "criterion", name, "now", now)
	}
	return o.Words.Say("story.first_target", "criterion", name, "now", now, "target", o.Template.Label(c, p.Answer.Target.Value))
}

// nextLooksLike is what the model says of the level above the one chosen; empty where it says nothing, or too much to quote.
func (o *own) nextLooksLike(p priorities.Pick) string {
	if p.Answer == nil {
		return ""
	}
	c := o.Template.Criterion(p.Criterion.Ref)
	for _, text := range []string{c.NextSteps[p.Level], c.Descriptors[p.Level+1]} {
		if text != "" && len([]rune(text)) <= mostQuoted {
			return text
		}
	}
	return ""
}

// sentence sets a text of the model in quotation marks, without the full stop that the sentence around it has.
func (o *own) sentence(text string) string {
	return o.quoted(strings.TrimRight(strings.TrimSpace(text), "."))
}
