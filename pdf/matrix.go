package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// topicsAcross is how many topics stand side by side in a heat map.
const topicsAcross = 12

// matrixRow is a row of a heat map: its name, a figure before the scores, the scores, and a note instead.
type matrixRow struct {
	name, below string // what stands smaller below the name
	before      string
	scores      []models.Figure // by topic, then overall if the matrix has it
	overall     string
	hidden      string
}

// matrix draws rows by topics as heat maps, as many as the topics need.
func (o *overview) matrix(title, note, corner, before string, overall bool, rows []matrixRow) {
	topics := o.template.Topics
	for start := 0; start < len(topics); start += topicsAcross {
		chunk := topics[start:min(start+topicsAcross, len(topics))]
		columns := []column{{head: corner, width: 150}}
		if before != "" {
			columns = append(columns, column{head: before, width: 46, align: right})
		}
		for _, x := range chunk {
			columns = append(columns, column{head: o.topicNames[x.ID], align: center, up: true})
		}
		if overall {
			columns = append(columns, column{head: o.words.Get("summary.overall"), align: center, up: true})
		}
		t := table{columns: columns, grid: true, tight: true}
		taken := 150.0
		if before != "" {
			taken += 46
		}
		first := len(columns) - len(chunk)
		if overall {
			first--
		}
		each := min((o.width()-taken)/float64(len(columns)-first), 46)
		for i := first; i < len(columns); i++ {
			columns[i].width = each
		}
		for _, r := range rows {
			row := []cell{{text: r.name, small: r.below, head: true}}
			if before != "" {
				row = append(row, cell{text: r.before})
			}
			for i := range chunk {
				c := cell{text: "–", st: &o.look.note}
				if r.hidden != "" {
					if i == 0 {
						c.text = r.hidden
					} else {
						c.text = ""
					}
				} else if start+i < len(r.scores) {
					c = o.shaded(r.scores[start+i])
				}
				row = append(row, c)
			}
			if overall {
				row = append(row, cell{text: r.overall, st: &o.look.figureStrong})
			}
			t.rows = append(t.rows, row)
		}
		if start == 0 {
			o.titled(title, note, t)
		} else {
			o.advance(12)
			o.table(t)
		}
	}
}

func (o *overview) shaded(v models.Figure) cell {
	x, ok := v.Get()
	if !ok {
		return cell{text: "–", st: &o.look.note}
	}
	fill, ink := o.look.shade(o.share(x))
	st := o.look.figureStrong
	st.color = ink
	return cell{text: o.score(v), fill: &fill, st: &st}
}

// groups compares the groups by their medians.
func (o *overview) groups() {
	w, c := o.words, o.results.Consolidation
	if len(c.Groups) == 0 {
		return
	}
	row := func(name string, g models.GroupView, why *withholding.Group) matrixRow {
		r := matrixRow{name: name, before: fmt.Sprint(g.Returned)}
		if o.forOthers() && why != nil {
			r.below = o.notShown(o.template.Topics, why.Topics)
		}
		if o.forOthers() && !hasMedian(g) {
			r.before = w.Get("summary.suppressed")
			return r
		}
		for i := range g.Topics {
			x, _ := o.shown(g.Topics, i)
			r.scores = append(r.scores, x.Median)
		}
		return r
	}
	d := o.results.Disclosure
	if d == nil || !o.forOthers() {
		d = &models.Disclosure{Groups: make([]withholding.Group, len(c.Groups))}
	}
	rows := []matrixRow{row(w.Get("summary.all_returns"), c.All, &d.All)}
	for i, g := range c.Groups {
		rows = append(rows, row(o.groupName(g), g, &d.Groups[i]))
	}
	o.matrix(w.Get("summary.groups_compared"), o.groupsNote(), w.Get("summary.group"), w.Get("summary.returns"), false, rows)
}

// groupsNote says which groups are compared.
func (o *overview) groupsNote() string {
	if !o.forOthers() {
		return o.words.Get("summary.groups_every")
	}
	return o.words.Say("summary.groups_compared_note", "least", 2*o.round.SmallestGroup())
}

func (o *overview) groupName(g models.GroupView) string {
	return o.sayLine(g.Column, words.Sayf("a group's heading"), "") + ": " + o.sayLine(g.Value, words.Sayf("a group's name"), "")
}

// response shows how many returned, by group, and who has not.
func (o *overview) response() {
	w, c := o.words, o.results.Consolidation
	if o.in.Column != "" && o.forOthers() {
		return // the facts at the head say it
	}
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.group")}, {head: w.Get("summary.recipients"), width: 76, align: right}, {head: w.Get("summary.returned"), width: 60, align: right}, {head: w.Get("summary.response_rate"), width: 60, align: right}, {head: w.Percent("0–100"), width: 120}})}
	for _, g := range append([]models.GroupView{c.All}, c.Groups...) {
		name := w.Get("summary.all")
		if g.Column != "" {
			name = o.groupName(g)
		}
		if o.forOthers() && g.Returned <= o.round.SmallestGroup() {
			reason := o.withheld(withholding.Few, o.round.SmallestGroup()+1)
			t.rows = append(t.rows, []cell{{text: name, head: true, small: w.Say("summary.withheld_list", "list", reason)}, {text: fmt.Sprint(g.Recipients)}, {text: "–"}, {text: "–"}, {text: "–"}})
			continue
		}
		t.rows = append(t.rows, []cell{{text: name, head: true}, {text: fmt.Sprint(g.Recipients)}, {text: fmt.Sprint(g.Returned)},
			{text: o.rate(g.Returned, g.Recipients), st: &o.look.number}, {draw: o.shareBar(g.Returned, g.Recipients)}})
	}
	o.titled(w.Get("summary.response"), "", t)
	if o.in.Names == Withheld {
		return
	}
	var missing []string
	for _, rc := range o.without {
		missing = append(missing, o.called(rc))
	}
	if len(missing) > 0 {
		o.y += 5
		o.paragraph(w.Say("summary.outstanding_list", "recipients", strings.Join(missing, "; ")), o.look.td)
	}
}

// called is what the overview calls a recipient.
func (o *overview) called(rc models.Recipient) string {
	if o.in.Names == ByReference {
		if ref := o.in.References[rc.ID]; ref != "" {
			return ref
		}
		return "–"
	}
	name := o.sayLine(rc.Name, words.Sayf("the name of recipient %s", rc.ID), rc.ID)
	if name == "" || name == unprintable {
		name = o.sayLine(rc.ID, words.Sayf("the id of recipient %s", rc.ID), rc.ID) + " " + name
	}
	if o.namesakes[rc.Name] > 1 {
		name += " (" + o.sayLine(rc.ID, words.Sayf("the id of recipient %s", rc.ID), rc.ID) + ")"
	}
	return name
}

// heatMap shows each recipient's scores by topic.
func (o *overview) heatMap() {
	w := o.words
	list := slices.Clone(o.standings)
	if len(list) == 0 {
		return
	}
	note := w.Get("summary.heat_map_note")
	overall := o.methodInfo().HasOverall()
	switch o.in.Names {
	case ByReference: // the order of the list would give the names away
		slices.SortStableFunc(list, func(a, b standing) int {
			return cmp.Compare(o.called(a.Recipient), o.called(b.Recipient))
		})
	case Withheld:
		o.heading(tagpdf.H2, w.Get("summary.heat_map"), 30)
		o.paragraph(w.Get("summary.heat_map_withheld"), o.look.body)
		return
	}
	var rows []matrixRow
	for _, x := range list {
		r := matrixRow{name: o.called(x.Recipient), scores: x.topics}
		if overall {
			r.overall = o.score(x.overall)
			if x.staged {
				r.overall = fmt.Sprint(x.level)
			}
		}
		rows = append(rows, r)
	}
	o.matrix(w.Get("summary.heat_map"), note, w.Get("summary.recipient"), "", overall, rows)
}
