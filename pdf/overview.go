package pdf

import (
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

// OverviewInput is what the overview of a round is drawn from. Without a register, the overview does not say who is late
// and whose return cannot count yet.
type OverviewInput struct {
	Results *models.Results
	Names   Naming
	// References are the short references by recipient id, for ByReference.
	References map[string]string
}

// forOthers says that the overview may leave the office.
func (o *overview) forOthers() bool { return o.in.Names == Withheld }

// forReaders are the results as the overview shows them: with names withheld, what may be shown to others of the
// comparison set, without the criteria left out; else all.
func (in OverviewInput) forReaders() *models.Results {
	if in.Names != Withheld {
		return in.Results
	}
	r, d := *in.Results, in.Results.Disclosure
	if d == nil {
		r.Consolidation = models.Consolidation{Recipients: r.Consolidation.Recipients, Returned: r.Consolidation.Returned}
		return &r
	}
	out := &r
	if left := d.LeftOutRefs(); len(left) > 0 {
		t := *r.Template
		t.Criteria = slices.DeleteFunc(slices.Clone(t.Criteria), func(c models.Criterion) bool { return left[c.Ref] })
		out = r.By(&t)
	}
	out.Consolidation = d.Consolidation
	return out
}

// standing is what the overview shows of one scorecard.
type standing struct {
	models.Recipient
	mean, overall models.Figure
	topics        []models.Figure
	staged        bool
	level         int
	blockers      []models.Blocker
}

// standings takes out of each scorecard what the overview shows, so that a large round's need not lie in memory, and
// lists who has none.
func standings(r *models.Results) (list []standing, missing []models.Recipient) {
	for i := range r.Members {
		rc, card := r.Members[i].Recipient, r.Scorecard(i)
		if card == nil {
			missing = append(missing, rc)
			continue
		}
		x := standing{Recipient: rc, mean: card.Overall.Mean, overall: card.Overall.Score.Value}
		for k := range card.Topics {
			x.topics = append(x.topics, card.Topics[k].Score.Value)
		}
		if st := card.Staged; st != nil {
			x.staged, x.level, x.blockers = true, st.Level, st.Blockers
		}
		list = append(list, x)
	}
	return list, missing
}

// Overview writes the overview of the round: response, spread by topic, recipients by topic, groups compared,
// priorities. The first page can be read by itself. Findings are as for Summary. It fails where w fails.
func (p *Printer) Overview(w io.Writer, in OverviewInput) ([]models.Finding, error) {
	subject, mark := p.words.Get("summary.overview"), ""
	if in.Names != Withheld {
		mark = p.words.Get("summary.office_only")
		subject += ". " + mark
	}
	f := p.begin(p.round.Title+" – "+p.words.Get("summary.overview"), subject)
	f.mark = mark
	o := &overview{flow: f, in: in, results: in.forReaders()}
	in.Results = o.results
	o.standings, o.without = standings(in.Results)
	o.namesakes = map[string]int{}
	for i := range in.Results.Members {
		o.namesakes[in.Results.Members[i].Recipient.Name]++
	}
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
	in        OverviewInput
	results   *models.Results
	standings []standing
	without   []models.Recipient // no return of theirs counts
	namesakes map[string]int     // how many recipients have a name
}

func (o *overview) opening() {
	w, c := o.words, o.results.Consolidation
	what := w.Get("summary.overview")
	if o.mark != "" {
		what += "  ·  " + o.mark
	}
	o.masthead(o.template.Title, o.round.Title, what, o.round.Organiser)
	facts := []fact{{w.Get("summary.recipients"), fmt.Sprint(c.Recipients)}, {w.Get("summary.returned"), fmt.Sprint(c.Returned)},
		{w.Get("summary.outstanding"), fmt.Sprint(c.Recipients - c.Returned)}}
	if !o.round.Due.IsZero() {
		facts = append(facts, fact{w.Get("summary.due"), w.Date(o.round.Due.Time)})
	}
	o.facts(facts)
	o.heading(tagpdf.H2, w.Get("summary.headline"), 60)
	var rest []string
	late, correct := 0, 0
	for _, e := range o.results.Register.Entries {
		if e.ReturnedLate {
			late++
		}
		if e.Status == models.Corrections {
			correct++
		}
	}
	var more []string
	if late > 0 {
		more = append(more, w.Say("summary.returned_late", "count", late))
	}
	if correct > 0 {
		more = append(more, w.Say("summary.to_correct", "count", correct))
	}
	big := w.Say("summary.response_line", "returned", c.Returned, "recipients", c.Recipients, "rate", o.rate(c.Returned, c.Recipients))
	if len(more) > 0 {
		rest = append(rest, strings.Join(more, "; ")+".")
	}
	if o.forOthers() && c.Returned <= o.round.SmallestGroup() {
		rest = append(rest, w.Say("summary.all_suppressed", "least", o.round.SmallestGroup()+1))
	} else {
		rest = append(rest, o.extremes()...)
		if m, ok := o.shown([]models.Spread{c.All.Overall}, 0); ok {
			if o.methodInfo().AttainsLevels() {
				rest = append(rest, w.Say("summary.median_level", "level", number(w, m.Median, 1)))
			} else {
				rest = append(rest, w.Say("summary.median_all", "score", o.score(m.Median)))
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
	return p.words.Percent(models.Some(float64(n) / float64(of) * 100).Format(0))
}

// extremes names the topics with the highest and lowest median.
func (o *overview) extremes() []string {
	w, all := o.words, o.results.Consolidation.All
	best, worst := -1, -1
	var high, low models.Figure
	for i := range all.Topics {
		x, ok := o.shown(all.Topics, i)
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
	return []string{w.Say("summary.strongest_all", "topic", o.template.Topics[best].Name, "score", o.score(high)),
		w.Say("summary.weakest_all", "topic", o.template.Topics[worst].Name, "score", o.score(low))}
}

// spread draws median and quartiles of all returns by topic.
func (o *overview) spread() {
	w, all := o.words, o.results.Consolidation.All
	var points []point
	any := false
	for i, t := range o.template.Topics {
		q := point{label: o.topicNames[t.ID], short: o.shortNames[t.ID]}
		q.group, q.compared = o.shown(all.Topics, i)
		q.own = q.group.Median
		any = any || q.compared
		points = append(points, q)
	}
	if !any {
		return
	}
	o.heading(tagpdf.H2, w.Get("summary.distribution"), min(o.barsHeight(points, o.width()), 150)+20)
	o.spreadOnly = true
	o.bars(points, o.left)
	o.spreadOnly = false
	o.y += 4
	text := w.Get("summary.distribution_note")
	if d := o.results.Disclosure; o.forOthers() && d != nil {
		if missing := o.notShown(o.template.Topics, d.All.Topics); missing != "" {
			text += " " + missing
		}
	}
	o.paragraph(text, o.look.note)
}

// attained counts the organisations at each level.
func (o *overview) attained() {
	w, all := o.words, o.results.Consolidation.All
	if d := o.results.Disclosure; o.forOthers() && d != nil && d.All.Attained != "" {
		o.heading(tagpdf.H2, w.Get("summary.attained"), 30)
		o.paragraph(w.Say("summary.withheld_list", "list", o.withheld(d.All.Attained, o.round.SmallestGroup()+1)), o.look.body)
		return
	}
	if len(all.Attained) == 0 {
		return
	}
	total := 0
	for _, x := range all.Attained {
		total += x.Count
	}
	t := table{tight: true, columns: o.widths([]column{{head: w.Get("summary.level_head")}, {head: w.Get("summary.bar"), width: 190}, {head: w.Get("summary.recipients"), width: 80, align: right}, {head: w.Get("summary.share"), width: 60, align: right}})}
	for _, x := range all.Attained {
		t.rows = append(t.rows, []cell{{text: o.levelName(x.Number), head: true, lang: o.templateLang()}, {draw: o.shareBar(x.Count, total)},
			{text: fmt.Sprint(x.Count), st: &o.look.number}, {text: o.rate(x.Count, total)}})
	}
	o.titled(w.Get("summary.attained"), w.Get("summary.attained_note"), t)
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

// method says how the figures came about.
func (o *overview) method() {
	w := o.words
	o.heading(tagpdf.H2, w.Get("summary.method"), 60)
	list := []string{o.methodText(), o.othersText(o.results.Disclosure)}
	if len(o.missing) > 0 {
		list = append(list, w.Get("summary.method_missing"))
	}
	for _, text := range append(list, o.sourceText()) {
		o.paragraph(text, o.look.td)
		o.y += 3
	}
}
