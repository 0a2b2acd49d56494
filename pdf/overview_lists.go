package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// views lists the criteria that enough returns answered, of the given kind.
func (o *overview) views(symptoms bool) []models.CriterionView {
	var out []models.CriterionView
	for _, v := range o.results.Consolidation.Criteria {
		c := o.template.Criterion(v.Ref)
		if c != nil && c.Scored() != symptoms && v.Answered > 0 {
			out = append(out, v)
		}
	}
	return out
}

// mean is the mean of the steps chosen.
func mean(v models.CriterionView) float64 {
	sum, n := 0, 0
	for _, s := range v.Distribution {
		sum += s.Number * s.Count
		n += s.Count
	}
	return float64(sum) / float64(max(n, 1))
}

// priorities lists the criteria that stand lowest over all returns.
func (o *overview) priorities() {
	w := o.words
	if o.methodInfo().AttainsLevels() {
		o.keptBack()
		return
	}
	views := o.views(false)
	if len(views) == 0 {
		return
	}
	slices.SortStableFunc(views, func(a, b models.CriterionView) int { return cmp.Compare(mean(a), mean(b)) })
	var picked []models.CriterionView
	taken := map[string]bool{}
	for pass := 0; pass < 2 && len(picked) < 6; pass++ {
		for _, v := range views {
			topic := o.template.Criterion(v.Ref).Topic
			if len(picked) < 6 && (pass == 1 || !taken[topic]) && !slices.ContainsFunc(picked, func(p models.CriterionView) bool { return p.Ref == v.Ref }) {
				taken[topic] = true
				picked = append(picked, v)
			}
		}
	}
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.ref"), width: 58}, {head: w.Get("summary.criterion")}, {head: w.Get("summary.topic"), width: 168}, {head: w.Get("summary.mean"), width: 40, align: right}, {head: w.Get("summary.answered"), width: 30, align: right}})}
	for _, v := range picked {
		c := o.template.Criterion(v.Ref)
		t.rows = append(t.rows, []cell{{text: c.Ref}, {text: c.Subject, head: true, st: &o.look.number, lang: o.templateLang()},
			{text: o.topicNames[c.Topic], lang: o.templateLang()}, {text: number(w, models.Some(mean(v)), 2)}, {text: fmt.Sprint(v.Answered)}})
	}
	o.titled(w.Get("summary.round_priorities"), w.Get("summary.round_priorities_note"), t)
}

// keptBack lists the sections (or criteria) that keep most recipients from their next level.
func (o *overview) keptBack() {
	w, c := o.words, o.results.Consolidation
	type place struct{ topic, theme, ref string }
	counts := map[place]int{}
	var order []place
	add := func(at place, n int) {
		if counts[at] == 0 {
			order = append(order, at)
		}
		counts[at] += n
	}
	switch d := o.results.Disclosure; {
	case !o.forOthers():
		for _, x := range o.standings {
			for _, b := range x.blockers {
				add(place{b.Topic, b.Theme, b.Ref}, 1)
			}
		}
	case d != nil:
		for _, k := range d.KeptBack {
			if k.Withheld == "" && k.Count > 0 {
				add(place{k.Topic, k.Theme, k.Ref}, k.Count)
			}
		}
	}
	if len(order) == 0 {
		return
	}
	place0 := func(p place) int { // in the template's order, where counts are equal
		if p.ref != "" {
			return slices.IndexFunc(o.template.Criteria, func(c models.Criterion) bool { return c.Ref == p.ref })
		}
		return o.cellIndex(p.topic, p.theme)
	}
	slices.SortFunc(order, func(a, b place) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(place0(a), place0(b)))
	})
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.section")}, {head: w.Get("summary.bar"), width: 130}, {head: w.Get("summary.kept_back"), width: 96, align: right}, {head: w.Get("summary.share"), width: 50, align: right}})}
	for _, p := range order[:min(6, len(order))] {
		name := o.topicNames[p.topic]
		if p.theme != "" {
			name += " · " + o.themeName(p.theme)
		}
		if c := o.template.Criterion(p.ref); c != nil {
			name = c.Ref + "  " + c.Subject
		}
		t.rows = append(t.rows, []cell{{text: name, head: true, lang: o.templateLang()}, {draw: o.shareBar(counts[p], c.Returned)},
			{text: fmt.Sprint(counts[p]), st: &o.look.number}, {text: o.rate(counts[p], c.Returned)}})
	}
	o.titled(w.Get("summary.round_priorities"), w.Get("summary.kept_back_note"), t)
}

// risks lists the symptoms that most returns name as still true.
func (o *overview) risks() {
	w := o.words
	views := o.views(true)
	stillTrue := func(v models.CriterionView) int {
		for _, s := range v.Distribution {
			if s.Number == models.Symptoms.Highest() {
				return s.Count
			}
		}
		return 0
	}
	views = slices.DeleteFunc(views, func(v models.CriterionView) bool { return stillTrue(v) == 0 })
	if len(views) == 0 {
		return
	}
	slices.SortStableFunc(views, func(a, b models.CriterionView) int {
		return cmp.Compare(float64(stillTrue(b))/float64(b.Answered), float64(stillTrue(a))/float64(a.Answered))
	})
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.ref"), width: 58}, {head: w.Get("summary.criterion")}, {head: w.Get("summary.still_true"), width: 60, align: right}, {head: w.Get("summary.answered"), width: 30, align: right}})}
	for _, v := range views[:min(6, len(views))] {
		c := o.template.Criterion(v.Ref)
		t.rows = append(t.rows, []cell{{text: c.Ref}, {text: c.Text(), head: true, lang: o.templateLang()},
			{text: fmt.Sprint(stillTrue(v)), st: &o.look.number}, {text: fmt.Sprint(v.Answered)}})
	}
	o.titled(w.Get("summary.risks_round"), w.Get("summary.risks_round_note"), t)
}

// changed shows how scores moved since an earlier round.
func (o *overview) changed() {
	w, c := o.words, o.results.Comparison
	if c == nil {
		return
	}
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.topic")}, {head: w.Get("summary.answered"), width: 50, align: right}, {head: w.Get("summary.median_change"), width: 130, align: right}})}
	var missing []string
	for i, x := range c.Topics {
		if i >= len(o.template.Topics) || x.N == 0 {
			continue
		}
		var why withholding.Change
		if o.forOthers() {
			if why.Median = withholding.Few; o.results.Disclosure != nil && 1+i < len(o.results.Disclosure.Changes) {
				why = o.results.Disclosure.Changes[1+i]
			}
		}
		if why.Median != "" {
			missing = append(missing, o.shortNames[o.template.Topics[i].ID]+": "+o.medianWithheld(why.Median))
			continue
		}
		median := cell{text: o.signed(x.Median), st: &o.look.number}
		if why.Quartiles == "" {
			median.beside = o.signed(x.Q1) + " – " + o.signed(x.Q3)
		}
		t.rows = append(t.rows, []cell{{text: o.topicNames[o.template.Topics[i].ID], head: true, lang: o.templateLang()}, {text: fmt.Sprint(x.N)}, median})
	}
	if len(t.rows) == 0 {
		o.heading(tagpdf.H2, w.Get("summary.changed"), 30)
		o.paragraph(w.Say("summary.changed_few", "least", 2*o.round.SmallestGroup()), o.look.body)
		return
	}
	o.titled(w.Get("summary.changed"), w.Say("summary.changed_note", "round", o.say(o.results.Earlier, "the title of the earlier round", ""), "count", len(c.Recipients)), t)
	if len(missing) > 0 {
		o.paragraph(w.Say("summary.withheld_list", "list", strings.Join(missing, "; ")), o.look.note)
	}
}
