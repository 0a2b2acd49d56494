package pdf

import (
	"fmt"
	"math"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// point is one topic in a chart: the recipient's own score and the group's spread.
type point struct {
	label, short string
	own          models.Figure
	group        models.Spread
	compared     bool
}

// alt says a point in words.
func (f *flow) alt(q point) string {
	s := q.label + ": " + f.score(q.own)
	if q.compared {
		s += " (" + f.words.Get("summary.median") + " " + f.score(q.group.Median)
		if q.group.Q1.Known() {
			s += ", " + f.words.Get("summary.quartiles") + " " + f.score(q.group.Q1) + "–" + f.score(q.group.Q3)
		}
		s += ")"
	}
	return s
}

func (f *flow) alts(head string, points []point) string {
	parts := make([]string, len(points))
	for i, q := range points {
		parts[i] = f.alt(q)
	}
	return head + " " + strings.Join(parts, "; ") + "."
}

// steps are the marks of a score's axis: shares of its length with their labels.
func (f *flow) steps() (at []float64, label []string) {
	if f.methodInfo().Score.Share() {
		for _, v := range []float64{0, 0.25, 0.5, 0.75, 1} {
			at = append(at, v)
			label = append(label, f.words.Percent(models.Some(v*100).Format(0)))
		}
		return at, label
	}
	for _, s := range f.template.LevelScale() {
		at = append(at, f.share(float64(s.Number)))
		label = append(label, fmt.Sprint(s.Number))
	}
	return at, label
}

// charts draws radar and bars of the topics against all returns.
func (s *sheet) charts() {
	w := s.words
	var points []point
	compared := false
	for i, t := range s.card.Topics {
		q := point{label: s.topicNames[t.Topic], short: s.shortNames[t.Topic], own: t.Score.Value}
		q.group, q.compared = s.shown(s.of.all.Topics, i)
		compared = compared || q.compared
		points = append(points, q)
	}
	if len(points) == 0 {
		return
	}
	title := w.Get("summary.by_topic_alone")
	if compared {
		title = w.Get("summary.by_topic")
	}
	narrow, wide := 192.0, 250.0
	if len(points) < 8 {
		narrow = 150
	}
	beside := len(points) >= 3 && len(points) <= 14 && s.barsHeight(points, s.width()-narrow-18) <= 0.5*(s.bottom-s.top)
	if beside {
		x := s.left + narrow + 18
		h := max(s.barsHeight(points, s.right-x), narrow)
		s.heading(tagpdf.H2, title, h+30)
		y := s.y
		s.radar(points, s.left+narrow/2, y+narrow/2+8, narrow/2-24)
		s.y = y
		s.bars(points, x)
		s.y = max(s.y, y+narrow-4)
	} else {
		s.heading(tagpdf.H2, title, 120)
		if len(points) >= 3 {
			s.need(wide + 10)
			s.radar(points, (s.left+s.right)/2, s.y+wide/2, wide/2-24)
			s.y += wide + 8
		}
		s.bars(points, s.left)
	}
	s.y += 4
	s.fresh = false
	s.legend(compared)
}

// legend explains the charts, or says why there is no comparison.
func (s *sheet) legend(compared bool) {
	if !compared {
		s.paragraph(s.words.Say("summary.legend_no_group", "least", 2*s.round.SmallestGroup()), s.look.note)
		return
	}
	text := s.words.Say("summary.legend_box", "count", s.of.all.Returned)
	if missing := s.notShown(s.template.Topics, s.of.whyAll.Topics); missing != "" {
		text += " " + missing
	}
	s.paragraph(text, s.look.note)
}

// radar draws the topics as a polygon around x, y, over the median and the middle half of the group.
func (f *flow) radar(points []point, x, y, r float64) {
	f.d.BeginFigure(f.alts(f.words.Get("summary.radar_alt"), points), x-r-24, y-r-14, 2*r+48, 2*r+28)
	defer f.d.End()
	n := len(points)
	at := func(i int, share float64) tagpdf.Point {
		a := 2 * math.Pi * float64(i) / float64(n)
		return tagpdf.Point{X: x + r*share*math.Sin(a), Y: y - r*share*math.Cos(a)}
	}
	ring := func(share func(q point) (float64, bool)) []tagpdf.Point {
		var out []tagpdf.Point
		for i, q := range points {
			if v, ok := share(q); ok {
				out = append(out, at(i, 0.08+0.92*min(max(v, 0), 1)))
			}
		}
		return out
	}
	marks, _ := f.steps()
	for _, m := range marks {
		f.d.Lines(ring(func(point) (float64, bool) { return m, true }), true, 0.4, f.look.rule)
	}
	for i := range points {
		p := at(i, 1)
		f.d.Line(x, y, p.X, p.Y, 0.4, f.look.rule)
	}
	of := func(get func(models.Spread) models.Figure) func(q point) (float64, bool) {
		return func(q point) (float64, bool) {
			v, ok := get(q.group).Get()
			return f.share(v), ok && q.compared
		}
	}
	q1, q3 := ring(of(func(s models.Spread) models.Figure { return s.Q1 })), ring(of(func(s models.Spread) models.Figure { return s.Q3 }))
	median := ring(of(func(s models.Spread) models.Figure { return s.Median }))
	if len(q1) == n {
		f.d.Ring(q3, q1, f.look.band)
	}
	if len(median) == n {
		f.d.Lines(median, true, 0.9, f.look.ink)
	}
	own := ring(func(q point) (float64, bool) { v, ok := q.own.Get(); return f.share(v), ok })
	if len(own) > 1 {
		f.d.Lines(own, len(own) > 2, 2, f.look.accent)
	}
	for _, p := range own {
		f.d.Dot(p.X, p.Y, 2.6, f.look.accent)
	}
	st := f.look.th
	if n > 24 {
		st.size, st.lead = 6.5, 8
	}
	for i, q := range points {
		a := 2 * math.Pi * float64(i) / float64(n)
		w := st.width(q.short)
		d := r + 9
		px, py := x+d*math.Sin(a), y-d*math.Cos(a)
		f.line(px-w/2+math.Sin(a)*w/2, py-st.lead/2-math.Cos(a)*1.5, q.short+" ", st)
	}
}

// measures of the bars: widths of the columns with figures, and of the space between.
const (
	figureColumn = 36.0
	barGap       = 6.0
)

func (f *flow) barLabel(width float64) float64 { return width * 0.40 }

func (f *flow) barRow(q point, width float64) (lines []string, h float64) {
	lines = wrap(q.label, f.look.figure, f.barLabel(width)-barGap)
	return lines, max(float64(len(lines))*f.look.figure.lead, 11) + 5.5
}

func (f *flow) barsHeight(points []point, width float64) float64 {
	h := 16.0
	for _, q := range points {
		_, row := f.barRow(q, width)
		h += row
	}
	return h
}

// bars draws a bar for each topic from x to the right margin, the group's middle half behind it and its
// median as a stroke; figures at the end. Many topics run over several pages, each a figure of its own.
func (f *flow) bars(points []point, x float64) {
	width := f.right - x
	for len(points) > 0 {
		if _, row := f.barRow(points[0], width); f.need(16 + row) {
			x, width = f.left, f.width()
		}
		n, h := 0, 16.0
		for n < len(points) {
			_, row := f.barRow(points[n], width)
			if f.y+h+row > f.bottom && n > 0 {
				break
			}
			h += row
			n++
		}
		f.d.BeginFigure(f.alts(f.words.Get("summary.bars_alt"), points[:n]), x, f.y, width, h)
		f.barChunk(points[:n], x, width, h)
		f.d.End()
		points = points[n:]
		if len(points) > 0 {
			f.page()
			x, width = f.left, f.width()
		}
		f.fresh = false
	}
}

func (f *flow) barChunk(points []point, x, width, h float64) {
	st, label := f.look.figure, f.look.th
	compared := false
	for _, q := range points {
		compared = compared || q.compared
	}
	x0 := x + f.barLabel(width)
	x1 := x + width - figureColumn - barGap
	if compared {
		x1 -= figureColumn
		if f.spreadOnly {
			x1 -= figureColumn
		}
	}
	along := func(v float64) float64 { return x0 + (x1-x0)*min(max(v, 0), 1) }
	at, names := f.steps()
	for i, m := range at {
		f.d.Line(along(m), f.y+13, along(m), f.y+h, 0.4, f.look.rule)
		f.line(along(m)-st.width(names[i])/2, f.y+2, names[i]+" ", st)
	}
	first, second := f.words.Get("summary.you"), f.words.Get("summary.median")
	if f.spreadOnly {
		first, second = f.words.Get("summary.median"), f.words.Get("summary.quartiles_head")
	}
	f.line(f.endOf(x1+barGap+figureColumn, first, label), f.y+1, first+" ", label)
	if compared {
		f.line(f.endOf(x+width, second, st), f.y+2, second+" ", st)
	}
	y := f.y + 16
	for _, q := range points {
		lines, row := f.barRow(q, width)
		ly := y + (row-float64(len(lines))*st.lead)/2
		for _, l := range lines {
			f.line(x, ly, l+" ", st)
			ly += st.lead
		}
		mid := y + row/2
		if q.compared && q.group.Q1.Known() {
			a, b := f.share(q.group.Q1.Or(0)), f.share(q.group.Q3.Or(0))
			f.d.Rect(along(a), mid-6, max(along(b)-along(a), 1), 12, f.look.band)
		}
		if v, ok := q.own.Get(); ok && !f.spreadOnly {
			f.d.Rect(x0, mid-2.75, max(along(f.share(v))-x0, 1.2), 5.5, f.look.accent)
		}
		if q.compared {
			m := along(f.share(q.group.Median.Or(0)))
			f.d.Line(m, mid-7, m, mid+7, 1.4, f.look.ink)
		}
		own := f.score(q.own)
		f.line(f.endOf(x1+barGap+figureColumn, own, f.look.number), mid-f.look.number.lead/2, own+" ", f.look.number)
		if q.compared {
			v := f.score(q.group.Median)
			if f.spreadOnly && q.group.Q1.Known() {
				v = f.score(q.group.Q1) + "–" + f.score(q.group.Q3)
			}
			f.line(f.endOf(x+width, v, st), mid-st.lead/2, v+" ", st)
		}
		y += row
	}
	f.y = y
}

// endOf is where a line has to start to end at x.
func (f *flow) endOf(x float64, s string, st style) float64 { return x - st.width(s) }
