package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// mostMoved is how many statements that moved page one lists.
const mostMoved = 10

// tell puts together the story of the recipient and its charts.
func (s *sheet) tell() *tale {
	t := &tale{Story: s.of.story}
	if t.Story == nil || len(t.Items) == 0 {
		return t
	}
	w, own := s.words, t.Charts.Own
	if own == nil {
		own = &headlines.Own{}
	}
	add := func(has bool, title string, draw func(string, string), rules ...headlines.Rule) {
		if has {
			t.charts = append(t.charts, chart{rules, title, draw})
		}
	}
	if st := s.card.Staged; st != nil {
		next := st.Next
		if !st.HasNext {
			next = st.Level
		}
		add(len(st.Sections) > 0, w.Get("summary.sections_title"), func(title, figure string) { s.sectionsChart(title, figure, next, own) }, headlines.NextLevel, headlines.Steps)
		add(len(own.Moved) > 0, w.Get("summary.change"), func(title, figure string) { s.movedTable(title, figure, own) }, headlines.Moved)
		add(len(s.of.all.Attained) > 0, w.Get("story.levels_chart"), s.levelsBeside, headlines.Beside)
		return t
	}
	add(len(s.card.Topics) > 0 && s.card.Overall.Answered > 0 && s.card.Overall.Distribution != nil, w.Get("summary.by_topic_alone"),
		func(title, figure string) { s.criteriaChart(title, figure, own) }, headlines.Result, headlines.Beside)
	return t
}

// sectionsChart draws how far each section is in place that a level rests on, with what it asks and what was the last time.
func (s *sheet) sectionsChart(title, figure string, level int, own *headlines.Own) {
	w, info := s.words, s.methodInfo()
	full, large := methods.RatingBound(info.NeedsBelow), methods.RatingBound(info.Needs)
	then := map[[2]string]float64{}
	for _, x := range own.Then {
		then[[2]string{x.Topic, x.Theme}] = x.Share
	}
	steps := map[[2]string]int{}
	for _, x := range own.Steps {
		steps[[2]string{x.Topic, x.Theme}] += x.Steps
	}
	t := table{tight: true, columns: s.widths([]column{{head: w.Get("summary.section"), width: 168}, {head: ""}, {head: w.Get("story.asked"), width: 66, align: right}, {head: w.Get("summary.achievement"), width: 118, align: right}})}
	for _, sec := range s.card.Staged.Sections {
		if !sec.Gates || sec.CountsFor > level || sec.Criteria == 0 {
			continue
		}
		bound := full
		if sec.CountsFor == level {
			bound = large
		}
		at := [2]string{sec.Topic, sec.Theme}
		head := cell{text: s.heldName(sec.Topic, sec.Theme, ""), head: true, lang: s.templateLang()}
		text := cell{text: s.shareOn(sec.Score.Value, bound)}
		short := steps[at]
		if short > 0 {
			head.st, text.st = &s.look.number, &s.look.number
			text.text = w.Count("story.steps_short", short, "share", text.text)
		}
		was, had := then[at]
		t.rows = append(t.rows, []cell{head, {draw: s.dots(sec.Score.Value, was, had, bound, short > 0)},
			{text: w.Say("story.over", "share", w.Percent(fmt.Sprint(bound)))}, text})
	}
	s.titled(title, figure+w.Say("story.sections_chart_note", "level", level, "full", w.Percent("100")), t)
	s.dotKeys(w.Say("story.legend_asked", "level", level), len(then) > 0)
}

// shareOn writes an achievement in whole per cent, or with as many decimals as show on which side of the bound it lies.
func (p *Printer) shareOn(f models.Figure, bound int) string {
	v, ok := f.Get()
	if !ok {
		return "–"
	}
	for places := range 3 {
		text := models.Some(100 * v).Format(places)
		if text != models.Some(float64(bound)).Format(places) {
			return p.words.Percent(text)
		}
	}
	return p.words.Percent(models.Some(100 * v).Format(0))
}

// dots draws what was, hollow, and what is, full, on the scale from 0 to 100 with the part that is asked for.
func (f *flow) dots(now models.Figure, was float64, had bool, bound int, short bool) func(x, y, w, h float64) {
	return func(x, y, w, h float64) {
		x, w = x+8, w-16
		mid := y + h/2
		b := x + w*float64(bound)/100
		f.d.Rect(b, y+1, x+w-b, h-2, f.look.tint)
		f.d.Line(x, mid, x+w, mid, 0.4, f.look.rule)
		f.d.Line(b, y+1, b, y+h-1, 1.6, f.look.ink)
		c := f.look.gray
		if short {
			c = f.look.accent
		}
		v, ok := now.Get()
		if !ok {
			return
		}
		if had {
			f.d.Line(x+w*was, mid, x+w*v, mid, 1.2, c)
			f.d.Circle(x+w*was, mid, 3, 1.2, c)
		}
		f.d.Dot(x+w*v, mid, 3.4, c)
	}
}

// dotKeys explains the dots.
func (f *flow) dotKeys(asked string, compared bool) {
	st := f.look.note
	f.need(st.lead + 4)
	f.y += 2
	x, mid := f.left+176, f.y+5
	f.d.Begin(tagpdf.P)
	if compared {
		text := f.words.Get("story.legend_then")
		f.d.Circle(x, mid, 3, 1.2, f.look.ink)
		f.line(x+7, f.y, text+" ", st)
		x += 7 + st.width(text) + 14
		text = f.words.Get("story.legend_now")
		f.d.Dot(x, mid, 3.2, f.look.accent)
		f.line(x+7, f.y, text+" ", st)
		x += 7 + st.width(text) + 14
	}
	f.d.Rect(x, f.y+1, 16, 8, f.look.tint)
	f.d.Line(x, f.y, x, f.y+10, 1.4, f.look.ink)
	for i, l := range wrap(asked, st, f.right-x-21) {
		f.line(x+21, f.y+float64(i)*st.lead, l, st)
		if i > 0 {
			f.y += st.lead
		}
	}
	f.d.End()
	f.y += st.lead
}

// movedTable lists the statements that moved in the sections that decide about the next level.
func (s *sheet) movedTable(title, figure string, own *headlines.Own) {
	w := s.words
	t := table{tight: true, columns: s.widths([]column{{head: w.Get("summary.ref"), width: 62}, {head: w.Get("summary.criterion")}, {head: w.Get("story.last_time"), width: 120}, {head: w.Get("summary.now"), width: 120}})}
	for _, m := range own.Moved[:min(mostMoved, len(own.Moved))] {
		c := s.template.Criterion(m.Ref)
		if c == nil {
			continue
		}
		scale := s.template.Scale(c)
		label := func(n int) string {
			step, _ := scale.Step(n)
			return step.Name
		}
		t.rows = append(t.rows, []cell{{text: c.Ref}, {text: c.Subject, head: true, lang: s.templateLang()},
			{draw: s.rated(scale, m.Then, label(m.Then), s.look.td)}, {draw: s.rated(scale, m.Now, label(m.Now), s.look.number)}})
	}
	s.titled(title, figure+w.Get("story.moved_note"), t)
}

// rated draws a rating as filled squares of as many as the scale has steps above the lowest, with its name.
func (f *flow) rated(scale models.Scale, n int, label string, st style) func(x, y, w, h float64) {
	return func(x, y, w, h float64) {
		x += cellPadX
		for k := scale.Lowest() + 1; k <= scale.Highest(); k++ {
			m := hollow
			if n >= k {
				m = full
			}
			f.square(x, y+(h-6.5)/2, 6.5, m)
			x += 7.6
		}
		f.line(x+4, y+(h-st.lead)/2, label+" ", st)
	}
}

// levelsBeside shows how many of all returns stand at each level, and where the recipient stands.
func (s *sheet) levelsBeside(title, figure string) {
	w, n := s.words, 0
	for _, x := range s.of.all.Attained {
		n += x.Count
	}
	t := table{}
	var row []cell
	for _, x := range s.of.all.Attained {
		c := cell{text: w.Say("story.of", "count", x.Count, "n", n)}
		if x.Number == s.card.Staged.Level {
			fill, st := s.look.accent, s.look.number
			st.color = white
			c = cell{text: w.Say("story.you_too", "count", x.Count, "n", n), fill: &fill, st: &st}
		}
		t.columns = append(t.columns, column{head: w.Say("story.own_level", "level", x.Number)})
		row = append(row, c)
	}
	t.columns, t.rows, t.grid = s.widths(t.columns), [][]cell{row}, true
	s.titled(title, figure+w.Get("story.beside_note"), t)
}

// criteriaChart draws each criterion as a square at the level that was chosen, topic by topic, highest mean first.
func (s *sheet) criteriaChart(title, figure string, own *headlines.Own) {
	w := s.words
	type line struct {
		score models.GroupScore
		at    int
	}
	var list []line
	compared, medians := false, false
	for i, t := range s.card.Topics {
		_, ok := s.shown(s.of.all.Topics, i)
		compared = compared || ok
		if t.Answered > 0 && t.Distribution != nil {
			list = append(list, line{t, i})
		}
	}
	slices.SortStableFunc(list, func(a, b line) int { return cmp.Compare(b.score.Mean.Or(0), a.score.Mean.Or(0)) })
	columns := []column{{head: w.Get("summary.topic"), width: 176}}
	for _, step := range s.card.Overall.Distribution {
		columns = append(columns, column{head: w.Say("story.level_one", "level", step.Number)})
	}
	columns = append(columns, column{head: w.Get("summary.mean"), width: 40, align: right})
	if compared {
		columns = append(columns, column{head: w.Get("story.all_middle"), width: 72, align: right})
	}
	t := table{tight: true, columns: s.widths(columns)}
	for _, l := range list {
		head := cell{text: s.topicNames[l.score.Topic], head: true, lang: s.templateLang()}
		m := middle
		if slices.ContainsFunc(own.Apart, func(x headlines.Apart) bool { return x.Topic == l.score.Topic }) {
			head.st, m = &s.look.number, full
		}
		row := []cell{head}
		for _, step := range l.score.Distribution {
			row = append(row, cell{draw: s.stack(step.Count, m)})
		}
		row = append(row, cell{text: number(w, l.score.Mean, 2), st: &s.look.number})
		if compared {
			text := "–"
			if x, ok := s.shown(s.of.all.Topics, l.at); ok {
				text = s.score(x.Median)
				if x.Q1.Known() {
					text = s.score(x.Q1) + "–" + s.score(x.Q3)
				} else {
					medians = true
				}
			}
			row = append(row, cell{text: text})
		}
		t.rows = append(t.rows, row)
	}
	note := figure + w.Get("story.criteria_note")
	if len(own.Apart) > 0 {
		note += " " + w.Get("story.criteria_note_apart")
	}
	if compared && medians {
		note += " " + w.Say("story.criteria_note_median", "count", s.of.all.Returned)
	} else if compared {
		note += " " + w.Say("story.criteria_note_all", "count", s.of.all.Returned)
	}
	s.titled(title, note, t)
}

// apartTexts say by what measure topics are said to stand apart.
func (s *sheet) apartTexts() (out []string) {
	if s.of.story == nil || s.of.story.Charts.Own == nil {
		return nil
	}
	for _, x := range s.of.story.Charts.Own.Apart {
		share, key := x.Pairs, "story.method_high"
		if share < 0.5 {
			share, key = 1-share, "story.method_low"
		}
		out = append(out, s.words.Say(key, "topic", s.words.Say("story.quoted", "text", s.plainTopic(x.Topic)), "share", s.words.Percent(models.Some(100*share).Format(0))))
	}
	return out
}
