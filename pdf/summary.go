package pdf

import (
	"fmt"
	"io"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/headlines"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/models/withholding"
	"github.com/rubric-project/rubric/words"
)

// SummaryInput is what a recipient's summary is drawn from. Of others it shows what
// Results.Disclosure lets it show, and nothing without one.
type SummaryInput struct {
	Results *models.Results
	// Member is the recipient's place in Results.Members. It must have a return that counts, and a scorecard.
	Member int
	// Story is what the recipient's own figures say; without one, the first page says its score.
	Story *headlines.Story
	// Planned is what the recipient planned in the earlier round that Results.Earlier names, with the refs of now; nil where
	// it planned nothing, or nothing is known of it.
	Planned *plans.Plan
	// Views are what respondents said, each for himself or herself, where they were asked for a view; the recipient's entry in
	// Results.Register says how many were.
	Views []views.View
	// Full adds an appendix with every criterion.
	Full bool
}

// subject is the recipient that a summary is of.
type subject struct {
	models.Recipient
	answers *models.Return
	card    *models.Scorecard
	// all and groups are what may be shown to it, and disclosure says by what.
	all        models.GroupView
	disclosure *models.Disclosure
	groups     []models.GroupView
	// whyAll and why are why figures of all and of the groups are not shown.
	whyAll *withholding.Group
	why    []*withholding.Group
	// change is how the scores moved since the round that since names; nil where there is nothing to compare with.
	change *models.RecipientChange
	since  string
	full   bool
	story  *headlines.Story
	// planned is what the recipient planned then, and compared are the refs that can be compared with then.
	planned  *plans.Plan
	compared map[string]bool
	// criteria are the refs of the whole template, by which moves are counted.
	criteria []string
	// views are what respondents said, asked is how many were asked, and agreed says that a meeting chose among them.
	views  []views.View
	asked  int
	agreed bool
}

// subject takes out of the results what the summary is drawn from.
func (in SummaryInput) subject() (subject, error) {
	r := in.Results
	x := subject{Recipient: r.Members[in.Member].Recipient, card: r.Scorecard(in.Member), since: r.Earlier, full: in.Full, story: in.Story, planned: in.Planned, views: in.Views, compared: map[string]bool{}}
	if d := r.Disclosure; d != nil {
		x.all, x.whyAll, x.disclosure = d.Consolidation.All, &d.All, d
	}
	if r.Comparison != nil {
		for i := range r.Comparison.Criteria {
			x.compared[r.Comparison.Criteria[i].Ref] = true
		}
	}
	if len(in.Views) > 0 && in.Member < len(r.Register.Entries) {
		e := &r.Register.Entries[in.Member]
		_, x.asked = e.PartsBack()
		x.agreed = e.Consensus
	}
	for i := range r.Template.Criteria {
		x.criteria = append(x.criteria, r.Template.Criteria[i].Ref)
	}
	x.groups, x.change = r.GroupsOf(x.Recipient), r.Change(x.ID)
	for i := range x.groups {
		_, why := r.Disclosure.Group(x.groups[i].Column, x.groups[i].Value)
		x.why = append(x.why, why)
	}
	var err error
	if x.answers, err = r.Return(in.Member); err == nil && (x.card == nil || x.answers == nil) {
		err = fmt.Errorf("no return of recipient %s counts, so that there is nothing to summarise", x.ID)
	}
	return x, err
}

// Summary writes a recipient's summary: what was reached, how it compares, what to do next, and how the figures came
// about. The findings name the texts that could not be shown in full. It fails where the member has no scorecard, where
// its answers cannot be read, or where w fails.
func (p *Printer) Summary(w io.Writer, in SummaryInput) ([]models.Finding, error) {
	x, err := in.subject()
	if err != nil {
		return nil, err
	}
	name, _ := p.printable(x.Name)
	f := p.begin(name+" – "+p.round.Title, p.words.Get("summary.summary"))
	f.summary(x)
	return f.write(w)
}

// Merge writes the summaries of several recipients as one document, for printing, with a bookmark for each.
func (p *Printer) Merge(w io.Writer, in []SummaryInput) ([]models.Finding, error) {
	f := p.begin(p.round.Title, p.words.Get("summary.summary"))
	for i := range in {
		x, err := in[i].subject()
		if err != nil {
			return nil, err
		}
		f.summary(x)
	}
	return f.write(w)
}

// summary draws one recipient's summary, starting on a new page.
func (f *flow) summary(x subject) {
	if asked := f.template.For(x.Recipient); asked != f.template {
		whole, own := f.Printer, *f.Printer
		own.template = asked
		f.Printer = &own
		defer func() { f.Printer = whole }()
	}
	s := &sheet{flow: f, of: x, card: x.card}
	s.name = f.sayLine(x.Name, words.Sayf("the name of recipient %s", x.ID), x.ID)
	if s.name == "" || s.name == unprintable {
		s.name = f.sayLine(x.ID+" "+s.name, words.Sayf("the id of recipient %s", x.ID), x.ID)
	}
	f.startPart(s.name)
	s.opening()
	if t := s.tell(); s.told(t) {
		s.drawCharts(t)
		s.meaning()
		s.priorities()
		s.charts()
	} else {
		s.headline()
		s.charts()
		s.priorities()
	}
	s.strengths()
	s.topicsByThemes()
	s.risks()
	s.targets()
	s.planned()
	s.change()
	s.views()
	s.groups()
	s.comments()
	s.questions()
	s.method()
	s.figures()
	s.source()
	if x.full {
		s.everything()
	}
	f.endPart()
}

// sheet is a recipient's summary in the making.
type sheet struct {
	*flow
	of   subject
	card *models.Scorecard
	name string
}

// own takes characters out of a text of this recipient that cannot be set.
func (s *sheet) own(text string, what words.Said) string {
	return s.say(text, words.Sayf("%s of recipient %s", what, s.of.ID), s.of.ID)
}

// opening sets the title and who completed and signed the return.
func (s *sheet) opening() {
	w := s.words
	s.masthead(s.template.Title, s.name, s.round.Title, s.round.Organiser)
	respondent := s.of.answers.Respondent
	by := s.own(respondent.Name.Value, words.Sayf("the respondent's name"))
	if role := s.own(respondent.Role.Value, words.Sayf("the respondent's role")); role != "" && by != "" {
		by += ", " + role
	}
	t := s.card.Overall.Tally
	answers := w.Say("summary.answers_of", "answered", t.Answered, "total", t.Criteria)
	if t.NotApplicable > 0 {
		answers += ", " + w.Say("summary.not_applicable", "count", t.NotApplicable)
	}
	if t.Blank > 0 {
		answers += ", " + w.Say("summary.blank", "count", t.Blank)
	}
	s.facts([]fact{
		{w.Get("summary.completed_by"), by}, {w.Get("summary.date_completed"), s.own(s.dateOf(respondent), words.Sayf("the date"))},
		{w.Get("summary.signed_by"), s.own(respondent.SignedBy.Value, words.Sayf("the signature"))}, {w.Get("summary.answers"), answers},
	})
}

func (s *sheet) dateOf(r models.Respondent) string {
	if d, err := models.ParseDate(r.Date.Value); err == nil {
		return s.words.Date(d.Time)
	}
	return r.Date.Value
}

func (p *Printer) plainTopic(id string) string {
	t, _ := p.template.Topic(id)
	return t.Name
}

func (p *Printer) themeName(id string) string {
	t, _ := p.template.Theme(id)
	return t.Name
}

// templateLang is the language of the template's texts, where it is another than the report's.
func (p *Printer) templateLang() string {
	a, _, _ := strings.Cut(p.template.Language, "-")
	b, _, _ := strings.Cut(p.words.Tag(), "-")
	if strings.EqualFold(a, b) {
		return ""
	}
	return p.template.Language
}

// widths gives the first column without a width what the others leave.
func (f *flow) widths(columns []column) []column {
	rest := f.width()
	open := 0
	for _, c := range columns {
		rest -= c.width
		if c.width == 0 {
			open++
		}
	}
	for i := range columns {
		if columns[i].width == 0 {
			columns[i].width = rest / float64(open)
		}
	}
	return columns
}
