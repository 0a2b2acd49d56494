package pdf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
)

// How many rows the charts of page one have.
const (
	mostHeld     = 5
	mostLacking  = 6
	mostFurthest = 6
)

// tell puts together the story of the round and its charts.
func (o *overview) tell() *tale {
	t := &tale{Story: o.in.Story}
	if t.Story == nil {
		return t
	}
	c, w := &t.Charts, o.words
	add := func(has bool, title string, draw func(string, string), rules ...headlines.Rule) {
		if has {
			t.charts = append(t.charts, chart{rules, title, draw})
		}
	}
	compared := slices.ContainsFunc(t.Items, func(x headlines.Item) bool { return x.Rule == headlines.InHalves })
	add(len(c.Levels) > 0, w.Get("story.levels_chart"), o.levelsChart, headlines.Result, headlines.Change)
	add(len(c.Held) > 0, w.Get("story.held_chart"), o.heldChart, headlines.HoldsBack)
	add(len(c.Ways) > 0, w.Get("story.ways_chart"), o.waysChart, headlines.Near)
	add(len(c.Lacking) > 0, w.Get("story.lacking_chart"), o.lackingChart)
	if len(c.Levels) == 0 {
		title := w.Get("story.apart_none")
		if c.Doubtful > 0 {
			title = w.Get("story.apart_doubtful")
		}
		if o.forOthers() && !compared {
			title = w.Get("summary.distribution")
		}
		add(len(c.Topics) > 0 && o.anySpread(), title, o.halvesChart, headlines.Result, headlines.InHalves)
	}
	add(len(c.Furthest) > 0, w.Say("story.furthest_title", "level", c.Aim), o.furthestChart, headlines.FurthestOff)
	add(len(c.Missing) > 0, w.Get("summary.outstanding"), o.missingChart, headlines.Caveat)
	return t
}

// levelsChart draws who stands at which level, highest first.
func (o *overview) levelsChart(title, figure string) {
	w, levels := o.words, o.in.Story.Charts.Levels
	total, most := 0, 0
	moved := levelMoves{}
	for _, l := range levels {
		total, most = total+l.Count(), max(most, l.Count())
		moved.add(l)
	}
	t := table{tight: true, columns: o.widths([]column{{width: 176}, {}})}
	for _, l := range slices.Backward(levels) {
		runs := []run{{full, l.Before}, {up, l.Up}, {upOpen, l.UpOpen}, {down, l.Down}, {downOpen, l.DownOpen}, {middle, l.New}}
		t.rows = append(t.rows, []cell{{text: o.levelName(l.Number), head: true, lang: o.templateLang()},
			{draw: o.squares(runs, most, fmt.Sprint(l.Count()), o.look.number)}})
	}
	o.titled(title, figure+w.Say("story.one_square", "count", total), t)
	if keys := moved.keys(o); len(keys) > 1 {
		o.keys(o.left+176+cellPadX, keys)
	}
	for _, x := range []struct {
		key string
		ids []string
	}{{"story.up_list", o.in.Story.Charts.Up}, {"story.open_list", o.in.Story.Charts.Open}, {"story.down_list", o.in.Story.Charts.Down}} {
		if len(x.ids) > 0 {
			o.paragraph(w.Say(x.key, "list", o.listOf(x.ids)), o.look.caption)
		}
	}
}

// levelMoves says which marks a chart of levels has.
type levelMoves headlines.Level

func (m *levelMoves) add(l headlines.Level) {
	m.Before, m.Up, m.UpOpen = m.Before+l.Before, m.Up+l.Up, m.UpOpen+l.UpOpen
	m.Down, m.DownOpen, m.New = m.Down+l.Down, m.DownOpen+l.DownOpen, m.New+l.New
}

func (m *levelMoves) keys(o *overview) []key {
	var out []key
	for _, x := range []struct {
		n    int
		mark mark
		key  string
	}{{m.Before, full, "story.as_before"}, {m.Up, up, "story.up_level"}, {m.UpOpen, upOpen, "story.up_open"}, {m.Down, down, "story.down_level"},
		{m.DownOpen, downOpen, "story.down_open"}, {m.New, middle, "story.not_there"}} {
		if x.n > 0 {
			out = append(out, key{x.mark, o.words.Get(x.key)})
		}
	}
	return out
}

// listOf names recipients by id, as the overview calls them, in the order of the recipients list.
func (o *overview) listOf(ids []string) string {
	var names []string
	for i := range o.results.Members {
		if rc := o.results.Members[i].Recipient; slices.Contains(ids, rc.ID) {
			names = append(names, o.called(rc))
		}
	}
	return strings.Join(names, "; ")
}

// heldName is what a row of the chart of sections is called.
func (p *Printer) heldName(topic, theme, ref string) string {
	if c := p.template.Criterion(ref); c != nil {
		return c.Ref + "  " + c.Subject
	}
	t, _ := p.template.Topic(topic)
	name := t.Name
	if t.Level != nil {
		name = p.words.Get("summary.level_head") + " " + fmt.Sprint(*t.Level)
	}
	if theme != "" {
		name += " · " + p.themeName(theme)
	}
	return name
}

// heldChart draws whom each section keeps from the next level, heaviest first.
func (o *overview) heldChart(title, figure string) {
	w := o.words
	list := o.in.Story.Charts.Held[:min(mostHeld, len(o.in.Story.Charts.Held))]
	most, open := 0, 0
	for _, h := range list {
		most, open = max(most, h.Count()), open+h.Open
	}
	columns := []column{{head: w.Get("summary.section"), width: 176}, {head: w.Get("summary.kept_back")}}
	c := &o.in.Story.Charts
	if !o.forOthers() && c.CommonCount > 0 {
		columns = append(columns, column{head: w.Say("story.kept_at", "level", c.Common), width: 64, align: right})
	}
	if !o.forOthers() {
		columns = append(columns, column{head: w.Get("story.weight"), width: 44, align: right})
	}
	t := table{tight: true, columns: o.widths(columns), below: keyRoom}
	var labels []string
	for _, h := range list {
		if labels = append(labels, fmt.Sprint(h.Count())); h.NearNow > 0 {
			labels[len(labels)-1] = w.Say("story.kept_near", "count", h.Count(), "near", h.NearNow)
		}
	}
	for i, h := range list {
		st := o.look.td
		head := cell{text: o.heldName(h.Topic, h.Theme, h.Ref), head: true, lang: o.templateLang()}
		if i == 0 {
			st, head.st = o.look.strong, &o.look.strong
			st.size, st.lead = o.look.td.size, o.look.td.lead
		}
		row := []cell{head, {draw: o.squares([]run{{full, h.Near}, {hollow, h.Open}, {middle, h.Far}}, most, labels[i], st, labels...)}}
		if !o.forOthers() {
			if c.CommonCount > 0 {
				row = append(row, cell{text: w.Say("story.of", "count", h.Common, "n", c.CommonCount)})
			}
			row = append(row, cell{text: number(w, models.Some(h.Weight), 2)})
		}
		t.rows = append(t.rows, row)
	}
	note := w.Get("story.held_note")
	if o.forOthers() {
		note = w.Get("summary.kept_back_note")
	}
	o.titled(title, figure+note, t)
	if o.forOthers() {
		return
	}
	keys := []key{{full, w.Get("story.legend_near")}, {middle, w.Get("story.legend_far")}}
	if open > 0 {
		keys = append(keys, key{hollow, w.Get("story.legend_open")})
	}
	o.keys(o.left+176+cellPadX, keys)
}

// waysChart draws how many steps it is to the next level.
func (o *overview) waysChart(title, figure string) {
	w := o.words
	columns := []column{{head: w.Get("summary.level_head"), width: 176}}
	from := 1
	for _, b := range headlines.Bounds {
		columns = append(columns, column{head: w.Say("story.steps_range", "from", from, "to", b)})
		from = b + 1
	}
	columns = append(columns, column{head: w.Say("story.steps_over", "from", from-1)})
	most := 0
	for _, x := range o.in.Story.Charts.Ways {
		most = max(most, slices.Max(x.Counts[:]))
	}
	t := table{tight: true, columns: o.widths(columns)}
	for _, x := range o.in.Story.Charts.Ways {
		row := []cell{{text: w.Say("story.from_to", "from", x.From, "to", x.To), head: true}}
		for i, n := range x.Counts {
			switch {
			case n == 0:
				row = append(row, cell{})
			case i == 0:
				row = append(row, cell{draw: o.squares([]run{{full, n - x.Open}, {hollow, x.Open}}, most, fmt.Sprint(n), o.look.number)})
			default:
				row = append(row, cell{draw: o.squares([]run{{middle, n}}, most, fmt.Sprint(n), o.look.td)})
			}
		}
		t.rows = append(t.rows, row)
	}
	o.titled(title, figure+w.Get("story.ways_note"), t)
}

// lackingChart lists what would help most up.
func (o *overview) lackingChart(title, figure string) {
	w := o.words
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.ref"), width: 62}, {head: w.Get("summary.lowest_statements")}, {head: w.Get("story.kept_lacking"), width: 110, align: right}, {head: w.Get("story.of_them_near"), width: 66, align: right}, {head: w.Get("story.weight"), width: 44, align: right}})}
	for _, x := range o.in.Story.Charts.Lacking[:min(mostLacking, len(o.in.Story.Charts.Lacking))] {
		c := o.template.Criterion(x.Ref)
		if c == nil {
			continue
		}
		t.rows = append(t.rows, []cell{{text: x.Ref}, {text: c.Subject, head: true, st: &o.look.number, lang: o.templateLang()},
			{text: fmt.Sprint(x.Kept)}, {text: fmt.Sprint(x.Near)}, {text: number(w, models.Some(x.Weight), 2)}})
	}
	o.titled(title, figure+w.Get("story.lacking_note"), t)
}
