package pdf

import (
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// cleanTemplate copies a template with every text as it can be set, so that this is done once for a round.
func (p *Printer) cleanTemplate(t *models.Template) *models.Template {
	c := *t
	clean := func(s *string, where words.Said) { *s = p.clean(*s, where) }
	for _, s := range []*string{&c.Title, &c.Publisher, &c.Source, &c.Licence, &c.Wording} {
		clean(s, words.Sayf("what the template says about itself"))
	}
	c.Levels, c.Themes, c.Topics = slices.Clone(t.Levels), slices.Clone(t.Themes), slices.Clone(t.Topics)
	c.Criteria, c.Advice = slices.Clone(t.Criteria), slices.Clone(t.Advice)
	for i := range c.Levels {
		l := &c.Levels[i]
		for _, s := range []*string{&l.Name, &l.AltName, &l.Meaning} {
			clean(s, words.Sayf("a level of the template"))
		}
	}
	for i := range c.Themes {
		clean(&c.Themes[i].Name, words.Sayf("the name of theme %s", t.Themes[i].ID))
	}
	for i := range c.Topics {
		clean(&c.Topics[i].Name, words.Sayf("the name of topic %s", t.Topics[i].ID))
	}
	for i := range c.Criteria {
		x := &c.Criteria[i]
		clean(&x.Subject, words.Sayf("criterion %s", x.Ref))
		clean(&x.Statement, words.Sayf("criterion %s", x.Ref))
		x.Descriptors = p.cleanByNumber(x.Descriptors, words.Sayf("a descriptor of criterion %s", x.Ref))
	}
	c.Questions = slices.Clone(t.Questions)
	p.cleanExtras(&c)
	for i := range c.Advice {
		clean(&c.Advice[i].Text, words.Sayf("advice %s", c.Advice[i].Ref))
	}
	labels := map[string]string{}
	for _, key := range []string{"rating_0", "rating_1", "rating_2", "rating_3", "symptom_0", "symptom_0_code", "symptom_1", "symptom_1_code", "not_applicable"} {
		label := t.Words().Get(key)
		if clean(&label, words.Sayf("the label %s", key)); label != t.Words().Get(key) {
			labels[key] = label
		}
	}
	if len(labels) > 0 {
		return c.Relabelled(labels)
	}
	return &c
}

// cleanByNumber copies texts by number as they can be set.
func (p *Printer) cleanByNumber(texts map[int]string, where words.Said) map[int]string {
	out := maps.Clone(texts)
	for _, n := range slices.Sorted(maps.Keys(out)) {
		out[n] = p.clean(out[n], where)
	}
	return out
}

// cleanRound copies a round with the texts that reports show as they can be set.
func (p *Printer) cleanRound(rd *models.Round) *models.Round {
	c := *rd
	c.Title = p.clean(c.Title, words.Sayf("the round's title"))
	c.Organiser = p.clean(c.Organiser, words.Sayf("the organiser's name"))
	c.Look.Header = p.clean(c.Look.Header, words.Sayf("the header text"))
	c.Look.Footer = p.clean(c.Look.Footer, words.Sayf("the footer text"))
	c.Look.Marking = p.clean(c.Look.Marking, words.Sayf("the protective marking"))
	return &c
}

// clean is a text of one paragraph as it can be set.
func (p *Printer) clean(s string, where words.Said) string {
	text, missing := p.printable(s)
	text = strings.ReplaceAll(text, "\n", " ")
	if len(missing) > 0 {
		p.lacking = append(p.lacking, lack{where: where, runes: missing})
	}
	return text
}
