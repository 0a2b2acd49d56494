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
	if c == nil || o.in.Column != "" {
		return
	}
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.topic")}, {head: w.Get("summary.answered"), width: 50, align: right}, {head: o.changeHead(w.Get("summary.median_change")), width: 150, align: right}})}
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
	o.titled(w.Get("summary.changed"), w.Say("summary.changed_note", "round", o.say(o.results.Earlier, words.Sayf("the title of the earlier round"), ""), "count", len(c.Recipients)), t)
	if len(missing) > 0 {
		o.paragraph(w.Say("summary.withheld_list", "list", strings.Join(missing, "; ")), o.look.note)
	}
}
