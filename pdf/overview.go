package pdf

import (
	"cmp"
	"fmt"
	"io"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
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
	// Column and Value are the group that Results are of (Results.OfGroup); empty for all.
	Column, Value string
	// Story is what the figures say; without one, the first page says the response.
	Story *headlines.Story
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
	out := *r.WithoutLeftOut()
	out.Consolidation = d.Consolidation
	return models.NewResults(out)
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
	if in.Column != "" {
		f.startPart(o.sayLine(in.Value, words.Sayf("a group's name"), ""))
	} else {
		f.startPart(p.round.Title)
	}
	t := o.tell()
	o.opening(t)
	o.drawCharts(t)
	if len(t.charts) == 0 {
		o.spread()
	}
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

func (o *overview) opening(t *tale) {
	w, c := o.words, o.results.Consolidation
	what := cmp.Or(o.mark, w.Get("summary.overview"))
	title := o.round.Title
	if o.in.Column != "" {
		title = o.sayLine(o.in.Value, words.Sayf("a group's name"), "")
		what = o.round.Title + "  ·  " + o.sayLine(o.in.Column, words.Sayf("a group's heading"), "")
		if o.mark != "" {
			what += "  ·  " + o.mark
		}
	}
	o.masthead(o.template.Title, title, what, o.round.Organiser)
	facts := []fact{{w.Get("summary.recipients"), fmt.Sprint(c.Recipients)}, {w.Get("summary.returned"), o.returnedFact()},
		{w.Get("summary.outstanding"), o.outstanding()}}
	switch {
	case o.results.Comparison != nil:
		facts = append(facts, fact{w.Get("story.compared_with"), w.Say("story.in_both", "round", o.say(o.results.Earlier, words.Sayf("the title of the earlier round"), ""), "count", len(o.results.Comparison.Recipients))})
	case !o.round.Due.IsZero():
		facts = append(facts, fact{w.Get("summary.due"), w.Date(o.round.Due.Time)})
	}
	o.facts(facts)
	if !o.told(t) {
		o.heading(tagpdf.H2, w.Get("summary.headline"), 60)
		o.panel(w.Say("summary.response_line", "returned", c.Returned, "recipients", c.Recipients, "rate", o.rate(c.Returned, c.Recipients)), nil)
	}
	if o.forOthers() && c.Returned <= o.round.SmallestGroup() {
		o.advance(6)
		o.paragraph(w.Say("summary.all_suppressed", "least", o.round.SmallestGroup()+1), o.look.body)
	}
}

// returnedFact says how many returned, and how many of them late.
func (o *overview) returnedFact() string {
	c, late := o.results.Consolidation, 0
	for _, e := range o.results.Register.Entries {
		if e.ReturnedLate {
			late++
		}
	}
	text := fmt.Sprintf("%s (%s)", o.words.Say("story.of", "count", c.Returned, "n", c.Recipients), o.rate(c.Returned, c.Recipients))
	if late > 0 {
		text += "; " + o.words.Say("summary.returned_late", "count", late)
	}
	return text
}

// outstanding says how many are, and of how many a return cannot count yet.
func (o *overview) outstanding() string {
	c, correct := o.results.Consolidation, 0
	for _, e := range o.results.Register.Entries {
		if e.Status == models.Corrections {
			correct++
		}
	}
	text := fmt.Sprint(c.Recipients - c.Returned)
	if correct > 0 {
		text += "; " + o.words.Say("summary.to_correct", "count", correct)
	}
	return text
}

// rate is a share of returns in whole per cent.
func (p *Printer) rate(n, of int) string {
	if of == 0 {
		return "–"
	}
	return p.words.Percent(models.Some(float64(n) / float64(of) * 100).Format(0))
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
	list := []string{o.methodText(), o.othersText(o.results.Disclosure)}
	if len(o.missing) > 0 {
		list = append(list, w.Get("summary.method_missing"))
	}
	o.paragraphs(w.Get("summary.method"), append(list, o.sourceText()))
}
