package pdf

import (
	"fmt"
	"io"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// SummaryInput is what a recipient's summary is drawn from.
type SummaryInput struct {
	Recipient models.Recipient
	// Return is the return that counts. It may be nil: then there are scores but no answers to show.
	Return    *models.Return
	Scorecard models.Scorecard
	// All is over all returns, Groups over the groups that the recipient belongs to. A suppressed view is
	// shown as such, and so is any spread over fewer returns than the round's minimum.
	All    models.GroupView
	Groups []models.GroupView
	// Change is how the recipient's scores moved since the round that ChangeSince names; nil where there is
	// nothing to compare with.
	Change      *models.RecipientChange
	ChangeSince string
	// Full adds an appendix with every criterion.
	Full bool
}

// Summary writes a recipient's summary: what was reached, how it compares, what to do next, and how the
// figures came about. The findings say which texts could not be shown in full; an error, that nothing was
// written or that w failed.
func (p *Printer) Summary(w io.Writer, in SummaryInput) ([]models.Finding, error) {
	name, _ := printable(in.Recipient.Name)
	f := p.begin(name+" – "+p.round.Title, p.words.Summary)
	f.summary(in)
	return f.write(w)
}

// Merge writes the summaries of several recipients as one document, for printing, with a bookmark for each.
func (p *Printer) Merge(w io.Writer, in []SummaryInput) ([]models.Finding, error) {
	f := p.begin(p.round.Title, p.words.Summary)
	for _, x := range in {
		f.summary(x)
	}
	return f.write(w)
}

// summary draws one recipient's summary, starting on a new page.
func (f *flow) summary(in SummaryInput) {
	s := &sheet{flow: f, in: in, card: &in.Scorecard}
	s.name = f.sayLine(in.Recipient.Name, "the name of recipient "+in.Recipient.ID, in.Recipient.ID)
	if s.name == "" || s.name == unprintable {
		s.name = f.sayLine(in.Recipient.ID+" "+s.name, "the id of recipient "+in.Recipient.ID, in.Recipient.ID)
	}
	f.startPart(s.name)
	s.opening()
	s.headline()
	s.charts()
	s.strengths()
	s.topicsByThemes()
	s.priorities()
	s.risks()
	s.targets()
	s.change()
	s.groups()
	s.comments()
	s.method()
	s.figures()
	s.source()
	if in.Full {
		s.everything()
	}
	f.endPart()
}

// sheet is a recipient's summary in the making.
type sheet struct {
	*flow
	in   SummaryInput
	card *models.Scorecard
	name string
}

// own takes characters out of a text of this recipient that cannot be set.
func (s *sheet) own(text, what string) string {
	return s.say(text, what+" of recipient "+s.in.Recipient.ID, s.in.Recipient.ID)
}

// opening sets the title and who completed and signed the return.
func (s *sheet) opening() {
	w := s.words
	s.masthead(s.template.Title, s.name, s.round.Title, s.round.Organiser)
	var respondent models.Respondent
	if s.in.Return != nil {
		respondent = s.in.Return.Respondent
	}
	by := s.own(respondent.Name.Value, "the respondent's name")
	if role := s.own(respondent.Role.Value, "the respondent's role"); role != "" && by != "" {
		by += ", " + role
	}
	t := s.card.Overall.Tally
	answers := fmt.Sprintf(w.AnswersOf, t.Answered, t.Criteria)
	if t.NotApplicable > 0 {
		answers += ", " + fmt.Sprintf(w.NotApplicable, t.NotApplicable)
	}
	if t.Blank > 0 {
		answers += ", " + fmt.Sprintf(w.Blank, t.Blank)
	}
	s.facts([]fact{
		{w.CompletedBy, by}, {w.DateCompleted, s.own(s.dateOf(respondent), "the date")},
		{w.SignedBy, s.own(respondent.SignedBy.Value, "the signature")}, {w.Answers, answers},
	})
}

func (s *sheet) dateOf(r models.Respondent) string {
	if d, err := models.ParseDate(r.Date.Value); err == nil {
		return s.words.day(d.Time)
	}
	return r.Date.Value
}

// headline says in words what was reached.
func (s *sheet) headline() {
	w := s.words
	s.heading(tagpdf.H2, w.Headline, 60)
	var big string
	var rest []string
	overall := s.card.Overall
	switch {
	case overall.Answered == 0:
		big = w.NothingAnswered
	case s.card.Staged != nil:
		big, rest = s.stagedHeadline()
	case overall.Score.Value.Known() && s.scoring.Method == models.MethodWeakest:
		level := int(overall.Score.Value.Or(0))
		big = fmt.Sprintf(w.OverallLowest, s.levelName(level))
	case overall.Score.Value.Known():
		highest := s.template.LevelScale().Highest()
		big = fmt.Sprintf(w.OverallMean, s.score(overall.Score.Value), highest)
	default:
		big = w.NoSingleScore
		rest = append(rest, w.ProfileNote)
	}
	if s.card.Staged == nil && overall.Answered > 0 {
		rest = append(rest, s.extremes()...)
		if overall.Blank > 0 && overall.Score.Value.Known() {
			rest = append(rest, fmt.Sprintf(w.RangeScore, s.score(overall.Score.Low), s.score(overall.Score.High)))
		}
	}
	s.panel(big, rest)
	if s.card.Staged != nil {
		s.blockers()
	}
}

// extremes names the topics with the highest and the lowest score, and the median level.
func (s *sheet) extremes() []string {
	w := s.words
	var best, worst *models.GroupScore
	for i := range s.card.Topics {
		t := &s.card.Topics[i]
		v, ok := t.Score.Value.Get()
		if !ok {
			continue
		}
		if best == nil || v > best.Score.Value.Or(0) {
			best = t
		}
		if worst == nil || v < worst.Score.Value.Or(0) {
			worst = t
		}
	}
	var out []string
	if best != nil && best.Score.Value.Or(0) > worst.Score.Value.Or(0) {
		out = append(out,
			fmt.Sprintf(w.Strongest, s.plainTopic(best.Topic), s.score(best.Score.Value)),
			fmt.Sprintf(w.Weakest, s.plainTopic(worst.Topic), s.score(worst.Score.Value)))
	} else if best != nil {
		out = append(out, fmt.Sprintf(w.AllTopics, s.score(best.Score.Value)))
	}
	if m := s.card.Overall.Median; m.Known() {
		out = append(out, fmt.Sprintf(w.HalfAt, w.number(m, 1)))
	}
	return out
}

func (p *Printer) plainTopic(id string) string {
	t, _ := p.template.Topic(id)
	return t.Name
}

func (p *Printer) themeName(id string) string {
	t, _ := p.template.Theme(id)
	return t.Name
}

// levelName is "2 – Developing (Aware)".
func (p *Printer) levelName(number int) string {
	l, _ := p.template.Level(number)
	name := fmt.Sprintf("%d – %s", number, l.Name)
	if l.AltName != "" {
		name += " (" + l.AltName + ")"
	}
	return name
}

func (s *sheet) stagedHeadline() (big string, rest []string) {
	w, st := s.words, s.card.Staged
	big = fmt.Sprintf(w.LevelAttained, s.levelName(st.Level))
	if l, ok := s.template.Level(st.Level); ok {
		rest = append(rest, l.Meaning)
	}
	lowest := s.template.LevelScale().Lowest()
	if st.Level == lowest {
		rest = append(rest, w.Entry)
	}
	switch {
	case !st.HasNext:
		rest = append(rest, w.Top)
	case len(st.Blockers) == 1:
		rest = append(rest, fmt.Sprintf(w.KeepsAwayOne, st.Next))
	case len(st.Blockers) > 1:
		rest = append(rest, fmt.Sprintf(w.KeepsAway, len(st.Blockers), st.Next))
	default:
		rest = append(rest, w.NothingKeeps)
	}
	if st.Low != st.High {
		rest = append(rest, fmt.Sprintf(w.RangeLevels, st.Low, st.High))
	}
	return big, rest
}

// blockers is the table of what keeps the next level away.
func (s *sheet) blockers() {
	w, st := s.words, s.card.Staged
	if len(st.Blockers) == 0 {
		return
	}
	name := w.Section
	if s.scoring.Method == models.MethodCumulative {
		name = w.Criterion
	}
	t := table{columns: s.widths([]column{
		{head: name}, {head: w.Has, width: 92}, {head: w.Needs, width: 120},
		{head: w.Achievement, width: 56, align: right}, {head: w.Short, width: 50, align: right}}), tight: true}
	for _, b := range st.Blockers {
		what := s.topicNames[b.Topic]
		if b.Theme != "" {
			what += " · " + s.themeName(b.Theme)
		}
		if b.Ref != "" {
			what = b.Ref
			if c := s.template.Criterion(b.Ref); c != nil {
				what += "  " + c.Subject
			}
		}
		t.rows = append(t.rows, []cell{
			{text: what, head: true, lang: s.templateLang()}, {text: s.ratingName(b.Has)}, {text: s.needed(b.Needs)},
			{text: w.percent(b.Achievement), st: &s.look.number}, {text: w.percent(b.Short)}})
	}
	s.advance(10)
	s.table(t)
}

func (s *sheet) needed(rating string) string {
	if rating == "L" {
		return s.words.AtLeastL
	}
	return s.ratingName(rating)
}

// ratingName is "L – Largely in place", or says that nothing is answered.
func (p *Printer) ratingName(code string) string {
	for _, step := range models.Ratings {
		if step.Code == code {
			return step.Label()
		}
	}
	return p.words.Unrated
}

// templateLang is the language of the template's texts, where it is another than the report's.
func (p *Printer) templateLang() string {
	a, _, _ := strings.Cut(p.template.Language, "-")
	b, _, _ := strings.Cut(p.words.tag, "-")
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
