package pdf

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// Naming says how the overview calls the recipients.
type Naming int

// The ways to call recipients. The zero value is ByName.
const (
	ByName Naming = iota
	ByReference
	Withheld
)

// OverviewInput is what the overview of a round is drawn from.
type OverviewInput struct {
	Consolidation models.Consolidation
	// Members are all recipients, with the return that counts and its scorecard where there is one.
	Members []models.Member
	// Register may be empty; it adds who is late and whose return cannot count yet.
	Register models.Register
	Names    Naming
	// References are the short references by recipient id, for ByReference.
	References map[string]string
	// Comparison is how scores moved since the round that ChangeSince names; nil where there is nothing to
	// compare with.
	Comparison  *models.Comparison
	ChangeSince string
}

// Overview writes the overview of the round: response, spread by topic, recipients by topic, groups
// compared, priorities. Its first page stands alone. Findings and errors are as for Summary.
func (p *Printer) Overview(w io.Writer, in OverviewInput) ([]models.Finding, error) {
	f := p.begin(p.round.Title+" – "+p.words.Overview, p.words.Overview)
	o := &overview{flow: f, in: in}
	f.startPart(p.round.Title)
	o.opening()
	o.spread()
	o.attained()
	o.priorities()
	o.risks()
	o.changed()
	o.groups()
	o.response()
	o.heatMap()
	o.method()
	f.endPart()
	return f.write(w)
}

// overview is the overview in the making.
type overview struct {
	*flow
	in OverviewInput
}

func (o *overview) opening() {
	w, c := o.words, o.in.Consolidation
	o.masthead(o.template.Title, o.round.Title, w.Overview, o.round.Organiser)
	facts := []fact{{w.Recipients, fmt.Sprint(c.Recipients)}, {w.Returned, fmt.Sprint(c.Returned)},
		{w.Outstanding, fmt.Sprint(c.Recipients - c.Returned)}}
	if !o.round.Due.IsZero() {
		facts = append(facts, fact{w.Due, w.day(o.round.Due.Time)})
	}
	o.facts(facts)
	o.heading(tagpdf.H2, w.Headline, 60)
	var rest []string
	late, correct := 0, 0
	for _, e := range o.in.Register.Entries {
		if e.ReturnedLate {
			late++
		}
		if e.Status == models.Corrections {
			correct++
		}
	}
	var more []string
	if late > 0 {
		more = append(more, fmt.Sprintf(w.ReturnedLate, late))
	}
	if correct > 0 {
		more = append(more, fmt.Sprintf(w.ToCorrect, correct))
	}
	big := fmt.Sprintf(w.ResponseLine, c.Returned, c.Recipients, o.rate(c.Returned, c.Recipients))
	if len(more) > 0 {
		rest = append(rest, strings.Join(more, "; ")+".")
	}
	if c.All.Suppressed {
		rest = append(rest, fmt.Sprintf(w.AllSuppressed, o.round.SmallestGroup()))
	} else {
		rest = append(rest, o.extremes()...)
		if m, ok := o.shown(c.All, []models.Spread{c.All.Overall}, 0); ok {
			if o.staged() {
				rest = append(rest, fmt.Sprintf(w.MedianLevel, w.number(m.Median, 1)))
			} else {
				rest = append(rest, fmt.Sprintf(w.MedianAll, o.score(m.Median)))
			}
		}
	}
	o.panel(big, rest)
}

// rate is a share of returns in whole per cent.
func (p *Printer) rate(n, of int) string {
	if of == 0 {
		return "–"
	}
	return p.words.number(models.Some(float64(n)/float64(of)*100), 0) + "%"
}

// extremes names the topics with the highest and lowest median.
func (o *overview) extremes() []string {
	w, all := o.words, o.in.Consolidation.All
	best, worst := -1, -1
	var high, low models.Figure
	for i := range all.Topics {
		x, ok := o.shown(all, all.Topics, i)
		if !ok {
			continue
		}
		v := x.Median.Or(0)
		if best < 0 || v > high.Or(0) {
			best, high = i, x.Median
		}
		if worst < 0 || v < low.Or(0) {
			worst, low = i, x.Median
		}
	}
	if best < 0 || high == low {
		return nil
	}
	return []string{fmt.Sprintf(w.StrongestAll, o.template.Topics[best].Name, o.score(high)),
		fmt.Sprintf(w.WeakestAll, o.template.Topics[worst].Name, o.score(low))}
}

// spread draws median and quartiles of all returns by topic.
func (o *overview) spread() {
	w, all := o.words, o.in.Consolidation.All
	var points []point
	any := false
	for i, t := range o.template.Topics {
		q := point{label: o.topicNames[t.ID], short: o.shortNames[t.ID]}
		q.group, q.compared = o.shown(all, all.Topics, i)
		q.own = q.group.Median
		any = any || q.compared
		points = append(points, q)
	}
	if !any {
		return
	}
	o.heading(tagpdf.H2, w.Distribution, min(o.barsHeight(points, o.width()), 150)+20)
	o.spreadOnly = true
	o.bars(points, o.left)
	o.spreadOnly = false
	o.y += 4
	o.paragraph(w.DistributionNote, o.look.note)
}

// attained counts the organisations at each level.
func (o *overview) attained() {
	w, all := o.words, o.in.Consolidation.All
	if all.Suppressed || len(all.Attained) == 0 {
		return
	}
	total := 0
	for _, x := range all.Attained {
		total += x.Count
	}
	t := table{tight: true, columns: o.widths([]column{{head: w.LevelHead}, {head: w.Bar, width: 190}, {head: w.Recipients, width: 80, align: right}, {head: w.Share, width: 60, align: right}})}
	for _, x := range all.Attained {
		t.rows = append(t.rows, []cell{{text: o.levelName(x.Number), head: true, lang: o.templateLang()}, {draw: o.shareBar(x.Count, total)},
			{text: fmt.Sprint(x.Count), st: &o.look.number}, {text: o.rate(x.Count, total)}})
	}
	o.titled(w.Attained, w.AttainedNote, t)
}

// shareBar draws a share as a bar; its figures stand beside it.
func (f *flow) shareBar(n, of int) func(x, y, w, h float64) {
	return func(x, y, w, h float64) {
		x, w = x+6, w-12
		f.d.Rect(x, y+h/2-4, w, 8, f.look.tint)
		if n > 0 {
			f.d.Rect(x, y+h/2-4, max(w*float64(n)/float64(max(of, 1)), 1), 8, f.look.accent)
		}
	}
}

// views lists the criteria that enough returns answered, of the given kind.
func (o *overview) views(symptoms bool) []models.CriterionView {
	if o.in.Consolidation.All.Suppressed {
		return nil
	}
	var out []models.CriterionView
	for _, v := range o.in.Consolidation.Criteria {
		c := o.template.Criterion(v.Ref)
		if c != nil && c.Scored() != symptoms && v.Answered >= o.round.SmallestGroup() {
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
	if o.staged() {
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
	t := table{tight: true, columns: o.widths([]column{{head: w.Ref, width: 58}, {head: w.Criterion}, {head: w.Topic, width: 168}, {head: w.Mean, width: 40, align: right}, {head: "n", width: 30, align: right}})}
	for _, v := range picked {
		c := o.template.Criterion(v.Ref)
		t.rows = append(t.rows, []cell{{text: c.Ref}, {text: c.Subject, head: true, st: &o.look.number, lang: o.templateLang()},
			{text: o.topicNames[c.Topic], lang: o.templateLang()}, {text: w.number(models.Some(mean(v)), 2)}, {text: fmt.Sprint(v.Answered)}})
	}
	o.titled(w.RoundPriorities, w.RoundPrioritiesNote, t)
}

// keptBack lists the sections (or criteria) that keep most recipients from their next level.
func (o *overview) keptBack() {
	w, c := o.words, o.in.Consolidation
	if c.All.Suppressed {
		return
	}
	type place struct{ topic, theme, ref string }
	counts := map[place]int{}
	var order []place
	for _, m := range o.in.Members {
		if m.Scorecard == nil || m.Scorecard.Staged == nil {
			continue
		}
		for _, b := range m.Scorecard.Staged.Blockers {
			at := place{b.Topic, b.Theme, b.Ref}
			if counts[at] == 0 {
				order = append(order, at)
			}
			counts[at]++
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
	t := table{tight: true, columns: o.widths([]column{{head: w.Section}, {head: w.Bar, width: 130}, {head: w.KeptBack, width: 96, align: right}, {head: w.Share, width: 50, align: right}})}
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
	o.titled(w.RoundPriorities, w.KeptBackNote, t)
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
	t := table{tight: true, columns: o.widths([]column{{head: w.Ref, width: 58}, {head: w.Criterion}, {head: w.StillTrue, width: 60, align: right}, {head: "n", width: 30, align: right}})}
	for _, v := range views[:min(6, len(views))] {
		c := o.template.Criterion(v.Ref)
		t.rows = append(t.rows, []cell{{text: c.Ref}, {text: c.Text(), head: true, lang: o.templateLang()},
			{text: fmt.Sprint(stillTrue(v)), st: &o.look.number}, {text: fmt.Sprint(v.Answered)}})
	}
	o.titled(w.RisksRound, w.RisksRoundNote, t)
}

// changed shows how scores moved since an earlier round.
func (o *overview) changed() {
	w, c := o.words, o.in.Comparison
	if c == nil {
		return
	}
	t := table{tight: true, columns: o.widths([]column{{head: w.Topic}, {head: "n", width: 50, align: right}, {head: w.MedianChange, width: 130, align: right}})}
	for i, x := range c.Topics {
		if i < len(o.template.Topics) && x.N >= o.round.SmallestGroup() {
			t.rows = append(t.rows, []cell{{text: o.topicNames[o.template.Topics[i].ID], head: true, lang: o.templateLang()}, {text: fmt.Sprint(x.N)},
				{text: o.signed(x.Median), st: &o.look.number, beside: o.signed(x.Q1) + " – " + o.signed(x.Q3)}})
		}
	}
	if len(t.rows) == 0 {
		o.heading(tagpdf.H2, w.Changed, 30)
		o.paragraph(fmt.Sprintf(w.ChangedFew, o.round.SmallestGroup()), o.look.body)
		return
	}
	o.titled(w.Changed, fmt.Sprintf(w.ChangedNote, o.say(o.in.ChangeSince, "the title of the earlier round", ""), len(c.Recipients)), t)
}

// method says how the figures came about.
func (o *overview) method() {
	w := o.words
	o.heading(tagpdf.H2, w.Method, 60)
	list := []string{o.methodText(), fmt.Sprintf(w.MethodGroups, o.round.SmallestGroup())}
	if len(o.missing) > 0 {
		list = append(list, w.MethodMissing)
	}
	for _, text := range append(list, o.sourceText()) {
		o.paragraph(text, o.look.td)
		o.y += 3
	}
}
