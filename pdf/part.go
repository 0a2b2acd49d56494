package pdf

import (
	"cmp"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// A part is what one reader gets: a recipient's summary, or the overview. It has its own page numbers.

// startPart starts a part on a new page; name goes into its running footer and the outline.
func (f *flow) startPart(name string) {
	f.first = f.d.Pages()
	f.foot = nil
	title := name
	width := f.width() - 90
	if name != f.round.Title {
		name += "  ·  " + f.round.Title
	}
	for _, text := range []string{name, f.mark, f.round.Look.Footer} {
		if text != "" {
			f.foot = append(f.foot, wrap(text, f.look.running, width)...)
		}
	}
	f.top = 50
	if f.headLines() > 1 {
		f.top += float64(f.headLines()-1) * f.look.running.lead
	}
	f.bottom = f.paper[1] - 40 - float64(len(f.foot))*f.look.running.lead
	if f.round.Look.Marking != "" {
		f.bottom -= f.look.marking.lead + 2
	}
	f.d.Begin(tagpdf.Part)
	f.page()
	f.d.Bookmark(title, 0, 0)
}

// endPart sets the running headers and footers of the part's pages, now that their number is known.
func (f *flow) endPart() {
	f.d.End()
	f.unspare()
	total := f.d.Pages() - f.first
	f.d.BeginArtifact()
	for i := range total {
		f.d.Go(f.first + i)
		f.running(i+1, total)
	}
	f.d.EndArtifact()
	f.d.Go(f.d.Pages() - 1)
}

func (f *flow) headLines() int {
	if f.round.Look.Header == "" {
		return 0
	}
	return len(wrap(f.round.Look.Header, f.look.running, f.width()))
}

// running draws header, footer and protective marking of one page.
func (f *flow) running(page, total int) {
	st := f.look.running
	y := 26.0
	if marking, m := f.round.Look.Marking, f.look.marking; marking != "" {
		m.size = min(m.size, m.size*f.width()/m.width(marking))
		x := (f.left + f.right - m.width(marking)) / 2
		f.line(x, 17, marking, m)
		f.line(x, f.paper[1]-28-m.lead, marking, m)
		y = 29
	}
	if f.round.Look.Header != "" {
		for _, l := range wrap(f.round.Look.Header, st, f.width()) {
			f.line(f.left, y, l, st)
			y += st.lead
		}
	}
	y = f.bottom + 12
	f.d.Line(f.left, y, f.right, y, 0.5, f.look.rule)
	y += 5
	number := f.words.Say("summary.page", "page", page, "pages", total)
	for i, l := range f.foot {
		f.line(f.left, y+float64(i)*st.lead, l, st)
	}
	f.line(f.right-st.width(number), y, number, st)
}

// masthead sets the head of a part: the model above the name, round and organiser below, the logo beside.
func (f *flow) masthead(model, name, round, organiser string) {
	width := f.width()
	if f.logo != nil {
		w, h := float64(f.logo.Width), float64(f.logo.Height)
		scale := min(120/w, 46/h)
		w, h = w*scale, h*scale
		f.d.Logo(f.right-w, f.top, w, h, f.words.Say("summary.logo", "name", f.author()))
		width -= w + 18
	}
	over := f.look.h3
	over.color = f.look.accent
	f.y = f.top
	f.block(tagpdf.P, model, over, f.left, width, f.templateLang())
	f.y += 3
	title := f.look.title
	for _, size := range []float64{25, 20, 16, 13} {
		title.size, title.lead = size, size*1.18
		if len(wrap(name, title, width)) <= 3 {
			break
		}
	}
	f.block(tagpdf.H1, name, title, f.left, width, "")
	f.y += 4
	sub := f.look.lead
	sub.size, sub.lead, sub.color = 11.5, 15, f.look.gray
	text := round
	if organiser != "" {
		text += "  ·  " + organiser
	}
	f.block(tagpdf.P, text, sub, f.left, width, "")
	if f.logo != nil {
		f.y = max(f.y, f.top+50)
	}
	f.y += 10
	f.d.Rect(f.left, f.y, f.width(), 2, f.look.accent)
	f.y += 2
}

type fact struct{ label, value string }

// facts sets labels with their values side by side in columns.
func (f *flow) facts(list []fact) {
	f.y += 10
	gap := 14.0
	columns := len(list)
	width := (f.width() - gap*float64(columns-1)) / float64(columns)
	value := f.look.body
	for _, x := range list {
		if len(wrap(x.value, value, width)) > 8 { // too long for a column: one below the other
			for _, x := range list {
				f.paragraph(x.label+": "+cmp.Or(x.value, f.words.Get("summary.not_given")), value)
			}
			return
		}
	}
	deepest := f.y
	for i, x := range list {
		at := f.left + float64(i)*(width+gap)
		y := f.y
		f.d.Begin(tagpdf.P)
		for _, l := range wrap(x.label, f.look.label, width) {
			f.line(at, y, strings.TrimRight(l, " ")+" ", f.look.label)
			y += f.look.label.lead
		}
		for _, l := range wrap(cmp.Or(x.value, f.words.Get("summary.not_given")), value, width) {
			f.line(at, y, l, value)
			y += value.lead
		}
		f.d.End()
		deepest = max(deepest, y)
	}
	f.y = deepest
	f.fresh = false
}

// panel sets a statement in large type with sentences below it, on a tint with a bar at its side.
func (f *flow) panel(big string, rest []string) {
	st := f.look.lead
	st.weight, st.size, st.lead = 1, 14, 18
	inner := f.width() - 30
	lines := wrap(big, st, inner)
	var below [][]string
	h := float64(len(lines))*st.lead + 20
	for _, s := range rest {
		l := wrap(s, f.look.body, inner)
		below = append(below, l)
		h += float64(len(l))*f.look.body.lead + 3
	}
	f.need(h)
	f.d.Rect(f.left, f.y, f.width(), h, f.look.tint)
	f.d.Rect(f.left, f.y, 4, h, f.look.accent)
	f.y += 10
	f.d.Begin(tagpdf.P)
	for _, l := range lines {
		f.line(f.left+16, f.y, l, st)
		f.y += st.lead
	}
	f.d.End()
	for _, p := range below {
		f.y += 3
		f.d.Begin(tagpdf.P)
		for _, l := range p {
			f.line(f.left+16, f.y, l, f.look.body)
			f.y += f.look.body.lead
		}
		f.d.End()
	}
	f.y += 10
	f.fresh = false
}

// shown is a spread of which the median may be shown.
func (p *Printer) shown(list []models.Spread, i int) (models.Spread, bool) {
	if i >= len(list) || !list[i].Median.Known() {
		return models.Spread{}, false
	}
	return list[i], true
}
