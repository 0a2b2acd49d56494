package templates

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
)

// Bounds of what one catalog of requirements may hold. The largest that are published have 6,000 entries; a
// template holds at most 1,000 criteria in 40 topics.
const (
	mostEntries = 50_000
	mostDepth   = 40
	mostTopics  = mostGroups
	mostThemes  = mostGroups
	mostSubject = 100
	mostStated  = 1000 // models.Criterion.Statement
)

// requirement is an entry of a catalog of requirements in the catalog's order: a heading, or something to assess.
type requirement struct {
	at              Place
	ref, name, text string
	depth           int // from 1
	asked           bool
	weight          string
	groups          []string // refs of the groups that ask it
	inTopic         string   // where the source has the topic in a column
	options         map[int]string
}

// requirementGroup is a part of the requirements that is asked together, such as a basic profile.
type requirementGroup struct{ ref, name, text string }

// catalog is what all readers of requirements hand over.
type catalog struct {
	entries []requirement
	groups  []requirementGroup
	levels  []models.Level
	// one and many name what is assessed.
	one, many string
	file      string
}

// ErrNoScale says that what was read has no scale of its own, and that none was given.
var ErrNoScale = errors.New("there is no scale to answer with; give one, such as 1=Initial,2=Managed,3=Defined, or a number of levels")

// build makes a template of a catalog: the headings of one depth become topics, the groups themes, and what is
// assessed criteria, each with its text as a statement that is answered with the scale.
func (c *catalog) build(t *models.Template, o ImportOptions, r *Report) (*models.Template, *Report, error) {
	if len(o.Levels) > 0 {
		if len(c.levels) > 0 {
			r.note(Note{Place{File: c.file}, false, "the scale that was given replaces the source's own", "leave it out to have the source's"})
		}
		c.levels = o.Levels
	}
	if o.Base != nil && len(c.levels) == 0 {
		c.levels = o.Base.Levels
	}
	if len(c.levels) == 0 {
		return nil, r, fmt.Errorf("%s: %w", c.file, ErrNoScale)
	}
	if len(c.entries) > mostEntries {
		return nil, r, fmt.Errorf("it holds more than %d entries", mostEntries)
	}
	t.Levels = c.levels
	t.Scoring = models.Scoring{Method: methods.Default(false)}
	t.Topics, t.Themes, t.Criteria, t.Advice, t.Translations, t.Contradictions = nil, nil, nil, nil, nil, nil
	b := &builder{catalog: c, t: t, r: r, refs: newSeen(), subjects: newSeen(), topics: map[string]string{}, counts: map[string]int{}}
	if err := b.only(o.Only); err != nil {
		return nil, r, err
	}
	b.themes()
	samples := b.criteria()
	if err := b.bounds(); err != nil {
		return nil, r, err
	}
	t.Wording = "Imported from " + text.Head(t.Source, 200) + "."
	r.Understood = append(r.Understood, fmt.Sprintf("%d entries: %s in %s%s", len(c.entries), text.Count(len(t.Criteria), c.one, c.many),
		text.Count(len(t.Topics), "topic", "topics"), b.themeWords()))
	var scale []string
	for _, l := range t.Levels {
		scale = append(scale, fmt.Sprintf("%d %s", l.Number, l.Name))
	}
	r.Understood = append(r.Understood, "the scale, from the lowest: "+strings.Join(scale, ", "))
	return finish(t, r, samples)
}

// builder is a catalog on its way to a template.
type builder struct {
	*catalog
	t              *models.Template
	r              *Report
	refs, subjects seen
	topics         map[string]string // ids by ref and name
	topicDepth     int
	counts         map[string]int // numbers given below a heading
	path           []requirement  // the headings above
	byGroup        map[string]string
	shortened      int
	firstShortened requirement
}

// only keeps the entries of the groups or topics that are named, with the headings above them.
func (b *builder) only(names []string) error {
	b.topicDepth = b.depthOfTopics()
	if len(names) == 0 {
		return nil
	}
	var all []string
	for _, g := range b.groups {
		all = append(all, g.ref)
	}
	for _, e := range b.entries {
		if e.depth == b.topicDepth && !e.asked {
			all = append(all, firstOf(e.ref, e.name))
		}
	}
	wanted := map[string]bool{}
	for _, n := range names {
		i := slices.IndexFunc(all, func(s string) bool { return strings.EqualFold(tidy(s), tidy(n)) })
		if i < 0 {
			return fmt.Errorf("there is no group or topic %q; %s", text.Head(n, 60), text.DidYouMean(n, all))
		}
		wanted[all[i]] = true
	}
	topic, kept := "", []requirement(nil)
	for _, e := range b.entries {
		if e.depth <= b.topicDepth {
			topic = ""
			if e.depth == b.topicDepth && !e.asked {
				topic = firstOf(e.ref, e.name)
			}
		}
		in := wanted[topic] || slices.ContainsFunc(e.groups, func(g string) bool { return wanted[g] })
		if !e.asked || in {
			kept = append(kept, e)
		}
	}
	b.r.Understood = append(b.r.Understood, "taken are only: "+strings.Join(names, ", "))
	b.entries = kept
	return nil
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// criteria goes through the entries in their order.
func (b *builder) criteria() (samples []Sample) {
	for i, e := range b.entries {
		for len(b.path) > 0 && b.path[len(b.path)-1].depth >= e.depth {
			b.path = b.path[:len(b.path)-1]
		}
		if e.asked && len(b.t.Criteria) <= mostCriteria && len(b.t.Topics) <= mostTopics {
			c, ok := b.criterion(e, i)
			if ok {
				b.t.Criteria = append(b.t.Criteria, c)
				samples = append(samples, Sample{e.at, c.Ref, -1, c.Statement})
			}
		}
		b.path = append(b.path, e)
	}
	if b.shortened > 0 {
		b.r.note(Note{b.firstShortened.at, false, fmt.Sprintf("%s longer than %d characters and shortened, the first of them %s", text.Count(b.shortened, "text is", "texts are"), mostStated, firstOf(b.firstShortened.ref, headline(b.firstShortened.text))),
			"recipients read the whole of it in the source; say so in the message"})
	}
	b.t.Themes = slices.DeleteFunc(b.t.Themes, func(th models.Theme) bool { return len(b.t.CriteriaOf("", th.ID)) == 0 })
	return samples
}

// criterion makes the criterion of an entry.
func (b *builder) criterion(e requirement, i int) (models.Criterion, bool) {
	e.name, e.text = plainText(e.name), cellText(e.text)
	if e.name == "" && e.text == "" {
		b.r.note(Note{e.at, true, fmt.Sprintf("the %s %s has no text", b.one, e.ref), "nothing to do if it is a heading"})
		return models.Criterion{}, false
	}
	c := models.Criterion{Ref: b.ref(e), Subject: firstOf(e.name, firstLine(e.text)), Statement: firstOf(e.text, e.name), Options: e.options}
	if n := len(b.path); n > 0 && b.path[n-1].depth >= b.topicDepth {
		// Points of a list cannot be understood without the sentence that they end.
		if lead := cellText(firstOf(b.path[n-1].text, b.path[n-1].name)); strings.HasSuffix(lead, ":") && len([]rune(lead)) < 400 {
			c.Statement = lead + "\n" + c.Statement
		}
	}
	if e.name != "" && len([]rune(e.name)) > mostSubject && e.text != "" && !strings.HasPrefix(e.text, e.name) {
		c.Statement = e.name + "\n" + c.Statement
	}
	if len([]rune(c.Subject)) > mostSubject {
		c.Subject = headline(c.Subject)
	}
	if _, twice := b.subjects.add(c.Subject); twice {
		c.Subject = text.Head(c.Subject, 76) + " (" + c.Ref + ")"
		b.subjects.add(c.Subject)
	}
	if len([]rune(c.Statement)) > mostStated {
		if b.shortened++; b.shortened == 1 {
			b.firstShortened = e
		}
		c.Statement = opening(c.Statement, mostStated)
	}
	c.Topic = b.topic()
	if g, _ := b.firstGroup(e); g != "" {
		c.Theme = b.byGroup[g]
	}
	b.weigh(&c, e)
	return c, true
}

// firstLine is the first line of a text that says something; a short one, such as a), goes on with the others.
func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	if line = plainText(line); len([]rune(line)) < 8 {
		return plainText(s)
	}
	return line
}

func (b *builder) weigh(c *models.Criterion, e requirement) {
	w, ok := weightOf(e.weight)
	if !ok {
		b.r.note(Note{e.at, false, fmt.Sprintf("the weight %q of %s is not a number above 0 with up to three decimals", text.Head(e.weight, 20), c.Ref), "the weight 1 was taken"})
	}
	if w != 1 {
		c.Weight = w
	}
}
