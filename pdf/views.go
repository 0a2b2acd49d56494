package pdf

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// mostDiffering is how many criteria the page on views lists: what a page holds, give or take.
const mostDiffering = 12

// views is the page that says where the recipient's own people see it differently: those criteria first in which they lie
// furthest apart, with who says what, and what counts. It is for the recipient alone.
func (s *sheet) views() {
	w := s.words
	withheld := s.round.Views.Withheld()
	list := views.Shown(s.of.views, withheld)
	if len(list) < 2 {
		return
	}
	side := views.Side(s.template, list)
	differ := views.ByDifference(side)
	s.page()
	s.heading(tagpdf.H2, w.Get("consensus.summary_heading"), 60)
	s.paragraph(s.viewsSay(len(list), side, differ), s.look.body)
	s.y += 4
	counts := w.Get("consensus.summary_chosen")
	if s.of.agreed {
		counts = w.Get("consensus.summary_consensus")
	}
	if len(differ) > 0 {
		s.paragraph(counts, s.look.caption)
	}
	s.paragraph(w.Get("consensus.summary_inside"), s.look.caption)
	s.y += 6
	if len(differ) == 0 {
		return
	}
	names := views.Names(list, withheld)
	for i := range names {
		names[i] = s.own(names[i], words.Sayf("a respondent's role"))
	}
	t := table{flows: true, columns: s.widths([]column{{head: w.Get("consensus.summary_criterion")}, {head: w.Get("consensus.summary_spread"), width: 62},
		{head: w.Get("consensus.summary_median"), width: 46}, {head: w.Get("consensus.summary_who"), width: 180}, {head: w.Get("consensus.summary_counts"), width: 78}})}
	for i := range differ[:min(len(differ), mostDiffering)] {
		c := &differ[i]
		now := ""
		if a := s.of.answers.Answer(c.Ref); a != nil && !a.Level.Value.IsBlank() {
			now = s.template.Label(c.Criterion, a.Level.Value)
		}
		topic, _ := s.template.Topic(c.Topic)
		t.rows = append(t.rows, []cell{{text: c.Ref + "  " + c.Text(), small: topic.Name, head: true, lang: s.templateLang()}, {text: s.rangeOf(c)}, {text: c.Middle(s.template)},
			{text: s.whoSays(c, names), lang: s.templateLang()}, {text: now, lang: s.templateLang()}})
	}
	s.table(t)
	if more := len(differ) - mostDiffering; more > 0 {
		s.y += 4
		s.paragraph(w.Say("consensus.summary_more", "count", more), s.look.caption)
	}
}

// viewsSay says in a sentence how many gave a view, and where they lie furthest apart.
func (s *sheet) viewsSay(n int, side, differ []views.Criterion) string {
	w := s.words
	said := w.Say("consensus.summary_agree", "count", n)
	if len(differ) > 0 {
		first := &differ[0]
		low, high := first.Ends(s.template)
		key := "consensus.summary_differ"
		switch {
		case first.Spread() == 0:
			key = "consensus.summary_differ_na"
		case len(differ) == 1:
			key = "consensus.summary_differs_once"
		}
		said = w.Say(key, "count", n, "differ", len(differ), "total", len(side), "subject", fmt.Sprintf("%s %s", first.Ref, first.Subject), "low", low, "high", high)
	}
	if s.of.asked > n {
		said += " " + w.Say("consensus.summary_of", "back", n, "asked", s.of.asked)
	}
	return said
}

// rangeOf is from which step to which the views of a criterion go.
func (s *sheet) rangeOf(c *views.Criterion) string {
	low, high := c.Ends(s.template)
	text := low
	switch {
	case c.Spread() > 0:
		text = s.words.Say("consensus.spread_levels", "low", low, "high", high)
	case c.Levels == 0:
		text = ""
	}
	if c.NotApplicable > 0 {
		na := s.template.NotApplicable()
		if text != "" {
			na = " " + s.words.Say("consensus.spread_not_applicable", "not_applicable", na)
		}
		text += na
	}
	return text
}

// whoSays lists what was chosen, highest first, each with those who chose it: by role, or how many they are where nobody is
// to know.
func (s *sheet) whoSays(c *views.Criterion, names []string) string {
	scale := s.template.Scale(c.Criterion)
	var out []string
	add := func(label string, who []int) {
		if len(who) == 0 {
			return
		}
		var called []string
		for _, v := range who {
			if names[v] != "" {
				called = append(called, names[v])
			}
		}
		people := strings.Join(called, ", ")
		switch {
		case people != "":
		case len(who) == 1:
			people = s.words.Get("consensus.summary_person")
		default:
			people = s.words.Say("consensus.summary_people", "count", len(who))
		}
		out = append(out, label+": "+people)
	}
	for i := len(scale) - 1; i >= 0; i-- {
		add(scale[i].Label(), c.Who(models.At(scale[i].Number)))
	}
	add(s.template.NotApplicable(), c.Who(models.NotApplicable()))
	return strings.Join(out, "\n")
}
