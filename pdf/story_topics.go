package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// anySpread says that some topic's spread may be shown.
func (o *overview) anySpread() bool {
	return slices.ContainsFunc(o.results.Consolidation.All.Topics, func(x models.Spread) bool { return x.Median.Known() })
}

// halvesChart draws how the returns are spread by topic, and how many have it in the lower or upper half of their own
// topics: the topics that stand apart dark, the others grey.
func (o *overview) halvesChart(title, figure string) {
	w, all := o.words, o.results.Consolidation.All
	halves := slices.Clone(o.in.Story.Charts.Topics)
	counted := o.in.Story.Item(headlines.InHalves) != nil || !o.forOthers()
	place := map[string]int{}
	for i, t := range o.template.Topics {
		place[t.ID] = i
	}
	if counted {
		slices.SortStableFunc(halves, func(a, b headlines.Halves) int { return cmp.Compare(b.Upper-b.Lower, a.Upper-a.Lower) })
	}
	most := 0
	for _, h := range halves {
		most = max(most, h.Lower, h.Upper)
	}
	columns := []column{{head: w.Get("summary.topic"), width: 172}, {head: w.Get("story.middle_half")}, {head: w.Get("summary.median"), width: 40, align: right}}
	if counted {
		columns = append(columns, column{head: w.Get("story.halves"), width: 128, align: center})
	}
	t := table{tight: true, columns: o.widths(columns)}
	for _, h := range halves {
		spread, ok := o.shown(all.Topics, place[h.Topic])
		if !ok {
			continue
		}
		head := cell{text: o.topicNames[h.Topic], head: true, lang: o.templateLang()}
		if h.Apart && counted {
			head.st = &o.look.number
		}
		row := []cell{head, {draw: o.spreadBar(spread, h.Apart && counted)}, {text: o.score(spread.Median), st: &o.look.number}}
		if counted {
			row = append(row, cell{draw: o.halvesBar(h, most)})
		}
		t.rows = append(t.rows, row)
	}
	note := w.Get("summary.distribution_note")
	if counted {
		note = w.Say("story.halves_note", "from", o.template.LevelScale().Lowest(), "to", o.template.LevelScale().Highest())
		if n := o.in.Story.Charts.Doubtful; n > 0 {
			note = w.Say("story.doubtful_note", "count", n, "n", all.Returned) + " " + note
		}
	}
	o.titled(title, figure+note, t)
}

// spreadBar draws the middle half of all returns and their median on the scale.
func (f *flow) spreadBar(s models.Spread, apart bool) func(x, y, w, h float64) {
	return func(x, y, w, h float64) {
		x, w = x+10, w-20
		mid := y + h/2
		at, _ := f.steps()
		for _, m := range at {
			f.d.Line(x+w*m, y+1, x+w*m, y+h-1, 0.4, f.look.rule)
		}
		fill := f.look.band
		if apart {
			fill = f.look.half
		}
		if s.Q1.Known() {
			a, b := f.share(s.Q1.Or(0)), f.share(s.Q3.Or(0))
			f.d.Rect(x+w*a, mid-4, max(w*(b-a), 1), 8, fill)
		}
		m := x + w*f.share(s.Median.Or(0))
		f.d.Line(m, mid-5, m, mid+5, 1.6, f.look.ink)
	}
}

// halvesBar draws the lower half to the left of a line, the upper to its right.
func (f *flow) halvesBar(h headlines.Halves, most int) func(x, y, w, hh float64) {
	return func(x, y, w, hh float64) {
		fill, st := f.look.band, f.look.td
		if h.Apart {
			fill, st = f.look.accent, f.look.number
		}
		mid := x + w/2
		unit := (w/2 - 20) / float64(max(most, 1))
		f.d.Rect(mid-unit*float64(h.Lower), y+hh/2-4, unit*float64(h.Lower), 8, fill)
		f.d.Rect(mid, y+hh/2-4, unit*float64(h.Upper), 8, fill)
		f.d.Line(mid, y, mid, y+hh, 0.8, f.look.ink)
		a, b := fmt.Sprint(h.Lower), fmt.Sprint(h.Upper)
		f.line(mid-unit*float64(h.Lower)-4-st.width(a), y+(hh-st.lead)/2, a+" ", st)
		f.line(mid+unit*float64(h.Upper)+4, y+(hh-st.lead)/2, b+" ", st)
	}
}

// furthestChart draws the criteria furthest short of the level to reach, by the levels that the returns chose.
func (o *overview) furthestChart(title, figure string) {
	w, c := o.words, &o.in.Story.Charts
	scale := o.template.LevelScale()
	var legend []string
	for _, s := range scale {
		if s.Number < c.Aim {
			legend = append(legend, w.Say("story.level_one", "level", s.Number))
		}
	}
	legend = append(legend, w.Say("story.level_to", "from", c.Aim, "to", scale.Highest()))
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.ref"), width: 44}, {head: w.Get("summary.criterion")}, {head: strings.Join(legend, " | "), width: 190, align: center}, {head: w.Say("story.below_level", "level", c.Aim), width: 76, align: right}})}
	views := map[string]models.CriterionView{}
	for _, v := range o.results.Consolidation.Criteria {
		views[v.Ref] = v
	}
	for _, x := range c.Furthest[:min(mostFurthest, len(c.Furthest))] {
		criterion := o.template.Criterion(x.Ref)
		if criterion == nil {
			continue
		}
		t.rows = append(t.rows, []cell{{text: x.Ref}, {text: criterion.Subject, head: true, lang: o.templateLang()}, {draw: o.levelsBar(views[x.Ref], c.Aim)},
			{text: w.Say("story.of", "count", x.Below, "n", x.N), st: &o.look.number}})
	}
	o.titled(title, figure+w.Say("story.furthest_note", "level", c.Aim), t)
}

// levelsBar draws how many chose each level below the aim, and the rest together.
func (f *flow) levelsBar(v models.CriterionView, aim int) func(x, y, w, h float64) {
	return func(x, y, w, h float64) {
		x, w = x+4, w-8
		y, h = y+(h-min(h, 14))/2, min(h, 14)
		below := 0
		for _, s := range v.Distribution {
			if s.Number < aim {
				below++
			}
		}
		part := func(at int, n int) {
			if n == 0 {
				return
			}
			length := w * float64(n) / float64(max(v.Answered, 1))
			share := 1.0
			if below > 1 {
				share = 1 - float64(at)/float64(below)*0.9
			}
			fill, ink := f.look.shade(share)
			if at >= below {
				fill, ink = white, tagpdf.Color{}
			}
			f.d.Rect(x, y+1.2, length, h-2.4, f.look.gray)
			f.d.Rect(x+0.4, y+1.6, max(length-0.8, 0), h-3.2, fill)
			st := f.look.figure
			st.color = ink
			label := fmt.Sprint(n)
			if st.width(label)+2 <= length {
				f.line(x+(length-st.width(label))/2, y+(h-st.lead)/2, label+" ", st)
			}
			x += length
		}
		at, rest := 0, 0
		for _, s := range v.Distribution {
			if s.Number >= aim {
				rest += s.Count
				continue
			}
			part(at, s.Count)
			at++
		}
		part(below, rest)
	}
}

// missingChart draws, by group, how many returned of those that were asked.
func (o *overview) missingChart(title, figure string) {
	w := o.words
	list := o.in.Story.Charts.Missing
	most := 0
	for _, m := range list {
		most = max(most, m.Recipients)
	}
	t := table{tight: true, columns: o.widths([]column{{head: o.sayLine(list[0].Column, words.Sayf("a group's heading"), ""), width: 176}, {head: w.Get("summary.returned")}})}
	for _, m := range list {
		label := w.Say("story.of", "count", m.Returned, "n", m.Recipients)
		t.rows = append(t.rows, []cell{{text: o.sayLine(m.Value, words.Sayf("a group's name"), ""), head: true},
			{draw: o.squares([]run{{full, m.Returned}, {hollow, m.Recipients - m.Returned}}, most, label, o.look.td)}})
	}
	o.titled(title, figure+w.Get("story.missing_note"), t)
}
