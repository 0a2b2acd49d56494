package templates

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// Change is one difference between two templates.
type Change struct {
	// Kind is what happened: changed, new, retired or renamed.
	Kind string `json:"kind"`
	// About is what it happened to: criterion 1.4, level 3, the scoring.
	About string `json:"about"`
	// What says it in words.
	What string `json:"what"`
	// Old and New are the texts before and after, where a text changed; a renamed thing's ids or refs.
	Old string `json:"old,omitempty"`
	New string `json:"new,omitempty"`
}

// String writes the change as a line.
func (c Change) String() string { return c.About + ": " + c.What }

// Diff says in words what is different in b, compared with a: the template's facts first, then levels,
// themes, topics, criteria, advice and questions, each in the order of b, with what b no longer has at the end.
//
// A criterion that a has and b has not, with the same subject or the same texts as one that only b has, is
// reported as renamed.
func Diff(a, b *models.Template) []Change {
	d := &differ{}
	d.text("the template", "title", a.Title, b.Title)
	d.text("the template", "id", a.ID, b.ID)
	d.text("the template", "version", a.Version, b.Version)
	d.text("the template", "publisher", a.Publisher, b.Publisher)
	d.text("the template", "source", a.Source, b.Source)
	d.text("the template", "licence", a.Licence, b.Licence)
	d.text("the template", "note on the wording", a.Wording, b.Wording)
	d.text("the template", "note on how it is carried out", a.About, b.About)
	d.text("the template", "language", a.Language, b.Language)
	d.text("the scoring", "method", string(a.Scoring.Method), string(b.Scoring.Method))
	d.text("the scoring", "way of taking means", a.Scoring.Mean, b.Scoring.Mean)
	d.text("the scoring", "list of further methods", methodList(a.Scoring.Also), methodList(b.Scoring.Also))
	d.text("the scoring", "choice of levels whose own sections gate", a.Scoring.Gates, b.Scoring.Gates)
	d.answers(a.Answers, b.Answers)
	compare(d, a.Levels, b.Levels, "level", func(l models.Level) string { return fmt.Sprint(l.Number) }, func(about string, x, y models.Level) {
		d.text(about, "name", x.Name, y.Name)
		d.text(about, "second name", x.AltName, y.AltName)
		d.text(about, "meaning", x.Meaning, y.Meaning)
	})
	compare(d, a.Themes, b.Themes, "theme", func(x models.Theme) string { return x.ID }, func(about string, x, y models.Theme) {
		d.text(about, "name", x.Name, y.Name)
		d.text(about, "summary", x.Summary, y.Summary)
		d.flag(about, "its sections gate the next level", x.GatesNextLevel, y.GatesNextLevel)
	})
	compare(d, a.Topics, b.Topics, "topic", func(x models.Topic) string { return x.ID }, func(about string, x, y models.Topic) {
		d.text(about, "name", x.Name, y.Name)
		d.text(about, "summary", x.Summary, y.Summary)
		d.text(about, "level", number(x.Level), number(y.Level))
		d.text(about, "target set for everyone", number(x.Target), number(y.Target))
	})
	d.criteria(a, b)
	compare(d, a.Advice, b.Advice, "advice", func(x models.Advice) string { return x.Ref }, func(about string, x, y models.Advice) {
		d.text(about, "level", fmt.Sprint(x.Level), fmt.Sprint(y.Level))
		d.text(about, "text", x.Text, y.Text)
	})
	d.questions(a, b)
	d.contradictions(a, b)
	d.translations(a, b)
	return d.out
}

type differ struct{ out []Change }

// text notes a text that is another one, with few words where it is short.
func (d *differ) text(about, what, old, new string) {
	switch {
	case old == new:
		return
	case old == "":
		d.out = append(d.out, Change{"changed", about, "the " + what + " was added: " + brief(new), old, new})
	case new == "":
		d.out = append(d.out, Change{"changed", about, "the " + what + " was removed; it was " + brief(old), old, new})
	case strings.Join(strings.Fields(old), " ") == strings.Join(strings.Fields(new), " "):
		d.out = append(d.out, Change{"changed", about, "the " + what + " differs in spaces or line breaks only", old, new})
	default:
		d.out = append(d.out, Change{"changed", about, fmt.Sprintf("the %s is now %s; it was %s", what, brief(new), brief(old)), old, new})
	}
}

func brief(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return `"` + text.Cut(s, 80, " …") + `"`
}

func (d *differ) flag(about, what string, old, new bool) {
	if old != new {
		word := map[bool]string{true: "now holds: ", false: "no longer holds: "}[new]
		d.out = append(d.out, Change{Kind: "changed", About: about, What: word + what})
	}
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

func (d *differ) answers(a, b models.AnswerRules) {
	d.flag("the answers", `"Not applicable" can be chosen`, a.NotApplicable, b.NotApplicable)
	d.flag("the answers", "a target level is asked for", a.Targets, b.Targets)
	d.text("the answers", "target set for everyone", number(a.Target), number(b.Target))
	for _, x := range []struct {
		what string
		a, b models.Requirement
	}{{"a comment", a.CommentRequired, b.CommentRequired}, {"evidence", a.EvidenceRequired, b.EvidenceRequired}} {
		d.flag("the answers", x.what+` is required with "Not applicable"`, x.a.NotApplicable, x.b.NotApplicable)
		d.text("the answers", "level from which "+x.what+" is required", number(x.a.FromLevel), number(x.b.FromLevel))
	}
}

// compare goes through a list of b and then what only a has.
func compare[T any](d *differ, a, b []T, what string, key func(T) string, same func(about string, x, y T)) {
	old := map[string]T{}
	for _, x := range a {
		old[key(x)] = x
	}
	for _, y := range b {
		about := what + " " + key(y)
		if x, ok := old[key(y)]; ok {
			same(about, x, y)
			delete(old, key(y))
		} else {
			d.out = append(d.out, Change{Kind: "new", About: about, What: "is new"})
		}
	}
	for _, k := range slices.Sorted(maps.Keys(old)) {
		d.out = append(d.out, Change{Kind: "retired", About: what + " " + k, What: "is no longer there"})
	}
}

// criteria compares by ref, and finds those that go on under another ref.
func (d *differ) criteria(a, b *models.Template) {
	renamed := map[string]string{} // ref in b → ref in a
	gone := map[string]bool{}
	for i := range b.Criteria {
		y := &b.Criteria[i]
		if a.Criterion(y.Ref) != nil {
			continue
		}
		for j := range a.Criteria {
			x := &a.Criteria[j]
			if b.Criterion(x.Ref) == nil && !gone[x.Ref] && continues(x, y) {
				renamed[y.Ref], gone[x.Ref] = x.Ref, true
				break
			}
		}
	}
	for i := range b.Criteria {
		y := &b.Criteria[i]
		about := "criterion " + y.Ref
		x := a.Criterion(y.Ref)
		if from, ok := renamed[y.Ref]; ok {
			x = a.Criterion(from)
			d.out = append(d.out, Change{"renamed", about, "was criterion " + from, from, y.Ref})
		}
		if x == nil {
			d.out = append(d.out, Change{Kind: "new", About: about, What: "is new: " + y.Subject, New: y.Text()})
			continue
		}
		d.criterion(about, x, y)
	}
	for i := range a.Criteria {
		if x := &a.Criteria[i]; b.Criterion(x.Ref) == nil && !gone[x.Ref] {
			d.out = append(d.out, Change{Kind: "retired", About: "criterion " + x.Ref, What: "is no longer there: " + x.Subject, Old: x.Text()})
		}
	}
}

// continues says whether y is x under another ref: the same subject, or the same texts.
func continues(x, y *models.Criterion) bool {
	if x.Kind != y.Kind {
		return false
	}
	return strings.EqualFold(x.Subject, y.Subject) || x.Statement != "" && x.Statement == y.Statement ||
		len(x.Descriptors) > 0 && maps.Equal(x.Descriptors, y.Descriptors)
}

func (d *differ) criterion(about string, x, y *models.Criterion) {
	d.text(about, "topic", x.Topic, y.Topic)
	d.text(about, "theme", x.Theme, y.Theme)
	d.text(about, "kind", string(x.Kind), string(y.Kind))
	d.text(about, "subject", x.Subject, y.Subject)
	d.text(about, "statement", x.Statement, y.Statement)
	if x.EffectiveWeight() != y.EffectiveWeight() {
		weight := func(c *models.Criterion) string { return fmt.Sprint(float64(c.EffectiveWeight()) / 1000) }
		d.text(about, "weight", weight(x), weight(y))
	}
	levels := map[int]string{}
	maps.Copy(levels, x.Descriptors)
	maps.Copy(levels, y.Descriptors)
	for _, n := range sortedKeys(levels) {
		d.text(about, fmt.Sprintf("descriptor of level %d", n), x.Descriptors[n], y.Descriptors[n])
	}
	d.steps(about, x, y)
}
