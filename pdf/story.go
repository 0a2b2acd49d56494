package pdf

import (
	"slices"

	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// chart is a picture or a table beside the story, and the rules whose sentences it shows.
type chart struct {
	rules []headlines.Rule
	// title is what it is called where none of its rules says anything.
	title string
	// draw draws it; figure is its number as its note begins with it.
	draw func(title, figure string)
}

// tale is a story with the charts that show it, numbered in their order.
type tale struct {
	*headlines.Story
	charts []chart
}

// titleOf is what a chart is called: the sentence that it shows, in the fewest words.
func (t *tale) titleOf(c chart) string {
	for _, rule := range c.rules {
		if title := t.Story.Title(rule, ""); title != "" {
			return title
		}
	}
	return c.title
}

// figureOf is the number of the chart that shows what a rule says; 0 where none does.
func (t *tale) figureOf(rule headlines.Rule) int {
	for i, c := range t.charts {
		for _, r := range c.rules {
			if r == rule {
				return i + 1
			}
		}
	}
	return 0
}

// told sets the story as the head of the page: the first finding large, the others below it, each with the figure that
// shows it. It says whether there was anything to say.
func (f *flow) told(t *tale) bool {
	if t.Story == nil || len(t.Items) == 0 {
		return false
	}
	st := f.look.lead
	st.weight, st.size, st.lead = 1, 14.5, 18.5
	if t.Edited {
		f.sayable(t)
	}
	first := t.Items[0]
	figure := func(rule headlines.Rule) string {
		if rule == headlines.FirstToDo {
			return f.words.Get("summary.priorities")
		}
		if n := t.figureOf(rule); n > 0 {
			return f.words.Say("story.figure_in", "figure", n)
		}
		return ""
	}
	const refs = 52
	inner := f.width() - 32
	type text struct {
		lines []string
		ref   string
		st    style
	}
	plain, strong := f.look.body, f.look.body
	strong.weight = 1
	heads := wrap(first.Text, st, inner)
	var rest []text
	if first.More != "" {
		rest = append(rest, text{wrap(first.More, plain, inner-refs), figure(first.Rule), plain})
	}
	for _, x := range t.Items[1:] {
		if x.Rule != headlines.FirstToDo {
			rest = append(rest, text{wrap(x.Sentence(), plain, inner-refs), figure(x.Rule), plain})
			continue
		}
		rest = append(rest, text{wrap(headlines.Item{Text: x.Text}.Sentence(), strong, inner-refs), figure(x.Rule), strong})
		if x.More != "" {
			rest = append(rest, text{wrap(x.More, plain, inner-refs), "", plain})
		}
	}
	if t.Edited {
		rest = append(rest, text{wrap(f.words.Get("story.office_text"), f.look.note, inner-refs), "", f.look.note})
	}
	h := float64(len(heads))*st.lead + 18
	for _, x := range rest {
		h += float64(len(x.lines))*f.look.body.lead + 3.5
	}
	f.advance(10)
	f.need(h)
	f.d.Rect(f.left, f.y, f.width(), h, f.look.tint)
	f.d.Rect(f.left, f.y, 4, h, f.look.accent)
	f.y += 8
	f.d.Begin(tagpdf.H2)
	f.d.Bookmark(first.Text, 1, f.y-8)
	for _, l := range heads {
		f.line(f.left+16, f.y, l, st)
		f.y += st.lead
	}
	f.d.End()
	for _, x := range rest {
		f.y += 3.5
		f.d.Begin(tagpdf.P)
		if x.ref != "" {
			f.line(f.right-14-f.look.note.width(x.ref), f.y+1.5, x.ref+" ", f.look.note)
		}
		for _, l := range x.lines {
			f.line(f.left+16, f.y, l, x.st)
			f.y += f.look.body.lead
		}
		f.d.End()
	}
	f.y += 10
	f.fresh = false
	return true
}

// sayable is the office's text as far as the faces can set it; what they cannot is reported.
func (f *flow) sayable(t *tale) {
	s := *t.Story
	s.Items = slices.Clone(s.Items)
	for i := range s.Items {
		s.Items[i].Text = f.sayLine(s.Items[i].Text, words.Sayf("the office's text"), "")
	}
	t.Story = &s
}

// drawCharts draws the charts of a story under their numbered titles.
func (f *flow) drawCharts(t *tale) {
	for i, c := range t.charts {
		c.draw(t.titleOf(c), f.words.Say("story.figure_in", "figure", i+1)+". ")
	}
}
